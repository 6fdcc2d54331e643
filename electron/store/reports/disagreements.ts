/** Disagreements as scripts and spreadsheets see them: names for ids, code points for UTF-16 units, quotes for ranges. */
import type { DisagreementId, NoteId } from '../../../shared/contract/basics.ts'
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

export type PublicDisagreement = {
  id: DisagreementId
  note: NoteId
  kind: DisagreementKind
  segments: PublicSegment[]
}

/** Gives them out after the check for identifiers, which masks quotes, memos and names of codes where that is the choice. */
export async function giveDisagreements<D extends Disagreement>(
  db: ReadableDb,
  disagreements: readonly D[],
  choice: ExportChoice,
  give: (rows: Array<{ row: PublicDisagreement; of: D }>) => void | Promise<void>,
  options: CheckOptions = {},
): Promise<ExportCheck> {
  const paths = codePaths(codePlaces(db))
  const coders = new Map(listCoders(db).map(({ id, name }) => [id, name]))
  const segments = disagreements.flatMap(({ noteId, segments: own }) =>
    own.map((each) => ({ noteId, ...each })),
  )
  const memos = memosOf(db, segments)
  const names = [...new Set(segments.map(({ codeId }) => codeId))]
  const memoed = [...memos]
  const outgoing: OutgoingText[] = [
    ...names.map((codeId) => ({ name: 'Name of a code', text: paths.get(codeId) ?? '', codeId })),
    ...segments.map(({ noteId, span }) => ({ name: `Quote of ${noteId}`, noteId, span })),
    ...memoed.map(([, { noteId, text }]) => ({ name: `Memo on a coding in ${noteId}`, text })),
  ]
  const write = async (texts: readonly string[]): Promise<true> => {
    const pathOf = new Map(names.map((id, at) => [id, texts[at] ?? '']))
    const memoOf = new Map(memoed.map(([id], at) => [id, texts[names.length + segments.length + at] ?? '']))
    const places = new Places(db)
    let next = names.length
    const rows = disagreements.map((of) => ({
      of,
      row: {
        id: of.id,
        note: of.noteId,
        kind: of.kind,
        segments: of.segments.map(
          ({ id, coderId, codeId, span, qualifiers }): PublicSegment => ({
            coder: coders.get(coderId) ?? '',
            code: pathOf.get(codeId) ?? '',
            ...places.of(of.noteId, span),
            quote: texts[next++] ?? '',
            memo: memoOf.get(id) ?? '',
            qualifiers,
          }),
        ),
      },
    }))
    await give(rows)
    return true
  }
  return (await writeChecked(db, outgoing, choice, write, options)).check
}

function memosOf(
  db: ReadableDb,
  segments: ReadonlyArray<DisagreementSegment & { noteId: NoteId }>,
): Map<string, { noteId: NoteId; text: string }> {
  const find = db.prepare<[string], string>(`SELECT ${MEMO_OF_CODING} FROM coding WHERE id = ?`).pluck()
  const memos = new Map<string, { noteId: NoteId; text: string }>()
  for (const { id, noteId } of segments) {
    const text = find.get(id) ?? ''
    if (text !== '') memos.set(id, { noteId, text })
  }
  return memos
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
