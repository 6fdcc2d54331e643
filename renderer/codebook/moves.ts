/** Where codes go when they are moved, several at once: what the store is asked to do, one move after the other. */
import type { CodeId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { childrenOf, type TreeDrop } from '../ui/Tree.tsx'

export type Move = { id: CodeId; parentId: CodeId | null; position: number }
export type Arranging = { how: 'move' | 'sort' | 'promote' | 'demote'; moves: Move[] }
export type Direction = 'up' | 'down' | 'out' | 'in'

/** The tree while codes move in it, so that each place is right when its turn comes. */
class Arrangement {
  readonly #children: Map<CodeId | null, CodeId[]>
  readonly #parents: Map<CodeId, CodeId | null>
  readonly moves: Move[] = []

  constructor(codes: readonly CodeRow[]) {
    const known = childrenOf(codes)
    this.#children = new Map([...known].map(([parent, nodes]) => [parent, nodes.map(({ id }) => id)]))
    this.#parents = new Map([...known].flatMap(([parent, nodes]) => nodes.map(({ id }) => [id, parent])))
  }

  parentOf = (id: CodeId): CodeId | null => this.#parents.get(id) ?? null
  inside = (parent: CodeId | null): readonly CodeId[] => this.#children.get(parent) ?? []
  siblings = (id: CodeId): readonly CodeId[] => this.inside(this.parentOf(id))

  /** Moves a code to a place among its new siblings, itself not counted. */
  move(id: CodeId, parentId: CodeId | null, position: number): void {
    const before = this.parentOf(id)
    this.#children.set(
      before,
      this.inside(before).filter((other) => other !== id),
    )
    const order = [...this.inside(parentId)]
    order.splice(position, 0, id)
    this.#children.set(parentId, order)
    this.#parents.set(id, parentId)
    this.moves.push({ id, parentId, position })
  }
}

/** Those of the chosen codes that no other of them contains, in the order of the tree: the others go with them. */
export function topsOf(chosen: ReadonlySet<CodeId>, codes: readonly CodeRow[]): CodeRow[] {
  const parents = new Map(codes.map(({ id, parentId }) => [id, parentId]))
  const isInside = (code: CodeRow) => {
    for (let at = code.parentId; at !== null; at = parents.get(at) ?? null) if (chosen.has(at)) return true
    return false
  }
  return codes.filter((code) => chosen.has(code.id) && !isInside(code))
}

/** What moves the chosen codes a step; null where none of them has such a place. */
export function step(
  direction: Direction,
  chosen: ReadonlySet<CodeId>,
  codes: readonly CodeRow[],
): Arranging | null {
  const tree = new Arrangement(codes)
  const tops = topsOf(chosen, codes).map(({ id }) => id)
  const moving = new Set(tops)
  const isBackwards = direction === 'down' || direction === 'out'
  for (const id of isBackwards ? tops.toReversed() : tops) {
    const siblings = tree.siblings(id)
    const at = siblings.indexOf(id)
    const parent = tree.parentOf(id)
    if (direction === 'up' || direction === 'down') {
      const next = siblings[at + (direction === 'up' ? -1 : 1)]
      if (next !== undefined && !moving.has(next)) tree.move(id, parent, at + (direction === 'up' ? -1 : 1))
    } else if (direction === 'in') {
      const into = siblings.slice(0, at).findLast((other) => !moving.has(other))
      if (into !== undefined) tree.move(id, into, tree.inside(into).length)
    } else if (parent !== null)
      tree.move(id, tree.parentOf(parent), tree.siblings(parent).indexOf(parent) + 1)
  }
  if (tree.moves.length === 0) return null
  return { how: direction === 'in' ? 'demote' : direction === 'out' ? 'promote' : 'move', moves: tree.moves }
}

/** What puts the dragged codes where they were dropped; null when that is inside one of them. */
export function dropped(
  { target, where }: TreeDrop<CodeId>,
  dragged: ReadonlySet<CodeId>,
  codes: readonly CodeRow[],
): Arranging | null {
  const tree = new Arrangement(codes)
  for (let at: CodeId | null = target; at !== null; at = tree.parentOf(at)) if (dragged.has(at)) return null
  let last = target
  topsOf(dragged, codes).forEach(({ id }, index) => {
    const parent = where === 'inside' ? target : tree.parentOf(target)
    const others = tree.inside(parent).filter((other) => other !== id)
    const beside = others.indexOf(last)
    const isBefore = index === 0 && where === 'before'
    tree.move(id, parent, where === 'inside' ? others.length : isBefore ? beside : beside + 1)
    last = id
  })
  return tree.moves.length === 0 ? null : { how: 'move', moves: tree.moves }
}

/** What makes A to Z the own order of the codes inside one, or of those at the top; null where it is already. */
export function sortedInside(parent: CodeId | null, codes: readonly CodeRow[]): Arranging | null {
  const now = childrenOf(codes).get(parent) ?? []
  const sorted = [...now].sort(byName)
  if (sorted.every((code, at) => code === now[at])) return null
  return { how: 'sort', moves: sorted.map(({ id }, position) => ({ id, parentId: parent, position })) }
}

const words = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' })
export const byName = (one: CodeRow, other: CodeRow): number => words.compare(one.name, other.name)
