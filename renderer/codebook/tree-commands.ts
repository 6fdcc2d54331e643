/** The keys of the tree: each does what the menu of the chosen codes does. */
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { CommandId } from '../keys/commands.ts'
import type { Anchor } from '../ui/Floating.tsx'
import { startColouring, startDraft, startRenaming } from './editing.ts'
import { TREE_ORDERS } from './order.ts'
import { ask, showPane, useCodebook } from './selection.ts'
import { retireOrRestore } from './tree-acts.ts'

/** The codes that acts are about, in the order of the tree. */
export const chosenOf = (codes: readonly CodeRow[]): CodeRow[] => {
  const { chosen } = useCodebook.getState()
  return codes.filter(({ id }) => chosen.has(id))
}

/** Where the row with the keyboard stands, for what opens beside it. */
function activeAnchor(): Anchor {
  const row = document.querySelector('.codebook-tree .virtual-row-active .swatch-button')
  return row?.getBoundingClientRect() ?? { left: 120, right: 120, top: 160, bottom: 160 }
}

const filterBox = (): HTMLInputElement | null => document.querySelector('.codebook-tree .filter-input')

function stepOrder(): void {
  const at = TREE_ORDERS.indexOf(useCodebook.getState().order)
  useCodebook.setState({ order: TREE_ORDERS[(at + 1) % TREE_ORDERS.length] ?? 'own' })
}

/** Opens the codings of a code, to move or split them. */
export function openCodings(code: CodeRow): void {
  if (code.isFolder) return
  useCodebook.setState({ chosen: new Set([code.id]), activeId: code.id })
  showPane('codings')
}

/** False where the command is no command of the tree. `active` is the code the keyboard is on. */
export function runTreeCommand(id: CommandId, codes: readonly CodeRow[], active: CodeRow | null): boolean {
  const chosen = chosenOf(codes)
  const acts: Partial<Record<CommandId, () => void>> = {
    treeNew: () => startDraft(active?.parentId ?? null, active?.id ?? null),
    treeNewChild: () => startDraft(active?.id ?? null),
    treeNewFolder: () => startDraft(active?.parentId ?? null, active?.id ?? null, true),
    treeRename: () => active && startRenaming(active.id),
    treeEntry: () => document.querySelector<HTMLElement>('.entry-title .input')?.focus(),
    treeColour: () =>
      startColouring(
        chosen.map(({ id }) => id),
        activeAnchor(),
      ),
    treeRetire: () => void retireOrRestore(chosen),
    treeMerge: () => chosen.length > 0 && ask('merge'),
    treeDelete: () => chosen.length > 0 && ask('delete'),
    treeCodings: () => active && openCodings(active),
    treeFilter: () => filterBox()?.focus(),
    treeOrder: stepOrder,
  }
  const act = acts[id]
  act?.()
  return act !== undefined
}
