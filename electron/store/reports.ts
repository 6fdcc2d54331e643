/** The theme table that a person takes away as CSV. Every figure keeps its n. */
import type { ThemeReport } from '../../shared/model.ts'
import { PATH_SEPARATOR } from './codes.ts'
import { toCsv, writeFileAtomically } from './exchange/table-csv.ts'

type CsvCell = string | number

/** The path of each row of a theme table: two codes may have one name in different branches. */
export function rowPaths(rows: ReadonlyArray<{ code: string; depth: number }>): string[] {
  const above: string[] = []
  return rows.map(({ code, depth }) => {
    above.splice(depth, above.length, code)
    return above.join(PATH_SEPARATOR)
  })
}

export function themesCsv(report: ThemeReport): string {
  const groups = report.groups.map(({ value }) => value ?? '(missing)')
  const header = [
    'level',
    'code',
    'path',
    'notes',
    'notes_percent',
    'cases',
    'cases_percent',
    'codings',
    ...groups.flatMap((group) => [`notes: ${group}`, `notes_percent: ${group}`, `cases: ${group}`]),
  ]
  const percent = (part: number, whole: number): CsvCell =>
    whole === 0 ? '' : Number(((100 * part) / whole).toFixed(4))
  const totals: CsvCell[] = [
    0,
    '(all notes)',
    '',
    report.notes,
    percent(report.notes, report.notes),
    report.cases,
    percent(report.cases, report.cases),
    '',
    ...report.groups.flatMap((group): CsvCell[] => [
      group.notes,
      percent(group.notes, group.notes),
      group.cases,
    ]),
  ]
  const paths = rowPaths(report.rows)
  const rows = report.rows.map((row, at): CsvCell[] => [
    row.depth + 1,
    row.code,
    paths[at] ?? row.code,
    row.notes,
    percent(row.notes, report.notes),
    row.cases,
    percent(row.cases, report.cases),
    row.codings,
    ...row.cells.flatMap((cell, index): CsvCell[] => [
      cell.notes,
      percent(cell.notes, report.groups[index]?.notes ?? 0),
      cell.cases,
    ]),
  ])
  return toCsv(header, [totals, ...rows])
}

export const writeThemesCsv = (path: string, report: ThemeReport): Promise<void> =>
  writeFileAtomically(path, themesCsv(report))
