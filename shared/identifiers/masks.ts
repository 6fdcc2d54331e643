/** What de-identification has put in place of an identifier; never an identifier itself. */

/** Masks of common sources. `#` stands for any digit; a project can have its own list. */
export const DEFAULT_MASKS: readonly string[] = [
  'ZZZZZ',
  'QQQQQ',
  'XXXXX',
  '[__PPP__]',
  '[__TTT__]',
  '[~~~]',
  '[##-##-####]',
]

const patterns = new Map<string, RegExp>()

/** One pattern for a list of masks, the longer before the shorter; null when the list is empty. */
export function maskPattern(masks: readonly string[] = DEFAULT_MASKS): RegExp | null {
  if (masks.length === 0) return null
  const key = masks.join('\u0000')
  const known = patterns.get(key)
  if (known) return known
  const parts = [...masks]
    .sort((a, b) => b.length - a.length)
    .map((mask) => mask.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('#', '\\d'))
  const pattern = new RegExp(parts.join('|'), 'g')
  patterns.set(key, pattern)
  return pattern
}

/** The masks of `text` as rising, separate, half-open ranges; they can be glued to a word. */
export function maskRanges(text: string, masks?: readonly string[]): Array<{ start: number; end: number }> {
  const pattern = maskPattern(masks)
  if (!pattern) return []
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** True where all of `[start, end)` lies in one of the `masks`. */
export function isMasked(
  masks: ReadonlyArray<{ start: number; end: number }>,
  start: number,
  end: number,
): boolean {
  let low = 0
  let high = masks.length
  while (low < high) {
    const mid = (low + high) >> 1
    if ((masks[mid] as { end: number }).end <= start) low = mid + 1
    else high = mid
  }
  const mask = masks[low]
  return mask !== undefined && mask.start <= start && end <= mask.end
}
