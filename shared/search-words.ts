/** What a person types to search for words, in the language of the index. */

export type WordsQuery =
  | { kind: 'query'; query: string }
  /** No letter and no number in it. */
  | { kind: 'only signs' }

/** A quoted phrase (closed or not), a bracket, or a run of anything else. */
const PIECE = /"(?:[^"]|"")*"?|[()]|[^\s"()]+/gu
const HAS_WORD = /[\p{L}\p{N}]/u
const PLAIN = /^[\p{L}\p{M}\p{N}_]+\*?$/u

/**
 * Words that hold signs (self-harm, can't, A&E, p.r.n., 6/7) become phrases; AND, OR, NOT, NEAR(), "phrases", begin*
 * and brackets stay what they are to the index, also where they are not complete. Signs that stand alone are left out.
 */
export function wordsQuery(typed: string): WordsQuery {
  const pieces = [...typed.replace(/[“”„]/gu, '"').matchAll(PIECE)].map(([piece]) => piece)
  if (!pieces.some((piece) => HAS_WORD.test(piece))) return { kind: 'only signs' }
  const written: string[] = []
  /** How many brackets are open since each NEAR( that is. */
  let near = 0
  pieces.forEach((piece, at) => {
    if (piece === '(' && (near > 0 || pieces[at - 1] === 'NEAR')) near++
    else if (piece === ')' && near > 0) near--
    written.push(...inIndexWords(piece, near > 0))
  })
  return { kind: 'query', query: written.join(' ') }
}

function inIndexWords(piece: string, isInNear: boolean): string[] {
  if (/^[()"]/.test(piece) || piece === '*') return [piece]
  // "NEAR(mum cried, 3)": the comma parts the words from their distance.
  const comma = isInNear ? /^(.*),(\d*)$/u.exec(piece) : null
  if (comma) return [...asPhrase(comma[1] ?? ''), ',', ...asPhrase(comma[2] ?? '')]
  return asPhrase(piece)
}

function asPhrase(piece: string): string[] {
  if (PLAIN.test(piece)) return [piece]
  if (!HAS_WORD.test(piece)) return []
  const isBegin = piece.endsWith('*')
  return [`"${piece}"${isBegin ? '*' : ''}`]
}
