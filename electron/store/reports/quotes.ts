/** Retrieved segments as a file: looked up, checked for identifiers, written whole or not at all. */
import type { CoderId, NoteId } from '../../../shared/contract/basics.ts'
import type { ExportCheck, ExportChoice } from '../../../shared/contract/exports.ts'
import type { FoundSegment, QuotesFormat, RetrievalQuery } from '../../../shared/contract/retrieval.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import { questionInWords } from '../../../shared/retrieval-words.ts'
import { segmentKey } from '../../../shared/segments.ts'
import { keptInWords } from '../../../shared/theme-words.ts'
import { allCodes } from '../codebook/codes.ts'
import { codePaths } from '../codebook/tree.ts'
import { MEMO_OF_CODING } from '../codings/codings.ts'
import { fileWarnings } from '../exchange/office/xml-text.ts'
import { quotesCsv } from '../exchange/quotes/csv.ts'
import type { QuoteCoding, QuoteRow, QuoteSheet } from '../exchange/quotes/sheet.ts'
import { quotesXlsx } from '../exchange/quotes/xlsx.ts'
import type { ReadableDb } from '../file/connection.ts'
import { readSetting } from '../file/values.ts'
import { assertMayWrite, writeFileAtomically } from '../file/written-file.ts'
import { attributeFinder, attributeTexts, changedAttributes } from '../notes/attributes.ts'
import { listAttributes, textOfNote, titleGivenOut } from '../notes/notes.ts'
import { listCoders } from '../team/coders.ts'
import { journalLine } from './document-head.ts'
import { type CheckOptions, type OutgoingText, writeChecked } from './export-check.ts'

/** What a retrieval found, as far as it is exported. */
export type FoundSegments = {
  segments: readonly FoundSegment[]
  total: number
  notes: number
  cases: number
  looked: { notes: number; cases: number }
  heldBack: number
}

export type QuotesOrder = {
  query: RetrievalQuery
  /** Keys of the ticked segments (shared/segments.ts); null takes all. */
  picked: readonly string[] | null
  groupBy: 'note' | 'case'
}

/** `viewer`: who takes the file; null: nobody who codes. */
type QuotesOptions = CheckOptions & { viewer?: CoderId | null }

export type QuotesExport = { isWritten: boolean; segments: number; warnings: string[]; check: ExportCheck }

/** A Word document of more is no appendix any more, and takes minutes to make. */
const MOST_IN_WORD = 5_000

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

function pickedOf({ segments }: FoundSegments, picked: QuotesOrder['picked']): readonly FoundSegment[] {
  if (picked === null) return segments
  const wanted = new Set(picked)
  return segments.filter((segment) => wanted.has(segmentKey(segment)))
}

/** The found segments with names for ids and code points for offsets; nothing is checked or asked in words yet. */
function quoteSheet(
  db: ReadableDb,
  found: FoundSegments,
  { picked, groupBy }: QuotesOrder,
  viewer: CoderId | null,
): QuoteSheet {
  const codes = allCodes(db)
  const paths = codePaths(codes)
  const names = new Map(codes.map(({ id, name }) => [id, name]))
  const coders = new Map(listCoders(db).map(({ id, name }) => [id, name]))
  const segments = pickedOf(found, picked)
  const memos = memosOf(db, segments)
  const toCoding = ({ id, codeId, coderId, qualifiers }: FoundSegment['codings'][number]): QuoteCoding => ({
    code: names.get(codeId) ?? '',
    path: paths.get(codeId) ?? '',
    coder: coders.get(coderId) ?? '',
    qualifiers,
    memo: memos.get(id) ?? '',
  })
  const points = new CodePoints(db)
  const attributesOf = attributeFinder(db)
  return {
    project: readSetting(db, 'title') ?? '',
    question: '',
    counts: countsOf(found, segments.length),
    date: new Date().toISOString(),
    journal: journalLine(db, viewer),
    groupBy,
    attributes: listAttributes(db),
    rows: segments.map((segment) => ({
      note: segment.noteId,
      title: titleGivenOut(db, segment.noteId),
      caseId: segment.caseId,
      date: segment.date,
      start: segment.span && points.of(segment.noteId, segment.span.start),
      end: segment.span && points.of(segment.noteId, segment.span.end),
      quote: segment.words,
      isCut: segment.span === null && segment.words.length < textOfNote(db, segment.noteId).length,
      codings: segment.codings.map(toCoding),
      attributes: attributesOf(segment.noteId),
    })),
  }
}

/** Each count with what it is a part of, so that a reader can judge it. */
function countsOf({ total, notes, cases, looked, heldBack }: FoundSegments, given: number): string {
  const of = [`${notes} of ${counted(looked.notes, 'note')}`]
  if (looked.cases > 0) of.push(`${cases} of ${counted(looked.cases, 'case')}`)
  const found = `${counted(total, 'segment')} in ${of.join(', ')}`
  const held = heldBack === 0 ? '' : ` ${keptInWords(heldBack)}`
  return `${given === total ? found : `${given} chosen from ${found}`}.${held}`
}

/** Segments come note by note: one note's text is read once. */
class CodePoints {
  readonly #db: ReadableDb
  #note = ''
  #converter = new OffsetConverter('')

  constructor(db: ReadableDb) {
    this.#db = db
  }

  of(noteId: NoteId, units: number): number {
    if (this.#note !== noteId) {
      this.#note = noteId
      this.#converter = new OffsetConverter(textOfNote(this.#db, noteId))
    }
    return this.#converter.toCodePoints(units)
  }
}

function memosOf(db: ReadableDb, segments: readonly FoundSegment[]): Map<string, string> {
  const find = db
    .prepare<[string], string>(`SELECT ${MEMO_OF_CODING} FROM coding WHERE coding.id = ?`)
    .pluck()
  const memos = new Map<string, string>()
  for (const { codings } of segments)
    for (const { id, hasMemo } of codings) if (hasMemo) memos.set(id, find.get(id) ?? '')
  return memos
}

/** What is checked once however often it stands in the file: a code in the note's own words quotes the note. */
class Names {
  readonly #outgoing = new Map<string, OutgoingText>()
  readonly #given = new Map<string, string>()

  constructor(db: ReadableDb, { rows }: QuoteSheet, { query }: QuotesOrder) {
    for (const { note, title, codings, attributes } of rows) {
      this.#outgoing.set(`title ${note}`, { name: `Title of ${note}`, text: title })
      for (const { code, path } of codings) this.#add('Name of a code', path, code)
      for (const { name, text } of attributeTexts(attributes)) this.#add(name, text)
    }
    for (const { name } of codesNamed(db, query)) this.#add('Name of a code', name)
    for (const { name, values } of query.filter.attributes ?? [])
      this.#add(`Value of ${name}`, ...values.filter((value) => value !== null))
  }

  get outgoing(): OutgoingText[] {
    return [...this.#outgoing.values()]
  }

  /** Takes the texts as the check gave them back from the front of a list. */
  take(next: () => string): void {
    for (const key of this.#outgoing.keys()) this.#given.set(key, next())
  }

  title(note: string): string {
    return this.#given.get(`title ${note}`) ?? ''
  }

  of(text: string): string {
    return this.#given.get(`text ${text}`) ?? text
  }

  #add(name: string, ...texts: string[]): void {
    for (const text of texts) this.#outgoing.set(`text ${text}`, { name, text })
  }
}

function codesNamed(db: ReadableDb, query: RetrievalQuery): Array<{ id: string; name: string }> {
  const wanted = new Set([...query.codeIds, ...query.otherIds, ...query.withoutIds])
  if (query.filter.codeId !== undefined) wanted.add(query.filter.codeId)
  return allCodes(db).filter(({ id }) => wanted.has(id))
}

/** Every quote and what was typed about it. Names of coders are not looked at: they are no patient's. */
const textsOf = (sheet: QuoteSheet, segments: readonly FoundSegment[]): OutgoingText[] =>
  sheet.rows.flatMap((row, index): OutgoingText[] => {
    const { noteId, span, words } = segments[index] as FoundSegment
    return [
      { name: `Quote of ${noteId}`, noteId, span: span ?? { start: 0, end: words.length } },
      ...row.codings.flatMap(({ memo, qualifiers }): OutgoingText[] => [
        { name: `Memo on ${noteId}`, text: memo },
        ...Object.entries(qualifiers).map(([name, text]) => ({ name: `${name} on ${noteId}`, text })),
      ]),
    ]
  })

/** The rows with their texts as the check gave them back, in the order of `textsOf`. */
const withTexts = (rows: readonly QuoteRow[], names: Names, next: () => string): QuoteRow[] =>
  rows.map((row) => {
    const quote = next()
    return {
      ...row,
      title: names.title(row.note),
      attributes: changedAttributes(row.attributes, (value) => names.of(value)),
      quote: row.isCut ? `${quote.trimEnd()} …` : quote,
      codings: row.codings.map((coding) => ({
        ...coding,
        code: names.of(coding.code),
        path: names.of(coding.path),
        memo: next(),
        qualifiers: Object.fromEntries(Object.keys(coding.qualifiers).map((name) => [name, next()])),
      })),
    }
  })

function questionOf(db: ReadableDb, query: RetrievalQuery, names: Names): string {
  const codes = new Map(codesNamed(db, query).map(({ id, name }) => [id, names.of(name)]))
  const coders = new Map(listCoders(db).map(({ id, name }) => [id, name]))
  const attributes = query.filter.attributes?.map((one) => ({
    ...one,
    values: one.values.map((value) => value && names.of(value)),
  }))
  return questionInWords(
    { ...query, filter: { ...query.filter, ...(attributes ? { attributes } : {}) } },
    {
      code: (id) => codes.get(id) ?? 'a code that is gone',
      coder: (id) => coders.get(id) ?? 'somebody',
    },
  )
}

/** Has the sheet given out, after the check; `give` is called with what may leave. */
export async function giveQuotes<T>(
  db: ReadableDb,
  found: FoundSegments,
  order: QuotesOrder,
  choice: ExportChoice,
  give: (sheet: QuoteSheet) => Promise<T> | T,
  { viewer = null, ...options }: QuotesOptions = {},
): Promise<{ check: ExportCheck; segments: number; given: T | null }> {
  const sheet = quoteSheet(db, found, order, viewer)
  if (sheet.rows.length === 0)
    throw new Problem('bad-arguments', 'There are no segments to export. No file was written.')
  const segments = pickedOf(found, order.picked)
  const names = new Names(db, sheet, order)
  const outgoing = [...names.outgoing, ...textsOf(sheet, segments)]
  const { check, written } = await writeChecked(
    db,
    outgoing,
    choice,
    (texts) => {
      const given = texts[Symbol.iterator]()
      const next = (): string => given.next().value ?? ''
      names.take(next)
      const rows = withTexts(sheet.rows, names, next)
      return give({ ...sheet, question: questionOf(db, order.query, names), rows })
    },
    options,
  )
  return { check, segments: sheet.rows.length, given: written }
}

/** Writes the segments as CSV, XLSX or DOCX. Throws what writing throws; no half file is left behind. */
export async function exportQuotes(
  db: ReadableDb,
  path: string,
  format: QuotesFormat,
  found: FoundSegments,
  order: QuotesOrder,
  choice: ExportChoice,
  options: QuotesOptions = {},
): Promise<QuotesExport> {
  assertMayWrite(path, [`.${format}`])
  const give = (sheet: QuoteSheet) => writeQuotes(path, format, sheet)
  const { check, segments, given } = await giveQuotes(db, found, order, choice, give, options)
  return { isWritten: given !== null, segments, warnings: given ?? [], check }
}

/** What makes Word documents is only read in when one is made: the store starts without it. */
const wordDocument = async (sheet: QuoteSheet) =>
  (await import('../exchange/quotes/docx.ts')).quotesDocx(sheet)

async function writeQuotes(path: string, format: QuotesFormat, sheet: QuoteSheet): Promise<string[]> {
  if (format === 'docx' && sheet.rows.length > MOST_IN_WORD)
    throw new Problem(
      'too-large',
      `A Word document takes at most ${MOST_IN_WORD} quotes; these are ${sheet.rows.length}. Nothing was written; export a table, or ask for fewer.`,
    )
  if (format === 'csv') {
    await writeFileAtomically(path, '.csv', quotesCsv(sheet))
    return []
  }
  const file = await (format === 'docx' ? wordDocument(sheet) : quotesXlsx(sheet))
  await writeFileAtomically(path, `.${format}`, file.bytes)
  return fileWarnings(file)
}
