/** Segments in the order they are shown, under one head for each note or case. */
import type { FoundSegment, RetrievalResult } from '../../shared/contract/retrieval.ts'
import { segmentKey } from '../../shared/segments.ts'

export type Grouping = 'note' | 'case'
/** A head and the places, in the order shown, of the segments under it. */
export type Group = { first: number; last: number; notes: number }
export type Arranged = {
  segments: readonly FoundSegment[]
  keys: readonly string[]
  groups: readonly Group[]
}

export const NOTHING: Arranged = { segments: [], keys: [], groups: [] }

const groupOf = ({ noteId, caseId }: FoundSegment, by: Grouping): string =>
  by === 'note' ? `note ${noteId}` : caseId === null ? 'no case' : `case ${caseId}`

/** Segments come note by note. Cases are put in the order of their ids, notes without a case last. */
function inOrder(segments: readonly FoundSegment[], by: Grouping): readonly FoundSegment[] {
  if (by === 'note') return segments
  const compare = new Intl.Collator('en-GB', { numeric: true }).compare
  return segments.toSorted((a, b) => {
    if (a.caseId === b.caseId) return 0
    if (a.caseId === null) return 1
    return b.caseId === null ? -1 : compare(a.caseId, b.caseId)
  })
}

export function arrange(found: readonly FoundSegment[], by: Grouping): Arranged {
  const segments = inOrder(found, by)
  const groups: Group[] = []
  for (let first = 0; first < segments.length; ) {
    const group = groupOf(segments[first] as FoundSegment, by)
    const notes = new Set<string>()
    let last = first - 1
    for (let next = segments[first]; next && groupOf(next, by) === group; next = segments[last + 1]) {
      notes.add(next.noteId)
      last++
    }
    groups.push({ first, last, notes: notes.size })
    first = last + 1
  }
  return { segments, keys: segments.map(segmentKey), groups }
}

const arrangements = new WeakMap<RetrievalResult, Partial<Record<Grouping, Arranged>>>()

/** What was found, arranged once for each grouping. */
export function arranged(result: RetrievalResult, by: Grouping): Arranged {
  const known = arrangements.get(result) ?? {}
  arrangements.set(result, known)
  known[by] ??= arrange(result.segments, by)
  return known[by]
}

/** A place in a list of segments, by their keys; without those the list is taken to be the same. */
export type Place = { keys: readonly string[] | null; index: number }

const placesAgain = new WeakMap<Arranged, { place: Place; index: number }>()

/** Where a place is in another list: on the same segment, else on its next neighbour that is still there. */
export function placeIn(now: Arranged, place: Place): number {
  const { keys, index } = place
  if (keys === now.keys) return index
  if (keys === null) return Math.max(0, Math.min(index, now.keys.length - 1))
  const known = placesAgain.get(now)
  if (known?.place === place) return known.index
  const places = new Map(now.keys.map((key, at) => [key, at]))
  const still = [...keys.slice(index), ...keys.slice(0, index).reverse()].find((key) => places.has(key))
  const found = still === undefined ? 0 : (places.get(still) ?? 0)
  placesAgain.set(now, { place, index: found })
  return found
}

/** The group a segment stands in. */
export function groupAt({ groups }: Arranged, index: number): Group | undefined {
  let low = 0
  let high = groups.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((groups[middle] as Group).first <= index) low = middle
    else high = middle - 1
  }
  return groups[low]
}
