/** Counting for theme tables: every coding of a project is looked at once, in an index that holds no more than is counted. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { QualifierFilter, Qualifiers } from '../../../shared/contract/qualifiers.ts'
import type { ThemeBase, ThemeRow } from '../../../shared/contract/themes.ts'
import { Problem } from '../../../shared/problem.ts'
import type { CodePlace } from '../codebook/codes.ts'
import { firstUnasked } from '../codings/counted.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import { numbersIn } from '../file/number-list.ts'

/** By the note's number; a note without a group is in none of the table's columns. */
export type NoteInfo = { casefile: number | null; group: number }
export type Placement = { notes: ReadonlyMap<number, NoteInfo>; groups: number }
/** Distinct notes and cases, overall and per group. */
export type Tally = { codings: number; notes: number; cases: number; cells: ThemeRow['cells'] }

export type Counting = {
  codes: readonly CodePlace[]
  placement: Placement
  coderNums: ReadonlySet<number>
  /** The notes that count. */
  notes: ReadonlySet<number>
  /** Finished notes by the coder's number; null: every note counts, for every coder. */
  finished: ReadonlyMap<number, ReadonlySet<number>> | null
  qualifiers: QualifierFilter
}

type Options = { signal?: CancelSignal | undefined; onProgress?: ((progress: Progress) => void) | undefined }

export function tallyOf(notes: Iterable<number>, { notes: infos, groups }: Placement, codings = 0): Tally {
  const cells = Array.from({ length: groups }, () => ({ notes: 0, cases: 0 }))
  const cases = new Set<number>()
  /** Each case with each group that it has notes in, as one number. */
  const groupCases = new Set<number>()
  let count = 0
  for (const note of notes) {
    const { casefile, group } = infos.get(note) as NoteInfo
    count++
    const cell = cells[group]
    if (cell) cell.notes++
    if (casefile === null) continue
    cases.add(casefile)
    if (!cell) continue
    const before = groupCases.size
    groupCases.add(casefile * groups + group)
    if (groupCases.size > before) cell.cases++
  }
  return { codings, notes: count, cases: cases.size, cells }
}

/** The value of a qualifier that is not asked for. */
type Unasked = Json<Pick<ThemeBase['setAside'][number], 'qualifier' | 'value'>>

/** Codings that say something not asked for, by what they say. */
class SetAside {
  readonly #asked: QualifierFilter
  readonly #counts = new Map<Unasked, ThemeBase['setAside'][number]>()
  /** What codings say, as it is stored: few say something of their own. */
  readonly #known = new Map<string, Unasked | null>()

  constructor(asked: QualifierFilter) {
    this.#asked = asked
  }

  /** Whether codings that say this are not counted. */
  takes(qualifiers: Json<Qualifiers>): boolean {
    return this.#keyOf(qualifiers) !== null
  }

  add(qualifiers: Json<Qualifiers>, codings: number): void {
    const key = this.#keyOf(qualifiers)
    if (key === null || codings === 0) return
    const known = this.#counts.get(key)
    if (known) known.codings += codings
    else this.#counts.set(key, { ...fromJson(key), codings })
  }

  #keyOf(qualifiers: Json<Qualifiers>): Unasked | null {
    const known = this.#known.get(qualifiers)
    if (known !== undefined) return known
    const unasked = firstUnasked(fromJson(qualifiers), this.#asked)
    const key = unasked && toJson(unasked)
    this.#known.set(qualifiers, key)
    return key
  }

  list(): ThemeBase['setAside'] {
    return [...this.#counts.values()].sort((a, b) => b.codings - a.codings)
  }
}

const SAYS_NOTHING = toJson<Qualifiers>({})

/** The codings of one code that count: how many, and the notes they are in. */
type OfCode = { code: number; codings: number; notes: readonly number[] }

class ThemeCounter {
  readonly #db: ReadableDb
  readonly #of: Counting
  readonly #goOn: (codesDone: number) => void
  readonly #last: number
  readonly #coders: string
  /** By coder: 1 for the notes in which their codings count. */
  readonly #counts: ReadonlyMap<number, Uint8Array>
  readonly setAside: SetAside
  readonly #isNothingTaken: boolean
  /** By code and note: how many codings count more, or fewer, than would if none said anything. */
  readonly #said = new Map<number, Map<number, number>>()
  #saying = 0

  constructor(db: ReadableDb, of: Counting, goOn: (codesDone: number) => void) {
    this.#db = db
    this.#of = of
    this.#goOn = goOn
    this.#last = sure(db.prepare<[], number | null>('SELECT max(num) FROM note').pluck().get()) ?? 0
    this.#coders = JSON.stringify([...of.coderNums])
    this.#counts = new Map([...of.coderNums].map((coder) => [coder, this.#notesOf(coder)]))
    this.setAside = new SetAside(of.qualifiers)
    this.#isNothingTaken = this.setAside.takes(SAYS_NOTHING)
  }

  #notesOf(coder: number): Uint8Array {
    const { notes, finished } = this.#of
    const own = finished?.get(coder)
    const counts = new Uint8Array(this.#last + 1)
    for (const note of notes) if (own === undefined || own.has(note)) counts[note] = 1
    return counts
  }

  /** Code by code. */
  *codings(): Generator<OfCode> {
    this.#readSayings()
    const inNote = new Int32Array(this.#last + 1)
    let nothingSaid = -this.#saying
    let done = 0
    for (const [code, notesOfCoders] of this.#byCode()) {
      this.#goOn(++done)
      const notes: number[] = []
      const add = (note: number, by: number) => {
        if (inNote[note] === 0) notes.push(note)
        inNote[note] = (inNote[note] as number) + by
      }
      for (const [coder, written] of notesOfCoders) {
        const counts = this.#counts.get(coder) as Uint8Array
        for (const note of numbersIn(written)) {
          if (counts[note] === 0) continue
          if (this.#isNothingTaken) nothingSaid++
          else add(note, 1)
        }
      }
      for (const [note, by] of this.#said.get(code) ?? []) add(note, by)
      let codings = 0
      const left: number[] = []
      for (const note of notes) {
        const count = inNote[note] as number
        inNote[note] = 0
        if (count > 0) left.push(note)
        codings += count
      }
      yield { code, codings, notes: left }
    }
    if (this.#isNothingTaken) this.setAside.add(SAYS_NOTHING, nothingSaid)
  }

  /** By code, for each coder the numbers of the notes as one text: a row for each coding costs ten times as much. */
  *#byCode(): Generator<[code: number, Array<[coder: number, notes: string]>]> {
    const rows = this.#db
      .prepare<[string], [number, number, string]>(
        `SELECT code, coder, group_concat(note) FROM coding INDEXED BY coding_code
         WHERE coder IN (SELECT value FROM json_each(?)) GROUP BY code, coder`,
      )
      .raw()
      .iterate(this.#coders)
    let now: [number, Array<[number, string]>] | null = null
    for (const [code, coder, notes] of rows) {
      if (now && now[0] !== code) yield now
      if (now?.[0] !== code) now = [code, []]
      now[1].push([coder, notes])
    }
    if (now) yield now
  }

  /** Reads what codings say, where something is asked for. Most say nothing, and are not looked at here. */
  #readSayings(): void {
    if (Object.keys(this.#of.qualifiers).length === 0) return
    const rows = this.#db
      .prepare<[string], [number, number, number, Json<Qualifiers>]>(
        `SELECT code, coder, note, qualifiers FROM coding
         WHERE qualifiers <> '${SAYS_NOTHING}' AND coder IN (SELECT value FROM json_each(?))`,
      )
      .raw()
      .iterate(this.#coders)
    let read = 0
    for (const [code, coder, note, qualifiers] of rows) {
      if (++read % 10_000 === 0) this.#goOn(1)
      if (this.#counts.get(coder)?.[note] !== 1) continue
      this.#saying++
      const isTaken = this.setAside.takes(qualifiers)
      if (isTaken) this.setAside.add(qualifiers, 1)
      if (isTaken !== this.#isNothingTaken) this.#note(code, note, isTaken ? -1 : 1)
    }
  }

  #note(code: number, note: number, by: number): void {
    const notes = this.#said.get(code) ?? new Map<number, number>()
    this.#said.set(code, notes)
    notes.set(note, (notes.get(note) ?? 0) + by)
  }
}

/** In ms: by time and not by codes, since one with very many codings can take as long as thousands. */
const TELL_MS = 150

/** @returns by the code's id, folders with what lies below them. @throws Problem `cancelled` */
export function countThemes(
  db: ReadableDb,
  of: Counting,
  { signal = NEVER, onProgress }: Options,
): { tallies: ReadonlyMap<string, Tally>; setAside: ThemeBase['setAside'] } {
  const { codes, placement } = of
  // The first is told of at once: whoever waits sees that it has begun.
  let told = Number.NEGATIVE_INFINITY
  const goOn = (done: number) => {
    if (performance.now() - told >= TELL_MS) {
      told = performance.now()
      onProgress?.({ done, total: codes.length, words: 'codes counted' })
    }
    if (signal.aborted) throw new Problem('cancelled', 'The counting was cancelled.')
  }
  const counter = new ThemeCounter(db, of, goOn)
  const byNum = new Map(codes.map((code) => [code.num, code]))
  const above = foldersAbove(codes)
  const folders = new Map<string, { codings: number; notes: Set<number> }>()
  const tallies = new Map<string, Tally>()
  for (const { code, codings, notes } of counter.codings()) {
    const { id, isFolder } = byNum.get(code) as CodePlace
    if (!isFolder) tallies.set(id, tallyOf(notes, placement, codings))
    for (const folder of [...(isFolder ? [id] : []), ...(above.get(id) ?? [])]) {
      const own = folders.get(folder) ?? { codings: 0, notes: new Set() }
      folders.set(folder, own)
      own.codings += codings
      for (const note of notes) own.notes.add(note)
    }
  }
  for (const [id, { codings, notes }] of folders) tallies.set(id, tallyOf(notes, placement, codings))
  for (const { id } of codes) if (!tallies.has(id)) tallies.set(id, tallyOf([], placement))
  return { tallies, setAside: counter.setAside.list() }
}

/** For each code the folders it lies in, nearest first. */
function foldersAbove(codes: readonly CodePlace[]): Map<string, string[]> {
  const above = new Map<string, string[]>()
  const byId = new Map(codes.map((code) => [code.id, code]))
  for (const code of codes) {
    const parent = code.parentId === null ? undefined : byId.get(code.parentId)
    const inherited = parent ? (above.get(parent.id) ?? []) : []
    above.set(code.id, parent?.isFolder ? [parent.id, ...inherited] : inherited)
  }
  return above
}
