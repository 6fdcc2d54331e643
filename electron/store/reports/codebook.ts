/** Codebooks as files, by format. What goes out passes the check for identifiers first. */
import { basename, extname } from 'node:path'
import type { CodeId, CoderId } from '../../../shared/contract/basics.ts'
import { CodebookFormat, type CodebookParts } from '../../../shared/contract/codebook.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import type { ExportCheck, ExportChoice } from '../../../shared/contract/exports.ts'
import { Problem } from '../../../shared/problem.ts'
import { allCodes } from '../codebook/codes.ts'
import { codeUseOf } from '../codebook/use.ts'
import { versionName } from '../codebook/versions.ts'
import { getCoding } from '../codings/codings.ts'
import { codebookTable, type MoreColumns, writeCodebookCsv } from '../exchange/codebook/csv.ts'
import {
  type CodebookDocument,
  type CodeCounts,
  codebookDocument,
  type DocumentQuote,
} from '../exchange/codebook/document.ts'
import { type CodebookEntry, DEFINITION_FIELDS } from '../exchange/codebook/entry.ts'
import { codebookHtml } from '../exchange/codebook/html.ts'
import { codebookMarkdown } from '../exchange/codebook/markdown.ts'
import { writeQdc } from '../exchange/codebook/qdc.ts'
import { fileWarnings, leftOutWarnings } from '../exchange/office/xml-text.ts'
import { toXlsx } from '../exchange/tables/xlsx.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { readSetting } from '../file/values.ts'
import { assertMayWrite, writeFileAtomically } from '../file/written-file.ts'
import { listPeople } from '../team/coders.ts'
import { codebookEntries } from './codebook-entries.ts'
import {
  checkedSheet,
  leftOutOfQdc,
  type QualifierSheet,
  qualifierColumns,
  qualifierSheet,
  qualifierTexts,
} from './codebook-qualifiers.ts'
import { journalLine } from './document-head.ts'
import { type CheckOptions, type OutgoingText, writeChecked } from './export-check.ts'

/** Written into exported codebooks as their origin. */
export const ORIGIN = 'Understory 0.1.0'

/** The format a file's extension names. Throws `bad-arguments` for others. */
export function codebookFormat(path: string): CodebookFormat {
  const format = CodebookFormat.safeParse(extname(path).toLowerCase().slice(1))
  if (format.success) return format.data
  throw new Problem(
    'bad-arguments',
    `${basename(path)}: a codebook is written as .qdc, .csv, .xlsx, .docx, .html or .md.`,
  )
}

/** What people write into an entry; `source` is left out, as it names publications and their addresses. */
const WRITTEN = [['name', 'Name'] as const, ...DEFINITION_FIELDS.filter(([field]) => field !== 'source')]

export type CodebookExport = { isWritten: boolean; codes: number; warnings: string[]; check: ExportCheck }

type ExportOptions = CheckOptions & {
  parts?: CodebookParts
  /** Who takes the file: what a blind round keeps from them is not counted. Null: nobody who codes. */
  viewer?: CoderId | null
}

/**
 * Writes the project's codebook, after the check for identifiers: an example may quote a note. Linked examples and
 * counts go into documents (.docx, .html, .md) when `parts` asks for them. Throws Problem `empty-codebook`, and what
 * writing throws; nothing half-written is left behind.
 */
export const exportCodebook = async (
  db: ReadableDb,
  path: string,
  format: CodebookFormat,
  choice: ExportChoice,
  options: ExportOptions = {},
): Promise<CodebookExport> => {
  const ending = `.${format}` as const
  assertMayWrite(path, [ending])
  return giveOut(db, (data) => writeFileAtomically(path, ending, data), format, choice, options)
}

/** The codebook as an HTML page for the printer; `html` is null where the check found something and must be asked. */
export async function printableCodebook(
  db: ReadableDb,
  choice: ExportChoice,
  options: ExportOptions = {},
): Promise<CodebookExport & { html: string | null }> {
  let html: string | null = null
  const keep = async (data: string | Uint8Array) => {
    html = String(data)
  }
  const given = await giveOut(db, keep, 'html', choice, options)
  return { ...given, html }
}

async function giveOut(
  db: ReadableDb,
  take: (data: string | Uint8Array) => Promise<void>,
  format: CodebookFormat,
  choice: ExportChoice,
  { parts = { examples: true, counts: false }, viewer = null, ...options }: ExportOptions,
): Promise<CodebookExport> {
  const entries = codebookEntries(db)
  if (entries.length === 0)
    throw new Problem('empty-codebook', 'There are no codes to export yet. No file was written.')
  const examples = isDocument(format) && parts.examples ? linkedExamples(db) : []
  const qualifiers = qualifierSheet(db)
  const ahead = [...entries.flatMap(textsOf), ...examples.map(({ outgoing }) => outgoing)]
  const outgoing = [...ahead, ...(format === 'qdc' ? [] : qualifierTexts(qualifiers))]
  const write = async (texts: readonly string[]) => {
    const checked = withTexts(entries, texts)
    const quotes = examples.map((example, at) => ({
      ...example,
      text: texts[entries.length * WRITTEN.length + at] ?? '',
    }))
    const parcel = {
      entries: checked,
      quotes,
      parts,
      viewer,
      qualifiers: format === 'qdc' ? qualifiers : checkedSheet(qualifiers, texts.slice(ahead.length)),
    }
    const { data, warnings } = await codebookData(db, format, parcel)
    await take(data)
    return { codes: entries.filter((entry) => !entry.isFolder).length, warnings }
  }
  const { check, written } = await writeChecked(db, outgoing, choice, write, options)
  return { isWritten: written !== null, codes: 0, warnings: [], ...written, check }
}

/** The id of an entry that was made of a code of the project. */
const ofProject = (id: string) => id as CodeId

const textsOf = (entry: CodebookEntry): OutgoingText[] =>
  WRITTEN.map(([field, words]) => ({
    name: `${words} of ${entry.name}`,
    text: entry[field],
    ...(entry.id === null ? {} : { codeId: ofProject(entry.id) }),
  }))

/** The entries with their texts as the check gave them back, in the order they were given to it. */
const withTexts = (entries: readonly CodebookEntry[], texts: readonly string[]): CodebookEntry[] =>
  entries.map((entry, index) => ({
    ...entry,
    ...Object.fromEntries(
      WRITTEN.map(([field], column) => [field, texts[index * WRITTEN.length + column] ?? entry[field]]),
    ),
  }))

const isDocument = (format: CodebookFormat) => format === 'docx' || format === 'html' || format === 'md'

type Example = { codeId: CodeId; label: DocumentQuote['label']; from: string; outgoing: OutgoingText }

/** Codings that stand as examples in the codebook; one that is gone by now is left out. */
function linkedExamples(db: ReadableDb): Example[] {
  const exists = db.prepare('SELECT 1 FROM coding WHERE id = ?')
  return allCodes(db).flatMap((code) =>
    (
      [
        ['Example', code.exampleCodingId],
        ['Counter-example', code.counterExampleCodingId],
      ] as const
    ).flatMap(([label, codingId]) => {
      if (codingId === null || !exists.get(codingId)) return []
      const { noteId, span } = getCoding(db, codingId)
      const outgoing = { name: `${label} of ${code.name}`, noteId, span }
      return [{ codeId: code.id, label, from: `note ${noteId}`, outgoing }]
    }),
  )
}

/** What goes into the file, its texts as the check gave them back. */
type Parcel = {
  entries: CodebookEntry[]
  quotes: ReadonlyArray<Example & { text: string }>
  qualifiers: QualifierSheet
  parts: CodebookParts
  viewer: CoderId | null
}

async function codebookData(
  db: ReadableDb,
  format: CodebookFormat,
  parcel: Parcel,
): Promise<{ data: string | Uint8Array; warnings: string[] }> {
  const { entries, qualifiers } = parcel
  if (format === 'qdc') {
    const { xml, warnings } = writeQdc(entries, ORIGIN)
    return { data: xml, warnings: [...warnings, ...leftOutOfQdc(qualifiers)] }
  }
  const more = qualifierColumns(qualifiers)
  if (format === 'csv') return { data: writeCodebookCsv(entries, { more }), warnings: [] }
  if (format === 'xlsx') return workbookOf(entries, more)
  const document = documentOf(db, parcel)
  if (format === 'md') return { data: codebookMarkdown(document), warnings: [] }
  if (format === 'html') {
    const { html, leftOut } = codebookHtml(document)
    return { data: html, warnings: leftOutWarnings(leftOut) }
  }
  const { codebookDocx } = await import('../exchange/codebook/docx.ts')
  const file = await codebookDocx(document)
  return { data: file.bytes, warnings: fileWarnings(file) }
}

const WIDE = new Set(['definition', 'use_when', 'do_not_use_when', 'example', 'counter_example', 'notes'])

async function workbookOf(
  entries: CodebookEntry[],
  more: MoreColumns,
): Promise<{ data: Uint8Array; warnings: string[] }> {
  const { columns, rows } = codebookTable(entries, more)
  const file = await toXlsx(
    'Codebook',
    columns.map((name) => ({ name, width: WIDE.has(name) ? 48 : 18 })),
    rows,
  )
  return { data: file.bytes, warnings: fileWarnings(file) }
}

function documentOf(
  db: ReadableDb,
  { entries, quotes, qualifiers, parts, viewer }: Parcel,
): CodebookDocument {
  const head = {
    title: `Codebook: ${readSetting(db, 'title') || 'untitled project'}`,
    version: versionName(db),
    date: new Date().toISOString().slice(0, 10),
    journal: journalLine(db, viewer),
    notes: parts.counts ? sure(db.prepare<[], number>('SELECT count(*) FROM note').pluck().get()) : null,
    qualifiers: qualifiers.defined,
  }
  const people = listPeople(db)
  return codebookDocument(head, entries, ({ id }) => ({
    quotes: quotes.filter(({ codeId }) => codeId === id),
    counts: parts.counts && id !== null ? countsOf(db, ofProject(id), viewer, people) : null,
    usual: (id === null ? undefined : qualifiers.usual.get(id)) ?? {},
  }))
}

/** By people alone: a second pass and the consensus are nobody's further use of a code. */
function countsOf(
  db: ReadableDb,
  codeId: CodeId,
  viewer: CoderId | null,
  people: readonly Coder[],
): CodeCounts {
  const { codings, notes, byCoder } = codeUseOf(db, codeId, viewer)
  const own = people.flatMap(({ id, name }) => {
    const used = byCoder.find(({ coderId }) => coderId === id)
    return used ? [{ coder: name, codings: used.codings }] : []
  })
  return { codings, notes, byCoder: own, coders: people.length }
}
