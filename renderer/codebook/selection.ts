/** What the codebook shows and which codes are chosen in it; kept while the person is elsewhere. */
import { create } from 'zustand'
import type { CodeId } from '../../shared/contract/basics.ts'
import { useSession } from '../state/session.ts'
import type { TreeOrder } from './order.ts'

export type CodebookView = 'codes' | 'overview' | 'versions' | 'recheck' | 'proposals'

/** What stands beside the tree. */
export type CodebookPane = 'entry' | 'qualifiers' | 'codings'
/** What is being asked before it is done, in a bar over the tree. */
export type Asking = 'merge' | 'delete' | null

type Codebook = {
  view: CodebookView
  /** The code the keyboard is on. */
  activeId: CodeId | null
  /** All codes that acts are about. */
  chosen: ReadonlySet<CodeId>
  pane: CodebookPane
  asking: Asking
  order: TreeOrder
  isRetiredShown: boolean
  /** Entries from which a code that is named in them was followed: the way back. */
  trail: readonly CodeId[]
}

const NOBODY: ReadonlySet<CodeId> = new Set()
const NO_TRAIL: readonly CodeId[] = []
const FRESH = {
  view: 'codes',
  activeId: null,
  chosen: NOBODY,
  pane: 'entry',
  asking: null,
  trail: NO_TRAIL,
} as const

export const useCodebook = create<Codebook>(() => ({ ...FRESH, order: 'own', isRetiredShown: true }))
const { setState } = useCodebook

export const showView = (view: CodebookView): void => setState({ view })

/** Shows the entry of a code. */
export const showCode = (id: CodeId): void => {
  setState({ view: 'codes', pane: 'entry', asking: null })
  choose([id])
}

/** Acts are about these codes from now on; the keyboard is on the first. */
export const choose = (ids: readonly CodeId[]): void =>
  setState({ activeId: ids[0] ?? null, chosen: new Set(ids), trail: NO_TRAIL })

/** The keyboard goes on to another code: what is set up for the whole project makes room for its entry. */
export const goOn = (activeId: CodeId): void =>
  setState(({ pane }) => ({ activeId, pane: pane === 'qualifiers' ? 'entry' : pane }))

export const ask = (asking: Asking): void => setState({ asking })
export const showPane = (pane: CodebookPane): void => setState({ pane, view: 'codes' })

useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') setState(FRESH)
})
