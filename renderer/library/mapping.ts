import type { AttributeKind, AttributeOwner, ImportMap, ImportPreview } from '../../shared/model.ts'

/** What one column of a table becomes. */
export type ColumnRole =
  | { as: 'ignore' | 'text' | 'noteId' | 'caseId' | 'date' | 'title' }
  | { as: 'attribute'; of: AttributeOwner; kind: AttributeKind }

export const ROLES = [
  { value: 'ignore', label: 'Leave out' },
  { value: 'text', label: 'Text of the note' },
  { value: 'noteId', label: 'Note id' },
  { value: 'caseId', label: 'Case id' },
  { value: 'date', label: 'Date' },
  { value: 'title', label: 'Title' },
  { value: 'note:category', label: 'About the note: category' },
  { value: 'note:text', label: 'About the note: text' },
  { value: 'note:number', label: 'About the note: number' },
  { value: 'note:date', label: 'About the note: date' },
  { value: 'note:boolean', label: 'About the note: yes or no' },
  { value: 'case:category', label: 'About the case: category' },
  { value: 'case:text', label: 'About the case: text' },
  { value: 'case:number', label: 'About the case: number' },
  { value: 'case:date', label: 'About the case: date' },
  { value: 'case:boolean', label: 'About the case: yes or no' },
] as const

const SINGLE = ['text', 'noteId', 'caseId', 'date', 'title'] as const

/** The guess of the store, column by column. */
export function rolesOf({
  columns,
  guess,
}: Pick<ImportPreview, 'columns' | 'guess'>): Record<string, ColumnRole> {
  const roles: Record<string, ColumnRole> = Object.fromEntries(
    columns.map((column) => [column, { as: 'ignore' }]),
  )
  if (!guess) return roles
  for (const { column, of, kind } of Object.values(guess.attributes ?? {}))
    roles[column] = { as: 'attribute', of, kind }
  for (const part of SINGLE) {
    const column = guess[part]
    if (column !== undefined) roles[column] = { as: part }
  }
  return roles
}

/** The map for the store; null while no column holds the text. An attribute is called what its column is called. */
export function mapOf(roles: Readonly<Record<string, ColumnRole>>): ImportMap | null {
  const columnOf = (part: (typeof SINGLE)[number]) =>
    Object.entries(roles).find(([, role]) => role.as === part)?.[0]
  const text = columnOf('text')
  if (text === undefined) return null
  const map: ImportMap = { text }
  for (const part of ['noteId', 'caseId', 'date', 'title'] as const) {
    const column = columnOf(part)
    if (column !== undefined) map[part] = column
  }
  const attributes = Object.entries(roles).flatMap(([column, role]) =>
    role.as === 'attribute' ? [[column, { column, of: role.of, kind: role.kind }] as const] : [],
  )
  return attributes.length > 0 ? { ...map, attributes: Object.fromEntries(attributes) } : map
}
