/** What a person picked for import, sorted out: tables of notes, or text files that are a note each. */
import { type Dirent, promises as fs } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { CancelSignal } from '../../../shared/cancel.ts'
import { Problem } from '../../../shared/problem.ts'
import { readProblem, stopIfCancelled } from './decode.ts'

/** A file to read; `id` is its path inside the folder picked, with '/' and without the ending. */
export type NoteFile = { path: string; id: string }
export type NoteFiles = { kind: 'table' | 'texts'; files: NoteFile[] }

export const UNDERSTOOD = 'tables (.csv, .tsv) and text files (.txt), or folders of them'

const TABLES = new Set(['.csv', '.tsv'])
const TEXTS = new Set(['.txt'])
/** Left in folders by operating systems; never somebody's notes. */
const LITTER = new Set(['thumbs.db', 'desktop.ini', '__macosx'])

/**
 * The files behind `paths` (files or folders; folders are searched to the bottom), in the order of the paths and,
 * inside a folder, sorted by their path. Hidden files and links to folders are skipped.
 * Throws Problem `file-not-found`, and `import-failed` for a type that is not understood (naming the file), for
 * tables and text files together, and where there is nothing to read.
 */
export async function collectNoteFiles(paths: readonly string[], signal?: CancelSignal): Promise<NoteFiles> {
  if (paths.length === 0) throw new Problem('bad-arguments', 'No file was chosen. Choose a file or a folder.')
  const files: NoteFile[] = []
  for (const path of paths) {
    stopIfCancelled(signal)
    const status = await fs.stat(path).catch((error: unknown) => {
      throw readProblem(path, error)
    })
    if (!status.isDirectory()) files.push({ path, id: withoutEnding(basename(path)) })
    else files.push(...(await filesBelow(path, signal)))
  }
  return { kind: kindOf(files), files }
}

function kindOf(files: readonly NoteFile[]): 'table' | 'texts' {
  let table: NoteFile | null = null
  let text: NoteFile | null = null
  for (const file of files) {
    const ending = extname(file.path).toLowerCase()
    if (TABLES.has(ending)) table ??= file
    else if (TEXTS.has(ending)) text ??= file
    else {
      throw new Problem(
        'import-failed',
        `${basename(file.path)} is of a type that cannot be imported. Nothing was imported; understood are ${UNDERSTOOD}.`,
      )
    }
  }
  if (table !== null && text !== null) {
    throw new Problem(
      'import-failed',
      `${basename(table.path)} is a table and ${basename(text.path)} is a single note; the two cannot be imported together. Nothing was imported; choose either tables or text files.`,
    )
  }
  if (table === null && text === null) {
    throw new Problem(
      'import-failed',
      `The folder holds no file that can be imported. Nothing was imported; understood are ${UNDERSTOOD}.`,
    )
  }
  return table !== null ? 'table' : 'texts'
}

async function filesBelow(folder: string, signal: CancelSignal | undefined): Promise<NoteFile[]> {
  const found: NoteFile[] = []
  const pending = ['']
  for (let inside = pending.pop(); inside !== undefined; inside = pending.pop()) {
    stopIfCancelled(signal)
    for (const entry of await entriesOf(join(folder, inside))) {
      if (entry.name.startsWith('.') || entry.name.startsWith('~$')) continue
      if (LITTER.has(entry.name.toLowerCase())) continue
      const relative = inside === '' ? entry.name : `${inside}/${entry.name}`
      const path = join(folder, relative)
      if (entry.isDirectory()) pending.push(relative)
      else if (await isPlainFile(entry, path)) found.push({ path, id: withoutEnding(relative) })
    }
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.path < b.path ? -1 : 1))
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

const withoutEnding = (name: string): string => name.slice(0, name.length - extname(name).length)
