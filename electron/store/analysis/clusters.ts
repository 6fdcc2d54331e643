/**
 * What the codings of several coders in one note agree and disagree on.
 *
 * Codings of one code that overlap, transitively and whoever made them, are a *cluster* of that code. Two codings overlap
 * where they share a character; those that only touch do not.
 *
 * Where all compared coders are in a cluster it is by itself agreement (each has the same edges with the same
 * qualifiers), or one disagreement: `qualifier` where the edges are the same, else `edges`.
 *
 * Clusters that some coder is not in are disagreements about whether, or as what, the words are coded. Two of them that
 * overlap, each with a coder who is not in the other (one gave X where the other gave Y), are one disagreement,
 * transitively. It is `missed` where one of the compared coders has no coding of words at all, of any code, that overlaps
 * it; else `code`: all have coded there, but as something else.
 *
 * Codings of the whole note are compared with one another alone, code by code: those that not all coders gave, or that
 * not all gave with the same qualifiers, are one disagreement, `note`.
 */
import type { DisagreementKind } from '../../../shared/contract/disagreements.ts'
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import type { Span } from './code-spans.ts'
import { unionOf } from './units.ts'

/** A coding; `coder` is the place of its coder among those compared, from 0. Start and end null: the whole note. */
export type Segment = {
  id: string
  coder: number
  code: string
  start: number | null
  end: number | null
  qualifiers: Qualifiers
}

export type Compared<S extends Segment> = {
  /** By position, those of the whole note first; so are the segments of each. */
  disagreements: Array<{ kind: DisagreementKind; segments: S[] }>
  /** Codings that all coders have alike, cluster by cluster. */
  agreed: S[][]
}

/** Codings of one code that belong together; `mask` has bit g set where coder g is in it. */
type Cluster<S> = { segments: S[]; start: number; end: number; mask: number }

/** Compares the codings of one note by so many coders (at most 30), in time that grows with them as sorting does. */
export function compareSegments<S extends Segment>(segments: readonly S[], coders: number): Compared<S> {
  const all = 2 ** coders - 1
  const compared: Compared<S> = { disagreements: [], agreed: [] }
  const give = (kind: DisagreementKind | null, found: S[]) => {
    const sorted = found.toSorted(inOrder)
    if (kind === null) compared.agreed.push(sorted)
    else compared.disagreements.push({ kind, segments: sorted })
  }
  const parts: Cluster<S>[] = []
  for (const own of byCode(segments)) {
    const whole = own.filter(({ start }) => start === null)
    if (whole.length > 0) give(isSameForAll(whole, all, wholeKey) ? null : 'note', whole)
    for (const cluster of clustersOf(own.filter(({ start }) => start !== null))) {
      if (cluster.mask !== all) parts.push(cluster)
      else if (!isSameForAll(cluster.segments, all, edgesKey)) give('edges', cluster.segments)
      else give(isSameForAll(cluster.segments, all, wholeKey) ? null : 'qualifier', cluster.segments)
    }
  }
  const coded = new Coded(segments, coders)
  for (const joined of together(parts))
    give(
      coded.byAll(joined) ? 'code' : 'missed',
      joined.flatMap((cluster) => cluster.segments),
    )
  compared.disagreements.sort((a, b) => inOrder(a.segments[0] as S, b.segments[0] as S))
  compared.agreed.sort(([a], [b]) => inOrder(a as S, b as S))
  return compared
}

/** The whole note first, then by position; then by coder, and by what is the same on every computer. */
const inOrder = (a: Segment, b: Segment): number =>
  (a.start ?? -1) - (b.start ?? -1) ||
  (a.end ?? -1) - (b.end ?? -1) ||
  a.coder - b.coder ||
  compareWords(a.code, b.code) ||
  compareWords(a.id, b.id)

const compareWords = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function byCode<S extends Segment>(segments: readonly S[]): Iterable<S[]> {
  const codes = new Map<string, S[]>()
  for (const segment of segments) {
    const own = codes.get(segment.code)
    if (own) own.push(segment)
    else codes.set(segment.code, [segment])
  }
  return codes.values()
}

const edgesKey = ({ start, end }: Segment): string => `${start} ${end}`
const wholeKey = (segment: Segment): string =>
  `${edgesKey(segment)} ${JSON.stringify(Object.entries(segment.qualifiers).sort(([a], [b]) => compareWords(a, b)))}`

/** Whether every coder has all that any of them has, by this key. */
function isSameForAll(
  segments: readonly Segment[],
  all: number,
  keyOf: (segment: Segment) => string,
): boolean {
  const masks = new Map<string, number>()
  for (const segment of segments) {
    const key = keyOf(segment)
    masks.set(key, (masks.get(key) ?? 0) | (1 << segment.coder))
  }
  return [...masks.values()].every((mask) => mask === all)
}

/** Of codings of one code with edges. */
function clustersOf<S extends Segment>(segments: readonly S[]): Cluster<S>[] {
  const clusters: Cluster<S>[] = []
  let last: Cluster<S> | undefined
  for (const segment of segments.toSorted(inOrder)) {
    const [start, end] = [Number(segment.start), Number(segment.end)]
    if (last === undefined || start >= last.end) {
      last = { segments: [], start, end, mask: 0 }
      clusters.push(last)
    }
    last.segments.push(segment)
    last.end = Math.max(last.end, end)
    last.mask |= 1 << segment.coder
  }
  return clusters
}

/** Whether each of two sets of coders has one that the other has not. */
const arePartly = (a: number, b: number): boolean => (a & ~b) !== 0 && (b & ~a) !== 0

/**
 * Clusters that overlap and have each a coder who is not in the other, transitively. What is open while the note is gone
 * through is kept by the coders in it; as soon as something joins several of them they are one, of which the end
 * alone counts: no two clusters are looked at twice.
 */
function together<S>(clusters: readonly Cluster<S>[]): Cluster<S>[][] {
  const sorted = clusters.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const joined = new Groups(sorted.length)
  const open = new Map<number, Array<{ at: number; end: number }>>()
  for (const [at, { start, end, mask }] of sorted.entries()) {
    for (const [other, waiting] of open) {
      if (!arePartly(mask, other)) continue
      const over = waiting.filter((each) => each.end > start)
      for (const each of over) joined.unite(each.at, at)
      open.set(other, over.length === 0 ? [] : [{ at, end: Math.max(...over.map((each) => each.end)) }])
    }
    const own = open.get(mask)
    if (own) own.push({ at, end })
    else open.set(mask, [{ at, end }])
  }
  const groups = new Map<number, Cluster<S>[]>()
  for (const [at, cluster] of sorted.entries()) {
    const group = groups.get(joined.of(at))
    if (group) group.push(cluster)
    else groups.set(joined.of(at), [cluster])
  }
  return [...groups.values()]
}

/** Which of so many things are one, by the lowest of them (union-find, Galler and Fischer, 1964). */
class Groups {
  readonly #above: number[]

  constructor(size: number) {
    this.#above = Array.from({ length: size }, (_, at) => at)
  }

  of(at: number): number {
    let root = at
    while (this.#above[root] !== root) root = this.#above[root] as number
    for (let each = at; each !== root; ) {
      const next = this.#above[each] as number
      this.#above[each] = root
      each = next
    }
    return root
  }

  unite(one: number, other: number): void {
    const [a, b] = [this.of(one), this.of(other)]
    this.#above[Math.max(a, b)] = Math.min(a, b)
  }
}

/** Which words each coder has coded, as anything. */
class Coded {
  readonly #unions: readonly Span[][]

  constructor(segments: readonly Segment[], coders: number) {
    const spans = Array.from({ length: coders }, (): Span[] => [])
    for (const { coder, start, end } of segments)
      if (start !== null && end !== null) spans[coder]?.push([start, end])
    this.#unions = spans.map(unionOf)
  }

  /** Whether every coder has coded some of the words of these clusters. */
  byAll(clusters: ReadonlyArray<{ start: number; end: number; mask: number }>): boolean {
    const there = clusters.reduce((mask, cluster) => mask | cluster.mask, 0)
    return this.#unions.every(
      (union, g) =>
        (there & (1 << g)) !== 0 || clusters.some(({ start, end }) => isTouched(union, start, end)),
    )
  }
}

function isTouched(union: ReadonlyArray<readonly [number, number]>, start: number, end: number): boolean {
  let low = 0
  let high = union.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((union[middle] as Span)[1] <= start) low = middle + 1
    else high = middle
  }
  const first = union[low]
  return first !== undefined && first[0] < end
}
