/**
 * Every file that leaves the program is written here: whole or not at all, readable by its owner alone, and never over
 * a project, over a file that is being used, or over what is no ordinary file. Nothing else in the store or on the
 * command line writes, renames or removes files; tests/unit/boundaries.test.ts sees to it.
 */
import { randomUUID } from 'node:crypto'
import {
  accessSync,
  closeSync,
  copyFileSync,
  existsSync,
  constants as flags,
  promises as fs,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { Problem } from '../../../shared/problem.ts'
import { COMPANIONS, usedFileAt } from './kept-apart.ts'

/** What can be written: all at once, or in pieces as they come. */
export type FileData =
  | string
  | Uint8Array
  | AsyncIterable<string | Uint8Array>
  | Iterable<string | Uint8Array>

/** A file ending with its dot, in lower case. */
export type Ending = `.${string}`

const OWN_ALONE = 0o600
const PROJECT_ENDING: Ending = '.understory'
/** A page of an encrypted database, and the least size of one. */
const PAGE = 4_096
/** Of 4,096 random bytes some 256 kinds are there; in text and in what programs write, far fewer. */
const KINDS_OF_BYTES = 250

/**
 * Where a file of one of these endings may be written, links followed. To be asked before long work, too.
 * Throws Problem `bad-arguments` for another ending and `export-failed` for a target that must stay as it is.
 */
export function assertMayWrite(path: string, endings: readonly Ending[]): string {
  assertEnding(path, endings)
  const target = targetOf(path)
  assertUnused(path, target)
  assertEnding(target, endings)
  const there = statOf(target)
  if (there === null) {
    // Asked for here, so that a command of several files writes none of them when one has no folder.
    if (statOf(dirname(target)) === null) throw writeProblem(path, { code: 'ENOENT' })
    assertFolderTakes(path, target)
    return target
  }
  if (there.isDirectory()) throw notWritten(path, 'there is a folder of that name')
  if (!there.isFile()) throw notWritten(path, 'there is something of that name that is not a file')
  if (looksEncrypted(target))
    throw notWritten(path, 'the file of that name holds an encrypted project or a copy of one')
  assertFolderTakes(path, target)
  return target
}

/** A file is always begun beside its place. */
function assertFolderTakes(path: string, target: string): void {
  try {
    accessSync(dirname(target), flags.W_OK)
  } catch (error) {
    throw writeProblem(path, error)
  }
}

/**
 * Writes a file so that under its name there is always either the old file or the whole new one: to a temporary name
 * in the same folder, forced to the disk, then renamed. On any failure the temporary file is removed.
 * Throws Problem `disk-full`, and what `assertMayWrite` throws; what a piece-giver throws is passed on.
 */
export async function writeFileAtomically(
  path: string,
  ending: Ending | readonly Ending[],
  data: FileData,
): Promise<void> {
  const endings: readonly Ending[] = typeof ending === 'string' ? [ending] : ending
  const target = assertMayWrite(path, endings)
  const temporary = besideOf(target)
  try {
    const file = await fs.open(temporary, 'wx', OWN_ALONE)
    try {
      if (typeof data === 'string' || data instanceof Uint8Array) await file.writeFile(data)
      else for await (const piece of data) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    // Much may have happened in the folder while a long file was written.
    assertMayWrite(path, endings)
    await fs.rename(temporary, target)
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => {})
    throw writeProblem(path, error)
  }
  syncFolder(dirname(target))
}

/**
 * Makes a project file where there is none: `make` fills an empty file of a temporary name, which then takes its own.
 * Throws Problem `file-exists`; never replaces anything, and leaves nothing behind when it fails.
 */
export function writeNewProjectFile(path: string, make: (draft: string) => void): void {
  assertNewProject(path)
  const draft = besideOf(path)
  try {
    closeSync(openSync(draft, 'wx', OWN_ALONE))
    make(draft)
    syncFile(draft)
    takeName(draft, path)
  } catch (error) {
    throw writeProblem(path, error)
  } finally {
    for (const companion of COMPANIONS) rmSync(draft + companion, { force: true })
  }
  syncFolder(dirname(path))
}

/** Makes a project file as a copy of one that comes with the program. Throws Problem `file-exists`. */
export function layProjectFile(readyMade: string, path: string): void {
  // Read and written: what comes with the program may lie in an archive.
  const content = readFileSync(readyMade)
  writeNewProjectFile(path, (draft) => writeFileSync(draft, content))
}

/**
 * An empty file for a new project, its owner's alone from the first byte: SQLite gives its log the same rights.
 * Throws Problem `file-exists`.
 */
export function startProjectFile(path: string): void {
  assertNewProject(path)
  try {
    closeSync(openSync(path, 'wx', OWN_ALONE))
  } catch (error) {
    throw writeProblem(path, error)
  }
}

/** A copy of whatever lies there, byte for byte, under a name that no file has. */
export const copyAsItLies = (path: string, copy: string): void =>
  copyFileSync(path, copy, flags.COPYFILE_EXCL)

/** Takes away a project file that was begun by `startProjectFile` and came to nothing. */
export function dropProjectFile(path: string): void {
  for (const companion of COMPANIONS) rmSync(path + companion, { force: true })
}

/**
 * A finished project file takes the place of another, which is kept under the name `kept` with all that SQLite has left
 * beside it; null where there is none. The name of the project leads to a whole file at every moment.
 * Throws what `writeProblem` says, with everything as it was.
 */
export function putInPlace(draft: string, path: string, kept: string | null): void {
  const moved: string[] = []
  try {
    if (kept !== null) secondNameFor(path, kept)
    const isEmpty = (statOf(`${path}-wal`)?.size ?? 0) === 0
    for (const companion of COMPANIONS.slice(1)) {
      if (!existsSync(path + companion)) continue
      // Whoever only reads leaves an empty log behind; one that belongs to no file is nobody's either.
      if (isEmpty && companion !== '-journal') {
        rmSync(path + companion)
        continue
      }
      if (kept === null)
        throw notWritten(path, `there is ${basename(path)}${companion}, which belongs to no file`)
      renameSync(path + companion, kept + companion)
      moved.push(companion)
    }
    renameSync(draft, path)
  } catch (error) {
    for (const companion of moved) renameSync(kept + companion, path + companion)
    if (kept !== null && existsSync(kept)) {
      // Renaming one of two names of a file to the other does nothing.
      if (existsSync(path)) rmSync(kept)
      else renameSync(kept, path)
    }
    throw writeProblem(path, error)
  }
  syncFolder(dirname(path))
}

/** Sticks and some network folders know no second names: there the file is moved. */
function secondNameFor(path: string, name: string): void {
  try {
    linkSync(path, name)
  } catch {
    renameSync(path, name)
  }
}

/** In ms: what has lain about for so long nobody is writing any more. */
const FORGOTTEN = 3_600_000

/** Takes away what runs that were cut off have begun in a folder of the program's own. `now` in ms. */
export function sweepDrafts(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!DRAFT.test(name)) continue
    const path = join(folder, name)
    const found = statSync(path, { throwIfNoEntry: false })
    if (found && now - found.mtimeMs > FORGOTTEN) rmSync(path, { force: true })
  }
}

/** A log that lies there belongs to another project, and SQLite would take it for this one's or remove it. */
function assertNewProject(path: string): void {
  assertEnding(path, [PROJECT_ENDING])
  for (const companion of COMPANIONS) {
    const name = path + companion
    if (ownStat(name) === undefined) continue
    throw new Problem(
      'file-exists',
      companion === ''
        ? `There is already a file ${basename(name)}. Nothing was changed; choose another name.`
        : `There is a file ${basename(name)}, which another project has left. Nothing was changed; choose another name.`,
    )
  }
}

function assertEnding(path: string, endings: readonly Ending[]): void {
  const name = basename(path)
  if (endings.includes(extname(name).toLowerCase() as Ending)) return
  if (name !== name.trimEnd()) {
    throw new Problem(
      'bad-arguments',
      `The name "${name}" ends in a blank. Nothing was written; take it off.`,
    )
  }
  throw new Problem(
    'bad-arguments',
    `${name}: this is written as ${endings.join(' or ')}. Nothing was written; give the file that ending.`,
  )
}

/** Of the link itself, where it is one. Throws what `writeProblem` says of a path that no file can have. */
function ownStat(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw writeProblem(path, error)
  }
}

/** Through a link, the file it leads to is replaced, not the link. */
function targetOf(path: string): string {
  const own = ownStat(path)
  if (own === undefined) return path
  try {
    return realpathSync(path)
  } catch (error) {
    if (own.isSymbolicLink()) throw notWritten(path, 'it is a link that leads nowhere')
    throw writeProblem(path, error)
  }
}

function assertUnused(path: string, target: string): void {
  const inUse = usedFileAt(target)
  if (inUse === null) return
  throw notWritten(path, `it is ${inUse}, which is in use, under this or another name`)
}

function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null
  } catch {
    return null
  }
}

/** A copy of a project may have been given any name. What zips and texts begin with is never this even. */
function looksEncrypted(path: string): boolean {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    // What cannot be read can still be replaced by who may write to its folder, but is not known to be theirs to lose.
    return false
  }
  try {
    const { size } = fstatSync(file)
    if (size < PAGE || size % PAGE !== 0) return false
    const page = Buffer.alloc(PAGE)
    if (readSync(file, page, 0, PAGE, 0) < PAGE) return false
    return page.subarray(0, 2).toString('latin1') !== 'PK' && new Set(page).size >= KINDS_OF_BYTES
  } finally {
    closeSync(file)
  }
}

/** A name nobody else has, in the same folder, so that the file can be renamed in one step. */
const besideOf = (target: string): string => join(dirname(target), `.understory-${randomUUID()}.part`)
const DRAFT = /^\.understory-[0-9a-f-]{36}\.part/

/** As a second name first: unlike a rename, that fails where somebody has made such a file meanwhile. */
function takeName(draft: string, path: string): void {
  try {
    linkSync(draft, path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST') assertNewProject(path)
    // Sticks and some network folders know no second names.
    renameSync(draft, path)
  }
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The rename itself must reach the disk too; systems that cannot sync a folder do it on their own. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    // Windows opens no folders.
  }
}

const notWritten = (path: string, why: string) =>
  new Problem(
    'export-failed',
    `${basename(path)} was not written: ${why}. The project is as it was; choose another place or name.`,
  )

/** What a person reads when a file could not be written; errors that are not the file system's pass unchanged. */
export function writeProblem(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (error instanceof Problem || typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error
  const name = basename(path)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Problem(
      'disk-full',
      `The disk is full; ${name} was not written. Free some space and try again.`,
      {
        cause: error,
      },
    )
  }
  return notWritten(path, reasonOf(code))
}

function reasonOf(code: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'its folder does not exist'
  if (code === 'EISDIR' || code === 'ENOTEMPTY' || code === 'EEXIST') return 'there is a folder of that name'
  if (code === 'ENAMETOOLONG') return 'its name is too long for this disk'
  const isProtected = code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EBUSY'
  return isProtected
    ? 'the file or folder is write-protected or open in another program'
    : `the system says ${code}`
}
