import type { CodeRow } from '../../shared/model.ts'
import { childrenOf, type TreeDrop } from '../ui/Tree.tsx'

export type TreePlace = { parentId: string | null; position: number }
type Key = { key: string; altKey: boolean }

/** Where Alt and an arrow put a code; null where there is no such place. */
export function movedBy(event: Key, code: CodeRow, codes: readonly CodeRow[]): TreePlace | null {
  if (!event.altKey) return null
  const children = childrenOf(codes)
  const siblings = children.get(code.parentId) ?? children.get(null) ?? []
  const at = siblings.findIndex((other) => other.id === code.id)
  switch (event.key) {
    case 'ArrowUp':
      return at > 0 ? { parentId: code.parentId, position: at - 1 } : null
    case 'ArrowDown':
      return at < siblings.length - 1 ? { parentId: code.parentId, position: at + 1 } : null
    case 'ArrowRight': {
      const parent = siblings[at - 1]
      return parent ? { parentId: parent.id, position: children.get(parent.id)?.length ?? 0 } : null
    }
    case 'ArrowLeft': {
      const parent = codes.find((other) => other.id === code.parentId)
      if (!parent) return null
      const uncles = children.get(parent.parentId) ?? children.get(null) ?? []
      return { parentId: parent.parentId, position: uncles.findIndex((other) => other.id === parent.id) + 1 }
    }
    default:
      return null
  }
}

/** Where a dropped code goes; null when it would go inside itself. */
export function dropPlace(drop: TreeDrop, codes: readonly CodeRow[]): TreePlace | null {
  const byId = new Map(codes.map((code) => [code.id, code]))
  const target = byId.get(drop.target)
  const dragged = byId.get(drop.id)
  if (!target || !dragged) return null
  for (
    let at: CodeRow | undefined = target;
    at;
    at = at.parentId === null ? undefined : byId.get(at.parentId)
  ) {
    if (at.id === drop.id) return null
  }
  const children = childrenOf(codes)
  if (drop.where === 'inside') return { parentId: target.id, position: children.get(target.id)?.length ?? 0 }
  const siblings = (children.get(target.parentId) ?? []).filter((code) => code.id !== drop.id)
  const at = siblings.findIndex((code) => code.id === target.id)
  return { parentId: target.parentId, position: drop.where === 'before' ? at : at + 1 }
}
