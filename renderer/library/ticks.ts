/** Which notes of the table are ticked, and which one the keyboard is on. */
import { create } from 'zustand'
import type { NoteOrder } from '../queries/note-rows.ts'
import { useSession } from '../state/session.ts'

type Ticks = {
  ticked: ReadonlySet<number>
  /** Where a range of ticks begins. */
  from: number | null
  /** The note whose row has, or had last, the keyboard. */
  at: number | null
}

const START: Ticks = { ticked: new Set(), from: null, at: null }
export const useTicks = create<Ticks>(() => START)
const { setState, getState } = useTicks

useSession.subscribe((now, before) => {
  if (now.project?.id !== before.project?.id) setState(START)
})

export const reachRow = (num: number): void => {
  if (getState().at !== num) setState({ at: num })
}

/** Ticks a note or takes its tick away; a range, with Shift, gets what its last note gets. */
export function tick(order: NoteOrder, num: number, isRange = false): void {
  const { ticked, from } = getState()
  const isTicked = !ticked.has(num)
  const [one, other] = [order.indexOf(from ?? num), order.indexOf(num)]
  const nums = isRange && one !== -1 ? order.subarray(Math.min(one, other), Math.max(one, other) + 1) : [num]
  const next = new Set(ticked)
  for (const each of nums) {
    if (isTicked) next.add(each)
    else next.delete(each)
  }
  setState({ ticked: next, from: num })
}

export const tickAll = (order: NoteOrder): void => setState({ ticked: new Set(order) })
export const untickAll = (): void => setState({ ticked: START.ticked, from: null })

/** The ticked notes that are shown: nothing is done to a note out of sight. */
export const tickedOf = (order: NoteOrder, ticked: ReadonlySet<number>): number[] =>
  ticked.size === 0 ? [] : [...order].filter((num) => ticked.has(num))
