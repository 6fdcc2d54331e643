/** The diagnosis as a table a person takes away: who applied what where, with the words, after the check for identifiers. */
import { partCell } from '../../../shared/agreement-words.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import type { ExportCheck, ExportChoice } from '../../../shared/contract/exports.ts'
import type { Diagnosis } from '../analysis/diagnosis.ts'
import { type Cell, toCsv } from '../exchange/tables/csv.ts'
import type { ReadableDb } from '../file/connection.ts'
import { assertMayWrite, writeFileAtomically } from '../file/written-file.ts'
import { type CheckOptions, type OutgoingText, writeChecked } from './export-check.ts'

export type DiagnosisExport = { isWritten: boolean; rows: number; check: ExportCheck }

/** Writes a row for each stretch, whole or not at all. Offsets are code points, half-open. */
export async function exportDiagnosis(
  db: ReadableDb,
  path: string,
  { coders, qualifier, rows }: Diagnosis,
  choice: ExportChoice,
  options: CheckOptions = {},
): Promise<DiagnosisExport> {
  assertMayWrite(path, ['.csv'])
  // A code or a value in a note's own words quotes the note: checked once, however often it stands in the file.
  const names = [...new Set(rows.flatMap(({ code, part }) => [code, ...(part?.value ? [part.value] : [])]))]
  const outgoing: OutgoingText[] = [
    ...names.map((text) => ({ name: 'Name of a code or value', text })),
    ...rows.map(({ noteId, quote: { start, end } }) => ({
      name: `Quote of ${noteId}`,
      noteId,
      span: { start, end },
    })),
  ]
  const write = async (texts: readonly string[]): Promise<true> => {
    const given = new Map(names.map((name, at) => [name, texts[at] ?? '']))
    const header = [
      ...['note', 'case', 'code'],
      ...(qualifier === null ? [] : [`qualifier_${qualifier}`]),
      ...['start', 'end', 'characters', 'who', 'pattern', 'kind', 'quote'],
    ]
    const cells = rows.map(({ noteId, caseId, code, part, start, end, mask, kind, quote }, at): Cell[] => {
      const text = texts[names.length + at] ?? ''
      const value = partCell(part)
      return [
        ...[noteId, caseId, given.get(code) ?? ''],
        ...(qualifier === null ? [] : [part?.value ? (given.get(part.value) ?? '') : value]),
        ...[start, end, end - start],
        namesOf(coders, mask).join('; '),
        patternOf(coders, mask),
        kind,
        quote.isCut ? `${text.trimEnd()} …` : text,
      ]
    })
    await writeFileAtomically(path, '.csv', toCsv(header, cells))
    return true
  }
  const { check, written } = await writeChecked(db, outgoing, choice, write, options)
  return { isWritten: written !== null, rows: rows.length, check }
}

const namesOf = (coders: readonly Coder[], mask: number): string[] =>
  coders.filter((_, g) => mask & (1 << g)).map(({ name }) => name)

/** "both", "only Amara"; of more than two coders "all", "2 of 3". */
function patternOf(coders: readonly Coder[], mask: number): string {
  const names = namesOf(coders, mask)
  if (names.length === coders.length) return coders.length === 2 ? 'both' : 'all'
  return names.length === 1 ? `only ${names[0]}` : `${names.length} of ${coders.length}`
}
