/** Disagreements as scripts and spreadsheets see them: names for ids, code points for UTF-16 units, quotes for ranges. */
import type { CoderId, CodingId, DisagreementId, NoteId } from '../../../shared/contract/basics.ts'
import type {
  Disagreement,
  DisagreementKind,
  DisagreementSegment,
} from '../../../shared/contract/disagreements.ts'
import type { ExportCheck, ExportChoice } from '../../../shared/contract/exports.ts'
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { codePlaces } from '../codebook/codes.ts'
import { codePaths } from '../codebook/tree.ts'
import { MEMO_OF_CODING } from '../codings/codings.ts'
import type { Standing } from '../decisions/standing.ts'
import type { ReadableDb } from '../file/connection.ts'
import { textOfNote } from '../notes/notes.ts'
import { listCoders } from '../team/coders.ts'
import { type CheckOptions, type OutgoingText, writeChecked } from './export-check.ts'

export type PublicSegment = {
  coder: string
  /** Its path. */
  code: string
  /** Code points; null for the whole note, which is quoted in full. */
  start: number | null
  end: number | null
  quote: string
  memo: string
  qualifiers: Qualifiers
}

/** What was decided: a word, or the name of the coder whose codings stand. Stale: about codings that have changed since. */
export type PublicDecision = { decision: string; reason: string; by: string; at: string; isStale: boolean }

export type PublicDisagreement = {
  id: DisagreementId
  note: NoteId
  kind: DisagreementKind
  segments: PublicSegment[]
  decided?: PublicDecision
}

/** A disagreement as it is now, and how what was decided about it stands to that. */
export type StandingDisagreement = Disagreement & { standing: Standing | null }

/** Who decided where nobody in particular did. */
const NOBODY = 'the command line'

/** Gives them out after the check for identifiers, which masks what people wrote and quoted where that is the choice. */
export async function giveDisagreements(
  db: ReadableDb,
  disagreements: readonly StandingDisagreement[],
  choice: ExportChoice,
  give: (rows: PublicDisagreement[]) => void | Promise<void>,
  options: CheckOptions = {},
): Promise<ExportCheck> {
  const outgoing = new Outgoing(db)
  const rows = disagreements.map((each) => outgoing.row(each))
  const write = async (texts: readonly string[]): Promise<true> => {
    await give(rows.map((row) => row(texts)))
    return true
  }
  return (await writeChecked(db, outgoing.texts, choice, write, options)).check
}

type Texts = readonly string[]

/** Collects what goes out, and gives for each row what makes it of the texts as they may go. */
class Outgoing {
  readonly texts: OutgoingText[] = []
  readonly #db: ReadableDb
  readonly #paths: ReadonlyMap<string, string>
  readonly #coders: ReadonlyMap<CoderId, string>
  readonly #memoOf: (coding: CodingId) => string
  readonly #places: Places
  /** Looked at once, however often they stand there: paths of codes and values of qualifiers. */
  readonly #once = new Map<string, number>()

  constructor(db: ReadableDb) {
    this.#db = db
    this.#paths = codePaths(codePlaces(db))
    this.#coders = new Map(listCoders(db).map(({ id, name }) => [id, name]))
    const memo = db.prepare<[string], string>(`SELECT ${MEMO_OF_CODING} FROM coding WHERE id = ?`).pluck()
    this.#memoOf = (coding) => memo.get(coding) ?? ''
    this.#places = new Places(this.#db)
  }

  row({ id, noteId, kind, segments, standing }: StandingDisagreement): (texts: Texts) => PublicDisagreement {
    const made = segments.map((segment) => this.#segment(noteId, segment))
    const decided = standing && this.#decision(standing)
    return (texts) => ({
      ...{ id, note: noteId, kind, segments: made.map((each) => each(texts)) },
      ...(decided ? { decided: decided(texts) } : {}),
    })
  }

  #segment(noteId: NoteId, segment: DisagreementSegment): (texts: Texts) => PublicSegment {
    const { id, coderId, codeId, span } = segment
    const quote = this.#add({ name: `Quote of ${noteId}`, noteId, span })
    const code = this.#addOnce({ name: 'Name of a code', text: this.#paths.get(codeId) ?? '', codeId })
    const memo = this.#typed(`Memo on a coding in ${noteId}`, this.#memoOf(id))
    const qualifiers = Object.entries(segment.qualifiers).map(
      ([name, text]) => [name, this.#addOnce({ name: 'Value of a qualifier', text })] as const,
    )
    const place = this.#places.of(noteId, span)
    const coder = this.#coders.get(coderId) ?? ''
    return (texts) => ({
      ...{ coder, code: texts[code] ?? '', ...place, quote: texts[quote] ?? '', memo: memo(texts) },
      qualifiers: Object.fromEntries(qualifiers.map(([name, at]) => [name, texts[at] ?? ''])),
    })
  }

  #decision({ decision: known, isStale }: Standing): (texts: Texts) => PublicDecision {
    const { chosen, by, at } = known
    const decision = chosen === null ? known.decision : (this.#coders.get(chosen) ?? '')
    const reason = this.#typed('Reason of a decision', known.reason)
    const who = by === null ? NOBODY : (this.#coders.get(by) ?? '')
    return (texts) => ({ decision, reason: reason(texts), by: who, at, isStale })
  }

  #add(text: OutgoingText): number {
    return this.texts.push(text) - 1
  }

  #addOnce(text: OutgoingText & { text: string }): number {
    const key = JSON.stringify([text.name, text.text])
    const at = this.#once.get(key) ?? this.#add(text)
    this.#once.set(key, at)
    return at
  }

  /** Most have none. */
  #typed(name: string, text: string): (texts: Texts) => string {
    if (text === '') return () => ''
    const at = this.#add({ name, text })
    return (texts) => texts[at] ?? ''
  }
}

/** From UTF-16 units to code points; those of one note come one after another. */
class Places {
  readonly #db: ReadableDb
  #noteId: NoteId | null = null
  #converter = new OffsetConverter('')

  constructor(db: ReadableDb) {
    this.#db = db
  }

  of(noteId: NoteId, span: DisagreementSegment['span']): { start: number | null; end: number | null } {
    if (span === null) return { start: null, end: null }
    if (this.#noteId !== noteId) {
      this.#noteId = noteId
      this.#converter = new OffsetConverter(textOfNote(this.#db, noteId))
    }
    return { start: this.#converter.toCodePoints(span.start), end: this.#converter.toCodePoints(span.end) }
  }
}
