/** Finds names by a few letters: words that start with what was typed first, then letters in order. */
export type Match = { score: number; marks: number[] }

const isWordStart = (text: string, at: number) => at === 0 || /[\s:,()/_-]/.test(text[at - 1] as string)

/**
 * How well `query` fits `text`, higher is better; null when a letter is missing. Every word of the query must be
 * found; `marks` are the positions in `text` that were matched, for showing them.
 */
export function fuzzy(query: string, text: string): Match | null {
  const lower = text.toLowerCase()
  const marks: number[] = []
  let score = 0
  for (const word of query.toLowerCase().split(/\s+/)) {
    if (word === '') continue
    const found = findWord(word, lower)
    if (!found) return null
    score += found.score
    marks.push(...found.marks)
  }
  return { score: score - text.length * 0.01, marks: [...new Set(marks)].sort((a, b) => a - b) }
}

function findWord(word: string, text: string): Match | null {
  let at = text.indexOf(word)
  let best = -1
  while (at !== -1) {
    if (isWordStart(text, at)) {
      best = at
      break
    }
    if (best === -1) best = at
    at = text.indexOf(word, at + 1)
  }
  if (best !== -1) {
    const score = (isWordStart(text, best) ? 60 : 30) + word.length * 2 - best * 0.1
    return { score, marks: Array.from(word, (_, i) => best + i) }
  }
  return findLetters(word, text)
}

function findLetters(word: string, text: string): Match | null {
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
  return spread > word.length * 5 || score <= 0 ? null : { score, marks }
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
