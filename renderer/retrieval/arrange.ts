/** Segments in the order they are shown, under one head for each note or case. */
import type { FoundSegment } from '../../shared/contract/retrieval.ts'
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
