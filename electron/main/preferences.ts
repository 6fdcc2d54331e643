/**
 * Small JSON files in the person's own settings folder: window, theme, recent projects, page preferences. They are
 * read synchronously, since the window waits for them, and written so that a power cut leaves the old or the new one.
 */
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'

export type JsonObject = Record<string, unknown>

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Turns what a file holds into what the program works with, or null when that is not possible. */
export type Parse<T> = (value: unknown) => T | null

export class JsonFile<T> {
  readonly #file: string
  readonly #parse: Parse<T>
  readonly #defaults: T
  #value: T | undefined

  constructor(file: string, parse: Parse<T>, defaults: T) {
    this.#file = file
    this.#parse = parse
    this.#defaults = defaults
  }

  /**
   * What the file holds; read from the disk once. A file that is not understood is set aside with the ending `.bad`
   * and the defaults are used: lost pane sizes must never keep anyone from their notes.
   */
  get value(): T {
    this.#value ??= this.#load()
    return this.#value
  }

  /** Keeps `value`, on the disk as well. @throws the file system's error; the value in memory is new all the same */
  write(value: T): void {
    this.#value = value
    const text = `${JSON.stringify(value, null, 2)}\n`
    mkdirSync(path.dirname(this.#file), { recursive: true })
    const fresh = `${this.#file}.${randomUUID()}.new`
    try {
      writeDurably(fresh, text)
      renameSync(fresh, this.#file)
    } catch (error) {
      rmSync(fresh, { force: true })
      throw error
    }
  }

  #load(): T {
    const text = readText(this.#file)
    if (text === null) return this.#defaults
    const parsed = this.#parse(parseJson(text))
    if (parsed !== null) return parsed
    setAside(this.#file)
    return this.#defaults
  }
}

/** What the page remembers about this computer (pane sizes, text size); its shape is the page's affair. */
export const openPagePreferences = (folder: string): JsonFile<JsonObject> =>
  new JsonFile(path.join(folder, 'preferences.json'), (value) => (isJsonObject(value) ? value : null), {})

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // No file yet, or one that cannot be read: either way the defaults are the best that can be had.
    return null
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function setAside(file: string): void {
  try {
    renameSync(file, `${file}.bad`)
  } catch {
    // A folder that cannot be written to: the next write says so.
  }
}

/** Private to the person (0600): file names of projects are not for others on the same computer. */
function writeDurably(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
