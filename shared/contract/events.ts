/** What the store tells without being asked. */
import type { SearchResult } from './search.ts'

/** What a change touched, so that a screen fetches again only what it shows. */
export const TOPICS = [
  'project',
  'coders',
  'notes',
  'codes',
  'codings',
  'memos',
  'proposals',
  'decisions',
  'status',
  'rounds',
  'identifiers',
  'history',
  'backups',
] as const
export type Topic = (typeof TOPICS)[number]

/** Announced after a change is durable; `noteIds` null means "possibly all". */
export type ChangeEvent = { topics: Topic[]; noteIds: string[] | null }

/** How far a long job is: `done` of `total` (null while unknown), in the unit the words name. */
export type Progress = {
  done: number
  total: number | null
  words: string
  /** Of tables, which are read by the byte: the rows so far. */
  rows?: number
  /** Of a search: the hits since the last report, from the `from`th on, and how many there are so far. */
  found?: SearchResult & { from: number }
}
