/**
 * Taking text out of a note and moving positions with it. Positions are UTF-16 units, ranges half-open. A cut is a
 * range of the old text that is replaced by a mask of known length; the cuts of one redaction are sorted, do not
 * overlap, and are given in positions of the old text.
 */
export type Cut = { readonly start: number; readonly end: number; readonly mask: number }

/** @throws RangeError unless the cuts are sorted, apart from each other, not empty and within the text */
export function assertCuts(cuts: readonly Cut[], length: number): void {
  let from = 0
  for (const { start, end, mask } of cuts) {
    if (start < from || start >= end || end > length || mask < 0) {
      throw new RangeError(
        `The range ${start} to ${end} cannot be taken out of a text of ${length} characters.`,
      )
    }
    from = end
  }
}

/** The text after the cuts, each replaced by its mask. */
export function cutText(
  text: string,
  cuts: ReadonlyArray<{ start: number; end: number; mask: string }>,
): string {
  let result = ''
  let from = 0
  for (const { start, end, mask } of cuts) {
    result += text.slice(from, start) + mask
    from = end
  }
  return result + text.slice(from)
}

/**
 * Where a position of the old text lies in the new one. A position inside a cut moves to the mask's near edge: a
 * start to its beginning, an end to its end, so that a span that reached into the cut covers the mask.
 */
export function moveOffset(cuts: readonly Cut[], offset: number, side: 'start' | 'end'): number {
  let shift = 0
  for (const { start, end, mask } of cuts) {
    if (offset <= start) break
    if (offset < end) return start + shift + (side === 'start' ? 0 : mask)
    shift += mask - (end - start)
  }
  return offset + shift
}

/** A span after the cuts, or null when its text is gone and no mask stands in its place. */
export function moveSpan(
  cuts: readonly Cut[],
  span: { start: number; end: number },
): { start: number; end: number } | null {
  const start = moveOffset(cuts, span.start, 'start')
  const end = moveOffset(cuts, span.end, 'end')
  return start < end ? { start, end } : null
}

/** A position of the new text in the old one; one within a mask is at the cut's near edge. */
function offsetBefore(cuts: readonly Cut[], offset: number, side: 'start' | 'end'): number {
  let shift = 0
  for (const { start, end, mask } of cuts) {
    const at = start + shift
    if (offset < at || (offset === at && side === 'end')) break
    if (offset < at + mask || (offset === at + mask && side === 'end')) return side === 'start' ? start : end
    shift += mask - (end - start)
  }
  return offset - shift
}

/** A span of the new text in the old one; where it touches a mask it covers what was taken out there. */
export const spanBefore = (
  cuts: readonly Cut[],
  { start, end }: { start: number; end: number },
): { start: number; end: number } => ({
  start: offsetBefore(cuts, start, 'start'),
  end: offsetBefore(cuts, end, 'end'),
})

/** What of a span of the old text no cut takes, in the new text: a piece between each two cuts. */
export function spanOutside(
  cuts: readonly Cut[],
  span: { start: number; end: number },
): Array<{ start: number; end: number }> {
  const pieces: Array<{ start: number; end: number }> = []
  let [from, shift] = [span.start, 0]
  const add = (to: number) => {
    if (from < to) pieces.push({ start: from + shift, end: to + shift })
  }
  for (const { start, end, mask } of cuts) {
    if (start >= span.end) break
    add(Math.min(start, span.end))
    from = Math.max(from, end)
    shift += mask - (end - start)
  }
  add(span.end)
  return pieces
}
