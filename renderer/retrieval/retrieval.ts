/** The one retrieval of the project: what is asked, and which segments are ticked. Kept while the project is open. */
import { create } from 'zustand'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import type { FoundSegment, RetrievalQuery, RetrievalResult } from '../../shared/contract/retrieval.ts'
import { type QualifierChoice, qualifierFilterOf } from '../codes/QualifierFilters.tsx'
import { longQuestion } from '../queries/long-question.ts'
import { ALL_NOTES, filterOf, type NoteChoice } from '../search/note-choice.ts'
import { jumpToNote } from '../state/coding.ts'
import { announce, coderId, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { type Arranged, arranged, type Grouping, groupAt, NOTHING, type Place, placeIn } from './arrange.ts'

export type Relation = RetrievalQuery['relation']

export type Setup = {
  codeIds: readonly CodeId[]
  includeChildren: boolean
  relation: Relation
  otherIds: readonly CodeId[]
  distance: number
  withoutIds: readonly CodeId[]
  /** Empty stands for everyone; `me` for whoever works at this computer. */
  coders: 'me' | readonly CoderId[]
  qualifiers: readonly QualifierChoice[]
  includeWholeNotes: boolean
  notes: NoteChoice
}

type Found = {
  /** What it is the answer to, changed or not since. */
  asked: Setup
  result: RetrievalResult
}

type RetrievalState = {
  setup: Setup
  /** What was asked last: typing is asked after a pause. */
  asked: Setup
  groupBy: Grouping
  /** Where the keyboard is, in the answer to one question. */
  place: { of: Setup; at: Place } | null
  /** Ticked segments, by key. */
  chosen: ReadonlySet<string>
  /** How much context a segment shows, by key; the others show a few words. */
  levels: ReadonlyMap<string, number>
}

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

const UNTOUCHED = { place: null, chosen: new Set<string>(), levels: new Map<string, number>() }
const FRESH: RetrievalState = { setup: EMPTY, asked: EMPTY, groupBy: 'note', ...UNTOUCHED }

export const useRetrieval = create<RetrievalState>(() => FRESH)
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

export function codersOf({ coders }: Setup): CoderId[] | null {
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

const question = longQuestion<Found>({
  name: 'retrieval',
  topics: ['notes', 'codings', 'codes', 'memos', 'status', 'rounds', 'coders'],
  retriesOnReturn: true,
  run: async ({ signal, onProgress }) => {
    const { asked } = getState()
    const result = await store.retrieval.find(
      { coderId: coderId(), query: queryOf(asked), limit: MOST_SEGMENTS },
      { signal, onProgress },
    )
    if (!signal.aborted) settle({ asked, result })
    return { asked, result }
  },
})

/** What was ticked and opened stays so, as far as it was found again. */
function settle({ asked, result }: Found): void {
  const { groupBy, place, chosen, levels } = getState()
  const { keys } = arranged(result, groupBy)
  const known = new Set(keys)
  setState({
    place: place?.of === asked ? place : { of: asked, at: { keys, index: 0 } },
    chosen: new Set([...chosen].filter((key) => known.has(key))),
    levels: new Map([...levels].filter(([key]) => known.has(key))),
  })
  const before = question.peek()
  const words = totalWords(result)
  if (!before || totalWords(before.result) !== words) announce(words)
}

type Shown = {
  shown: Arranged
  /** The segment the keyboard is on, by its place in `shown`. */
  active: number
}

/** The list of another question starts at its top, that of the same one stays where it was. */
function shownOf(found: Found | null, { groupBy, place }: Pick<RetrievalState, 'groupBy' | 'place'>): Shown {
  const shown = found ? arranged(found.result, groupBy) : NOTHING
  return { shown, active: found && place?.of === found.asked ? placeIn(shown, place.at) : 0 }
}

const shownNow = (): Shown => shownOf(question.peek(), getState())

/** What is on screen, and what is being worked on. */
export function useRetrieved() {
  const asked = useRetrieval((state) => state.asked)
  const groupBy = useRetrieval((state) => state.groupBy)
  const place = useRetrieval((state) => state.place)
  const { data, problem, wasCancelled, ...work } = question.useAnswer(missingFrom(asked) === null)
  const why = wasCancelled ? 'The retrieval was cancelled. Nothing was changed.' : problem
  const found = why === null ? data : null
  return { ...work, ...shownOf(found, { groupBy, place }), result: found?.result ?? null, problem: why }
}

let timer = 0

/** Changes what is asked and asks it: typing after a pause, everything else at once. */
export function changeSetup(changes: Partial<Setup>): void {
  setState((state) => ({ setup: { ...state.setup, ...changes } }))
  window.clearTimeout(timer)
  if ('distance' in changes) timer = window.setTimeout(runRetrieval, PAUSE)
  else runRetrieval()
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

export function runRetrieval(): void {
  window.clearTimeout(timer)
  const asked = { ...getState().setup }
  setState({ asked })
  if (missingFrom(asked) === null) question.ask()
  else {
    question.forget()
    setState({ chosen: UNTOUCHED.chosen })
  }
}

/** Brings back what was asked, and where in its answer somebody was; it is asked by being looked at. */
export function resumeRetrieval({
  setup,
  active,
  ...kept
}: Pick<RetrievalState, 'setup' | 'groupBy' | 'chosen' | 'levels'> & { active: number }): void {
  setState({ ...kept, setup, asked: setup, place: { of: setup, at: { keys: null, index: active } } })
}

export const groupSegments = (groupBy: Grouping): void => setState({ groupBy })

export function moveTo(index: number): void {
  const found = question.peek()
  if (found) setState({ place: { of: found.asked, at: { keys: shownNow().shown.keys, index } } })
}

export const activeNow = (): number => shownNow().active

export function openSegment(index: number): void {
  const segment = shownNow().shown.segments[index]
  if (!segment) return
  moveTo(index)
  jumpToNote(segment.noteId, segment.span)
}

/** Shows more or less of the note around a segment. */
export function growContext(index: number, by: 1 | -1): void {
  const { levels } = getState()
  const key = shownNow().shown.keys[index]
  if (key === undefined) return
  const level = Math.max(0, (levels.get(key) ?? 0) + by)
  const next = new Map(levels)
  if (level === 0) next.delete(key)
  else next.set(key, level)
  setState({ levels: next })
  moveTo(index)
  announce(level === 0 ? 'Context hidden' : by === 1 ? 'More context shown' : 'Less context shown')
}

export function toggleSegment(index: number): void {
  const key = shownNow().shown.keys[index]
  if (key === undefined) return
  const chosen = new Set(getState().chosen)
  if (!chosen.delete(key)) chosen.add(key)
  setState({ chosen })
}

/** All segments of the group, or none when all are ticked already. */
export function toggleGroup(index: number): void {
  const { shown } = shownNow()
  const group = groupAt(shown, index)
  if (!group) return
  const keys = shown.keys.slice(group.first, group.last + 1)
  const chosen = new Set(getState().chosen)
  const isAll = keys.every((key) => chosen.has(key))
  for (const key of keys) isAll ? chosen.delete(key) : chosen.add(key)
  setState({ chosen })
}

export function chooseAll(): void {
  const { keys } = shownNow().shown
  setState({ chosen: new Set(keys) })
  announce(`${formatCount(keys.length)} ticked`)
}

export function chooseNone(): void {
  setState({ chosen: UNTOUCHED.chosen })
  announce('None ticked')
}

/** What an act is about, in the order shown: the ticked segments, or without any the one the keyboard is on. */
export function targets(): FoundSegment[] {
  const { chosen } = getState()
  const { shown, active } = shownNow()
  if (chosen.size === 0) return shown.segments.slice(active, active + 1)
  return shown.segments.filter((_, index) => chosen.has(shown.keys[index] as string))
}

useSession.subscribe((now, before) => {
  if (before.phase !== 'open') return
  if (now.phase !== 'open') {
    window.clearTimeout(timer)
    setState(FRESH)
  } else if (now.coderId !== before.coderId) setState(UNTOUCHED)
})
