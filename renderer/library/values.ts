import type { AttributeKind } from '../../shared/contract/notes.ts'

/** Why a value does not fit the kind of its attribute; null when it does. */
export function problemOf(kind: AttributeKind, value: string): string | null {
  if (kind === 'number' && !/^[+-]?\d+(?:\.\d+)?$/.test(value)) return 'Write a number, such as 14 or 2.5.'
  if (kind === 'date' && !/^\d{4}-\d{2}-\d{2}(?:[T ].*)?$/.test(value)) return 'Write the date as 2021-03-04.'
  return null
}
