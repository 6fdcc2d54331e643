/** Looks through all notes for possible identifiers that are still there. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { NoteId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { IdentifierScan, IdentifierWords } from '../../../shared/contract/identifiers.ts'
import { type Finding, findIdentifiers } from '../../../shared/identifiers/index.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { readIdentifierWords } from '../identifiers/words.ts'

export type ScanArgs = { limit: number }
type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }
type NoteText = { num: number; id: string; title: string; body: string }

/** Findings in the order of notes; what was kept or is on the project's list of allowed words is left out. */
export function scanIdentifiers(
  db: ReadableDb,
  { limit }: ScanArgs,
  { signal = NEVER, onProgress }: Options = {},
): IdentifierScan {
  const words = readIdentifierWords(db)
  const kept = keptRanges(db)
  const total = sure(db.prepare<[], number>('SELECT count(*) FROM note').pluck().get())
  const scan: IdentifierScan = { notes: total, total: 0, kinds: {}, findings: [] }
  const notes = db
    .prepare<[], NoteText>(
      `SELECT note.num, note.id, note.shown_title AS title, note_text.body FROM note
       JOIN note_text ON note_text.hash = note.text_hash ORDER BY note.num`,
    )
    .iterate()
  let done = 0
  for (const note of notes) {
    if (signal.aborted) throw new Problem('cancelled', 'The check was cancelled. Nothing was changed.')
    if (++done % 200 === 0) onProgress?.({ done, total, words: 'notes checked' })
    const own = kept.get(note.num)
    for (const finding of stillReported(note.body, words, own)) {
      scan.total++
      scan.kinds[finding.kind] = (scan.kinds[finding.kind] ?? 0) + 1
      if (scan.findings.length < limit)
        scan.findings.push({ noteId: note.id, noteTitle: note.title, ...finding })
    }
  }
  return scan
}

/** What the check reports of a text: not what somebody has looked at and kept (`start-end` in `kept`). */
export function stillReported(text: string, words: IdentifierWords, kept?: ReadonlySet<string>): Finding[] {
  const found = findIdentifiers(text, words)
  return kept?.size ? found.filter(({ start, end }) => !kept.has(`${start}-${end}`)) : found
}

function keptRanges(db: ReadableDb): Map<number, Set<string>> {
  const rows = db
    .prepare<[], [number, number, number]>('SELECT note, start_at, end_at FROM kept_identifier')
    .raw()
    .all()
  const kept = new Map<number, Set<string>>()
  for (const [note, start, end] of rows) kept.set(note, (kept.get(note) ?? new Set()).add(`${start}-${end}`))
  return kept
}

/** Every place where the same words stand as words of their own, letter for letter. */
export function placesOf(
  db: ReadableDb,
  words: string,
): Array<{ noteId: NoteId; start: number; end: number }> {
  const places: Array<{ noteId: NoteId; start: number; end: number }> = []
  const notes = db
    .prepare<[string], { id: string; body: string }>(
      `SELECT note.id, note_text.body FROM note JOIN note_text ON note_text.hash = note.text_hash
       WHERE instr(note_text.body, ?) > 0 ORDER BY note.num`,
    )
    .iterate(words)
  const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character)
  for (const { id, body } of notes) {
    for (let start = body.indexOf(words); start >= 0; start = body.indexOf(words, start + words.length)) {
      const end = start + words.length
      const isInside =
        (isWord(words[0]) && isWord(body[start - 1])) || (isWord(words.at(-1)) && isWord(body[end]))
      if (!isInside) places.push({ noteId: id, start, end })
    }
  }
  return places
}
