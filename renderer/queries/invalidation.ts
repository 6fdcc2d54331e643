/**
 * Which answers are asked for again, and when: as the store announces changes, as somebody else sits down, as a project
 * is closed. What nobody looks at is emptied instead, so that nobody comes back to what was so before.
 */
import type { Query } from '@tanstack/react-query'
import type { NoteId } from '../../shared/contract/basics.ts'
import type { ChangeEvent, Topic } from '../../shared/contract/events.ts'
import { client } from '../store.ts'
import { askedBy, costOf } from './answers.ts'
import { queryClient } from './client.ts'
import { type Readable, topicsOf, WORK, waitOf } from './topics.ts'

/** Answers nobody looks at any more are kept, up to this many, for the way back. */
const KEEP = 60

/** What a query that is looked at has before it. */
type Pace = {
  timer: number | undefined
  answeredAt: number
  /** A change came while it was asked for. */
  isDirty: boolean
  /** What made it old while it was asked for must not wait. */
  isUrgent: boolean
}

const cache = queryClient.getQueryCache()
const paces = new WeakMap<Query, Pace>()

function paceOf(query: Query): Pace {
  let pace = paces.get(query)
  if (!pace) {
    pace = { timer: undefined, answeredAt: 0, isDirty: false, isUrgent: false }
    paces.set(query, pace)
  }
  return pace
}

const isWatched = (query: Query): boolean => query.getObserversCount() > 0
const isFetching = (query: Query): boolean => query.state.fetchStatus === 'fetching'

function stopWaiting(query: Query): void {
  const pace = paces.get(query)
  if (!pace) return
  window.clearTimeout(pace.timer)
  Object.assign(pace, { timer: undefined, isDirty: false, isUrgent: false })
}

/** A screen may be about to look at it: it finds the question without its answer, and asks. */
function empty(query: Query): void {
  stopWaiting(query)
  query.reset()
}

/** The problem of an answer is for the screens that look at it. */
const fetchAgain = (query: Query): void => void query.fetch().catch(() => {})

/** Cheap answers are asked for at once; 100,000 notes are not sorted anew after every single coding. */
function scheduleAnswer(query: Query, verb: Readable, isUrgent: boolean): void {
  const pace = paceOf(query)
  if (isFetching(query)) {
    pace.isDirty = true
    pace.isUrgent ||= isUrgent
    return
  }
  if (pace.timer !== undefined) {
    if (!isUrgent) return
    window.clearTimeout(pace.timer)
  }
  const wait = isUrgent ? 0 : waitOf(verb, costOf(query), performance.now() - pace.answeredAt)
  pace.timer = window.setTimeout(() => {
    pace.timer = undefined
    fetchAgain(query)
  }, wait)
}

/** A calculation under way counts what is no longer so: it ends, and begins anew once nothing more is announced. */
function scheduleCalculation(query: Query, pause: number): void {
  const pace = paceOf(query)
  window.clearTimeout(pace.timer)
  pace.timer = window.setTimeout(() => {
    pace.timer = undefined
    void query.cancel({ silent: true })
    fetchAgain(query)
  }, pause)
}

function renew(query: Query, isUrgent: boolean): void {
  const asked = askedBy(query)
  const { isLasting = false, pause = 0 } = query.meta ?? {}
  // Who codes in between comes back to the list they are going through, which is then asked for anew.
  if (!isWatched(query) && isLasting && !isUrgent && !isFetching(query)) query.invalidate()
  else if (!isWatched(query)) empty(query)
  else if (asked) scheduleAnswer(query, asked.verb, isUrgent)
  else scheduleCalculation(query, pause)
}

function isTouched(query: Query, { topics, noteIds }: ChangeEvent): boolean {
  const asked = askedBy(query)
  const own = asked ? topicsOf(asked.verb, asked.args as never) : query.meta?.topics
  if (!own || !topics.some((topic) => own.includes(topic))) return false
  const { noteId } = (asked?.args ?? {}) as { noteId?: NoteId }
  return noteId === undefined || noteIds === null || noteIds.includes(noteId)
}

const isAtOnce = (topics: readonly Topic[]): boolean => topics.some((topic) => !WORK.has(topic))

client.onChange((event) => {
  const isUrgent = isAtOnce(event.topics)
  for (const query of cache.getAll()) if (isTouched(query, event)) renew(query, isUrgent)
})

/** For a change whose answer came before its announcement: nobody is shown what was so before it. */
export function renewAnswers(verb: Readable): void {
  for (const query of cache.getAll()) if (askedBy(query)?.verb === verb) renew(query, true)
}

function onAnswered(query: Query): void {
  const pace = paceOf(query)
  pace.answeredAt = performance.now()
  const { isDirty, isUrgent } = pace
  pace.isDirty = false
  pace.isUrgent = false
  if (isDirty) renew(query, isUrgent)
}

/** What is known to be old and waits for its turn is not shown to who comes next. */
function onLeft(query: Query): void {
  const pace = paces.get(query)
  if (!isWatched(query) && pace && (pace.timer !== undefined || pace.isDirty)) empty(query)
}

function dropOldest(): void {
  const idle = cache
    .getAll()
    .filter((query) => !isWatched(query) && !isFetching(query) && !query.meta?.isLasting)
  for (const query of idle.slice(0, Math.max(0, idle.length - KEEP))) cache.remove(query)
}

cache.subscribe((event) => {
  if (event.type === 'observerRemoved') onLeft(event.query)
  else if (event.type === 'added') dropOldest()
  else if (event.type === 'updated' && (event.action.type === 'success' || event.action.type === 'error'))
    if (!isFetching(event.query)) onAnswered(event.query)
})

const forgetting: (() => void)[] = []
/** For what else holds answers. */
export function whenForgotten(run: () => void): void {
  forgetting.push(run)
}
const leaving: (() => void)[] = []
/** For work that is done for whoever sits there, and ends with them. */
export function whenSeatIsLeft(run: () => void): void {
  leaving.push(run)
}

/** Nothing answered so far is shown any more, nor what is on its way; not for a moment. */
function emptyAll(): void {
  for (const run of leaving) run()
  for (const query of cache.getAll()) empty(query)
}

/** Somebody else sits down: what is on screen is asked again, as them. What names the coder in its key asks by itself. */
export function askAnew(): void {
  emptyAll()
  for (const query of cache.getAll()) {
    if (!isWatched(query)) cache.remove(query)
    else if (askedBy(query)) fetchAgain(query)
  }
}

/** Forgets everything: another project was opened, or none. */
export function forgetAnswers(): void {
  for (const run of forgetting) run()
  emptyAll()
  queryClient.clear()
}
