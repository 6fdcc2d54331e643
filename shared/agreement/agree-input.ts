import type { Masses } from './boundary.ts'
import type { ReliabilityData } from './matrix.ts'
import { dropEmptyCoders, MISSING, reliabilityData } from './matrix.ts'
import type { CodedSpan, Continuum } from './unitizing.ts'

/** Plain agreement data that cannot be read; the message is a sentence for the person who made the file. */
export class AgreementInputError extends Error {
  override readonly name = 'AgreementInputError'
}

/** A category or code as written in the input. */
export type Label = string | number | boolean

/** Level of measurement of the categories. */
export type Level = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/** Kinds of cases that can be read. */
export const CASE_TYPES = ['matrix', 'table', 'spans', 'unitizing', 'boundary', 'bootstrap', 'gamma'] as const
export type CaseType = (typeof CASE_TYPES)[number]

/** One case of the input, its data not yet read. */
export interface RawCase {
  readonly id: string
  readonly type: CaseType
  readonly tags: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
}

/** Units × coders or a contingency table, coders without data already left out. */
export interface CodedCase {
  readonly data: ReliabilityData
  readonly labels: readonly Label[]
  readonly level: Level
  /** index of the category that means "applied", or null */
  readonly positive: number | null
  /** coders in the input, with those left out */
  readonly declaredCoders: number
  readonly dropped: readonly string[]
  /** whether the input has any missing value */
  readonly missing: boolean
}

/** Spans of each coder on one text. */
export interface SpanCase {
  readonly continuum: Continuum
  readonly labels: readonly Label[]
  readonly dropped: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

function fail(where: string, sentence: string): never {
  throw new AgreementInputError(`${where}: ${sentence}`)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function list(value: unknown, where: string, name: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(where, `"${name}" must be a list.`)
}

function whole(value: unknown, where: string, name: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  return fail(where, `${name} must be a whole number, 0 or more.`)
}

function isLabel(value: unknown): value is Label {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

function labelList(value: unknown, where: string, name: string): Label[] {
  const labels = list(value, where, name).map((label) =>
    isLabel(label) ? label : fail(where, `"${name}" may hold texts and numbers only.`),
  )
  return new Set(labels).size === labels.length ? labels : fail(where, `"${name}" names an entry twice.`)
}

/** Reads a document with `cases`, a bare list of cases, or one case. */
export function readCases(input: unknown): RawCase[] {
  const cases = Array.isArray(input) ? input : isFields(input) ? (input.cases ?? [input]) : null
  if (!Array.isArray(cases))
    throw new AgreementInputError('The input must be a list of cases or have a list "cases".')
  return cases.map((item: unknown, at) => readCase(item, `Case ${at + 1}`))
}

function readCase(item: unknown, where: string): RawCase {
  if (!isFields(item)) return fail(where, 'must be an object with "id", "type" and "data".')
  const { id, type, data, tags } = item
  if (typeof id !== 'string') return fail(where, 'the text "id" is missing.')
  const named = `Case "${id}"`
  const known = CASE_TYPES.find((name) => name === type)
  if (known === undefined) return fail(named, `"type" must be one of ${CASE_TYPES.join(', ')}.`)
  if (!isFields(data)) return fail(named, '"data" is missing.')
  const tagList = Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : []
  return { id, type: known, tags: tagList, data }
}

/** Reads a `matrix` or `table` case. @throws AgreementInputError */
export function readCoded(raw: RawCase): CodedCase {
  const where = `Case "${raw.id}"`
  const labels = labelList(raw.data.categories, where, 'categories')
  const level = (['nominal', 'ordinal', 'interval', 'ratio'] as const).find((name) => name === raw.data.level)
  if (level === undefined) return fail(where, '"level" must be nominal, ordinal, interval or ratio.')
  const positive = raw.data.positive ?? null
  const all = raw.type === 'table' ? readTable(raw.data, labels, where) : readMatrix(raw.data, labels, where)
  const names = coderNames(raw.data.coders, all.values.length, where)
  const { data, dropped } = dropEmptyCoders(all)
  return {
    data,
    labels,
    level,
    positive: positive === null ? null : labelIndex(labels, positive, where, '"positive"'),
    declaredCoders: all.values.length,
    dropped: dropped.map((coder) => names[coder] as string),
    missing: all.values.some((column) => column.includes(MISSING)),
  }
}

function labelIndex(labels: readonly Label[], value: unknown, where: string, name: string): number {
  const index = labels.indexOf(value as Label)
  return index >= 0 ? index : fail(where, `${name} ${JSON.stringify(value)} is not among the declared ones.`)
}

function coderNames(value: unknown, coders: number, where: string): string[] {
  if (value === undefined) return Array.from({ length: coders }, (_, at) => `coder ${at + 1}`)
  const names = list(value, where, 'coders').map(String)
  return names.length === coders
    ? names
    : fail(where, `there are ${names.length} coders but data of ${coders}.`)
}

function readMatrix(data: Fields, labels: readonly Label[], where: string): ReliabilityData {
  const index = new Map<unknown, number>(labels.map((label, at) => [label, at]))
  const columns = list(data.values, where, 'values').map((column, coder) =>
    Int32Array.from(list(column, where, 'values'), (value) => {
      if (value === null) return MISSING
      return (
        index.get(value) ??
        fail(where, `the value ${JSON.stringify(value)} of coder ${coder + 1} is no category.`)
      )
    }),
  )
  const units = data.units === undefined ? columns[0]?.length : whole(data.units, where, '"units"')
  if (columns.some((column) => column.length !== units))
    return fail(where, `every coder needs ${units} values.`)
  return reliabilityData(columns, labels.length)
}

function readTable(data: Fields, labels: readonly Label[], where: string): ReliabilityData {
  const q = labels.length
  const rows = list(data.table, where, 'table').map((row) =>
    list(row, where, 'table').map((count) => whole(count, where, 'every count in "table"')),
  )
  if (rows.length !== q || rows.some((row) => row.length !== q)) {
    return fail(where, `"table" must have ${q} rows and ${q} columns, one per category.`)
  }
  const cells = rows
    .flatMap((row, i) => row.map((count, j) => [i, j, count] as const))
    .filter((cell) => cell[2] > 0)
  const units = cells.reduce((sum, cell) => sum + cell[2], 0)
  if (data.units !== undefined && data.units !== units) {
    return fail(where, `"units" is ${String(data.units)}, but "table" counts ${units}.`)
  }
  const columns = [Int32Array.from(cells, (cell) => cell[0]), Int32Array.from(cells, (cell) => cell[1])]
  return reliabilityData(
    columns,
    q,
    Float64Array.from(cells, (cell) => cell[2]),
  )
}

/** Reads a `spans` or `unitizing` case; a coder given as null did not see the text. @throws AgreementInputError */
export function readSpans(raw: RawCase): SpanCase {
  const where = `Case "${raw.id}"`
  const length = whole(raw.data.length, where, '"length"')
  const coders = list(raw.data.coders, where, 'coders')
  const seen = coders.map((spans) => (spans === null ? null : list(spans, where, 'coders')))
  const labels =
    raw.data.codes === undefined || raw.data.codes === null
      ? usedLabels(seen, where)
      : labelList(raw.data.codes, where, 'codes')
  const kept = seen.filter((spans) => spans !== null)
  return {
    labels,
    continuum: {
      length,
      values: labels.length,
      coders: kept.map((spans) => spans.map((span) => readSpan(span, labels, length, where))),
    },
    dropped: seen.flatMap((spans, at) => (spans === null ? [`coder ${at + 1}`] : [])),
  }
}

function spanParts(span: unknown, where: string): [unknown, unknown, Label] {
  const [start, end, code] = Array.isArray(span) && span.length === 3 ? (span as unknown[]) : []
  if (isLabel(code)) return [start, end, code]
  return fail(where, `${JSON.stringify(span)} is not a span [start, end, code].`)
}

function readSpan(span: unknown, labels: readonly Label[], length: number, where: string): CodedSpan {
  const [from, to, code] = spanParts(span, where)
  const start = whole(from, where, 'the start of a span')
  const end = whole(to, where, 'the end of a span')
  if (start >= end || end > length)
    fail(where, `[${start}, ${end}) is not a span of a text of ${length} positions.`)
  return { start, end, value: labelIndex(labels, code, where, 'the code') }
}

function usedLabels(coders: ReadonlyArray<readonly unknown[] | null>, where: string): Label[] {
  const used = new Set(coders.flatMap((spans) => (spans ?? []).map((span) => spanParts(span, where)[2])))
  return [...used].sort((a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return a - b
    return String(a) < String(b) ? -1 : 1
  })
}

/** Reads the two segmentations of a `boundary` case. @throws AgreementInputError */
export function readMasses(raw: RawCase): [Masses, Masses] {
  const where = `Case "${raw.id}"`
  const masses = list(raw.data.masses, where, 'masses').map((one) =>
    list(one, where, 'masses').map((mass) => whole(mass, where, 'every mass')),
  )
  const [first, second] = masses
  if (first === undefined || second === undefined || masses.length > 2) {
    return fail(where, '"masses" must hold two segmentations.')
  }
  return [first, second]
}
