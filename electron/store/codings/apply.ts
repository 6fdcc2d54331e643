/** Applying codes where some may be there already: by hand, from a table, to what a search found. */
import type { CoderId, CodingId, MemoId } from '../../../shared/contract/basics.ts'
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { memoFromText, memoText } from '../../../shared/memo.ts'
import type { ReadableDb } from '../file/connection.ts'
import { findNum, numOf } from '../file/lookup.ts'
import { newId } from '../file/new-id.ts'
import type { AnyChange } from '../journal/change.ts'
import type { memoChanges } from '../memos/memos.ts'
import type { codingChanges, NewCoding } from './codings.ts'
import type { codingEdits } from './edits.ts'
import { type Contradiction, codingsAt, contradictions, qualifiersOf } from './same-coding.ts'

/** What applying codes changes: codings, qualifiers of those that were there, and memos on them. */
export type ApplyKinds = typeof codingChanges & typeof codingEdits & typeof memoChanges

/** Codings per journal entry. */
const ENTRY_CODINGS = 1_000

/** What became of one coding that was to be applied. */
export type Applied = {
  /** Of the coding that says it now. */
  id: CodingId
  isNew: boolean
  /** Words and qualifiers that a coding which was there has got from it. */
  hasMemo: boolean
  hasQualifiers: boolean
  /** Why it stands beside one on the same words. */
  contradicts: Contradiction[]
}

type There = {
  id: CodingId
  qualifiers: Qualifiers
  memos: string[]
  fresh: NewCoding | null
  isChanged: boolean
}

/** A memo as it reads once it is stored. */
const asStored = (memo: string): string => memoText(memoFromText(memo)).trim()

/**
 * Collects what is to be applied by one coder and gives the changes that do it. What the coder has already (as
 * `same-coding` says) is not made again: it gets the memo, if it has none of these words, and the qualifiers. A coding
 * that says nothing of qualifiers adds none.
 */
export class Applying {
  readonly #db: ReadableDb
  readonly #coder: number
  readonly #places = new Map<string, There[]>()
  readonly #fresh: NewCoding[] = []
  readonly #changes: AnyChange<ApplyKinds>[] = []

  constructor(db: ReadableDb, coderId: CoderId) {
    this.#db = db
    this.#coder = numOf(db, 'coder', coderId)
  }

  add(coding: NewCoding): Applied {
    const there = this.#at(coding)
    const given = coding.qualifiers ?? {}
    const twin = there.find(({ qualifiers }) => contradictions(qualifiers, given).length === 0)
    if (twin) return this.#addTo(twin, coding)
    const fresh = { ...coding }
    this.#fresh.push(fresh)
    const contradicts = there.flatMap(({ qualifiers }) => contradictions(qualifiers, given))
    const memos = coding.memo ? [asStored(coding.memo)] : []
    there.push({ id: coding.id, qualifiers: given, memos, fresh, isChanged: false })
    return { id: coding.id, isNew: true, hasMemo: false, hasQualifiers: false, contradicts }
  }

  /** In the order in which they must be made; empty where everything was there. */
  changes(): AnyChange<ApplyKinds>[] {
    const changes: AnyChange<ApplyKinds>[] = []
    for (let from = 0; from < this.#fresh.length; from += ENTRY_CODINGS) {
      const codings = this.#fresh.slice(from, from + ENTRY_CODINGS)
      changes.push({ kind: 'codings.apply', payload: { codings } })
    }
    const changed = [...this.#places.values()].flat().filter(({ isChanged }) => isChanged)
    const qualified = changed.map(({ id, qualifiers }) => ({ id, qualifiers }))
    if (qualified.length > 0) changes.push({ kind: 'codings.change', payload: { changes: qualified } })
    return [...changes, ...this.#changes]
  }

  #addTo(twin: There, { qualifiers = {}, memo = '' }: NewCoding): Applied {
    const words = asStored(memo)
    const hasMemo = words !== '' && !twin.memos.includes(words) && twin.memos.join('\n') !== words
    const hasQualifiers = Object.keys(qualifiers).some((name) => twin.qualifiers[name] === undefined)
    if (hasQualifiers) {
      twin.qualifiers = { ...qualifiers, ...twin.qualifiers }
      if (twin.fresh) twin.fresh.qualifiers = twin.qualifiers
      else twin.isChanged = true
    }
    if (hasMemo) this.#addMemo(twin, memo)
    return { id: twin.id, isNew: false, hasMemo, hasQualifiers, contradicts: [] }
  }

  #addMemo(twin: There, memo: string): void {
    twin.memos.push(asStored(memo))
    if (twin.fresh && !twin.fresh.memo) {
      twin.fresh.memo = memo
      return
    }
    const about = { kind: 'coding', id: twin.id } as const
    const payload = { id: newId<MemoId>(), about, type: null, title: '', body: memoFromText(memo) }
    this.#changes.push({ kind: 'memo.add', payload })
  }

  #at(coding: NewCoding): There[] {
    const key = JSON.stringify([coding.note, coding.code, coding.start, coding.end])
    const known = this.#places.get(key)
    if (known) return known
    const there = this.#stored(coding)
    this.#places.set(key, there)
    return there
  }

  #stored(coding: NewCoding): There[] {
    const note = findNum(this.#db, 'note', coding.note)
    const code = findNum(this.#db, 'code', coding.code)
    if (note === null || code === null) return []
    const { start: start_at, end: end_at } = coding
    const rows = codingsAt(this.#db, { note, code, coder: this.#coder, start_at, end_at })
    if (rows.length === 0) return []
    const memos = this.#db
      .prepare<[number], string>('SELECT text FROM memo WHERE coding = ? ORDER BY num')
      .pluck()
    return rows.map((row) => ({
      id: row.id,
      qualifiers: qualifiersOf(row),
      memos: memos.all(row.num).map((text) => text.trim()),
      fresh: null,
      isChanged: false,
    }))
  }
}
