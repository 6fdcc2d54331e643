import type { ImportMap, ImportPreview } from '../../shared/contract/note-import.ts'
import type { AttributeKind, AttributeOwner } from '../../shared/contract/notes.ts'
import { attributeNames } from '../../shared/names.ts'
import { fingerprint } from './fingerprint.ts'

/** What one column of a table becomes. */
export type ColumnRole =
  | { as: 'ignore' | 'text' | 'noteId' | 'caseId' | 'date' | 'title' }
  | { as: 'attribute'; of: AttributeOwner; kind: AttributeKind }
export type Roles = Readonly<Record<string, ColumnRole>>

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
export type RoleName = (typeof ROLES)[number]['value']

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

/** The map for the store; null while no column holds the text. An attribute is called as its column reads. */
export function mapOf(roles: Roles): ImportMap | null {
  const columnOf = (part: (typeof SINGLE)[number]) =>
    Object.entries(roles).find(([, role]) => role.as === part)?.[0]
  const text = columnOf('text')
  if (text === undefined) return null
  const map: ImportMap = { text }
  for (const part of ['noteId', 'caseId', 'date', 'title'] as const) {
    const column = columnOf(part)
    if (column !== undefined) map[part] = column
  }
  const names = attributeNames(Object.keys(roles))
  const attributes = Object.entries(roles).flatMap(([column, role]) =>
    role.as === 'attribute'
      ? [[names.get(column) ?? column, { column, of: role.of, kind: role.kind }] as const]
      : [],
  )
  return attributes.length > 0 ? { ...map, attributes: Object.fromEntries(attributes) } : map
}

export const roleName = (role: ColumnRole | undefined): RoleName => {
  if (!role) return 'ignore'
  return role.as === 'attribute' ? (`${role.of}:${role.kind}` as RoleName) : role.as
}

function roleOf(name: RoleName): ColumnRole {
  const [of, kind] = name.split(':') as [AttributeOwner, AttributeKind | undefined]
  return kind ? { as: 'attribute', of, kind } : { as: name as Exclude<ColumnRole['as'], 'attribute'> }
}

/** The text, the id and so on are one column each: who had the part before is left out from now on. */
export function withRole(roles: Roles, column: string, name: RoleName): Record<string, ColumnRole> {
  const role = roleOf(name)
  const others = Object.entries(roles).map(([other, before]): [string, ColumnRole] =>
    role.as !== 'attribute' && role.as !== 'ignore' && before.as === role.as
      ? [other, { as: 'ignore' }]
      : [other, before],
  )
  return { ...Object.fromEntries(others), [column]: role }
}

/** How a table with certain columns was mapped: `roles` in the order of the columns' names. */
export type KeptMapping = { table: string; roles: string[] }

const MOST_KEPT = 30
/** All of them together, in columns: the preferences of a computer are a small file. */
const MOST_COLUMNS = 2_500
const ROLE_NAMES: ReadonlySet<string> = new Set(ROLES.map((role) => role.value))

const isKept = (value: unknown): value is KeptMapping => {
  const { table, roles } = (value ?? {}) as Partial<KeptMapping>
  return typeof table === 'string' && Array.isArray(roles) && roles.every((role) => ROLE_NAMES.has(role))
}

const tableOf = (columns: readonly string[]) => fingerprint(JSON.stringify([...columns].sort()))

/** How a table with these columns, in whatever order, was mapped last; null when it is new here. */
export function recalledRoles(
  kept: readonly unknown[],
  columns: readonly string[],
): Record<string, ColumnRole> | null {
  const table = tableOf(columns)
  const found = kept.filter(isKept).find((each) => each.table === table)
  if (found?.roles.length !== columns.length) return null
  const sorted = [...columns].sort()
  return Object.fromEntries(
    columns.map((column) => [column, roleOf(found.roles[sorted.indexOf(column)] as RoleName)]),
  )
}

/** The mappings to keep from now on, this one first. */
export function withMapping(kept: readonly unknown[], roles: Roles): KeptMapping[] {
  const columns = Object.keys(roles).sort()
  const table = tableOf(columns)
  const mine: KeptMapping = { table, roles: columns.map((column) => roleName(roles[column])) }
  const all = [mine, ...kept.filter(isKept).filter((each) => each.table !== table)].slice(0, MOST_KEPT)
  let room = MOST_COLUMNS
  return all.filter((each) => {
    room -= each.roles.length
    return room >= 0
  })
}

/** True where both say the same about every column. */
export const areSame = (one: Roles, other: Roles): boolean =>
  Object.keys(one).every((column) => roleName(one[column]) === roleName(other[column]))
