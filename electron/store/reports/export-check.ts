/**
 * The one way out for words. Every export that carries text of notes, or text that people typed and that may quote
 * notes, hands its texts to `writeChecked` and writes only what it gets back. The check is the one of the
 * identifiers place, with the project's masks and lists, and it looks at the whole note around a quote: a name that
 * the quote's edge cuts in two is still found, and what was kept in the review is not reported again.
 *
 * It finds possible identifiers, never all of them.
 */
import { setImmediate } from 'node:timers/promises'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CodeId, NoteId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { ExportCheck, ExportChoice, ExportFinding } from '../../../shared/contract/exports.ts'
import type { IdentifierWords } from '../../../shared/contract/identifiers.ts'
import { type Finding, findIdentifiers } from '../../../shared/identifiers/index.ts'
import { Problem } from '../../../shared/problem.ts'
import { cutText } from '../../../shared/redaction.ts'
import { stillReported } from '../analysis/identifiers.ts'
import type { Query, ReadableDb } from '../file/connection.ts'
import { readIdentifierWords } from '../identifiers/words.ts'
import { textOfNote } from '../notes/notes.ts'

/**
 * A piece of text about to leave. `name` says what it is in words for a person ("Quote of N001", "Example of
 * Neglect"). Text of a note is named by its place, in UTF-16 units, and read here; `span` null is the whole note.
 * Where somebody typed it, `text` is all there is to look at; `codeId` says into which code's entry.
 */
export type OutgoingText = { name: string } & (
  | { noteId: NoteId; span: { start: number; end: number } | null }
  | { text: string; codeId?: CodeId }
)

export type CheckOptions = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }

/** Where something was found in an outgoing text, and what a list shows of it. */
type Hit = { start: number; end: number; finding: ExportFinding }
type Looked = { text: string; hits: Hit[] }

/** A list of more says nothing new; the count is given all the same. */
const MOST_FINDINGS = 500
const PAUSE_MS = 30

/**
 * Looks through the texts and, unless there is something to ask about, has them written: `write` gets their texts
 * in the same order, with `[NAME]` and the like in place of findings when the choice is `mask`. With `ask` and
 * findings nothing is written, and `written` is null.
 */
export async function writeChecked<T>(
  db: ReadableDb,
  outgoing: readonly OutgoingText[],
  choice: ExportChoice,
  write: (texts: readonly string[]) => T | Promise<T>,
  options: CheckOptions = {},
): Promise<{ check: ExportCheck; written: T | null }> {
  const looked = await lookThrough(db, outgoing, options)
  const check = reportOf(looked)
  if (choice === 'ask' && check.total > 0) return { check, written: null }
  const texts = looked.map((each) => (choice === 'mask' ? masked(each) : each.text))
  return { check, written: await write(texts) }
}

async function lookThrough(
  db: ReadableDb,
  outgoing: readonly OutgoingText[],
  { signal = NEVER, onProgress }: CheckOptions,
): Promise<Looked[]> {
  const look = new Looker(db)
  const looked: Looked[] = []
  let lastPause = performance.now()
  for (const each of outgoing) {
    looked.push(look.at(each))
    if (performance.now() - lastPause < PAUSE_MS) continue
    // The store answers the coder between two notes.
    onProgress?.({ done: looked.length, total: outgoing.length, words: 'quotes checked' })
    await setImmediate()
    if (signal.aborted) throw new Problem('cancelled', 'The export was cancelled. No file was written.')
    lastPause = performance.now()
  }
  return looked
}

/** Looks at texts; a note is searched once, however many quotes are from it. */
class Looker {
  readonly #db: ReadableDb
  readonly #words: IdentifierWords
  readonly #kept: Query<[string], string>
  readonly #found = new Map<string, Finding[]>()
  #note = { id: '', body: '' }

  constructor(db: ReadableDb) {
    this.#db = db
    this.#words = readIdentifierWords(db)
    this.#kept = db
      .prepare<[string], string>(
        `SELECT start_at || '-' || end_at FROM kept_identifier JOIN note ON note.num = kept_identifier.note
         WHERE note.id = ?`,
      )
      .pluck()
  }

  at(each: OutgoingText): Looked {
    return 'noteId' in each ? this.#quote(each) : this.#typed(each)
  }

  #quote({ name, noteId, span }: Extract<OutgoingText, { noteId: NoteId }>): Looked {
    const body = this.#bodyOf(noteId)
    const { start: from, end: to } = span ?? { start: 0, end: body.length }
    const hits = this.#findingsOf(noteId, body)
      .filter(({ start, end }) => start < to && from < end)
      .map(({ kind, confidence, text, start, end }) => ({
        start: Math.max(start, from) - from,
        end: Math.min(end, to) - from,
        finding: { name, kind, confidence, text, place: { noteId, start, end }, codeId: null },
      }))
    return { text: body.slice(from, to), hits }
  }

  #typed({ name, text, codeId }: Extract<OutgoingText, { text: string }>): Looked {
    const hits = findIdentifiers(text, this.#words).map(({ kind, confidence, start, end, text: found }) => ({
      start,
      end,
      finding: { name, kind, confidence, text: found, place: null, codeId: codeId ?? null },
    }))
    return { text, hits }
  }

  #bodyOf(noteId: NoteId): string {
    if (this.#note.id !== noteId) this.#note = { id: noteId, body: textOfNote(this.#db, noteId) }
    return this.#note.body
  }

  #findingsOf(noteId: NoteId, body: string): Finding[] {
    const known = this.#found.get(noteId)
    if (known) return known
    const kept = new Set(this.#kept.all(noteId))
    const found = stillReported(body, this.#words, kept)
    this.#found.set(noteId, found)
    return found
  }
}

/** The same place in several quotes is one possible identifier. */
function reportOf(looked: readonly Looked[]): ExportCheck {
  const report: ExportCheck = { checked: looked.length, withFindings: 0, total: 0, findings: [] }
  const seen = new Set<string>()
  for (const { hits } of looked) {
    if (hits.length > 0) report.withFindings++
    for (const { finding } of hits) {
      const { place } = finding
      const key = place && `${place.noteId} ${place.start}-${place.end}`
      if (key !== null && seen.has(key)) continue
      if (key !== null) seen.add(key)
      report.total++
      if (report.findings.length < MOST_FINDINGS) report.findings.push(finding)
    }
  }
  return report
}

const masked = ({ text, hits }: Looked): string =>
  cutText(
    text,
    hits.map(({ start, end, finding }) => ({ start, end, mask: `[${finding.kind}]` })),
  )
