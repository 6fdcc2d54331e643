import type { AttributeKind, NoteRow } from '../../shared/model.ts'
import type { AttributeName } from './note-view.ts'

/** Why a value does not fit the kind of its attribute; null when it does. */
export function problemOf(kind: AttributeKind, value: string): string | null {
  if (kind === 'number' && !/^[+-]?\d+(?:\.\d+)?$/.test(value)) return 'Write a number, such as 14 or 2.5.'
  if (kind === 'date' && !/^\d{4}-\d{2}-\d{2}(?:[T ].*)?$/.test(value)) return 'Write the date as 2021-03-04.'
  return null
}

export type ValueCounts = {
  /** Most frequent first; where as frequent, by the alphabet. */
  values: { value: string; count: number }[]
  missing: number
}

/** How often each value stands: in notes, or in cases where it belongs to the case. The rows carry it as first cell. */
export function countValues(rows: readonly NoteRow[], { of }: AttributeName): ValueCounts {
  const counts = new Map<string, number>()
  const seen = new Set<string>()
  let missing = 0
  for (const { caseId, cells } of rows) {
    if (of === 'case') {
      if (caseId === null || seen.has(caseId)) continue
      seen.add(caseId)
    }
    const value = cells?.[0] ?? null
    if (value === null) missing++
    else counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const values = [...counts].map(([value, count]) => ({ value, count }))
  values.sort((a, b) => b.count - a.count || a.value.localeCompare(b.value, 'en-GB', { numeric: true }))
  return { values, missing }
}
