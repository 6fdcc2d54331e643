/** In which order the tree shows codes, and which of them. */
import type { CodeRow } from '../../shared/contract/codes.ts'
import { keepWithParents } from '../codes/codes.ts'
import { finder } from '../fuzzy.ts'
import { byName } from './moves.ts'

export const TREE_ORDERS = ['own', 'name', 'used', 'newest'] as const
export type TreeOrder = (typeof TREE_ORDERS)[number]

export const ORDER_WORDS: Record<TreeOrder, string> = {
  own: 'Manual order',
  name: 'A to Z',
  used: 'Most used first',
  newest: 'Newest first',
}

/** Siblings in this order; who is whose parent stays. */
export function ordered(codes: readonly CodeRow[], order: TreeOrder): readonly CodeRow[] {
  if (order === 'own') return codes
  const compare = {
    name: byName,
    used: (one: CodeRow, other: CodeRow) => other.codings - one.codings || byName(one, other),
    newest: (one: CodeRow, other: CodeRow) => other.num - one.num,
  }[order]
  return [...codes].sort(compare)
}

/** What is looked through for words, in lower case: each code's name with the names above it. */
export function searchable(codes: readonly CodeRow[]): ReadonlyMap<string, string> {
  const byId = new Map(codes.map((code) => [code.id, code]))
  const texts = new Map<string, string>()
  const textOf = (code: CodeRow, depth: number): string => {
    const known = texts.get(code.id)
    if (known !== undefined) return known
    const parent = code.parentId === null ? undefined : byId.get(code.parentId)
    const name = code.name.toLowerCase()
    const text = parent && depth < 20 ? `${name} ${textOf(parent, depth + 1)}` : name
    texts.set(code.id, text)
    return text
  }
  for (const code of codes) textOf(code, 0)
  return texts
}

/** The codes that these letters find, with everything above them. */
export function found(
  codes: readonly CodeRow[],
  wanted: string,
  texts: ReadonlyMap<string, string>,
  byId?: ReadonlyMap<string, CodeRow>,
): readonly CodeRow[] {
  if (wanted.trim() === '') return codes
  const isFound = finder(wanted)
  return keepWithParents(codes, (code) => isFound(texts.get(code.id) ?? ''), byId)
}
