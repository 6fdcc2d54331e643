/** What every list of quotes says, whichever kind of file it becomes. */
import {
  type AttributeRef,
  attributeCells,
  attributeColumn,
  type BothAttributes,
} from '../../../../shared/attributes.ts'
import type { Qualifiers } from '../../../../shared/contract/qualifiers.ts'

/** One coding of a quote, with names for ids. */
export type QuoteCoding = { code: string; path: string; coder: string; qualifiers: Qualifiers; memo: string }

export type QuoteRow = {
  /** The note's id, as its source gave it. */
  note: string
  title: string
  caseId: string | null
  date: string | null
  /** Code points, half-open; null for the whole note. */
  start: number | null
  end: number | null
  /** Of a whole note: how it begins. */
  quote: string
  /** Whether the note goes on after the quote, all of it coded. */
  isCut: boolean
  codings: readonly QuoteCoding[]
  attributes: BothAttributes
}

export type QuoteSheet = {
  /** The project's title. */
  project: string
  /** What was asked, as a sentence. */
  question: string
  /** "20 segments in 17 of 73 notes, 10 of 20 cases". */
  counts: string
  /** ISO date of the export. */
  date: string
  /** Which journal they are from, in a line. */
  journal: string
  groupBy: 'note' | 'case'
  /** All attributes of the project: the columns do not depend on what was found. */
  attributes: readonly AttributeRef[]
  rows: readonly QuoteRow[]
}

/** Quotes under the note or case they are from; cases in the order of their ids, those without one last. */
export function groupsOf({ rows, groupBy }: QuoteSheet): Array<{ key: string | null; rows: QuoteRow[] }> {
  const groups = new Map<string | null, QuoteRow[]>()
  for (const row of rows) {
    const key = groupBy === 'note' ? row.note : row.caseId
    const own = groups.get(key)
    if (own) own.push(row)
    else groups.set(key, [row])
  }
  const list = [...groups].map(([key, own]) => ({ key, rows: own }))
  if (groupBy === 'note') return list
  const compare = new Intl.Collator('en-GB', { numeric: true }).compare
  return list.sort((a, b) => (a.key === null ? 1 : b.key === null ? -1 : compare(a.key, b.key)))
}

const QUALIFIER = 'qualifier.'
export const qualifierNames = (rows: readonly QuoteRow[]): string[] =>
  [
    ...new Set(rows.flatMap(({ codings }) => codings.flatMap(({ qualifiers }) => Object.keys(qualifiers)))),
  ].sort()

const each = (values: readonly string[]): string =>
  [...new Set(values)].filter((value) => value !== '').join('; ')

/** A table of quotes: a row for each, columns as the table of codings has them where both have them. */
export function quoteTable({ rows, attributes }: Pick<QuoteSheet, 'rows' | 'attributes'>): {
  header: string[]
  cells: Array<Array<string | number | null>>
} {
  const qualifiers = qualifierNames(rows)
  const header = [
    'segment',
    'case',
    'note',
    'title',
    'date',
    'code',
    'coder',
    'start',
    'end',
    'whole_note',
    'quote',
    'memo',
    ...qualifiers.map((name) => `${QUALIFIER}${name}`),
    ...attributes.map(attributeColumn),
  ]
  const cells = rows.map((row, index) => [
    index + 1,
    row.caseId,
    row.note,
    row.title,
    row.date,
    each(row.codings.map(({ path }) => path)),
    each(row.codings.map(({ coder }) => coder)),
    row.start,
    row.end,
    row.start === null ? 'yes' : 'no',
    row.isCut ? `${row.quote} [the note goes on; all of it is coded]` : row.quote,
    each(row.codings.map(({ memo }) => memo)),
    ...qualifiers.map((name) => each(row.codings.map((coding) => coding.qualifiers[name] ?? ''))),
    ...attributeCells(attributes, row.attributes),
  ])
  return { header, cells }
}
