/** The one search of the project: what is asked, what was found, and which hits are chosen. Kept while it is open. */
import { create } from 'zustand'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import type { ArgsOf } from '../../shared/contract/index.ts'
import type { SearchHit, SearchResult } from '../../shared/contract/search.ts'
import { asProblem } from '../../shared/problem.ts'
import { jumpToNote } from '../state/coding.ts'
import { announce, coderId, goTo, useSession } from '../state/session.ts'
import { client, store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import type { Unit } from './expand-hit.ts'
import { setMarks } from './marks.ts'
import { ALL_NOTES, filterOf, type NoteChoice } from './note-choice.ts'

export type Setup = NoteChoice & { query: string; mode: 'words' | 'pattern'; matchCase: boolean }

type SearchState = {
  setup: Setup
  /** While `isCounting` the hits so far: more follow behind them. */
  result: SearchResult | null
  isCounting: boolean
  /** What `result` is the answer to; hits are opened and counted under this name. */
  answered: string
  /** Why there is no answer, in the store's words. */
  problem: string | null
  token: CancelToken | null
  progress: Progress | null
  /** The hit the keyboard is on. */
  active: number
  chosen: ReadonlySet<number>
  unit: Unit
  /** Counts up each time the field is asked for from elsewhere. */
  fieldAsked: number
}

const NO_CHOICE: ReadonlySet<number> = new Set()

const EMPTY: Setup = { query: '', mode: 'words', matchCase: false, ...ALL_NOTES }

const NO_ANSWER = {
  result: null,
  isCounting: false,
  problem: null,
  token: null,
  progress: null,
  active: 0,
  chosen: NO_CHOICE,
}

export const useSearch = create<SearchState>(() => ({
  setup: EMPTY,
  answered: '',
  unit: 'hit',
  fieldAsked: 0,
  ...NO_ANSWER,
}))

const { setState, getState } = useSearch

/** More hits than anyone reviews; the count above them is of all. */
export const MOST_HITS = 5_000
const PAUSE = 250

const argsOf = (setup: Setup): ArgsOf<'search.notes'> => ({
  coderId: coderId(),
  query: setup.query,
  mode: setup.mode,
  matchCase: setup.mode === 'pattern' && setup.matchCase,
  filter: filterOf(setup),
  limit: MOST_HITS,
})

let timer = 0

/** Changes what is asked and asks it: typing after a pause, everything else at once. */
export function changeSetup(changes: Partial<Setup>): void {
  setState((state) => ({ setup: { ...state.setup, ...changes } }))
  window.clearTimeout(timer)
  if ('query' in changes) timer = window.setTimeout(() => void runSearch(), PAUSE)
  else void runSearch()
}

export const clearFilters = (): void => changeSetup(ALL_NOTES)

export const totalWords = ({ total, notes }: SearchResult): string =>
  total === 0 ? 'No hits' : `${counted(total, 'hit')} in ${counted(notes, 'note')}`

export async function runSearch(): Promise<void> {
  window.clearTimeout(timer)
  const { setup, token } = getState()
  token?.cancel()
  if (setup.query.trim() === '') return setState(NO_ANSWER)
  const mine = new CancelToken()
  setState({ token: mine, progress: null })
  const isMine = () => getState().token === mine
  const answered = setup.query.trim()
  /** Those told so far; in the answer they stand first. */
  const hits: SearchHit[] = []
  const onProgress = (progress: Progress) => {
    if (!isMine()) return
    setState({ progress })
    const { found } = progress
    if (!found || found.hits.length === 0) return
    const isFirst = hits.length === 0
    hits.push(...found.hits)
    const { total, notes } = found
    const begun = { result: { total, notes, hits: [...hits] }, isCounting: true, answered }
    setState(isFirst ? { ...NO_ANSWER, ...begun, token: mine, progress } : begun)
  }
  try {
    const result = await store.search.notes(argsOf(setup), { signal: mine, onProgress })
    if (!isMine()) return
    const { active, chosen } = getState()
    // Whoever has begun with the first hits goes on with them.
    const kept = hits.length > 0 ? { active, chosen } : {}
    setState({ ...NO_ANSWER, ...kept, result, answered })
    announce(totalWords(result))
  } catch (error) {
    if (!isMine()) return
    const { code, message } = asProblem(error)
    const problem = code === 'cancelled' ? 'The search was cancelled. Press Enter to search again.' : message
    setState({ ...NO_ANSWER, problem })
  }
}

export function openSearch(): void {
  setState((state) => ({ fieldAsked: state.fieldAsked + 1 }))
  goTo('search')
}

/** First and last hit of the note a hit stands in; hits come note by note. */
export function neighboursOf(hits: readonly SearchHit[], index: number): { first: number; last: number } {
  const noteId = hits[index]?.noteId
  let first = index
  let last = index
  while (hits[first - 1]?.noteId === noteId) first--
  while (hits[last + 1]?.noteId === noteId) last++
  return { first, last }
}

export function openHit(index: number): void {
  const { result, answered } = getState()
  const hit = result?.hits[index]
  if (!result || !hit) return
  setState({ active: index })
  const { first, last } = neighboursOf(result.hits, index)
  const ranges = result.hits.slice(first, last + 1).map((other) => other.span)
  setMarks(hit.noteId, ranges, index - first, answered)
  jumpToNote(hit.noteId, hit.span)
}

const choose = (chosen: ReadonlySet<number>): void => setState({ chosen })

export function toggleHit(index: number): void {
  const next = new Set(getState().chosen)
  if (!next.delete(index)) next.add(index)
  choose(next)
}

/** All hits of the note, or none when all are chosen already. */
export function toggleNote(index: number): void {
  const { result, chosen } = getState()
  if (!result?.hits[index]) return
  const { first, last } = neighboursOf(result.hits, index)
  const next = new Set(chosen)
  let isAll = true
  for (let at = first; at <= last; at++) isAll &&= chosen.has(at)
  for (let at = first; at <= last; at++) isAll ? next.delete(at) : next.add(at)
  choose(next)
}

export function chooseAll(): void {
  const count = getState().result?.hits.length ?? 0
  choose(new Set(Array.from({ length: count }, (_, index) => index)))
  announce(`${formatCount(count)} ticked`)
}

export function chooseNone(): void {
  choose(NO_CHOICE)
  announce('None ticked')
}

/** Positions are no longer true once texts change: ask again. */
client.onChange((event) => {
  if (event.topics.includes('notes') && getState().result) void runSearch()
})

useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') {
    getState().token?.cancel()
    setState({ ...NO_ANSWER, setup: EMPTY, answered: '', unit: 'hit' })
  } else if (now.coderId !== before.coderId && now.phase === 'open' && before.phase === 'open') {
    // What was found for somebody else is not shown while it is asked again.
    getState().token?.cancel()
    setState(NO_ANSWER)
    void runSearch()
  }
})
