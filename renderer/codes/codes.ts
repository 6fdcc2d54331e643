import type { CodeId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { nextColour } from '../ui/palette.ts'

/** "Maltreatment › Neglect" without the code's own name; empty at the top. */
export function pathOf(code: CodeRow, byId: ReadonlyMap<string, CodeRow>): string {
  const names: string[] = []
  let at = code.parentId === null ? undefined : byId.get(code.parentId)
  while (at && names.length < 20) {
    names.unshift(at.name)
    at = at.parentId === null ? undefined : byId.get(at.parentId)
  }
  return names.join(' › ')
}

export const byIdOf = (codes: readonly CodeRow[]): Map<string, CodeRow> =>
  new Map(codes.map((code) => [code.id, code]))

/** Codes without a colour of their own take their parent's, so that they are painted like their group. */
export function withColours(codes: readonly CodeRow[]): CodeRow[] {
  const byId = byIdOf(codes)
  return codes.map((code) => {
    let at: CodeRow | undefined = code
    for (let depth = 0; at && at.colour === null && depth < 20; depth++) {
      at = at.parentId === null ? undefined : byId.get(at.parentId)
    }
    return at?.colour && at !== code ? { ...code, colour: at.colour } : code
  })
}

/** Codes with everything above them, in codebook order, where `keep` says yes. */
export function keepWithParents(
  codes: readonly CodeRow[],
  keep: (code: CodeRow) => boolean,
  byId: ReadonlyMap<string, CodeRow> = byIdOf(codes),
): CodeRow[] {
  const kept = new Set<string>()
  for (const code of codes) {
    if (!keep(code)) continue
    for (let at: CodeRow | undefined = code; at && !kept.has(at.id); ) {
      kept.add(at.id)
      at = at.parentId === null ? undefined : byId.get(at.parentId)
    }
  }
  return codes.filter((code) => kept.has(code.id))
}

export const newColour = (codes: readonly CodeRow[], parentId: CodeId | null): string =>
  nextColour(codes, parentId)

const LONGEST_IN_VIVO = 60

/** A code's name out of the words of a note: one line, without the signs around it, cut at a word where it is long. */
export function inVivoName(words: string): string {
  const plain = words.replace(/\s+/g, ' ').replace(/^[^\p{L}\p{N}[]+|[^\p{L}\p{N}\])?!%]+$/gu, '')
  if (plain.length <= LONGEST_IN_VIVO) return plain
  const cut = plain.slice(0, LONGEST_IN_VIVO)
  const blank = cut.lastIndexOf(' ')
  const whole = blank > LONGEST_IN_VIVO / 2 ? cut.slice(0, blank) : cut.replace(/[\ud800-\udbff]$/, '')
  return `${whole.replace(/[^\p{L}\p{N}\])]+$/u, '')}…`
}
