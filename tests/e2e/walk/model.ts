/**
 * What must be so, in the simplest terms: codings in a list, copies of the list for undo. It knows nothing of how the
 * program does it; words and lines are told by blanks.
 */
import { CODES, NOTES } from './study.ts'

export type Span = { start: number; end: number }
export type ModelCoding = { note: string; code: string; span: Span | null }
export type Status = 'not started' | 'in progress' | 'finished'
type Work = { codings: readonly ModelCoding[]; marked: ReadonlyMap<string, Status> }

export const isSameSpan = (one: Span | null, other: Span | null): boolean =>
  one?.start === other?.start && one?.end === other?.end
export const isSame = (one: ModelCoding, other: ModelCoding): boolean =>
  one.note === other.note && one.code === other.code && isSameSpan(one.span, other.span)

export class Model {
  note = NOTES[0]?.id ?? ''
  work: Work = { codings: [], marked: new Map() }
  selected: Span | null = null
  /** What was selected before it was widened to whole words or sentences; null where it was not. */
  exact: Span | null = null
  /** Words just coded, while nothing else was selected since. */
  coded: Span | null = null
  /** How many undoable steps the acts so far were. */
  steps = 0
  readonly #done: Work[] = []
  readonly #undone: Work[] = []

  get text(): string {
    return NOTES.find(({ id }) => id === this.note)?.text ?? ''
  }

  here(): readonly ModelCoding[] {
    return this.work.codings.filter(({ note }) => note === this.note)
  }

  statusOf(note: string): Status {
    const begun = this.work.codings.some((coding) => coding.note === note) ? 'in progress' : 'not started'
    return this.work.marked.get(note) ?? begun
  }

  select(span: Span | null): void {
    this.selected = span
    this.exact = null
    this.coded = null
  }

  open(note: string): void {
    if (note === this.note) return
    this.note = note
    this.select(null)
  }

  /** The words the next code goes to. */
  inHand(): Span | null {
    return this.selected ?? this.coded
  }

  apply(code: string, span: Span | null, isReopening: boolean): void {
    const coding = { note: this.note, code, span }
    this.selected = null
    this.coded = span
    if (this.work.codings.some((other) => isSame(other, coding))) return
    this.#change({
      codings: [...this.work.codings, coding],
      marked: isReopening ? new Map(this.work.marked).set(this.note, 'in progress') : this.work.marked,
    })
  }

  remove(coding: ModelCoding): void {
    this.#change({ ...this.work, codings: this.work.codings.filter((other) => !isSame(other, coding)) })
    this.#takeWordsAgain()
  }

  /** What then says the same as another becomes one with it. */
  recode(coding: ModelCoding, code: string): void {
    if (coding.code === code) return
    const next = { ...coding, code }
    const others = this.work.codings.filter((other) => !isSame(other, coding) && !isSame(other, next))
    this.#change({ ...this.work, codings: [...others, next] })
  }

  mark(status: Status): void {
    this.#change({ ...this.work, marked: new Map(this.work.marked).set(this.note, status) })
  }

  /** Steps that changed nothing this model holds (memos) came before the last one. */
  insertSteps(count: number, isBeforeLast: boolean): void {
    for (let at = 0; at < count; at++) {
      const last = isBeforeLast ? this.#done.at(-1) : undefined
      this.#done.push(last ?? this.work)
    }
    if (count > 0) this.#undone.length = 0
    this.steps += count
  }

  undo(): void {
    const before = this.#done.pop()
    if (!before) return
    this.#undone.push(this.work)
    this.work = before
    this.#takeWordsAgain()
  }

  redo(): void {
    const after = this.#undone.pop()
    if (!after) return
    this.#done.push(this.work)
    this.work = after
    this.#takeWordsAgain()
  }

  get canUndo(): boolean {
    return this.#done.length > 0
  }
  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  #change(work: Work): void {
    this.steps++
    this.#done.push(this.work)
    this.#undone.length = 0
    this.work = work
  }

  /** The words of a coding that is gone again are selected, where nothing else was done since they were coded. */
  #takeWordsAgain(): void {
    const { coded } = this
    if (!coded || this.here().some(({ span }) => isSameSpan(span, coded))) return
    this.select(coded)
  }
}

export const nameOf = (code: string): string => CODES.find(({ id }) => id === code)?.name ?? code

/** What stands between blanks, as long as it is letters. */
export function wordsOf(text: string): Span[] {
  return [...text.matchAll(/\S+/g)].flatMap(({ 0: word, index }) =>
    /^[a-z]+$/.test(word) ? [{ start: index, end: index + word.length }] : [],
  )
}

/** The line a position is in, which in these notes is its sentence and paragraph as well. */
export function lineOf(text: string, at: number): Span {
  const start = text.lastIndexOf('\n', at - 1) + 1
  const end = text.indexOf('\n', at)
  return { start, end: end === -1 ? text.length : end }
}
