/** Finds names by a few letters: whole words first, then their beginnings, then any part, then letters in order. */
export type Match = {
  score: number
  marks: number[]
  /** Every word of the query stands in the text as it was typed. */
  isLiteral: boolean
}
type WordMatch = Omit<Match, 'isLiteral'> & { isScattered?: true }

const isWordStart = (text: string, at: number) => at === 0 || /[\s:,()/_-]/.test(text[at - 1] as string)
const isWordEnd = (text: string, at: number) => at === text.length || /[\s:,()/_-]/.test(text[at] as string)

/** What a word as it was typed is worth by where it stands. */
const WORTH = { whole: 70, start: 60, part: 30 }
/** More than any sum of the others: a name with what was typed comes before one with its letters here and there. */
const SCATTERED = -200

/**
 * How well `query` fits `text`, higher is better; null when a letter is missing. Every word of the query must be
 * found; `marks` are the positions in `text` that were matched, for showing them.
 */
export function fuzzy(query: string, text: string): Match | null {
  const lower = text.toLowerCase()
  const marks: number[] = []
  let score = 0
  let isLiteral = true
  for (const word of query.toLowerCase().split(/\s+/)) {
    if (word === '') continue
    const found = findWord(word, lower)
    if (!found) return null
    if (found.isScattered) isLiteral = false
    score += found.score
    marks.push(...found.marks)
  }
  return {
    score: score + (isLiteral ? 0 : SCATTERED) - text.length * 0.01,
    marks: [...new Set(marks)].sort((a, b) => a - b),
    isLiteral,
  }
}

/** Whether `fuzzy` would find anything in a text given in lower case; for very many texts. */
export function finder(query: string): (lower: string) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return (lower) => words.every((word) => lower.includes(word) || findLetters(word, lower) !== null)
}

function findWord(word: string, text: string): WordMatch | null {
  let best: { at: number; worth: number } | null = null
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const worth = !isWordStart(text, at)
      ? WORTH.part
      : isWordEnd(text, at + word.length)
        ? WORTH.whole
        : WORTH.start
    if (!best || worth > best.worth) best = { at, worth }
  }
  if (!best) return findLetters(word, text)
  const { at, worth } = best
  return { score: worth + word.length * 2 - at * 0.1, marks: Array.from(word, (_, i) => at + i) }
}

function findLetters(word: string, text: string): WordMatch | null {
  // Scattered letters find too much when the word is long; two or more gaps per letter is noise.
  const marks: number[] = []
  let from = 0
  let score = 0
  for (const letter of word) {
    const at = text.indexOf(letter, from)
    if (at === -1) return null
    score += isWordStart(text, at) ? 6 : at === from ? 3 : -1
    marks.push(at)
    from = at + 1
  }
  const spread = (marks.at(-1) as number) - (marks[0] as number)
  return spread > word.length * 5 || score <= 0 ? null : { score, marks, isScattered: true }
}

/** Keeps what fits and puts the best first; equal ones stay in the order given. */
export function rank<T>(query: string, items: readonly T[], textOf: (item: T) => string, limit = 200): T[] {
  if (query.trim() === '') return items.slice(0, limit)
  const found: { item: T; score: number; index: number }[] = []
  items.forEach((item, index) => {
    const match = fuzzy(query, textOf(item))
    if (match) found.push({ item, score: match.score, index })
  })
  found.sort((a, b) => b.score - a.score || a.index - b.index)
  return found.slice(0, limit).map((entry) => entry.item)
}
