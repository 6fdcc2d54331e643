/** A table as JSON Lines: one object a line, its keys the columns. */
import { basename } from 'node:path'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { visibleName } from '../../../../shared/names.ts'
import { Problem } from '../../../../shared/problem.ts'
import { decodeStream, detectEncoding } from '../decode.ts'
import {
  checkedHeader,
  emptyTable,
  MAX_COLUMNS,
  type Table,
  type TableOptions,
  type TableRow,
} from './table.ts'

/** Keys that only come up after these many objects, or characters, are no columns. */
const HEADER_OBJECTS = 1_000
const HEADER_CHARACTERS = 8_000_000
/** Twice a note's longest text; a line is held whole, and much larger still once it is parsed. */
const MAX_LINE = 40_000_000
/** Strings, to be passed over, and numbers of more digits than a JavaScript number keeps. */
const STRING_OR_LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.]{15,}(?:[eE][-+]?\d+)?/g

/**
 * Opens a JSON Lines file; the columns are the keys of its first objects, in order of appearance. Lines that are no
 * object become rows with a problem. Throws Problem `file-not-found`, `file-unreadable` (encoding), and
 * `import-failed` for an empty file, one without an object among the first lines, or with too many keys.
 */
export async function openJsonLines(path: string, { signal }: TableOptions = {}): Promise<Table> {
  const encoding = await detectEncoding(path, signal)
  const lines = (options: { signal?: CancelSignal; onBytes?: (read: number) => void } = {}) =>
    readLines(path, decodeStream(path, { encoding, ...options }))
  const keys = await readKeys(path, lines(signal ? { signal } : {}))
  const columns = checkedHeader(path, keys)
  const late = new LateKeys(keys)
  return {
    path,
    encoding,
    columns,
    heading: 1,
    heads: [],
    remarks: () => late.remarks(),
    rows: (options = {}) => readRows(keys, late, lines(options)),
  }
}

/** Keys that come up too late to be columns, with how many lines have them. */
class LateKeys {
  readonly #known: ReadonlySet<string>
  readonly #lines = new Map<string, number>()

  constructor(known: readonly string[]) {
    this.#known = new Set(known)
  }

  look(object: Record<string, unknown>): void {
    for (const key of Object.keys(object)) {
      if (this.#known.has(key) || (this.#lines.size >= MAX_COLUMNS && !this.#lines.has(key))) continue
      if (cellOf(object[key]).trim() !== '') this.#lines.set(key, (this.#lines.get(key) ?? 0) + 1)
    }
  }

  remarks(): string[] {
    const named = [...this.#lines].slice(0, 20).map(([key, lines]) => `${visibleName(key)} (${lines})`)
    const others = this.#lines.size - named.length
    return named.length === 0
      ? []
      : [
          `names that only come up after the first ${HEADER_OBJECTS.toLocaleString('en-GB')} lines are no columns and not in the notes: ${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`,
        ]
  }
}

type Line = { number: number; text: string }

/** The lines that are not blank. A line end inside a text is written as `\n` in JSON, so each one ends a row. */
async function* readLines(path: string, pieces: AsyncGenerator<string>): AsyncGenerator<Line> {
  const line = new LineInParts(path)
  const lineEnd = /\r\n?|\n/g
  let endedInCr = false
  for await (const piece of pieces) {
    // A CRLF may be cut in two.
    let start = endedInCr && piece.startsWith('\n') ? 1 : 0
    endedInCr = piece.endsWith('\r')
    lineEnd.lastIndex = start
    for (let match = lineEnd.exec(piece); match !== null; match = lineEnd.exec(piece)) {
      const whole = line.end(piece.slice(start, match.index))
      start = lineEnd.lastIndex
      if (whole.text.trim() !== '') yield whole
    }
    line.add(piece.slice(start))
  }
  const last = line.end('')
  if (last.text.trim() !== '') yield last
}

/** A line that comes in pieces; joined once at its end, as joining at each piece would take ever longer. */
class LineInParts {
  readonly #path: string
  #parts: string[] = []
  #length = 0
  #number = 0

  constructor(path: string) {
    this.#path = path
  }

  add(part: string): void {
    this.#parts.push(part)
    this.#length += part.length
    if (this.#length > MAX_LINE) throw longLine(this.#path, this.#number + 1)
  }

  end(part: string): Line {
    this.add(part)
    const text = this.#parts.join('')
    this.#parts = []
    this.#length = 0
    return { number: ++this.#number, text }
  }
}

async function readKeys(path: string, lines: AsyncGenerator<Line>): Promise<string[]> {
  const keys = new Set<string>()
  let [objects, others, characters] = [0, 0, 0]
  for await (const { text } of lines) {
    const object = parseLine(text)
    if (typeof object === 'string') others++
    else {
      objects++
      // An export may name keys without end; the header check says so.
      for (const key of Object.keys(object)) if (keys.size <= MAX_COLUMNS) keys.add(key)
    }
    characters += text.length
    if (objects + others >= HEADER_OBJECTS || characters > HEADER_CHARACTERS) break
  }
  if (keys.size > 0) return [...keys]
  if (objects + others === 0) throw emptyTable(path)
  throw new Problem(
    'import-failed',
    `${basename(path)} is not JSON Lines: none of its first lines is a JSON object with names and values. Nothing was imported; save it with one object a line.`,
  )
}

async function* readRows(
  keys: readonly string[],
  late: LateKeys,
  lines: AsyncGenerator<Line>,
): AsyncGenerator<TableRow> {
  for await (const { number, text } of lines) {
    const object = parseLine(text)
    if (typeof object === 'string') yield { row: number, cells: keys.map(() => ''), problem: object }
    else {
      late.look(object)
      yield { row: number, ...cellsOf(keys, object) }
    }
  }
}

function cellsOf(keys: readonly string[], object: Record<string, unknown>): Omit<TableRow, 'row'> {
  try {
    // Only keys of its own: an object without "constructor" still inherits one.
    return { cells: keys.map((key) => (Object.hasOwn(object, key) ? cellOf(object[key]) : '')) }
  } catch {
    return { cells: keys.map(() => ''), problem: 'holds lists inside lists without end' }
  }
}

/** Lists and objects inside stay JSON text. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The object on a line, or why there is none. */
function parseLine(line: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(/\d[\d.]{15}/.test(line) ? quoteLongNumbers(line) : line)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>
    }
    return 'is not a JSON object'
  } catch {
    return 'is not well-formed JSON'
  }
}

/** An id of 20 digits would lose its last ones as a number; as text it keeps them. */
const quoteLongNumbers = (line: string): string =>
  line.replace(STRING_OR_LONG_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`))

const longLine = (path: string, number: number) =>
  new Problem(
    'import-failed',
    `${basename(path)} has a line (${number}) of more than ${MAX_LINE.toLocaleString('en-GB')} characters. Nothing was imported; check that it has one object a line.`,
  )
