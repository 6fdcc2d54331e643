/** Which codes of a file or template are taken: ticks on a tree, kept whole. */
import type { CodebookImportItem } from '../../../shared/contract/codebook.ts'

export type Ticks = ReadonlySet<string>
export type TickState = 'none' | 'some' | 'all'

/** A code that is the same brings nothing, so that there is nothing to tick. */
const isTickable = ({ kind }: CodebookImportItem) => kind !== 'same'

/** Everything that is certain. */
export const firstTicks = (items: readonly CodebookImportItem[]): Ticks =>
  new Set(items.filter(({ kind }) => kind === 'new' || kind === 'changed').map(({ key }) => key))

export const allTicks = (items: readonly CodebookImportItem[]): Ticks =>
  new Set(items.filter(isTickable).map(({ key }) => key))

/** A code and all below it, as far as there is something to tick. */
function branchOf(items: readonly CodebookImportItem[], key: string): CodebookImportItem[] {
  const inside = new Set([key])
  return items.filter((item) => {
    const isInside = inside.has(item.key) || (item.parentKey !== null && inside.has(item.parentKey))
    if (isInside) inside.add(item.key)
    return isInside && isTickable(item)
  })
}

/** How much of each branch is ticked, by the key of its top; left out where there is nothing to tick in it. */
export function tickStates(items: readonly CodebookImportItem[], ticks: Ticks): Map<string, TickState> {
  const counts = new Map<string, { ticked: number; all: number }>()
  const states = new Map<string, TickState>()
  // Parents stand before their children, so that from the end each branch is whole when its top is reached.
  for (const item of items.toReversed()) {
    const { ticked, all } = counts.get(item.key) ?? { ticked: 0, all: 0 }
    const sum = { ticked: ticked + Number(ticks.has(item.key)), all: all + Number(isTickable(item)) }
    if (sum.all > 0) states.set(item.key, sum.ticked === 0 ? 'none' : sum.ticked === sum.all ? 'all' : 'some')
    if (item.parentKey === null) continue
    const above = counts.get(item.parentKey) ?? { ticked: 0, all: 0 }
    counts.set(item.parentKey, { ticked: above.ticked + sum.ticked, all: above.all + sum.all })
  }
  return states
}

/** Ticks a whole branch or clears it. A new code brings its new folders with it, so that it keeps its place. */
export function toggleBranch(items: readonly CodebookImportItem[], ticks: Ticks, key: string): Ticks {
  const branch = branchOf(items, key)
  const next = new Set(ticks)
  if (branch.every((item) => ticks.has(item.key))) {
    for (const item of branch) next.delete(item.key)
    return next
  }
  for (const item of branch) next.add(item.key)
  const byKey = new Map(items.map((item) => [item.key, item]))
  for (let at = byKey.get(key)?.parentKey ?? null; at !== null; at = byKey.get(at)?.parentKey ?? null)
    if (byKey.get(at)?.kind === 'new') next.add(at)
  return next
}
