/** Attributes of a note and of its case beside each other, as columns of a table. */
import type { Attribute, AttributeValues } from './contract/notes.ts'

export type AttributeRef = Pick<Attribute, 'of' | 'name'>
export type BothAttributes = Readonly<Record<Attribute['of'], AttributeValues>>

/** "note:team": said in full always, since a note and a case attribute may share one name. */
export const attributeColumn = ({ of, name }: AttributeRef): string => `${of}:${name}`

/** The values in the order of the columns, empty where there is none. */
export const attributeCells = (columns: readonly AttributeRef[], both: BothAttributes): string[] =>
  columns.map(({ of, name }) => both[of][name] ?? '')
