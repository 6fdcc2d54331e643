/** The codebook as a tree: reading order and paths. */

/** Depth-first order without recursion: a codebook may be thousands of levels deep in a hostile file. */
export function inTreeOrder<T extends { id: string; parentId: string | null }>(rows: readonly T[]): T[] {
  const children = new Map<string | null, T[]>()
  for (const row of rows) {
    const list = children.get(row.parentId)
    if (list) list.push(row)
    else children.set(row.parentId, [row])
  }
  const ordered: T[] = []
  const waiting = (children.get(null) ?? []).toReversed()
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    ordered.push(row)
    waiting.push(...(children.get(row.id) ?? []).toReversed())
  }
  return ordered
}

/** Between the names of a path. */
export const PATH_SEPARATOR = ' > '

/** Each code's path from the top, "A > B", by id. */
export function codePaths(
  codes: ReadonlyArray<{ id: string; parentId: string | null; name: string }>,
): Map<string, string> {
  const paths = new Map<string, string>()
  for (const code of inTreeOrder(codes)) {
    const parent = code.parentId === null ? undefined : paths.get(code.parentId)
    paths.set(code.id, parent === undefined ? code.name : `${parent}${PATH_SEPARATOR}${code.name}`)
  }
  return paths
}
