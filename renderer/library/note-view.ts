/** How the table of notes is looked at: what is filtered, sorted and shown beside it. Kept while another place is shown. */
import { create } from 'zustand'
import type { CoderId, NoteId, RoundId } from '../../shared/contract/basics.ts'
import type { ArgsOf } from '../../shared/contract/index.ts'
import type { NoteFilter, NoteSort, NoteStatus } from '../../shared/contract/notes.ts'
import type { AttributeName } from '../queries/note-rows.ts'
import { useSession } from '../state/session.ts'
import { fingerprint } from './fingerprint.ts'

export type AttributeFilter = NonNullable<NoteFilter['attributes']>[number]
export type ViewSort = { column: string; isDown: boolean }
export type SidePane =
  | { kind: 'facts'; noteId: NoteId }
  | { kind: 'attributes'; attribute: AttributeName | null }

export type NoteView = {
  query: string
  status: NoteStatus | null
  caseId: string | null
  roundId: RoundId | null
  attributes: readonly AttributeFilter[]
  /** Null is the order of the files. */
  sort: ViewSort | null
  side: SidePane | null
}

const UNFILTERED = { query: '', status: null, caseId: null, roundId: null, attributes: [] }
const START: NoteView = { ...UNFILTERED, sort: null, side: null }

export const useNoteView = create<NoteView>(() => START)
const { setState, getState } = useNoteView
export const setView = (changes: Partial<NoteView>): void => setState(changes)

useSession.subscribe((now, before) => {
  if (now.project?.id !== before.project?.id) setState(START)
})

/** The columns a notes table has without any attribute, after the title. */
export const PLAIN_COLUMNS = ['id', 'case', 'date', 'length', 'status', 'codings'] as const
export type PlainColumn = (typeof PLAIN_COLUMNS)[number]

/** How a column of an attribute is known here and in the preferences of this computer. */
export const columnIdOf = ({ of, name }: AttributeName): string => fingerprint(`${of} ${name}`)

export const isSame = (one: AttributeName, other: AttributeName): boolean =>
  one.of === other.of && one.name === other.name

export const clearFilters = (): void => setState(UNFILTERED)

/** The notes of one round and nothing else. */
export const showRound = (roundId: RoundId): void => setState({ ...UNFILTERED, roundId })

export const isFiltered = ({ query, status, caseId, roundId, attributes }: NoteView): boolean =>
  query.trim() !== '' || status !== null || caseId !== null || roundId !== null || attributes.length > 0

/** Filters by these values of an attribute from now on; none at all takes the filter away. */
export function filterByValues(attribute: AttributeName, values: ReadonlyArray<string | null>): void {
  const { attributes } = getState()
  const mine: AttributeFilter[] =
    values.length === 0 ? [] : [{ of: attribute.of, name: attribute.name, values: [...values] }]
  const isKnown = attributes.some((each) => isSame(each, attribute))
  setState({
    attributes: isKnown
      ? attributes.flatMap((each) => (isSame(each, attribute) ? mine : [each]))
      : [...attributes, ...mine],
  })
}

/** First up, then down, then the order of the files again; figures begin with the largest. */
export function nextSort(before: ViewSort | null, column: string, isNumber: boolean): ViewSort | null {
  if (before?.column !== column) return { column, isDown: isNumber }
  return before.isDown === isNumber ? { column, isDown: !isNumber } : null
}

const PLAIN_SORTS: ReadonlySet<string> = new Set(['title', ...PLAIN_COLUMNS])

function sortFor(sort: ViewSort | null, attributes: readonly AttributeName[]): NoteSort | undefined {
  if (!sort) return undefined
  if (PLAIN_SORTS.has(sort.column)) return { by: sort.column as NoteSort['by'], descending: sort.isDown }
  const attribute = attributes.find((each) => columnIdOf(each) === sort.column)
  if (!attribute) return undefined
  const { of, name } = attribute
  return { by: 'attribute', attribute: { of, name }, descending: sort.isDown }
}

/** What the store is asked for; the plain order, which others show too, has the coder and nothing else. */
export function orderArgs(
  coderId: CoderId,
  view: Pick<NoteView, 'query' | 'status' | 'caseId' | 'roundId' | 'attributes' | 'sort'>,
  known: readonly AttributeName[],
): ArgsOf<'notes.order'> {
  const { status, caseId, roundId, attributes } = view
  const query = view.query.trim()
  // An attribute may have gone since, by undoing an import: a filter on it would leave nothing.
  const wanted = attributes.filter((each) => known.some((other) => isSame(other, each)))
  const filter: NoteFilter = {
    ...(status === null ? {} : { status }),
    ...(caseId === null ? {} : { caseId }),
    ...(roundId === null ? {} : { roundId }),
    ...(wanted.length === 0 ? {} : { attributes: wanted }),
  }
  const sort = sortFor(view.sort, known)
  return {
    coderId,
    ...(query === '' ? {} : { query }),
    ...(Object.keys(filter).length === 0 ? {} : { filter }),
    ...(sort === undefined ? {} : { sort }),
  }
}
