/** The one retrieval of the project: what is asked, what was found, which segments are ticked. Kept while it is open. */
import { create } from 'zustand'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import type { FoundSegment, RetrievalQuery, RetrievalResult } from '../../shared/contract/retrieval.ts'
import { asProblem } from '../../shared/problem.ts'
import { type QualifierChoice, qualifierFilterOf } from '../codes/QualifierFilters.tsx'
import { ALL_NOTES, filterOf, type NoteChoice } from '../search/note-choice.ts'
import { jumpToNote } from '../state/coding.ts'
import { announce, coderId, useSession } from '../state/session.ts'
import { client, store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { type Arranged, arrange, type Grouping, groupAt, NOTHING } from './arrange.ts'

export type Relation = RetrievalQuery['relation']

export type Setup = {
  codeIds: readonly string[]
  includeChildren: boolean
  relation: Relation
  otherIds: readonly string[]
  distance: number
  withoutIds: readonly string[]
  /** Empty stands for everyone; `me` for whoever works at this computer. */
  coders: 'me' | readonly string[]
  qualifiers: readonly QualifierChoice[]
  includeWholeNotes: boolean
  notes: NoteChoice
}

type RetrievalState = {
  setup: Setup
  groupBy: Grouping
  result: RetrievalResult | null
  shown: Arranged
  /** Why there is no answer, in the store's words. */
  problem: string | null
  token: CancelToken | null
  progress: Progress | null
  /** The segment the keyboard is on, by its place in `shown`. */
  active: number
  /** Ticked segments, by key. */
  chosen: ReadonlySet<string>
  /** How much context a segment shows, by key; the others show a few words. */
  levels: ReadonlyMap<string, number>
  /** The project has changed since the answer was given. */
  isOld: boolean
}

const NO_CHOICE: ReadonlySet<string> = new Set()
const NO_LEVELS: ReadonlyMap<string, number> = new Map()

const EMPTY: Setup = {
  codeIds: [],
  includeChildren: true,
  relation: 'any',
  otherIds: [],
  distance: 200,
  withoutIds: [],
  coders: 'me',
  qualifiers: [],
  includeWholeNotes: true,
  notes: ALL_NOTES,
}

const NO_ANSWER = { result: null, shown: NOTHING, problem: null, token: null, progress: null, isOld: false }
const FRESH = { ...NO_ANSWER, setup: EMPTY, active: 0, chosen: NO_CHOICE, levels: NO_LEVELS }

export const useRetrieval = create<RetrievalState>(() => ({ ...FRESH, groupBy: 'note' }))
const { setState, getState } = useRetrieval

/** More segments than anyone reads in one list; the counts are of all, and exports take all. */
export const MOST_SEGMENTS = 5_000
const PAUSE = 250

/** What is still missing before this can be asked; null when nothing is. */
export function missingFrom({ relation, codeIds, otherIds, coders }: Setup): string | null {
  if (relation === 'all' && codeIds.length < 2) return 'Choose two or more codes to see where they co-occur.'
  if (relation === 'near' && otherIds.length === 0) return 'Choose a code that the segments should be near.'
  if (relation === 'within' && otherIds.length === 0)
    return 'Choose a code that the segments should lie inside.'
  if (relation === 'instead') {
    if (otherIds.length === 0) return 'Choose a code that another coder applied to the same text.'
    if (coders === 'me' || coders.length === 1)
      return 'Choose two or more coders, or all coders, to see where they differ.'
  }
  return null
}

export function codersOf({ coders }: Setup): string[] | null {
  if (coders === 'me') return [coderId()]
  return coders.length === 0 ? null : [...coders]
}

export function queryOf(setup: Setup): RetrievalQuery {
  const { codeIds, includeChildren, relation, otherIds, distance, withoutIds, includeWholeNotes } = setup
  const isAgainst = relation !== 'any' && relation !== 'all'
  return {
    codeIds: [...codeIds],
    includeChildren,
    relation,
    otherIds: isAgainst ? [...otherIds] : [],
    distance: relation === 'near' ? distance : 0,
    withoutIds: [...withoutIds],
    coderIds: codersOf(setup),
    qualifiers: qualifierFilterOf(setup.qualifiers),
    includeWholeNotes,
    filter: filterOf(setup.notes),
  }
}

let timer = 0

/** Changes what is asked and asks it: typing after a pause, everything else at once. */
export function changeSetup(changes: Partial<Setup>): void {
  setState((state) => ({ setup: { ...state.setup, ...changes } }))
  window.clearTimeout(timer)
  if ('distance' in changes) timer = window.setTimeout(() => void runRetrieval(true), PAUSE)
  else void runRetrieval(true)
}

export const resetSetup = (): void => changeSetup(EMPTY)

export const isPlain = (setup: Setup): boolean =>
  Object.entries(EMPTY).every(([name, value]) => {
    const now = setup[name as keyof Setup]
    return now === value || JSON.stringify(now) === JSON.stringify(value)
  })

/** "143 segments in 38 of 73 notes, 17 of 24 cases": every count with what it is a part of. */
export function totalWords({ total, notes, cases, looked }: RetrievalResult): string {
  const part = (some: number, all: number, one: string) => `${formatCount(some)} of ${counted(all, one)}`
  const where = [part(notes, looked.notes, 'note')]
  if (looked.cases > 0) where.push(part(cases, looked.cases, 'case'))
  return total === 0
    ? `No segments in ${counted(looked.notes, 'note')}`
    : `${counted(total, 'segment')} in ${where.join(', ')}`
}

/** Asks again; the list of another question starts at its top, that of the same one stays where it was. */
export async function runRetrieval(isAnother = false): Promise<void> {
  window.clearTimeout(timer)
  const { setup, token } = getState()
  token?.cancel()
  if (missingFrom(setup) !== null) return setState({ ...NO_ANSWER, chosen: NO_CHOICE })
  const mine = new CancelToken()
  setState({ token: mine, progress: null, isOld: false })
  const isMine = () => getState().token === mine
  const args = { coderId: coderId(), query: queryOf(setup), limit: MOST_SEGMENTS }
  try {
    const result = await store.retrieval.find(args, {
      signal: mine,
      onProgress: (progress) => isMine() && setState({ progress }),
    })
    if (isMine()) showResult(result, isAnother)
  } catch (error) {
    if (!isMine()) return
    const { code, message } = asProblem(error)
    setState({
      ...NO_ANSWER,
      problem: code === 'cancelled' ? 'The retrieval was cancelled. Nothing was changed.' : message,
    })
  }
}

/** What was ticked, opened and looked at stays so, as far as it was found again. */
function showResult(result: RetrievalResult, isAnother: boolean): void {
  const before = getState()
  const shown = arrange(result.segments, before.groupBy)
  const known = new Set(shown.keys)
  setState({
    ...NO_ANSWER,
    result,
    shown,
    active: isAnother ? 0 : placeAgain(before.shown, before.active, shown),
    chosen: new Set([...before.chosen].filter((key) => known.has(key))),
    levels: new Map([...before.levels].filter(([key]) => known.has(key))),
  })
  const words = totalWords(result)
  if (!before.result || totalWords(before.result) !== words) announce(words)
}

/** Where the keyboard stands in another list: on the same segment, else on its next neighbour that is still there. */
function placeAgain(before: Arranged, active: number, now: Arranged): number {
  const places = new Map(now.keys.map((key, index) => [key, index]))
  const after = before.keys.slice(active)
  const earlier = before.keys.slice(0, active).reverse()
  const still = [...after, ...earlier].find((key) => places.has(key))
  return still === undefined ? 0 : (places.get(still) as number)
}

export function groupSegments(groupBy: Grouping): void {
  const { result, shown: before, active } = getState()
  const shown = arrange(result?.segments ?? [], groupBy)
  setState({ groupBy, shown, active: placeAgain(before, active, shown) })
}

export const moveTo = (active: number): void => setState({ active })

export function openSegment(index: number): void {
  const segment = getState().shown.segments[index]
  if (!segment) return
  setState({ active: index })
  jumpToNote(segment.noteId, segment.span)
}

/** Shows more or less of the note around a segment. */
export function growContext(index: number, by: 1 | -1): void {
  const { shown, levels } = getState()
  const key = shown.keys[index]
  if (key === undefined) return
  const level = Math.max(0, (levels.get(key) ?? 0) + by)
  const next = new Map(levels)
  if (level === 0) next.delete(key)
  else next.set(key, level)
  setState({ levels: next, active: index })
  announce(level === 0 ? 'Context hidden' : by === 1 ? 'More context shown' : 'Less context shown')
}

export function toggleSegment(index: number): void {
  const { shown, chosen } = getState()
  const key = shown.keys[index]
  if (key === undefined) return
  const next = new Set(chosen)
  if (!next.delete(key)) next.add(key)
  setState({ chosen: next })
}

/** All segments of the group, or none when all are ticked already. */
export function toggleGroup(index: number): void {
  const { shown, chosen } = getState()
  const group = groupAt(shown, index)
  if (!group) return
  const keys = shown.keys.slice(group.first, group.last + 1)
  const isAll = keys.every((key) => chosen.has(key))
  const next = new Set(chosen)
  for (const key of keys) isAll ? next.delete(key) : next.add(key)
  setState({ chosen: next })
}

export function chooseAll(): void {
  const { keys } = getState().shown
  setState({ chosen: new Set(keys) })
  announce(`${formatCount(keys.length)} ticked`)
}

export function chooseNone(): void {
  setState({ chosen: NO_CHOICE })
  announce('None ticked')
}

/** What an act is about, in the order shown: the ticked segments, or without any the one the keyboard is on. */
export function targets(): FoundSegment[] {
  const { shown, chosen, active } = getState()
  if (chosen.size === 0) return shown.segments.slice(active, active + 1)
  return shown.segments.filter((_, index) => chosen.has(shown.keys[index] as string))
}

/** A change while the list is out of sight is asked about on the way back, not after every coding. */
client.onChange((event) => {
  if (!getState().result) return
  const touches = ['notes', 'codings', 'codes', 'memos', 'status']
  if (!event.topics.some((topic) => touches.includes(topic))) return
  if (useSession.getState().place === 'retrieval') void runRetrieval()
  else setState({ isOld: true })
})

useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') {
    getState().token?.cancel()
    setState({ ...FRESH, groupBy: 'note' })
  } else if (now.coderId !== before.coderId && now.phase === 'open' && before.phase === 'open') {
    // What was found for somebody else is not shown while it is asked again: a blind round keeps other things from them.
    getState().token?.cancel()
    setState({ ...NO_ANSWER, chosen: NO_CHOICE, levels: NO_LEVELS, active: 0 })
    if (now.place === 'retrieval') void runRetrieval()
  }
})
