/** The theme table that a person takes away as CSV. Every figure keeps its n, every row says what was counted. */
import type { ThemeReport, ThemeRow } from '../../../shared/contract/themes.ts'
import { baseInOneLine } from '../../../shared/theme-words.ts'
import { toCsv } from '../exchange/tables/csv.ts'
import { writeFileAtomically } from '../file/written-file.ts'

type CsvCell = string | number
type Figures = Pick<ThemeReport, 'notes' | 'cases' | 'groups' | 'base'> & {
  rows: ReadonlyArray<
    Pick<ThemeRow, 'depth' | 'code' | 'path'> & {
      notes: number | null
      cases: number | null
      codings: number | null
      cells: ReadonlyArray<{ notes: number | null; cases: number | null }>
    }
  >
}

/** In percent with four decimals; null where the count is hidden or there is nothing to be a share of. */
export const percentOf = (part: number | null, whole: number): number | null =>
  part === null || whole === 0 ? null : Number(((100 * part) / whole).toFixed(4))

/**
 * A row for each code, after one for all notes that count. Counts that are null were hidden for being small: they
 * stand as `<threshold`, and their shares are left empty.
 */
export function themesCsv({ notes, cases, groups, base, rows }: Figures, threshold = 0): string {
  const named = groups.map(({ value }) => value ?? '(missing)')
  const header = [
    'level',
    'code',
    'path',
    'notes',
    'notes_percent',
    'cases',
    'cases_percent',
    'codings',
    ...named.flatMap((group) => [
      `notes: ${group}`,
      `notes_percent: ${group}`,
      `cases: ${group}`,
      `cases_percent: ${group}`,
    ]),
    'counted',
  ]
  const counted = baseInOneLine(base)
  const shown = (count: number | null): CsvCell => count ?? `<${threshold}`
  const withShare = (count: number | null, whole: number): CsvCell[] => [
    shown(count),
    percentOf(count, whole) ?? '',
  ]
  const whole = (count: number) => withShare(count < threshold ? null : count, count)
  const totals: CsvCell[] = [
    0,
    '(all counted notes)',
    '',
    ...whole(notes),
    ...whole(cases),
    '',
    ...groups.flatMap((group) => [...whole(group.notes), ...whole(group.cases)]),
    counted,
  ]
  const cells = rows.map((row): CsvCell[] => [
    row.depth + 1,
    row.code,
    row.path,
    ...withShare(row.notes, notes),
    ...withShare(row.cases, cases),
    shown(row.codings),
    ...row.cells.flatMap((cell, index) => [
      ...withShare(cell.notes, groups[index]?.notes ?? 0),
      ...withShare(cell.cases, groups[index]?.cases ?? 0),
    ]),
    counted,
  ])
  return toCsv(header, [totals, ...cells])
}

export const writeThemesCsv = (path: string, report: ThemeReport): Promise<void> =>
  writeFileAtomically(path, '.csv', themesCsv(report))
