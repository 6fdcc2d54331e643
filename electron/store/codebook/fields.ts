/** The fields of a code, between the contract, the table and words. What is written about it stands in `code-fields.ts`. */
import { z } from 'zod'
import { CODE_TEXTS, eachText } from '../../../shared/code-fields.ts'
import { CodeId } from '../../../shared/contract/basics.ts'
import { type Code, type CodeChanges, CodeExtras, CodeFields } from '../../../shared/contract/codes.ts'
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import type { Cell, NewRow } from '../file/table-definitions.ts'

/** A code to be added: its place among its siblings is the last, or right after the one named. */
export const NewCode = z.strictObject({
  ...CodeFields.shape,
  ...CodeExtras.partial().shape,
  id: CodeId,
  parentId: CodeId.nullable(),
  isRetired: z.boolean(),
  afterId: CodeId.optional(),
})
export type NewCode = z.infer<typeof NewCode>

/** A code at the top level of which nothing is said but its name. */
export const emptyCode = (id: CodeId, name: string): NewCode => ({
  ...eachText(() => ''),
  id,
  parentId: null,
  name,
  colour: null,
  shortcut: null,
  isFolder: false,
  isRetired: false,
})

/** The column of each field. */
export const COLUMN_OF = {
  name: 'name',
  colour: 'colour',
  ...eachText((field) => CODE_TEXTS[field].column),
  shortcut: 'shortcut',
  isFolder: 'is_folder',
  exampleCodingId: 'example_coding',
  counterExampleCodingId: 'counter_example_coding',
  qualifiers: 'qualifiers',
} as const satisfies Record<keyof CodeChanges, string>

/** What a person calls each field. */
export const FIELD_WORDS: Record<keyof CodeChanges, string> = {
  name: 'name',
  colour: 'colour',
  ...eachText((field) => CODE_TEXTS[field].words),
  shortcut: 'key',
  isFolder: 'kind',
  exampleCodingId: 'linked example',
  counterExampleCodingId: 'linked counter-example',
  qualifiers: 'usual qualifiers',
}

/** What a new code has in each column where nothing is said. */
export const NOTHING_SAID = {
  definition: '',
  use_when: '',
  do_not_use_when: '',
  example: '',
  counter_example: '',
  theme: '',
  source: '',
  remarks: '',
  short_label: '',
  example_coding: null,
  counter_example_coding: null,
  qualifiers: toJson<Qualifiers>({}),
} as const satisfies Partial<NewRow<'code'>> & Record<TextColumn, ''>

type TextColumn = (typeof CODE_TEXTS)[keyof typeof CODE_TEXTS]['column']

function cell(value: string | boolean | null | Qualifiers): Cell {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'object' && value !== null ? toJson(value) : value
}

/** What the fields that are said are in the table. */
export function columnsOf(fields: CodeChanges): Partial<NewRow<'code'>> {
  const columns: Record<string, Cell> = {}
  for (const [field, column] of Object.entries(COLUMN_OF)) {
    const value = fields[field as keyof CodeChanges]
    if (value !== undefined) columns[column] = cell(value)
  }
  // COLUMN_OF leads from each field to the column that holds it.
  return columns as Partial<NewRow<'code'>>
}

/** A code as it is read from the table: SQL has no booleans, and qualifiers are kept as JSON. */
export type CodeTableRow = Omit<Code, 'isFolder' | 'isRetired' | 'qualifiers'> & {
  isFolder: number
  isRetired: number
  qualifiers: Json<Qualifiers>
}

/** SQL over `code` and its `parent`: every field under its name. */
export const SELECTED = `
  code.num, code.id, parent.id AS parentId, code.position, code.defined_version AS definedVersion,
  code.is_retired AS isRetired,
  ${Object.entries(COLUMN_OF)
    .map(([field, column]) => `code.${column} AS ${field}`)
    .join(', ')}`

/** A row as the contract has it. */
export const toFields = <Row extends { isFolder: number; isRetired: number; qualifiers: Json<Qualifiers> }>({
  isFolder,
  isRetired,
  qualifiers,
  ...row
}: Row) => ({
  ...row,
  qualifiers: fromJson(qualifiers),
  isFolder: isFolder === 1,
  isRetired: isRetired === 1,
})
