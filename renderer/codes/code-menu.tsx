import { BookMarked, NotebookPen, Palette, Pencil, Plus, TextQuote } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { showCode } from '../codebook/selection.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { askForMemo } from '../memos/navigate.ts'
import { openRetrieval } from '../retrieval/navigate.ts'
import { coderId, leaveFor, save } from '../state/session.ts'
import { store } from '../store.ts'
import type { Anchor } from '../ui/Floating.tsx'
import { type MenuItem, useMenu } from '../ui/Menu.tsx'
import { PalettePopover } from '../ui/Swatch.tsx'

export function showInCodebook(code: Pick<CodeRow, 'id'>): void {
  showCode(code.id)
  leaveFor('codebook')
}

function writeMemo(code: CodeRow): void {
  showInCodebook(code)
  askForMemo({ kind: 'code', id: code.id })
}

type Acts = {
  /** Left out where codes cannot be applied. */
  onApply?: (code: CodeRow) => void
  onRename(code: CodeRow): void
  /** Further items, under the first ones. */
  more?: (code: CodeRow) => MenuItem[]
  isInCodebook?: boolean
  /** Picks a colour another way than the menu does by itself. */
  onColour?: (code: CodeRow, anchor: Anchor) => void
}

/** The menu of a code, wherever codes are listed. `element` is to be drawn; `open` shows it at a place. */
export function useCodeMenu({ onApply, onRename, onColour, more, isInCodebook = false }: Acts): {
  open(code: CodeRow, x: number, y: number): void
  element: ReactNode
} {
  const [code, setCode] = useState<CodeRow | null>(null)
  const [recolour, setRecolour] = useState<{ code: CodeRow; anchor: Anchor } | null>(null)
  const [at, setAt] = useState({ x: 0, y: 0 })
  const itemsOf = (code: CodeRow): MenuItem[] => {
    const items: (MenuItem | false)[] = [
      !code.isFolder &&
        onApply !== undefined && {
          id: 'apply',
          label: 'Apply',
          icon: Plus,
          keys: code.shortcut?.toUpperCase() ?? '',
          onSelect: () => onApply(code),
        },
      {
        id: 'rename',
        label: 'Rename',
        icon: Pencil,
        keys: keyLabel('treeRename'),
        onSelect: () => onRename(code),
      },
      !code.isFolder && {
        id: 'colour',
        label: 'Change the colour',
        icon: Palette,
        ...(onColour ? { keys: keyLabel('treeColour') } : {}),
        onSelect: () => {
          const anchor = { left: at.x, right: at.x, top: at.y, bottom: at.y }
          if (onColour) onColour(code, anchor)
          else setRecolour({ code, anchor })
        },
      },
      { id: 'memo', label: 'Write a memo', icon: NotebookPen, onSelect: () => writeMemo(code) },
      ...(more ? more(code) : []),
      'line',
      !isInCodebook && {
        id: 'codebook',
        label: 'Show in the codebook',
        icon: BookMarked,
        onSelect: () => showInCodebook(code),
      },
      !code.isFolder && {
        id: 'retrieve',
        label: 'Retrieve what it codes',
        icon: TextQuote,
        onSelect: () => openRetrieval({ codeIds: [code.id] }),
      },
    ]
    return items.filter((item) => item !== false)
  }
  const menu = useMenu('Code', () => (code ? itemsOf(code) : []))
  return {
    open: (code, x, y) => {
      setCode(code)
      setAt({ x, y })
      menu.openAt(x, y)
    },
    element: (
      <>
        {menu.menu}
        {recolour && (
          <PalettePopover
            anchor={recolour.anchor}
            value={recolour.code.colour}
            onClose={() => setRecolour(null)}
            onPick={(colour) => {
              setRecolour(null)
              save(store.codes.update({ coderId: coderId(), id: recolour.code.id, changes: { colour } }))
            }}
          />
        )}
      </>
    ),
  }
}
