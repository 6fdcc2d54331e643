/** What is shown around a segment: a few words at first, then its paragraphs, then one more on each side at a time. */
type Range = { start: number; end: number }
export type Context = Range & { isAll: boolean }

/** A paragraph may be a whole note without line ends; of that, only so much to each side, in UTF-16 units. */
const MOST = 3_000

const lineStart = (text: string, at: number): number => (at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1)
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

/** The start of the paragraph before `start`, blank lines passed over. */
function paragraphBefore(text: string, start: number): number {
  let at = start
  while (at > 0 && /\s/.test(text[at - 1] as string)) at--
  return lineStart(text, at)
}

function paragraphAfter(text: string, end: number): number {
  let at = end
  while (at < text.length && /\s/.test(text[at] as string)) at++
  return lineEnd(text, at)
}

/** Not further from the segment than `reach`, from blank to blank, so that no word is cut. */
function notBefore(text: string, start: number, segment: number, reach: number): number {
  if (start >= segment - reach) return start
  const blank = text.indexOf(' ', segment - reach)
  return blank === -1 || blank >= segment ? segment : blank + 1
}

function notAfter(text: string, end: number, segment: number, reach: number): number {
  if (end <= segment + reach) return end
  const blank = text.lastIndexOf(' ', segment + reach)
  return blank <= segment ? segment : blank
}

/**
 * The text around a span: its paragraphs at level 1, one more paragraph on each side with each level. `isAll` says
 * that there is no more to show. A span of null is the whole note.
 */
export function contextOf(text: string, span: Range | null, level: number): Context {
  const segment = span ?? { start: 0, end: 0 }
  let start = lineStart(text, segment.start)
  let end = span === null ? text.length : lineEnd(text, Math.max(segment.start, segment.end - 1))
  for (let more = 1; more < level; more++) {
    start = paragraphBefore(text, start)
    end = paragraphAfter(text, end)
  }
  start = notBefore(text, start, segment.start, MOST * level)
  end = Math.max(segment.end, notAfter(text, end, segment.end, MOST * level))
  return { start, end, isAll: start === 0 && end === text.length }
}

const LONGEST = 420

/** A long segment by its beginning and its end. */
export const shortened = (segment: string): string =>
  segment.length <= LONGEST
    ? segment
    : `${segment.slice(0, 300).replace(/\s+\S*$/, '')} … ${segment.slice(-90).replace(/^\S*\s+/, '')}`
