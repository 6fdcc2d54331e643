/** The way from a code that is named in a text to its entry, and back. */
import { create } from 'zustand'
import type { CodeId } from '../../shared/contract/basics.ts'
import { useCoding } from '../state/on-screen.ts'
import { goTo, leaveFor, useSession } from '../state/session.ts'
import { focusTree } from './editing.ts'
import { showCode, useCodebook } from './selection.ts'

const { getState, setState } = useCodebook

/** The way back is to have the keyboard once it is shown: in the tree Alt+Left moves the code. */
export const useArriving = create<{ isArriving: boolean }>(() => ({ isArriving: false }))

/** Shows the entry of a code. From another entry the way back leads there, from another place to that. */
export function followCode(id: CodeId): void {
  const { activeId, trail } = getState()
  const isInCodebook = useSession.getState().place === 'codebook'
  // Who goes to read has not picked; the box would be in the way on coming back.
  useCoding.setState({ isQuickCodeOpen: false, pickFor: 'apply' })
  showCode(id)
  useArriving.setState({ isArriving: true })
  if (!isInCodebook) leaveFor('codebook')
  else setState({ trail: activeId === null || activeId === id ? trail : [...trail, activeId] })
}

/** Where the way back leads: to an entry, or to a place. */
export type WayBack = { kind: 'code'; id: CodeId } | { kind: 'place' }

export function useWayBack(): WayBack | null {
  const last = useCodebook(({ trail }) => trail.at(-1))
  const isInCodebook = useSession(({ place }) => place === 'codebook')
  const hasPlace = useSession(({ cameFrom }) => cameFrom !== null)
  if (isInCodebook && last !== undefined) return { kind: 'code', id: last }
  return hasPlace ? { kind: 'place' } : null
}

export function goBack(way: WayBack): void {
  const { cameFrom } = useSession.getState()
  if (way.kind === 'place') {
    if (cameFrom) goTo(cameFrom)
    return
  }
  const trail = getState().trail.slice(0, -1)
  showCode(way.id)
  setState({ trail })
  if (trail.length > 0 || cameFrom !== null) useArriving.setState({ isArriving: true })
  else focusTree()
}

useSession.subscribe((now, before) => {
  if (now.place !== before.place) setState({ trail: [] })
})
