import { type KeyboardEvent, useMemo } from 'react'
import type { CodeId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { byIdOf } from '../codes/codes.ts'
import { commandFor } from '../keys/own-keys.ts'
import { say } from '../state/session.ts'
import { Tree, type TreeDrop } from '../ui/Tree.tsx'
import type { VirtualListHandle } from '../ui/VirtualList.tsx'
import { treeHandle, useEditing } from './editing.ts'
import { type Arranging, type Direction, dropped, step } from './moves.ts'
import { ORDER_WORDS, ordered } from './order.ts'
import { goOn, useCodebook } from './selection.ts'
import { DraftRow, RenameRow, TreeRow, withDraft } from './TreeRow.tsx'
import { arrange, namesOf } from './tree-acts.ts'
import { runTreeCommand } from './tree-commands.ts'
import { useTreeMenu } from './tree-menu.tsx'

const DIRECTIONS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'out',
  ArrowRight: 'in',
}

const sayWhy = () => {
  const { order } = useCodebook.getState()
  say(`The codes are sorted: ${ORDER_WORDS[order]}. They can be moved in manual order only.`, {
    label: 'Show manual order',
    run: () => useCodebook.setState({ order: 'own' }),
  })
}

/** The codebook as a tree in which codes are chosen, named, moved and asked what to do with. */
export function CodeTree({
  codes,
  shown,
  isFiltered,
}: {
  /** The whole codebook, in its own order. */
  codes: readonly CodeRow[]
  shown: readonly CodeRow[]
  isFiltered: boolean
}) {
  const { activeId, chosen, order } = useCodebook()
  const { draft, renaming } = useEditing()
  const byId = useMemo(() => byIdOf(codes), [codes])
  const nodes = useMemo(() => withDraft(ordered(shown, order), draft), [shown, order, draft])
  const menu = useTreeMenu(codes)
  const act = (arranging: Arranging | null) => {
    if (order !== 'own') sayWhy()
    else if (arranging) void arrange(arranging)
  }
  const onKey = (event: KeyboardEvent, code: CodeRow | null) => {
    const direction = event.altKey && !event.ctrlKey && !event.metaKey ? DIRECTIONS[event.key] : undefined
    if (direction) {
      event.preventDefault()
      act(step(direction, chosen, codes))
      return
    }
    const command = commandFor(event, 'tree')
    if (command && runTreeCommand(command, codes, code)) event.preventDefault()
  }
  const onDrop = (drop: TreeDrop<CodeId>) =>
    act(dropped(drop, chosen.has(drop.id) ? chosen : new Set([drop.id]), codes))
  return (
    <>
      <Tree
        ref={(handle: VirtualListHandle | null) => {
          treeHandle.current = handle
        }}
        label="Codebook"
        nodes={nodes}
        activeId={draft?.id ?? activeId}
        onActive={goOn}
        chosen={chosen}
        onChosen={(chosen) => useCodebook.setState({ chosen })}
        onKey={onKey}
        onDrop={onDrop}
        dragWords={(code) =>
          namesOf(chosen.has(code.id) ? [...chosen].flatMap((id) => byId.get(id) ?? []) : [code])
        }
        onMenu={menu.open}
        isAllOpen={isFiltered}
        row={({ node }) =>
          draft && node.id === draft.id ? (
            <DraftRow draft={draft} codes={codes} />
          ) : renaming === node.id ? (
            <RenameRow code={node} />
          ) : (
            <TreeRow code={node} />
          )
        }
      />
      {menu.element}
    </>
  )
}
