/** Searching all notes. */
import { z } from 'zod'
import { CoderId, NoteId, PlainSpan, WordsInPlace } from './basics.ts'
import { NoteFilter } from './notes.ts'
import { job, type Verb } from './verb.ts'

export const SearchHit = z.strictObject({
  noteId: NoteId,
  noteTitle: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  span: PlainSpan,
  ...WordsInPlace,
})
export type SearchHit = z.infer<typeof SearchHit>

export const SearchResult = z.strictObject({
  /** Places found in all; `hits` holds the first of them. */
  total: z.int().min(0),
  notes: z.int().min(0),
  hits: z.array(SearchHit),
})
export type SearchResult = z.infer<typeof SearchResult>

export const searchVerbs = {
  'search.notes': job(
    () =>
      z.strictObject({
        coderId: CoderId,
        query: z.string().max(2_000),
        mode: z.enum(['words', 'pattern']),
        matchCase: z.boolean(),
        filter: NoteFilter,
        limit: z.int().min(1).max(20_000),
      }),
    () => SearchResult,
  ),
} as const satisfies Record<string, Verb>
