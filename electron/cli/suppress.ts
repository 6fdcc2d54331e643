/**
 * Small counts hidden before a table leaves a secure environment: every count below the threshold (zero too) becomes
 * null, and where a hidden count could be worked out from a total shown beside it, a second one is hidden with it.
 */
import type { ThemeReport } from '../../shared/contract/themes.ts'

type Hidden<T extends string> = Record<T, number | null>
export type SuppressedRow = Omit<ThemeReport['rows'][number], 'notes' | 'cases' | 'codings' | 'cells'> &
  Hidden<'notes' | 'cases' | 'codings'> & { cells: Array<Hidden<'notes' | 'cases'>> }
export type SuppressedReport = Omit<ThemeReport, 'rows'> & { threshold: number; rows: SuppressedRow[] }

const hide = (count: number, threshold: number) => (count < threshold ? null : count)

/**
 * Hides one more part where exactly one is hidden beside a shown total; the smallest shown part goes, since it costs
 * least. Groups partition the notes, so their counts add up to the row's total.
 */
function protectTotal(parts: ReadonlyArray<number | null>, total: number | null): Array<number | null> {
  const hidden = parts.filter((part) => part === null).length
  if (total === null || hidden !== 1) return [...parts]
  const shown = parts.filter((part): part is number => part !== null)
  if (shown.length === 0) return [...parts]
  const smallest = parts.indexOf(Math.min(...shown))
  return parts.map((part, index) => (index === smallest ? null : part))
}

/** Threshold 0 hides nothing. */
export function suppress(report: ThemeReport, threshold: number): SuppressedReport {
  const rows = report.rows.map((row): SuppressedRow => {
    const notes = hide(row.notes, threshold)
    const cases = hide(row.cases, threshold)
    const cellNotes = protectTotal(
      row.cells.map((cell) => hide(cell.notes, threshold)),
      notes,
    )
    const cellCases = protectTotal(
      row.cells.map((cell) => hide(cell.cases, threshold)),
      cases,
    )
    return {
      ...row,
      notes,
      cases,
      // Codings per note or case could give small counts of people away.
      codings: notes === null || cases === null ? null : row.codings,
      cells: row.cells.map((_, index) => ({
        notes: cellNotes[index] ?? null,
        cases: cellCases[index] ?? null,
      })),
    }
  })
  // A few codings set aside are a small count, too.
  const setAside = report.base.setAside.filter(({ codings }) => codings >= threshold)
  return { ...report, base: { ...report.base, setAside }, threshold, rows }
}
