/**
 * A codebook as people print it: what each code means, in the order of the tree, numbered like chapters. One neutral
 * document; Word, HTML and Markdown are ways to write it down.
 */
import type { Qualifiers } from '../../../../shared/contract/qualifiers.ts'
import { longDate } from '../dates.ts'
import { type CodebookEntry, DEFINITION_FIELDS, treeOf } from './entry.ts'

export type DocumentQuote = { label: 'Example' | 'Counter-example'; text: string; from: string }

/** A labelled text; `from` says which note it was quoted from, null where somebody wrote it. */
export type DocumentPart = { label: string; text: string; from: string | null }

export type DocumentCode = {
  /** "2.3.1": the place in the tree. */
  number: string
  /** 0 at the top. */
  depth: number
  name: string
  isFolder: boolean
  isRetired: boolean
  colour: string | null
  /** What is written about it, part by part; empty parts are left out. */
  parts: DocumentPart[]
  counts: CodeCounts | null
}

/** How often people applied a code, and who of how many did. */
export type CodeCounts = {
  codings: number
  notes: number
  byCoder: ReadonlyArray<{ coder: string; codings: number }>
  /** People who code in the project. */
  coders: number
}

export type CodebookDocument = {
  title: string
  /** "Version 12 (v1.2 after calibration)" */
  version: string
  /** ISO 8601, the day alone. */
  date: string
  /** Which journal it is from, in a line. */
  journal: string
  /** How many notes the counts are out of; null where no counts are given. */
  notes: number | null
  /** What a coding may say besides its code. */
  qualifiers: ReadonlyArray<{ name: string; values: readonly string[] }>
  codes: DocumentCode[]
}

/** What goes with an entry besides its own words. */
export type EntryExtras = {
  quotes: DocumentQuote[]
  counts: CodeCounts | null
  /** What codings with it are taken to say, until the coder says otherwise. */
  usual: Qualifiers
}

/** Puts the entries in the order of their tree and numbers them. */
export function codebookDocument(
  head: Omit<CodebookDocument, 'codes'>,
  entries: readonly CodebookEntry[],
  extrasOf: (entry: CodebookEntry) => EntryExtras,
): CodebookDocument {
  const { top, children } = treeOf(entries)
  const codes: DocumentCode[] = []
  const stack = numbered(top, '', 0).reverse()
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { index, number, depth } = item
    const entry = entries[index] as CodebookEntry
    const { name, isFolder, isRetired = false, colour } = entry
    const { quotes, counts, usual } = extrasOf(entry)
    const parts = [...partsOf(entry, quotes), ...usualPart(usual)]
    codes.push({ number, depth, name, isFolder, isRetired, colour, parts, counts })
    stack.push(...numbered(children[index] ?? [], `${number}.`, depth + 1).reverse())
  }
  return { ...head, codes }
}

const numbered = (indices: readonly number[], before: string, depth: number) =>
  indices.map((index, at) => ({ index, number: `${before}${at + 1}`, depth }))

/** A quote stands right after what was written under the same label. */
const partsOf = (entry: CodebookEntry, quotes: readonly DocumentQuote[]): DocumentPart[] =>
  DEFINITION_FIELDS.flatMap(([field, label]) => {
    const text = entry[field].trim()
    const written = text === '' ? [] : [{ label, text, from: null }]
    return [...written, ...quotes.filter((quote) => quote.label === label)]
  })

const usualPart = (usual: Qualifiers): DocumentPart[] => {
  const said = Object.entries(usual).map(([name, value]) => `${name}: ${value}`)
  return said.length === 0 ? [] : [{ label: 'Usual values', text: said.join('; '), from: null }]
}

/** "41 codings in 12 of 73 notes, by 2 of 3 coders (Amara 25, Ben 16)". */
export function countWords({ codings, notes, byCoder, coders }: CodeCounts, outOf: number | null): string {
  const many = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`
  const where = outOf === null ? '' : ` in ${notes} of ${many(outOf, 'note')}`
  const who = byCoder.map(({ coder, codings: own }) => `${coder} ${own}`).join(', ')
  const by = byCoder.length === 0 ? '' : `, by ${byCoder.length} of ${many(coders, 'coder')} (${who})`
  return `${many(codings, 'coding')}${where}${by}`
}

/** Stands over the list of qualifiers. */
export const QUALIFIERS_INTRO =
  'What a coding records besides its code: one value of each qualifier, or none.'

/** The line under the title: version, day, how many codes. */
export function subtitle({ version, date, codes }: CodebookDocument): string {
  const count = codes.filter(({ isFolder }) => !isFolder).length
  return `${version}, ${longDate(date)}, ${count} ${count === 1 ? 'code' : 'codes'}`
}
