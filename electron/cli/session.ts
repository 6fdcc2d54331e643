/** What every command needs: the passphrase, an open project that is closed again, output, and progress. */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, InvalidArgumentError } from 'commander'
import type { CodeId, RoundId } from '../../shared/contract/basics.ts'
import { type Coder, CoderName } from '../../shared/contract/coders.ts'
import type { Progress } from '../../shared/contract/events.ts'
import { Problem } from '../../shared/problem.ts'
import { allCodes } from '../store/codebook/codes.ts'
import { codeResolver } from '../store/codebook/names.ts'
import { codePaths } from '../store/codebook/tree.ts'
import { readProblem } from '../store/exchange/decode.ts'
import type { ReadableDb } from '../store/file/connection.ts'
import { keepApart } from '../store/file/kept-apart.ts'
import { Project } from '../store/project.ts'
import { findCoder, listCoders } from '../store/team/coders.ts'
import { findRound, listRounds } from '../store/team/rounds.ts'

/** Wrong use of the command line: exit code 2. */
export class UsageError extends Error {}

export type CommonOptions = { json?: boolean; passphraseFile?: string }

/** Templates and the sample's notes, beside the program. */
export const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url))

/** Adds the options every command on a project has. */
export const withCommonOptions = (command: Command): Command =>
  command
    .option('--json', 'print exactly one JSON document')
    .option('--passphrase-file <file>', 'read the passphrase from this file')

/** @throws Problem `file-not-found` or `file-unreadable` */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(resolve(file))
  } catch (error) {
    throw readProblem(file, error)
  }
}

const readWords = (file: string): string => readBytes(file).toString('utf8')

/** @throws Problem `file-not-found` or `file-unreadable`, and what `refuse` makes of a file that is no JSON */
export function readJson(file: string, refuse: (words: string) => Error): unknown {
  const words = readWords(file)
  try {
    return JSON.parse(words)
  } catch (error) {
    throw refuse(`${file} is no JSON that can be read: ${(error as Error).message}.`)
  }
}

/** For options that name a person or a round. */
export function givenName(text: string): string {
  const checked = CoderName.safeParse(text)
  if (checked.success) return checked.data
  throw new InvalidArgumentError('a name of 1 to 120 characters is needed')
}

/** What a command reads, it never writes over. */
export const keepInput = (file: string): void => keepApart({ name: resolve(file), open: true })

export function readPassphrase({ passphraseFile }: CommonOptions): string {
  if (passphraseFile) keepInput(passphraseFile)
  const passphrase = passphraseFile
    ? readWords(passphraseFile).replace(/\r?\n$/, '')
    : process.env.UNDERSTORY_PASSPHRASE
  if (!passphrase) {
    throw new UsageError('no passphrase: set UNDERSTORY_PASSPHRASE or give --passphrase-file FILE')
  }
  return passphrase
}

/** Where the program keeps its settings, which is for Electron to say; the command line runs without it. */
function settingsFolder(): string {
  const { UNDERSTORY_USER_DATA, APPDATA, XDG_CONFIG_HOME } = process.env
  if (UNDERSTORY_USER_DATA) return UNDERSTORY_USER_DATA
  const home = homedir()
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Understory')
  const parent =
    process.platform === 'win32'
      ? (APPDATA ?? join(home, 'AppData', 'Roaming'))
      : (XDG_CONFIG_HOME ?? join(home, '.config'))
  return join(parent, 'Understory')
}

/** Where it is kept how far a project had come; scripts make no marks where there are none. */
export const markPlace = () => ({ settingsFolder: settingsFolder(), isGuest: true })

/** Opens the project for the length of `work` and closes it whatever happens. */
export async function withProject<T>(
  path: string,
  options: CommonOptions,
  work: (project: Project) => T | Promise<T>,
): Promise<T> {
  const project = Project.open(resolve(path), readPassphrase(options), markPlace())
  for (const { words } of project.notices) process.stderr.write(`note: ${words}\n`)
  try {
    return await work(project)
  } finally {
    project.close()
  }
}

export function coderNamed(project: Project, name: string): Coder {
  const coder = findCoder(project.db, name)
  if (coder) return coder
  const known = listCoders(project.db).map((each) => each.name)
  throw new Problem(
    'not-found',
    `There is no coder called ${name}. ${known.length > 0 ? `This project knows ${known.join(', ')}.` : 'This project has no coders yet.'}`,
  )
}

/** @throws Problem `not-found` with the names there are */
export function roundNamed(db: ReadableDb, name: string): { id: RoundId } {
  const found = findRound(db, name)
  if (found) return found
  const known = listRounds(db).map((round) => round.name)
  throw new Problem(
    'not-found',
    `There is no round ${name}. This project has: ${known.join(', ') || 'none'}.`,
  )
}

/** Several names in one option, "A,B". */
export const splitNames = (names: string): string[] =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/**
 * The ids of the codes named in one option. Names of codes may hold commas themselves: the longest run of parts that
 * names a code is that code. Throws `not-found` and `conflict` like `resolveCode`.
 */
export function codesNamed({ db }: Project, names: string | undefined): CodeId[] {
  if (names === undefined) return []
  const codes = allCodes(db)
  const resolveCode = codeResolver(codes, codePaths(codes))
  // A name that several codes have is a name of codes too: what fits is refused with all of them, not cut at its comma.
  const isCode = (name: string): boolean => {
    try {
      return resolveCode(name) !== undefined
    } catch (error) {
      return error instanceof Problem && error.code === 'conflict'
    }
  }
  const parts = splitNames(names)
  const ids: CodeId[] = []
  for (let from = 0; from < parts.length; ) {
    let to = parts.length
    while (to > from + 1 && !isCode(parts.slice(from, to).join(', '))) to--
    ids.push(resolveCode(parts.slice(from, to).join(', ')).id)
    from = to
  }
  return ids
}

/** For options that take a whole number from 0 to `most`. */
export function wholeNumber(text: string, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= most) return value
  const limit = most === Number.MAX_SAFE_INTEGER ? 'from 0' : `from 0 to ${most.toLocaleString('en-GB')}`
  throw new InvalidArgumentError(`a whole number ${limit} is needed`)
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 1)}\n`)
}

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** JSON if asked for, else the words. */
export function answer(options: CommonOptions, value: unknown, words: () => string): void {
  if (options.json) printJson(value)
  else print(words())
}

/** A progress line on a terminal; nothing in a script. */
export function showProgress({ done, total, words }: Progress): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r${done}${total === null ? '' : ` of ${total}`} ${words}\u001b[K`)
}

export const context = {
  signal: { aborted: false, addEventListener: () => {} },
  progress: showProgress,
} as const

/** A plain table with columns aligned; numbers to the right. */
export function textTable(
  header: readonly string[],
  rows: ReadonlyArray<ReadonlyArray<string | number>>,
): string {
  const cells = [header, ...rows].map((row) => row.map(String))
  const widths = header.map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, (row[column] ?? '').length), 0),
  )
  const isNumeric = header.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  )
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          isNumeric[column] ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
