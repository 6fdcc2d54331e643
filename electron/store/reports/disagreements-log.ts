/** The log of disagreements as a table a person takes away, fills in and gives back: what each coder said, what was decided. */
import { extname } from 'node:path'
import type { CoderId, CodingId, NoteId } from '../../../shared/contract/basics.ts'
import type { ExportCheck, ExportChoice } from '../../../shared/contract/exports.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { codePlaces } from '../codebook/codes.ts'
import { codePaths } from '../codebook/tree.ts'
import { getCoding } from '../codings/codings.ts'
import type { Standing } from '../decisions/standing.ts'
import { fileWarnings } from '../exchange/office/xml-text.ts'
import { type Cell, toCsv } from '../exchange/tables/csv.ts'
import { LOG_COLUMNS } from '../exchange/tables/decisions.ts'
import { toXlsx } from '../exchange/tables/xlsx.ts'
import type { ReadableDb } from '../file/connection.ts'
import { findNum } from '../file/lookup.ts'
import { assertMayWrite, writeFileAtomically } from '../file/written-file.ts'
import { textOfNote } from '../notes/notes.ts'
import { listCoders } from '../team/coders.ts'
import {
  giveDisagreements,
  type PublicDisagreement,
  type PublicSegment,
  type StandingDisagreement,
} from './disagreements.ts'
import type { CheckOptions } from './export-check.ts'

/** As a table of decisions has them, so that what was filled in can be given back; and who decided, and when. */
const DECISION_COLUMNS = ['decision', 'code', 'start', 'end', 'reason', 'by', 'at', 'stale']

/**
 * Writes a row for each disagreement (of somebody's own codings one for each of them), whole or not at all, with a column
 * for every compared coder. Offsets are code points, half-open; `code`, `start` and `end` say what an own decision made.
 */
export async function writeDisagreementsLog(
  db: ReadableDb,
  path: string,
  coderIds: readonly CoderId[],
  disagreements: readonly StandingDisagreement[],
  choice: ExportChoice,
  options: CheckOptions = {},
): Promise<{ rows: number; warnings: string[]; check: ExportCheck }> {
  assertMayWrite(path, ['.csv', '.xlsx'])
  const names = new Map(listCoders(db).map(({ id, name }) => [id, name]))
  const coders = coderIds.map((id) => names.get(id) ?? '')
  const header = [...LOG_COLUMNS, ...coders, ...DECISION_COLUMNS]
  const paths = codePaths(codePlaces(db))
  const cells: Cell[][] = []
  const check = await giveDisagreements(
    db,
    disagreements,
    choice,
    (rows) => {
      for (const [at, row] of rows.entries())
        for (const decided of decisionCells(db, row, disagreements[at]?.standing ?? null, paths))
          cells.push([
            ...[row.id, row.note, row.kind],
            ...coders.map((name) => segmentWords(row.segments.filter(({ coder }) => coder === name))),
            ...decided,
          ])
    },
    options,
  )
  if (extname(path).toLowerCase() === '.csv') {
    await writeFileAtomically(path, '.csv', toCsv(header, cells))
    return { rows: cells.length, warnings: [], check }
  }
  const columns = header.map((name) => ({ name, width: coders.includes(name) ? 50 : 16 }))
  const file = await toXlsx('Disagreements', columns, cells)
  await writeFileAtomically(path, '.xlsx', file.bytes)
  return { rows: cells.length, warnings: fileWarnings(file), check }
}

const segmentWords = (segments: readonly PublicSegment[]): string =>
  segments
    .map(({ code, start, end, quote, qualifiers, memo }) => {
      const said = Object.entries(qualifiers).map(([name, value]) => ` [${name}: ${value}]`)
      const words = start === null ? ' (whole note)' : ` ${start}-${end}: ${quote}`
      return `${code}${said.join('')}${words}${memo === '' ? '' : `\nMemo: ${memo}`}`
    })
    .join('\n')

function decisionCells(
  db: ReadableDb,
  { note, decided }: PublicDisagreement,
  standing: Standing | null,
  paths: ReadonlyMap<string, string>,
): Cell[][] {
  if (decided === undefined) return [DECISION_COLUMNS.map(() => '')]
  const { decision, reason, by, at, isStale } = decided
  const row = (place: Cell[]): Cell[] => [decision, ...place, reason, by, at, isStale ? 'yes' : '']
  const own = standing?.decision.decision === 'own' ? standing.decision.made : []
  const places = own.flatMap(({ id }) => placeNow(db, note, id, paths))
  return places.length === 0 ? [row(['', '', ''])] : places.map(row)
}

/** Code and code points of a coding; nothing where it is gone. */
function placeNow(
  db: ReadableDb,
  noteId: NoteId,
  id: CodingId,
  paths: ReadonlyMap<string, string>,
): Cell[][] {
  if (findNum(db, 'coding', id) === null) return []
  const coding = getCoding(db, id)
  const path = paths.get(coding.codeId) ?? ''
  if (coding.span === null) return [[path, '', '']]
  const converter = new OffsetConverter(textOfNote(db, noteId))
  return [[path, converter.toCodePoints(coding.span.start), converter.toCodePoints(coding.span.end)]]
}
