/** Codebooks from files, by format. Nothing here is stored. */
import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Problem } from '../../../shared/problem.ts'
import { readCodebookCsv, readCodebookTable } from '../exchange/codebook/csv.ts'
import { type CodebookEntry, MAX_CODEBOOK_BYTES, MAX_CODES } from '../exchange/codebook/entry.ts'
import { readQdc } from '../exchange/codebook/qdc.ts'
import { readProblem } from '../exchange/decode.ts'
import type { TableRow } from '../exchange/notes/table.ts'
import { openWorkbookTable } from '../exchange/notes/workbook.ts'

/** A codebook of 10,000 codes with long definitions is some 20 MB; more is a mistake or an attack. */
const MOST_BYTES = 100_000_000

const READ = ['qdc', 'csv', 'xlsx'] as const

/** The entries of a .qdc, .csv or .xlsx file. Throws what is wrong with it; nothing is stored. */
export async function readCodebookFile(
  path: string,
): Promise<{ name: string; entries: CodebookEntry[]; warnings: string[] }> {
  const name = basename(path)
  const format = READ.find((each) => `.${each}` === extname(path).toLowerCase())
  if (!format) throw new Problem('bad-arguments', `${name}: a codebook is read from .qdc, .csv or .xlsx.`)
  return { name, ...(format === 'xlsx' ? await readWorkbook(path) : await readText(path, format)) }
}

async function readText(path: string, format: 'qdc' | 'csv') {
  const bytes = await readBytes(path)
  return format === 'qdc' ? readQdc(bytes) : readCodebookCsv(bytes)
}

async function readWorkbook(path: string) {
  const table = await openWorkbookTable(path)
  const rows: TableRow[] = []
  let characters = 0
  for await (const row of table.rows()) {
    rows.push(row)
    for (const cell of row.cells) characters += cell.length
    if (rows.length > MAX_CODES || characters > MAX_CODEBOOK_BYTES) throw largerThanAny(path)
  }
  return readCodebookTable({ columns: table.columns, rows })
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    if ((await stat(path)).size > MOST_BYTES) {
      throw largerThanAny(path)
    }
    return await readFile(path)
  } catch (error) {
    throw readProblem(path, error)
  }
}

const largerThanAny = (path: string) =>
  new Problem('too-large', `${basename(path)} is larger than any codebook. Nothing was changed.`)
