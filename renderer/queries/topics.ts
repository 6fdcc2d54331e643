/** Which announcements of the store make which of its answers old, and how soon it is asked again. */
import type { Topic } from '../../shared/contract/events.ts'
import type { ArgsOf, VerbName } from '../../shared/contract/index.ts'

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
  'notes.previewRemoval': ['notes', 'codings', 'memos', 'rounds', 'status', 'coders'],
  'identifiers.words': ['project', 'identifiers'],
  'codes.list': ['codes', 'codings', 'status', 'rounds'],
  'codebook.state': ['project', 'codes'],
  'codebook.versions': ['codes', 'history'],
  'codebook.compare': ['codes', 'history'],
  'codebook.at': ['codes', 'history'],
  'codebook.toRecheck': ['codes', 'codings'],
  'proposals.list': ['proposals'],
  'codes.use': ['codings', 'codes', 'notes', 'status', 'rounds', 'coders'],
  'codes.previewRemoval': ['codes', 'codings', 'memos', 'status', 'rounds'],
  'codings.get': ['codings', 'memos', 'status', 'rounds'],
  'codings.ofNote': ['codings', 'memos', 'status', 'rounds', 'coders'],
  'codings.history': ['history'],
  'codings.segments': ['codings', 'codes', 'notes', 'memos', 'status', 'rounds', 'coders'],
  'qualifiers.list': ['project'],
  'qualifiers.use': ['project', 'codings'],
  'memos.list': ['memos', 'codings', 'notes', 'status', 'rounds'],
  'memos.get': ['memos', 'codings', 'status', 'rounds'],
  'history.steps': ['history'],
  'history.state': ['history', 'codings', 'codes', 'status'],
  'journal.parts': ['history', 'codings', 'codes', 'notes', 'status', 'rounds'],
  'journal.list': ['history', 'codings', 'codes', 'notes', 'status', 'coders', 'rounds', 'project'],
  'agreement.segments': ['codings', 'codes', 'notes', 'status', 'rounds', 'coders'],
} as const satisfies Partial<Record<VerbName, readonly Topic[]>>
export type Readable = keyof typeof TOPICS

/** Long lists. All others are counts and what is open. */
const LISTS: ReadonlySet<Readable> = new Set([
  'notes.order',
  'codings.segments',
  'memos.list',
  'agreement.segments',
])
/** Acts of these topics follow one another while somebody codes; of any other, lists too are renewed at once. */
export const WORK: ReadonlySet<Topic> = new Set(['codings', 'status', 'memos', 'history'])
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

/** Only an order that depends on progress or codings grows old by them. */
function dependsOnWork({ query, filter, sort }: ArgsOf<'notes.order'>): boolean {
  const isWork = sort?.by === 'status' || sort?.by === 'codings'
  return isWork || query !== undefined || filter?.status !== undefined || filter?.codeId !== undefined
}

export function topicsOf<V extends Readable>(verb: V, args: ArgsOf<V>): readonly Topic[] {
  if (verb === 'notes.order' && !dependsOnWork(args as ArgsOf<'notes.order'>)) return ['notes']
  return TOPICS[verb]
}
