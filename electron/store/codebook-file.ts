/** Codebooks from and to files, by format. */
import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { CodebookFormat, ExportCheck, ExportChoice } from '../../shared/model.ts'
import { Problem } from '../../shared/problem.ts'
import { codebookEntries } from './codebook-import.ts'
import type { Db } from './database.ts'
import { readCodebookCsv, writeCodebookCsv } from './exchange/codebook-csv.ts'
import type { CodebookEntry } from './exchange/codebook-entry.ts'
import { readQdc, writeQdc } from './exchange/codebook-qdc.ts'
import { readProblem } from './exchange/decode.ts'
import { writeFileAtomically } from './exchange/table-csv.ts'
import { type CheckOptions, type Passage, writeChecked } from './export-check.ts'

/** Written into exported codebooks as their origin. */
export const ORIGIN = 'Understory 0.1.0'
/** A codebook of 10,000 codes with long definitions is some 20 MB; more is a mistake or an attack. */
const MOST_BYTES = 100_000_000

/** The format a file's extension names. Throws `bad-arguments` for others. */
export function codebookFormat(path: string): CodebookFormat {
  const extension = extname(path).toLowerCase()
  if (extension === '.qdc') return 'qdc'
  if (extension === '.csv') return 'csv'
  throw new Problem('bad-arguments', `${basename(path)}: a codebook is read and written as .qdc or .csv.`)
}

export async function readCodebookFile(
  path: string,
): Promise<{ name: string; entries: CodebookEntry[]; warnings: string[] }> {
  const name = basename(path)
  const format = codebookFormat(path)
  const bytes = await readBytes(path)
  const { entries, warnings } = format === 'qdc' ? readQdc(bytes) : readCodebookCsv(bytes)
  return { name, entries, warnings }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    if ((await stat(path)).size > MOST_BYTES) {
      throw new Problem('too-large', `${basename(path)} is larger than any codebook. Nothing was changed.`)
    }
    return await readFile(path)
  } catch (error) {
    throw readProblem(path, error)
  }
}

/** What people write into an entry; `source` is left out, as it names publications and their addresses. */
const WRITTEN = [
  ['name', 'Name'],
  ['definition', 'Definition'],
  ['useWhen', 'When to use'],
  ['doNotUseWhen', 'When not to use'],
  ['example', 'Example'],
] as const satisfies ReadonlyArray<readonly [keyof CodebookEntry, string]>

export type CodebookExport = { isWritten: boolean; codes: number; warnings: string[]; check: ExportCheck }

/**
 * Writes the project's codebook, after the check for identifiers: an example may quote a note. Throws Problem
 * `empty-codebook`, and what writing throws; nothing half-written is left behind.
 */
export async function exportCodebook(
  db: Db,
  path: string,
  format: CodebookFormat,
  choice: ExportChoice,
  options: CheckOptions = {},
): Promise<CodebookExport> {
  const entries = codebookEntries(db)
  const write = (texts: readonly string[]) => writeCodebookFile(path, format, withTexts(entries, texts))
  const { check, written } = await writeChecked(db, entries.flatMap(passagesOf), choice, write, options)
  return { isWritten: written !== null, codes: 0, warnings: [], ...written, check }
}

const passagesOf = (entry: CodebookEntry): Passage[] =>
  WRITTEN.map(([field, words]) => ({
    name: `${words} of ${entry.name}`,
    text: entry[field],
    ...(entry.id === null ? {} : { codeId: entry.id }),
  }))

/** The entries with their texts as the check gave them back, in the order they were given to it. */
const withTexts = (entries: readonly CodebookEntry[], texts: readonly string[]): CodebookEntry[] =>
  entries.map((entry, index) => ({
    ...entry,
    ...Object.fromEntries(
      WRITTEN.map(([field], column) => [field, texts[index * WRITTEN.length + column] ?? entry[field]]),
    ),
  }))

async function writeCodebookFile(
  path: string,
  format: CodebookFormat,
  entries: CodebookEntry[],
): Promise<{ codes: number; warnings: string[] }> {
  if (entries.length === 0) {
    throw new Problem('empty-codebook', 'There are no codes to export yet. No file was written.')
  }
  const { text, warnings } =
    format === 'qdc' ? qdcText(entries) : { text: writeCodebookCsv(entries), warnings: [] as string[] }
  await writeFileAtomically(path, text)
  return { codes: entries.filter((entry) => !entry.isFolder).length, warnings }
}

function qdcText(entries: CodebookEntry[]): { text: string; warnings: string[] } {
  const { xml, warnings } = writeQdc(entries, ORIGIN)
  return { text: xml, warnings }
}
