/**
 * What a screen reads from the store. One entry per verb and arguments, shared by all who ask, fetched again when
 * the store announces a change that touches it. Nothing else in the page keeps project data.
 */
import { useCallback, useSyncExternalStore } from 'react'
import type { ChangeEvent, Topic } from '../shared/contract/events.ts'
import type { ArgsOf, ResultOf, VerbName } from '../shared/contract/index.ts'
import { asProblem, type Problem } from '../shared/problem.ts'
import { client } from './store.ts'

/** Which announcements make an answer old. */
const TOPICS = {
  'project.info': ['project', 'coders', 'notes', 'codes'],
  'backups.state': ['backups'],
  'coders.list': ['coders'],
  'coders.chairs': ['coders', 'rounds', 'status', 'history'],
  'rounds.list': ['rounds', 'status'],
  'rounds.preview': ['notes', 'codings', 'status', 'rounds'],
  'rounds.blindTo': ['rounds', 'status'],
  'attributes.list': ['notes', 'project'],
  'attributes.values': ['notes'],
  'cases.list': ['notes'],
  'notes.order': ['notes', 'status', 'codings'],
  'notes.resume': ['notes', 'status', 'codings'],
  'notes.progress': ['notes', 'status'],
  'notes.get': ['notes'],
  'notes.whatGoes': ['notes', 'codings', 'memos', 'rounds', 'status', 'coders'],
  'identifiers.words': ['project', 'identifiers'],
  'codes.list': ['codes', 'codings', 'status', 'rounds'],
  'codebook.state': ['project', 'codes'],
  'codebook.versions': ['codes', 'history'],
  'codebook.compare': ['codes', 'history'],
  'codebook.at': ['codes', 'history'],
  'codebook.toRecheck': ['codes', 'codings'],
  'proposals.list': ['proposals'],
  'codes.use': ['codings', 'codes', 'notes', 'status', 'rounds', 'coders'],
  'codes.whatGoes': ['codes', 'codings', 'memos', 'status', 'rounds'],
  'codings.get': ['codings', 'memos', 'status', 'rounds'],
  'codings.ofNote': ['codings', 'memos', 'status', 'rounds', 'coders'],
  'codings.history': ['history'],
  'codings.quotes': ['codings', 'codes', 'notes', 'memos', 'status', 'rounds', 'coders'],
  'qualifiers.list': ['project'],
  'qualifiers.use': ['project', 'codings'],
  'memos.list': ['memos', 'codings', 'notes', 'status', 'rounds'],
  'memos.get': ['memos', 'codings', 'status', 'rounds'],
  'history.steps': ['history'],
  'history.state': ['history', 'codings', 'codes', 'status'],
  'journal.parts': ['history', 'codings', 'codes', 'notes', 'status', 'rounds'],
  'journal.list': ['history', 'codings', 'codes', 'notes', 'status', 'coders', 'rounds', 'project'],
  'agreement.passages': ['codings', 'codes', 'notes', 'status', 'rounds', 'coders'],
} as const satisfies Partial<Record<VerbName, readonly Topic[]>>
export type Readable = keyof typeof TOPICS

/** Long lists. All others are counts and what is open. */
const LISTS: ReadonlySet<Readable> = new Set([
  'notes.order',
  'codings.quotes',
  'memos.list',
  'agreement.passages',
])
/** Acts of these topics follow one another while somebody codes; of any other, lists too are renewed at once. */
const WORK: ReadonlySet<Topic> = new Set(['codings', 'status', 'memos', 'history'])
/** In ms: an answer that took less is not dear. */
const CHEAP = 60
/** In ms: a list may be in an old order for a while, but a count is read as what is so. */
const LONGEST_WAIT = { list: 8_000, count: 400 }

/** How long a dear answer waits for more acts: from the last answer on, so that one act after a pause is seen at once. */
export function waitOf(verb: Readable, cost: number, sinceAnswer: number): number {
  if (cost < CHEAP) return 0
  const longest = LONGEST_WAIT[LISTS.has(verb) ? 'list' : 'count']
  return Math.max(0, Math.min(cost * 15, longest) - sinceAnswer)
}

export type Answer<T> = { data: T | undefined; problem: Problem | undefined }

type Entry = {
  verb: Readable
  args: unknown
  answer: Answer<unknown>
  listeners: Set<() => void>
  isFetching: boolean
  isDirty: boolean
  /** Grows when somebody else sits down: an answer that was on its way then is not theirs. */
  sitting: number
  /** What made it old while it was asked for must not wait. */
  isUrgent: boolean
  /** How long the store worked on the last answer, in ms: dear lists are asked for less often. */
  cost: number
  answeredAt: number
  timer: number | undefined
}

const entries = new Map<string, Entry>()
const NOTHING: Answer<never> = { data: undefined, problem: undefined }
/** Answers nobody looks at any more are kept, up to this many, for the way back. */
const KEEP = 60

async function fetchEntry(entry: Entry): Promise<void> {
  if (entry.isFetching) {
    entry.isDirty = true
    return
  }
  entry.isFetching = true
  entry.isDirty = false
  entry.isUrgent = false
  const { sitting } = entry
  try {
    const onTook = (ms: number) => {
      entry.cost = ms
    }
    const data = await client.call(entry.verb, entry.args as never, { onTook })
    if (entry.sitting === sitting) entry.answer = { data, problem: undefined }
  } catch (error) {
    const problem = asProblem(error)
    // Asked as somebody who just left the seat: who sits there now asks anew.
    if (problem.code !== 'not-allowed' && entry.sitting === sitting)
      entry.answer = { data: entry.answer.data, problem }
  }
  entry.answeredAt = performance.now()
  entry.isFetching = false
  for (const listener of entry.listeners) listener()
  if (entry.isDirty && entry.sitting !== sitting) void fetchEntry(entry)
  else if (entry.isDirty) schedule(entry, entry.isUrgent)
}

/** Cheap answers are fetched at once; 100,000 notes are not sorted anew after every single coding. */
function schedule(entry: Entry, isUrgent: boolean): void {
  if (entry.isFetching) {
    entry.isDirty = true
    entry.isUrgent ||= isUrgent
    return
  }
  if (entry.timer !== undefined) {
    if (!isUrgent) return
    window.clearTimeout(entry.timer)
  }
  const wait = isUrgent ? 0 : waitOf(entry.verb, entry.cost, performance.now() - entry.answeredAt)
  entry.timer = window.setTimeout(() => {
    entry.timer = undefined
    void fetchEntry(entry)
  }, wait)
}

function entryOf(verb: Readable, args: unknown): Entry {
  const key = `${verb} ${JSON.stringify(args)}`
  let entry = entries.get(key)
  if (!entry) {
    entry = {
      verb,
      args,
      answer: NOTHING,
      listeners: new Set(),
      isFetching: false,
      isDirty: false,
      sitting: 0,
      isUrgent: false,
      cost: 0,
      answeredAt: 0,
      timer: undefined,
    }
    entries.set(key, entry)
    dropOldest()
    void fetchEntry(entry)
  }
  return entry
}

function dropOldest(): void {
  if (entries.size <= KEEP) return
  for (const [key, entry] of entries) {
    if (entry.listeners.size === 0 && !entry.isFetching) entries.delete(key)
    if (entries.size <= KEEP) return
  }
}

/** Only an order that depends on progress or codings grows old by them. */
function dependsOnWork({ query, filter, sort }: ArgsOf<'notes.order'>): boolean {
  const isWork = sort?.by === 'status' || sort?.by === 'codings'
  return isWork || query !== undefined || filter?.status !== undefined || filter?.codeId !== undefined
}

function topicsOf({ verb, args }: Entry): readonly Topic[] {
  if (verb === 'notes.order' && !dependsOnWork(args as ArgsOf<'notes.order'>)) return ['notes']
  return TOPICS[verb]
}

function isTouched(entry: Entry, event: ChangeEvent): boolean {
  const topics = topicsOf(entry)
  if (!event.topics.some((topic) => topics.includes(topic))) return false
  const { noteId } = entry.args as { noteId?: string }
  return noteId === undefined || event.noteIds === null || event.noteIds.includes(noteId)
}

function renew(key: string, entry: Entry, isUrgent: boolean): void {
  if (entry.listeners.size > 0) schedule(entry, isUrgent)
  else entries.delete(key)
}

client.onChange((event) => {
  const isUrgent = event.topics.some((topic) => !WORK.has(topic))
  for (const [key, entry] of entries) if (isTouched(entry, event)) renew(key, entry, isUrgent)
})

/** For a change whose answer came before its announcement: nobody is shown what was so before it. */
export function renewAnswers(verb: Readable): void {
  for (const [key, entry] of entries) if (entry.verb === verb) renew(key, entry, true)
}

/** Somebody else sits down: nothing that was answered to another is shown to them, not for a moment. */
export function askAnew(): void {
  for (const [key, entry] of entries) {
    window.clearTimeout(entry.timer)
    entry.timer = undefined
    entry.answer = NOTHING
    entry.sitting++
    if (entry.listeners.size === 0) entries.delete(key)
    else void fetchEntry(entry)
    for (const listener of [...entry.listeners]) listener()
  }
}

const forgetting: (() => void)[] = []
/** For what else keeps answers. */
export function whenForgotten(run: () => void): void {
  forgetting.push(run)
}

/** Forgets everything: another project was opened, or none. */
export function forgetAnswers(): void {
  for (const run of forgetting) run()
  for (const entry of entries.values()) window.clearTimeout(entry.timer)
  entries.clear()
}

/** Shows what a change has just answered without asking again. */
export function amendAnswer<V extends Readable>(verb: V, args: ArgsOf<V>, data: ResultOf<V>): void {
  const entry = entries.get(`${verb} ${JSON.stringify(args)}`)
  if (!entry) return
  entry.answer = { data, problem: undefined }
  for (const listener of entry.listeners) listener()
}

/** The answer that is on screen now, if any. */
export function peekAnswer<V extends Readable>(verb: V, args: ArgsOf<V>): ResultOf<V> | undefined {
  return entries.get(`${verb} ${JSON.stringify(args)}`)?.answer.data as ResultOf<V> | undefined
}

const unsubscribed = () => () => {}

/** What is known to be old and waits for its turn is not shown to who comes next. */
function leave(args: string, entry: Entry, listener: () => void): void {
  entry.listeners.delete(listener)
  if (entry.listeners.size > 0 || (entry.timer === undefined && !entry.isDirty)) return
  window.clearTimeout(entry.timer)
  entry.isDirty = false
  const key = `${entry.verb} ${args}`
  if (entries.get(key) === entry) entries.delete(key)
}

/** Keeps an answer current and tells when it changed, until the function it returns is called. */
export function watchAnswer<V extends Readable>(verb: V, args: ArgsOf<V>, listener: () => void): () => void {
  const entry = entryOf(verb, args)
  entry.listeners.add(listener)
  return () => leave(JSON.stringify(args), entry, listener)
}

/** Reads a verb and stays current. `args` null asks for nothing yet. */
export function useStore<V extends Readable>(verb: V, args: ArgsOf<V> | null): Answer<ResultOf<V>> {
  const key = args === null ? null : JSON.stringify(args)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the arguments
  const subscribe = useCallback(
    (listener: () => void) => (args === null ? unsubscribed() : watchAnswer(verb, args, listener)),
    [verb, key],
  )
  const read = () => (args === null ? NOTHING : entryOf(verb, args).answer)
  return useSyncExternalStore(subscribe, read) as Answer<ResultOf<V>>
}
