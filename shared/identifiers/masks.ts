/** What de-identification has put in place of an identifier; never an identifier itself. */

/** Fixed words (also glued to others), bracketed marks, and dates blurred to a day of their month. */
const MASKS = /ZZZZZ|QQQQQ|XXXXX|\[__[A-Z]{1,5}__\]|\[~~~\]|\[\d{2}-\d{2}-\d{4}\]/g

/** The masks of `text` as rising, separate, half-open ranges. */
export function maskRanges(text: string): Array<{ start: number; end: number }> {
  return [...text.matchAll(MASKS)].map((match) => ({
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
