/** What a person picked for import, sorted out: tables with a row per note, and files that are a note each. */
import { type Dirent, promises as fs } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import type { NoteEnding } from '../../../../shared/note-endings.ts'
import { Problem } from '../../../../shared/problem.ts'
import { readProblem, stopIfCancelled } from '../decode.ts'

export type TableFormat = 'delimited' | 'workbook' | 'jsonl'
export type SingleFormat = 'text' | 'docx' | 'pdf'
/** A file to read; `id` is its path inside the folder picked, with '/' and without the ending. */
export type NoteFile<Format = TableFormat | SingleFormat> = { path: string; id: string; format: Format }
/** Files of a type that cannot be read, by their ending: how many, and the first of them. */
export type LeftOut = { ending: string; count: number; first: string }
export type NoteFiles = {
  tables: Array<NoteFile<TableFormat>>
  singles: Array<NoteFile<SingleFormat>>
  leftOut: LeftOut[]
}

const FORMATS: Readonly<Record<NoteEnding, TableFormat | SingleFormat>> = {
  '.csv': 'delimited',
  '.tsv': 'delimited',
  '.xlsx': 'workbook',
  '.xlsm': 'workbook',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.txt': 'text',
  '.docx': 'docx',
  '.docm': 'docx',
  '.pdf': 'pdf',
}
const formatOf = (path: string): TableFormat | SingleFormat | undefined => {
  const ending = extname(path).toLowerCase()
  return Object.hasOwn(FORMATS, ending) ? FORMATS[ending as NoteEnding] : undefined
}

export const UNDERSTOOD =
  'tables with a row per note (.csv, .tsv, .xlsx, .jsonl), files that are a note each (.txt, .docx, .pdf), and folders of them'

/** Left in folders by operating systems; never somebody's notes. */
const LITTER = new Set(['thumbs.db', 'desktop.ini', '__macosx'])
/** What a person can do with the types that are close to ones understood. */
const ADVICE: Readonly<Record<string, string>> = {
  '.xls': 'open it in a spreadsheet program and save it as .xlsx',
  '.xlsb': 'open it in a spreadsheet program and save it as .xlsx',
  '.ods': 'open it in a spreadsheet program and save it as .xlsx',
  '.doc': 'open it in a word processor and save it as .docx',
  '.rtf': 'open it in a word processor and save it as .docx',
  '.odt': 'open it in a word processor and save it as .docx',
  '.json': 'save it as .jsonl, with one note a line',
  '.zip': 'unpack it and choose the folder',
}

/**
 * The files behind `paths` (files or folders; folders are searched to the bottom), in the order of the paths and,
 * inside a folder, sorted by their path. Tables and single notes may be chosen together. In folders hidden files and
 * links to folders are skipped, and files of other types are counted; such a file chosen by itself is a mistake.
 * Throws Problem `file-not-found`, `file-unreadable`, and `import-failed` for a type that is not understood (naming
 * the file) and where there is nothing to read.
 */
export async function collectNoteFiles(paths: readonly string[], signal?: CancelSignal): Promise<NoteFiles> {
  if (paths.length === 0) throw new Problem('bad-arguments', 'No file was chosen. Choose a file or a folder.')
  const collected: NoteFiles = { tables: [], singles: [], leftOut: [] }
  const leftOut = new Map<string, LeftOut>()
  for (const path of paths) {
    stopIfCancelled(signal)
    const status = await fs.stat(path).catch((error: unknown) => {
      throw readProblem(path, error)
    })
    if (status.isDirectory()) {
      for (const found of await filesBelow(path, signal)) {
        if (!add(collected, found.path, found.inside)) countLeftOut(leftOut, found.inside)
      }
    } else if (!status.isFile()) throw notAFile(path)
    else if (!add(collected, path, basename(path))) throw unknownType(path)
  }
  if (collected.tables.length + collected.singles.length === 0) throw nothingToRead(leftOut.values())
  collected.leftOut.push(...leftOut.values())
  return collected
}

/** False for a file of a type that is not understood. */
function add({ tables, singles }: NoteFiles, path: string, inside: string): boolean {
  const format = formatOf(path)
  const id = inside.slice(0, inside.length - extname(inside).length)
  if (format === undefined) return false
  if (format === 'text' || format === 'docx' || format === 'pdf') singles.push({ path, id, format })
  else tables.push({ path, id, format })
  return true
}

function countLeftOut(leftOut: Map<string, LeftOut>, inside: string): void {
  const ending = extname(inside).toLowerCase()
  const known = leftOut.get(ending)
  if (known) known.count++
  else leftOut.set(ending, { ending, count: 1, first: inside })
}

async function filesBelow(
  folder: string,
  signal: CancelSignal | undefined,
): Promise<Array<{ path: string; inside: string }>> {
  const found: Array<{ path: string; inside: string }> = []
  const pending = ['']
  for (let inside = pending.pop(); inside !== undefined; inside = pending.pop()) {
    stopIfCancelled(signal)
    for (const entry of await entriesOf(join(folder, inside))) {
      if (entry.name.startsWith('.') || entry.name.startsWith('~$')) continue
      if (LITTER.has(entry.name.toLowerCase())) continue
      const relative = inside === '' ? entry.name : `${inside}/${entry.name}`
      const path = join(folder, relative)
      if (entry.isDirectory()) pending.push(relative)
      else if (await isPlainFile(entry, path)) found.push({ path, inside: relative })
    }
  }
  return found.sort((a, b) => (a.inside < b.inside ? -1 : a.inside > b.inside ? 1 : 0))
}

const entriesOf = (folder: string): Promise<Dirent[]> =>
  fs.readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw readProblem(folder, error)
  })

/** A link counts as the file it leads to; one to a folder could lead in a circle and is left out. */
async function isPlainFile(entry: Dirent, path: string): Promise<boolean> {
  if (entry.isFile()) return true
  if (!entry.isSymbolicLink()) return false
  const target = await fs.stat(path).catch(() => null)
  return target?.isFile() ?? false
}

function unknownType(path: string): Problem {
  const advice = ADVICE[extname(path).toLowerCase()]
  return new Problem(
    'import-failed',
    `${basename(path)} is of a type that cannot be imported. Nothing was imported; ${advice ? `${advice}. Understood are` : 'understood are'} ${UNDERSTOOD}.`,
  )
}

/** Pipes and devices have no end to read to. */
const notAFile = (path: string) =>
  new Problem('file-unreadable', `${basename(path)} is not a file. Nothing was imported; choose a file.`)

function nothingToRead(leftOut: Iterable<LeftOut>): Problem {
  const [first] = leftOut
  const found = first ? ` (it has ${first.first}, for example)` : ''
  return new Problem(
    'import-failed',
    `The folder holds no file that can be imported${found}. Nothing was imported; understood are ${UNDERSTOOD}.`,
  )
}
