/** Which code a script or a table means by what it writes. */
import type { CodeRow } from '../../../shared/contract/codes.ts'
import { nameFinder, visibleName } from '../../../shared/names.ts'
import { Problem } from '../../../shared/problem.ts'
import { ambiguous } from '../file/lookup.ts'

/** The words a code can be meant by, the surest first. */
const WORDS_OF = {
  id: ({ id }: CodeRow) => id,
  path: ({ id }: CodeRow, paths: ReadonlyMap<string, string>) => paths.get(id) ?? '',
  name: ({ name }: CodeRow) => name,
} as const
type WordsKind = keyof typeof WORDS_OF
type CodeWords = { code: CodeRow; kind: WordsKind; words: string }

/**
 * Finds codes by what scripts call them: id, path or name. A spelling that is exactly so comes before one that is
 * only alike, whatever it names; among those that are spelt alike, an id before a path before a name: a code at the
 * top can be meant by nothing but its name. Throws `not-found` or, if several fit, `conflict` with their paths.
 */
export function codeResolver(
  codes: readonly CodeRow[],
  paths: ReadonlyMap<string, string>,
): (words: string) => CodeRow {
  const kinds = Object.keys(WORDS_OF) as WordsKind[]
  const entries = codes.flatMap((code) =>
    kinds.map((kind): CodeWords => ({ code, kind, words: WORDS_OF[kind](code, paths) })),
  )
  const find = nameFinder(entries, ({ words }) => words)
  return (words) => {
    const found = find(words)
    const fitting = found.kind === 'found' ? [found.item] : found.kind === 'ambiguous' ? found.items : []
    for (const kind of kinds) {
      const [only, ...others] = fitting.filter((each) => each.kind === kind)
      if (!only) continue
      if (others.length === 0) return only.code
      throw ambiguous('codes', words, distinctly([only, ...others], paths))
    }
    throw new Problem(
      'not-found',
      `There is no code "${visibleName(words)}" in the codebook. Nothing was changed.`,
    )
  }
}

/** Paths, and ids where two paths are the same. */
function distinctly(fitting: readonly CodeWords[], paths: ReadonlyMap<string, string>): string[] {
  const written = fitting.map(({ code }) => paths.get(code.id) ?? code.name)
  return new Set(written).size === written.length ? written : fitting.map(({ code }) => code.id)
}

/** Finds one code, as `codeResolver` does. */
export const resolveCode = (
  codes: readonly CodeRow[],
  paths: ReadonlyMap<string, string>,
  words: string,
): CodeRow => codeResolver(codes, paths)(words)
