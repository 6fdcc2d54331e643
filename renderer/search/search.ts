/** The one search of the project: what is asked, and which hits are chosen. Kept while the project is open. */
import { create } from 'zustand'
import type { ArgsOf } from '../../shared/contract/index.ts'
import type { SearchHit, SearchResult } from '../../shared/contract/search.ts'
import { longQuestion } from '../queries/long-question.ts'
import { jumpToNote } from '../state/coding.ts'
import { announce, coderId, goTo, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import type { Unit } from './expand-hit.ts'
import { setMarks } from './marks.ts'
import { ALL_NOTES, filterOf, type NoteChoice } from './note-choice.ts'

export type Setup = NoteChoice & { query: string; mode: 'words' | 'pattern'; matchCase: boolean }

/** What was found. Hits are opened and counted under the words that were asked for. */
export type Found = {
  /** Which search of this session it is from. */
  run: number
  query: string
  /** While `isCounting` the hits so far: more follow behind them. */
  result: SearchResult
  isCounting: boolean
}

/** Hits are known by their places, so that a choice is good for one search only. */
type Choice = {
  run: number
  /** The hit the keyboard is on. */
  active: number
  chosen: ReadonlySet<number>
}

type SearchState = {
  setup: Setup
  /** What was asked last: typing is asked after a pause. */
  asked: Setup | null
  choice: Choice
  unit: Unit
  /** Counts up each time the field is asked for from elsewhere. */
  fieldAsked: number
}

const NO_CHOICE: Omit<Choice, 'run'> = { active: 0, chosen: new Set() }
const EMPTY: Setup = { query: '', mode: 'words', matchCase: false, ...ALL_NOTES }
const FRESH: Omit<SearchState, 'fieldAsked'> = {
  setup: EMPTY,
  asked: null,
  choice: { run: 0, ...NO_CHOICE },
  unit: 'hit',
}

export const useSearch = create<SearchState>(() => ({ ...FRESH, fieldAsked: 0 }))

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

let runs = 0

const question = longQuestion<Found>({
  name: 'search',
  // Positions are no longer true once texts change.
  topics: ['notes'],
  run: async ({ signal, onProgress, show }) => {
    const setup = getState().asked ?? EMPTY
    const about = { run: ++runs, query: setup.query.trim() }
    /** Those told so far; in the answer they stand first. */
    const hits: SearchHit[] = []
    const result = await store.search.notes(argsOf(setup), {
      signal,
      onProgress: (progress) => {
        onProgress(progress)
        const { found } = progress
        if (!found || found.hits.length === 0) return
        hits.push(...found.hits)
        const { total, notes } = found
        show({ ...about, result: { total, notes, hits: [...hits] }, isCounting: true })
      },
    })
    if (!signal.aborted) announce(totalWords(result))
    return { ...about, result, isCounting: false }
  },
})

/** What is on screen, and what is being worked on. */
export function useFound() {
  const isAsked = useSearch((state) => state.asked !== null)
  const { data, problem, wasCancelled, ...work } = question.useAnswer(isAsked)
  const why = wasCancelled ? 'The search was cancelled. Press Enter to search again.' : problem
  return { ...work, found: why === null ? data : null, problem: why }
}

const choiceIn = (choice: Choice, found: Found | null): Omit<Choice, 'run'> =>
  found?.run === choice.run ? choice : NO_CHOICE

/** The hit the keyboard is on, and the ticked ones, of what is on screen. */
export function useChoice(found: Found | null): Omit<Choice, 'run'> {
  return choiceIn(
    useSearch((state) => state.choice),
    found,
  )
}

export const choiceNow = (): Omit<Choice, 'run'> => choiceIn(getState().choice, question.peek())

function choose(changes: Partial<Omit<Choice, 'run'>>): void {
  const found = question.peek()
  if (found) setState({ choice: { ...choiceNow(), ...changes, run: found.run } })
}

/** Where somebody was, in the search that comes next. */
export function chooseInNext(choice: Omit<Choice, 'run'>): void {
  setState({ choice: { ...choice, run: runs + 1 } })
}

const hitsNow = (): readonly SearchHit[] => question.peek()?.result.hits ?? []

let timer = 0

/** Changes what is asked and asks it: typing after a pause, everything else at once. */
export function changeSetup(changes: Partial<Setup>): void {
  setState((state) => ({ setup: { ...state.setup, ...changes } }))
  window.clearTimeout(timer)
  if ('query' in changes) timer = window.setTimeout(runSearch, PAUSE)
  else runSearch()
}

export const clearFilters = (): void => changeSetup(ALL_NOTES)

export const totalWords = ({ total, notes }: SearchResult): string =>
  total === 0 ? 'No hits' : `${counted(total, 'hit')} in ${counted(notes, 'note')}`

export function runSearch(): void {
  window.clearTimeout(timer)
  const { setup } = getState()
  const asked = setup.query.trim() === '' ? null : setup
  setState({ asked })
  if (asked) question.ask()
  else question.forget()
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
  const found = question.peek()
  const hit = found?.result.hits[index]
  if (!found || !hit) return
  goToHit(index)
  const { hits } = found.result
  const { first, last } = neighboursOf(hits, index)
  const ranges = hits.slice(first, last + 1).map((other) => other.span)
  setMarks(hit.noteId, ranges, index - first, found.query)
  jumpToNote(hit.noteId, hit.span)
}

export const goToHit = (active: number): void => choose({ active })

export function toggleHit(index: number): void {
  const chosen = new Set(choiceNow().chosen)
  if (!chosen.delete(index)) chosen.add(index)
  choose({ chosen })
}

/** All hits of the note, or none when all are chosen already. */
export function toggleNote(index: number): void {
  const hits = hitsNow()
  if (!hits[index]) return
  const { first, last } = neighboursOf(hits, index)
  const chosen = new Set(choiceNow().chosen)
  let isAll = true
  for (let at = first; at <= last; at++) isAll &&= chosen.has(at)
  for (let at = first; at <= last; at++) isAll ? chosen.delete(at) : chosen.add(at)
  choose({ chosen })
}

export function chooseAll(): void {
  const { length } = hitsNow()
  choose({ chosen: new Set(Array.from({ length }, (_, index) => index)) })
  announce(`${formatCount(length)} ticked`)
}

export const untickHits = (): void => choose({ chosen: NO_CHOICE.chosen })

export function chooseNone(): void {
  untickHits()
  announce('None ticked')
}

useSession.subscribe((now, before) => {
  if (now.phase === 'open' || before.phase !== 'open') return
  window.clearTimeout(timer)
  setState(FRESH)
})
