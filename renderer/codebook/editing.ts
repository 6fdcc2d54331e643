/** What is being typed or picked in the tree itself: a new code's name, another name, another colour. */
import { create } from 'zustand'
import type { CodeId } from '../../shared/contract/basics.ts'
import { newId } from '../ids.ts'
import type { Anchor } from '../ui/Floating.tsx'
import type { VirtualListHandle } from '../ui/VirtualList.tsx'

/** A code that is being named and is not yet made; `afterId` is the sibling it stands beside. */
export type Draft = { id: CodeId; parentId: CodeId | null; afterId: CodeId | null; isFolder: boolean }

export const useEditing = create<{
  draft: Draft | null
  renaming: CodeId | null
  colouring: { ids: readonly CodeId[]; anchor: Anchor } | null
  /** A code that was made and is chosen as soon as the codebook has it. */
  awaited: CodeId | null
}>(() => ({ draft: null, renaming: null, colouring: null, awaited: null }))
const { setState } = useEditing

export const treeHandle: { current: VirtualListHandle | null } = { current: null }
/** After what had the keyboard is gone from the page. */
export const focusTree = (): void => void window.setTimeout(() => treeHandle.current?.focus())

export function startDraft(parentId: CodeId | null, afterId: CodeId | null = null, isFolder = false): void {
  setState({ draft: { id: newId(), parentId, afterId, isFolder }, renaming: null })
}
export const startRenaming = (renaming: CodeId): void => setState({ renaming, draft: null })
export const startColouring = (ids: readonly CodeId[], anchor: Anchor): void =>
  setState({ colouring: { ids, anchor } })

/** Ends whatever is being typed or picked and gives the keyboard back to the tree. */
export function endEditing(): void {
  setState({ draft: null, renaming: null, colouring: null })
  focusTree()
}
