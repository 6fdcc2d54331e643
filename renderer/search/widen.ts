/** From a hit to the sentence or the paragraph it stands in. */
export type Unit = 'hit' | 'sentence' | 'paragraph'
type Range = { start: number; end: number }

const CLOSERS = '"\'”’)]'

/** A full stop inside a number or an abbreviation such as "1.5" or "e.g." before a letter ends nothing. */
function endsSentence(text: string, at: number): boolean {
  const character = text[at]
  if (character !== '.' && character !== '!' && character !== '?') return false
  const next = text[at + 1]
  return next === undefined || /\s/.test(next) || CLOSERS.includes(next)
}

const pastClosers = (text: string, at: number): number => {
  let past = at
  while (past < text.length && CLOSERS.includes(text[past] as string)) past++
  return past
}

function lineOf(text: string, { start, end }: Range): Range {
  const before = start === 0 ? -1 : text.lastIndexOf('\n', start - 1)
  const after = text.indexOf('\n', Math.max(start, end - 1))
  return { start: before + 1, end: Math.max(end, after === -1 ? text.length : after) }
}

function sentenceOf(text: string, span: Range): Range {
  const line = lineOf(text, span)
  let { start, end } = line
  for (let at = span.start - 1; at >= line.start; at--) {
    if (!endsSentence(text, at)) continue
    start = Math.min(pastClosers(text, at + 1), span.start)
    break
  }
  for (let at = Math.max(span.start, span.end - 1); at < line.end; at++) {
    if (!endsSentence(text, at)) continue
    end = Math.min(pastClosers(text, at + 1), line.end)
    break
  }
  return { start, end: Math.max(end, span.end) }
}

function withoutBlanks(text: string, range: Range): Range {
  let { start, end } = range
  while (start < end && /\s/.test(text[start] as string)) start++
  while (end > start && /\s/.test(text[end - 1] as string)) end--
  return start < end ? { start, end } : range
}

/** A sentence runs up to . ! ? or the end of its line; a paragraph is a line. Blanks at the ends are left out. */
export function widen(text: string, span: Range, unit: Unit): Range {
  if (unit === 'hit') return { start: span.start, end: span.end }
  return withoutBlanks(text, unit === 'sentence' ? sentenceOf(text, span) : lineOf(text, span))
}
