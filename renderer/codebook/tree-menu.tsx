import {
  Archive,
  ArchiveRestore,
  ArrowDownAZ,
  ListTree,
  Merge,
  Palette,
  Plus,
  Split,
  Trash2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { useCodeMenu } from '../codes/code-menu.tsx'
import { keyLabel } from '../keys/own-keys.ts'
import { type MenuItem, useMenu } from '../ui/Menu.tsx'
import { startColouring, startDraft, startRenaming } from './editing.ts'
import { sortedInside } from './moves.ts'
import { ask, useCodebook } from './selection.ts'
import { arrange, retireOrRestore } from './tree-acts.ts'
import { chosenOf, openCodings } from './tree-commands.ts'

/** Merge, retire and delete, as they stand in the menu of one code and in that of several. */
function actItems(chosen: readonly CodeRow[]): MenuItem[] {
  const isRetired = chosen.every((code) => code.isRetired)
  return [
    'line',
    {
      id: 'merge',
      label: chosen.length > 1 ? `Merge ${chosen.length} codes` : 'Merge into another code',
      icon: Merge,
      keys: keyLabel('treeMerge'),
      onSelect: () => ask('merge'),
    },
    {
      id: 'retire',
      label: isRetired ? 'Restore' : 'Retire',
      icon: isRetired ? ArchiveRestore : Archive,
      keys: keyLabel('treeRetire'),
      onSelect: () => void retireOrRestore(chosen),
    },
    {
      id: 'delete',
      label: 'Delete',
      icon: Trash2,
      keys: keyLabel('treeDelete'),
      isDanger: true,
      onSelect: () => ask('delete'),
    },
  ]
}

function oneItems(code: CodeRow, codes: readonly CodeRow[]): MenuItem[] {
  const sorting = sortedInside(code.id, codes)
  const items: (MenuItem | false)[] = [
    'line',
    {
      id: 'beside',
      label: 'New code beside this one',
      icon: Plus,
      keys: keyLabel('treeNew'),
      onSelect: () => startDraft(code.parentId, code.id),
    },
    {
      id: 'inside',
      label: 'New code inside this one',
      icon: ListTree,
      keys: keyLabel('treeNewChild'),
      onSelect: () => startDraft(code.id),
    },
    sorting !== null && {
      id: 'sort',
      label: 'Sort what is inside A to Z',
      icon: ArrowDownAZ,
      onSelect: () => void arrange(sorting),
    },
    !code.isFolder && {
      id: 'codings',
      label: 'Split, or move codings',
      icon: Split,
      keys: keyLabel('treeCodings'),
      whyNot: code.codings === 0 ? 'It has no codings' : null,
      onSelect: () => openCodings(code),
    },
    ...actItems([code]),
  ]
  return items.filter((item) => item !== false)
}

/** The menu of the code under the pointer, or of all that are chosen when it is one of them. */
export function useTreeMenu(codes: readonly CodeRow[]): {
  open(code: CodeRow, x: number, y: number): void
  element: ReactNode
} {
  const [at, setAt] = useState({ x: 0, y: 0 })
  const one = useCodeMenu({
    isInCodebook: true,
    onRename: (code) => startRenaming(code.id),
    onColour: (code, anchor) => startColouring([code.id], anchor),
    more: (code) => oneItems(code, codes),
  })
  const several = useMenu('Selected codes', () => {
    const chosen = chosenOf(codes)
    const ids = chosen.map(({ id }) => id)
    return [
      {
        id: 'colour',
        label: `Give ${chosen.length} codes a colour`,
        icon: Palette,
        keys: keyLabel('treeColour'),
        onSelect: () => startColouring(ids, { left: at.x, right: at.x, top: at.y, bottom: at.y }),
      },
      ...actItems(chosen),
    ]
  })
  return {
    open: (code, x, y) => {
      setAt({ x, y })
      if (useCodebook.getState().chosen.size > 1) several.openAt(x, y)
      else one.open(code, x, y)
    },
    element: (
      <>
        {one.element}
        {several.menu}
      </>
    ),
  }
}
