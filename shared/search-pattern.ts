/** Regular expressions as people mean them: a letter is a letter whatever its accent. */

/** What a word is made of, as the inside of a character class. */
const WORD = String.raw`\p{L}\p{M}\p{N}_`
const EDGE = `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`
const NO_EDGE = `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`
const OUTSIDE: Readonly<Record<string, string>> = {
  b: EDGE,
  B: NO_EDGE,
  w: `[${WORD}]`,
  W: `[^${WORD}]`,
}

/**
 * The source of a pattern for the flag `u` in which \b, \B, \w and \W know all letters, not only a to z. Anything else,
 * also what is wrong with it, stays as it was.
 */
export function withAllLetters(source: string): string {
  let result = ''
  for (let at = 0; at < source.length; ) {
    const character = source.charAt(at)
    if (character === '\\') {
      result += OUTSIDE[source.charAt(at + 1)] ?? source.slice(at, at + 2)
      at += 2
    } else if (character === '[') {
      const end = classEnd(source, at)
      result += classOf(source.slice(at, end))
      at = end
    } else {
      result += character
      at++
    }
  }
  return result
}

/** Behind the bracket that closes the class that opens at `start`; the end of the text if none does. */
function classEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === ']') return at + 1
  }
  return source.length
}

/** \W in a class is everything but letters, which a class cannot say beside others: there it becomes a choice. */
function classOf(written: string): string {
  const isNegated = written.startsWith('[^')
  const inside = written.slice(isNegated ? 2 : 1, written.endsWith(']') ? -1 : undefined)
  let rest = ''
  let hasNonWord = false
  for (const [piece] of inside.matchAll(/\\[\s\S]|[^\\]+|\\/gu)) {
    if (piece === '\\W') hasNonWord = true
    else rest += piece === '\\w' ? WORD : piece
  }
  if (!written.endsWith(']')) return written
  if (!hasNonWord) return `[${isNegated ? '^' : ''}${rest}]`
  if (isNegated) return `(?:(?![${rest}])[${WORD}])`
  return `(?:[^${WORD}]|[${rest}])`
}
