/** Names that say their own place, as programs without a tree write them: "Harm::Neglect", "Harm \ Neglect", "Harm > Neglect". */
import { type CodebookEntry, emptyEntry, PlaceIds, treeOf } from './entry.ts'

const SEPARATOR = /\s*::\s*|\s*\\\s*|\s+>\s+/

const partsOf = (name: string): string[] => {
  const parts = name.split(SEPARATOR)
  return parts.some((part) => part.trim() === '') ? [name] : parts
}

/** Whether any name of the list holds a place. */
export const canSplit = (entries: readonly CodebookEntry[]): boolean =>
  entries.some(({ name }) => partsOf(name).length > 1)

const keyOf = (path: readonly string[]) => JSON.stringify(path)

/**
 * The entries with such names taken apart: each stands under the code its name speaks of, or under a new folder where
 * there is none. In reading order.
 */
export function splitNames(entries: readonly CodebookEntry[]): CodebookEntry[] {
  const ids = new PlaceIds(new Set(entries.flatMap(({ id }) => (id === null ? [] : [id]))))
  const pathOf = new Map<string, string[]>()
  const idAt = new Map<string, string>()
  for (const { id, parentId, name } of entries) {
    if (id === null) continue
    const path = [...(parentId === null ? [] : (pathOf.get(parentId) ?? [])), ...partsOf(name)]
    pathOf.set(id, path)
    if (!idAt.has(keyOf(path))) idAt.set(keyOf(path), id)
  }
  const folders: CodebookEntry[] = []
  const parentOf = (path: readonly string[]): string | null => {
    let parentId: string | null = null
    for (let depth = 1; depth < path.length; depth++) {
      const key = keyOf(path.slice(0, depth))
      const name = path[depth - 1] as string
      const known: string = idAt.get(key) ?? ids.make(parentId, name)
      if (!idAt.has(key))
        folders.push({ ...emptyEntry(name), id: known, parentId, isFolder: true, isIdDerived: true })
      idAt.set(key, known)
      parentId = known
    }
    return parentId
  }
  const placed = entries.map((entry) => {
    const path = entry.id === null ? undefined : pathOf.get(entry.id)
    return path ? { ...entry, name: path.at(-1) as string, parentId: parentOf(path) } : entry
  })
  return inReadingOrder([...folders, ...placed])
}

function inReadingOrder(entries: readonly CodebookEntry[]): CodebookEntry[] {
  const { top, children } = treeOf(entries)
  const ordered: CodebookEntry[] = []
  const waiting = top.toReversed()
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    ordered.push(entries[index] as CodebookEntry)
    waiting.push(...(children[index] ?? []).toReversed())
  }
  return ordered
}
