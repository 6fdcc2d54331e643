/**
 * The rows of the note list that are in sight. A list knows its notes as numbers in order; rows come by page as they
 * are looked at, are shared by every list of a coder, and are asked for again when the store says they changed.
 *
 * Rows are no queries: one stands in many lists and is asked for with its neighbours, and an announcement marks a
 * single row among thousands, which as queries would all be walked through at every coding.
 */
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { CoderId, NoteId } from '../../shared/contract/basics.ts'
import type { ChangeEvent } from '../../shared/contract/events.ts'
import type { ArgsOf } from '../../shared/contract/index.ts'
import { type Attribute, MOST_NOTE_ROWS, type NoteRow } from '../../shared/contract/notes.ts'
import { idFromPage } from '../ids.ts'
import { client } from '../store.ts'
import { whenForgotten } from './invalidation.ts'
import { useStore } from './use-store.ts'

/** Notes in the order of a list, as the file's numbers for them. */
export type NoteOrder = Uint32Array
export type AttributeName = Pick<Attribute, 'of' | 'name'>
export const NO_ORDER: NoteOrder = new Uint32Array()
const NO_COLUMNS: readonly AttributeName[] = []

/** Rows around one that is looked at come along, so that scrolling meets them already here. */
const PAGE = 100
/** Rows kept; more were looked at and are asked for again. */
const KEEP = 4_000

/** A row with the attributes its cells are of; null stands for a note that is gone. */
type Entry = { row: NoteRow | null; columns: string; isStale: boolean }
/** One question to the store, and the notes that changed since it was asked: their rows may be older than that. */
type Asking = { changed: Set<number>; isAllChanged: boolean }
type Wanted = { columns: readonly AttributeName[]; key: string; nums: Set<number> }

const keyOf = (columns: readonly AttributeName[]) => (columns.length === 0 ? '' : JSON.stringify(columns))

class RowBook {
  readonly coderId: CoderId
  readonly listeners = new Set<() => void>()
  version = 0
  readonly #entries = new Map<number, Entry>()
  readonly #numOf = new Map<string, number>()
  readonly #underWay = new Set<string>()
  #wanted: Wanted[] = []
  readonly #askings = new Set<Asking>()

  constructor(coderId: CoderId) {
    this.coderId = coderId
  }

  byId(noteId: NoteId): NoteRow | null {
    const num = this.#numOf.get(noteId)
    return (num !== undefined && this.#entries.get(num)?.row) || null
  }

  /** The row at a place of a list as far as it is known; it and its neighbours are asked for where they are not. */
  rowAt(order: NoteOrder, index: number, columns: readonly AttributeName[]): NoteRow | undefined {
    const num = order[index]
    if (num === undefined) return undefined
    const key = keyOf(columns)
    const entry = this.#entries.get(num)
    if (!this.#isCurrent(entry, key)) this.#wantPage(order, index, columns, key)
    if (!entry?.row) return undefined
    const { cells: _other, ...plain } = entry.row
    return key === '' || entry.columns === key ? entry.row : plain
  }

  #isCurrent(entry: Entry | undefined, key: string): boolean {
    return entry !== undefined && !entry.isStale && (key === '' || entry.columns === key)
  }

  #wantPage(order: NoteOrder, index: number, columns: readonly AttributeName[], key: string): void {
    let wanted = this.#wanted.find((each) => each.key === key)
    if (!wanted) {
      wanted = { columns, key, nums: new Set() }
      this.#wanted.push(wanted)
      if (this.#wanted.length === 1) queueMicrotask(() => this.#ask())
    }
    const from = index - (index % PAGE)
    for (const num of order.subarray(from, from + PAGE)) {
      if (!this.#isCurrent(this.#entries.get(num), key) && !this.#underWay.has(`${num} ${key}`))
        wanted.nums.add(num)
    }
  }

  #ask(): void {
    for (const { columns, key, nums } of this.#wanted.splice(0)) {
      const all = [...nums]
      for (let from = 0; from < all.length; from += MOST_NOTE_ROWS)
        void this.#fetch(all.slice(from, from + MOST_NOTE_ROWS), columns, key)
    }
  }

  async #fetch(nums: number[], columns: readonly AttributeName[], key: string): Promise<void> {
    for (const num of nums) this.#underWay.add(`${num} ${key}`)
    const asking = this.#begin()
    try {
      const rows = await client.call('notes.rows', {
        coderId: this.coderId,
        nums,
        ...(columns.length === 0 ? {} : { columns: columns.map(({ of, name }) => ({ of, name })) }),
      })
      const gone = new Set(nums)
      for (const row of rows) {
        gone.delete(row.num)
        this.#keep(row, key, asking)
      }
      for (const num of gone)
        this.#entries.set(num, { row: null, columns: key, isStale: isOutdated(asking, num) })
    } catch {
      // What went wrong is shown where the order is asked for; these rows are asked for again when looked at.
    }
    this.#askings.delete(asking)
    for (const num of nums) this.#underWay.delete(`${num} ${key}`)
    this.#dropOldest()
    this.#tell()
  }

  #begin(): Asking {
    const asking = { changed: new Set<number>(), isAllChanged: false }
    this.#askings.add(asking)
    return asking
  }

  #keep(row: NoteRow, columns: string, asking: Asking): void {
    this.#entries.delete(row.num)
    this.#entries.set(row.num, { row, columns, isStale: isOutdated(asking, row.num) })
    this.#numOf.set(row.id, row.num)
  }

  #dropOldest(): void {
    for (const [num, { row }] of this.#entries) {
      if (this.#entries.size <= KEEP) return
      this.#entries.delete(num)
      if (row) this.#numOf.delete(row.id)
    }
  }

  /** The row of one note, from the store where it is not known. */
  async load(num: number): Promise<NoteRow | null> {
    const known = this.#entries.get(num)
    if (known?.row) return known.row
    await this.#fetch([num], NO_COLUMNS, '')
    return this.#entries.get(num)?.row ?? null
  }

  async loadById(noteId: NoteId): Promise<void> {
    const ask = `id ${noteId}`
    if (this.#underWay.has(ask)) return
    this.#underWay.add(ask)
    const asking = this.#begin()
    const row = await client.call('notes.row', { coderId: this.coderId, noteId }).catch(() => null)
    this.#underWay.delete(ask)
    this.#askings.delete(asking)
    if (!row) return
    this.#keep(row, '', asking)
    this.#tell()
  }

  isStale(noteId: NoteId): boolean {
    const num = this.#numOf.get(noteId)
    return num === undefined || this.#entries.get(num)?.isStale !== false
  }

  /** Rows stay on screen until the new ones come; those nobody looks at are not asked for. */
  onChange({ noteIds }: ChangeEvent): void {
    const nums = noteIds === null ? this.#entries.keys() : noteIds.map((id) => this.#numOf.get(id))
    for (const asking of this.#askings) {
      if (noteIds === null) asking.isAllChanged = true
      else for (const id of noteIds) this.#noteChanged(asking, id)
    }
    for (const num of nums) {
      const entry = num === undefined ? undefined : this.#entries.get(num)
      if (entry) entry.isStale = true
    }
    this.#tell()
  }

  #noteChanged(asking: Asking, id: string): void {
    const num = this.#numOf.get(id)
    // Not known yet which of the asked ones it is.
    if (num === undefined) asking.isAllChanged = true
    else asking.changed.add(num)
  }

  #tell(): void {
    this.version++
    for (const listener of this.listeners) listener()
  }
}

const isOutdated = ({ changed, isAllChanged }: Asking, num: number): boolean =>
  isAllChanged || changed.has(num)

/** One coder works here at a time. */
let book = new RowBook(idFromPage(''))
const bookOf = (coderId: CoderId): RowBook => {
  if (book.coderId !== coderId) book = new RowBook(coderId)
  return book
}
whenForgotten(() => {
  book = new RowBook(idFromPage(''))
})

const TOUCHING: ReadonlySet<string> = new Set(['notes', 'status', 'codings'])
client.onChange((event) => {
  if (event.topics.some((topic) => TOUCHING.has(topic))) book.onChange(event)
})

function useBook(coderId: CoderId): { book: RowBook; version: number } {
  const current = bookOf(coderId)
  const subscribe = useCallback(
    (listener: () => void) => {
      current.listeners.add(listener)
      return () => current.listeners.delete(listener)
    },
    [current],
  )
  const version = useSyncExternalStore(subscribe, () => current.version)
  return { book: current, version }
}

export type RowAt = (index: number) => NoteRow | undefined

/** The rows of a list, by place; a new function whenever some of them changed. */
export function useRows(
  coderId: CoderId,
  order: NoteOrder,
  columns: readonly AttributeName[] = NO_COLUMNS,
): RowAt {
  const { book, version } = useBook(coderId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is in the book
  return useCallback((index: number) => book.rowAt(order, index, columns), [book, version, order, columns])
}

/** The row of one note, wherever it stands. */
export function useRow(coderId: CoderId, noteId: NoteId | null): NoteRow | null {
  const { book, version } = useBook(coderId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is in the book
  useEffect(() => {
    if (noteId !== null && book.isStale(noteId)) void book.loadById(noteId)
  }, [book, version, noteId])
  return noteId === null ? null : book.byId(noteId)
}

export const peekRow = (coderId: CoderId, noteId: NoteId): NoteRow | null => bookOf(coderId).byId(noteId)

/** The row of a note, from the store where it is not known yet: another coder may have sat down just now. */
export async function knowRow(coderId: CoderId, noteId: NoteId): Promise<NoteRow | null> {
  const known = peekRow(coderId, noteId)
  if (known) return known
  await bookOf(coderId).loadById(noteId)
  return peekRow(coderId, noteId) ?? client.call('notes.row', { coderId, noteId }).catch(() => null)
}

export const loadRow = (coderId: CoderId, num: number): Promise<NoteRow | null> => bookOf(coderId).load(num)

/** What is asked for, or, until it comes, what was shown before; undefined before the first answer. */
export function useOrder(args: ArgsOf<'notes.order'> | null): {
  order: NoteOrder | undefined
  isCurrent: boolean
  problem: string | undefined
} {
  const { data, problem } = useStore('notes.order', args)
  const shown = useRef<{ coderId: CoderId | undefined; order: NoteOrder | undefined }>({
    coderId: undefined,
    order: undefined,
  })
  const coderId = args?.coderId
  if (data || shown.current.coderId !== coderId) shown.current = { coderId, order: data }
  return { order: shown.current.order, isCurrent: data !== undefined, problem: problem?.message }
}

/** Where a note stands in a list, or -1. */
export function usePlaceOf(order: NoteOrder, row: NoteRow | null): number {
  const num = row?.num
  return useMemo(() => (num === undefined ? -1 : order.indexOf(num)), [order, num])
}
