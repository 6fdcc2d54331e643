/** What a project holds, read straight from its tables, as sentences that a model outside can expect. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadableDb } from '../../../electron/store/file/connection.ts'
import { sha256 } from '../../../electron/store/file/hash.ts'
import type { Effect } from './orders.ts'
import { makeStudy, openedStudy } from './study.ts'

export type Facts = ReadonlySet<string>

export const noteFact = (id: string, text: string) => `note ${id} ${sha256(text)}`
export const codingFact = (id: string, note: string, code: string, words: string) =>
  `coding ${id} ${note} ${code} “${words}”`
export const memoFact = (id: string, text: string) => `memo ${id} ${text}`

/** Reads every note, coding and memo. @throws where they cannot be read */
export function factsOf(db: ReadableDb): Facts {
  const rows = <T>(sql: string) => db.prepare(sql).all() as T[]
  const notes = rows<{ id: string; body: string | null }>(
    'SELECT id, body FROM note LEFT JOIN note_text ON hash = text_hash',
  )
  const texts = new Map(notes.map(({ id, body }) => [id, body ?? '(its text is missing)']))
  const codings = rows<{ id: string; note: string; code: string; start: number; end: number }>(
    `SELECT coding.id, note.id AS note, code.id AS code, start_at AS start, end_at AS end
     FROM coding LEFT JOIN note ON note.num = coding.note LEFT JOIN code ON code.num = coding.code`,
  )
  const memos = rows<{ id: string; text: string }>('SELECT id, text FROM memo')
  return new Set([
    ...[...texts].map(([id, text]) => noteFact(id, text)),
    ...codings.map(({ id, note, code, start, end }) =>
      codingFact(id, note, code, texts.get(note)?.slice(start, end) ?? ''),
    ),
    ...memos.map(({ id, text }) => memoFact(id, text)),
  ])
}

const asWords = (facts: Facts) => [...facts].sort().join('\n')

/** All states a project was confirmed to have, in their order, and the act that is on its way. */
export class Model {
  #facts: Set<string>
  readonly #states: string[]
  #begun: Effect | null = null
  confirmed = 0

  constructor(facts: Facts) {
    this.#facts = new Set(facts)
    this.#states = [asWords(facts)]
  }

  begin(effect: Effect): void {
    this.#begun = effect
  }

  confirm(): void {
    if (!this.#begun) throw new Error('What was confirmed had not begun.')
    this.#facts = this.#after(this.#begun)
    this.#states.push(asWords(this.#facts))
    this.#begun = null
    this.confirmed++
  }

  refuse(): void {
    this.#begun = null
  }

  #after({ add, remove }: Effect): Set<string> {
    const facts = new Set(this.#facts)
    for (const fact of remove) if (!facts.delete(fact)) throw new Error(`There was no ${fact}.`)
    for (const fact of add) facts.add(fact)
    return facts
  }

  /** How many confirmed changes are missing; null where this was never a state of the project. */
  missingIn(facts: Facts): number | null {
    const state = asWords(facts)
    if (this.#begun && state === asWords(this.#after(this.#begun))) return 0
    const last = this.#states.lastIndexOf(state)
    return last < 0 ? null : this.#states.length - 1 - last
  }

  /** After a kill: what came through of the act that was on its way. */
  settle(facts: Facts): void {
    if (this.#begun && asWords(facts) === asWords(this.#after(this.#begun))) this.confirm()
    this.#begun = null
  }

  get copy(): Model {
    const copy = new Model(this.#facts)
    copy.#states.splice(0, 1, ...this.#states)
    return copy
  }

  /** In a few words how `facts` differ from the newest state. */
  differenceTo(facts: Facts): string {
    const gone = [...this.#facts].filter((fact) => !facts.has(fact))
    const more = [...facts].filter((fact) => !this.#facts.has(fact))
    return `${gone.length} gone (${gone[0] ?? ''}), ${more.length} more (${more[0] ?? ''})`
  }
}

/** A study in a folder of its own, nobody at work yet, with a copy of it as it is and what it must hold. */
export function begunIn(folder: string): {
  path: string
  older: string
  settingsFolder: string
  model: Model
} {
  const path = join(folder, 'study.understory')
  const older = join(folder, 'older.understory')
  const settingsFolder = join(folder, 'settings')
  mkdirSync(settingsFolder)
  makeStudy(path)
  copyFileSync(path, older)
  return { path, older, settingsFolder, model: new Model(openedStudy(path, factsOf)) }
}
