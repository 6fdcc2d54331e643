/**
 * What a text must hold where a regular expression finds anything in it, as far as that can be said without a doubt:
 * runs of the letters a to z and of figures. By these an index of words tells which texts need not be looked through.
 */

/** `isWordStart`, `isWordEnd`: whether no letter, figure or mark can stand right before or behind it. */
export type Literal = { text: string; isWordStart: boolean; isWordEnd: boolean }

/** Choices (a|b) of what must be there: all of at least one list. A pattern without choices has one list. */
export type Required = readonly (readonly Literal[])[]

type Token =
  | { kind: 'character'; text: string }
  /** Between a letter and something else, or a sign that is no letter. */
  | { kind: 'edge' }
  /** Anything, or nothing. */
  | { kind: 'open' }
  | { kind: 'choice' }

const ALNUM = /[A-Za-z0-9]/
/** ASCII but letters, figures and what means something in a pattern. */
const SIGN = /[ !"#%&',\-/:;<=>@_`~]/
const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y

/**
 * @param source as it is typed, for the flag `u`
 * @returns null where nothing is certain: then every text has to be looked through. Of choices, what each must hold.
 */
export function requiredLiterals(source: string): Required | null {
  const tokens = tokensOf(source)
  if (tokens === null) return null
  const choices: Token[][] = [[]]
  for (const token of tokens) {
    if (token.kind === 'choice') choices.push([])
    else choices.at(-1)?.push(token)
  }
  const required = choices.map(literalsIn)
  return required.every((literals) => literals.length > 0) ? required : null
}

/** Null where there is something that this does not know. */
function tokensOf(source: string): Token[] | null {
  const tokens: Token[] = []
  for (let at = 0; at < source.length; ) {
    const read = tokenAt(source, at)
    if (read === null) return null
    QUANTIFIER.lastIndex = read.end
    const quantifier = QUANTIFIER.exec(source)?.[0]
    at = read.end + (quantifier?.length ?? 0)
    const isOnce = quantifier === undefined
    const isThere = isOnce || /^(?:\+|\{[1-9])/.test(quantifier)
    tokens.push(isThere ? read.token : { kind: 'open' })
    // After a letter that may come several times it is not known what comes; after several edges there is an edge.
    if (isThere && !isOnce && read.token.kind !== 'edge') tokens.push({ kind: 'open' })
  }
  return tokens
}

type Read = { token: Token; end: number }

function tokenAt(source: string, at: number): Read | null {
  const character = source.charAt(at)
  if (character === '\\') return escapeAt(source, at)
  if (character === '[') return readTo(classEnd(source, at))
  if (character === '(') return readTo(groupEnd(source, at))
  if (character === '|') return { token: { kind: 'choice' }, end: at + 1 }
  if (character === '^' || character === '$') return { token: { kind: 'edge' }, end: at + 1 }
  if (ALNUM.test(character)) return { token: { kind: 'character', text: character }, end: at + 1 }
  if (SIGN.test(character)) return { token: { kind: 'edge' }, end: at + 1 }
  if (/[)\]{}*+?]/.test(character)) return null
  return { token: { kind: 'open' }, end: at + ((source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) }
}

const readTo = (end: number | null): Read | null => (end === null ? null : { token: { kind: 'open' }, end })

function escapeAt(source: string, at: number): Read | null {
  const escaped = source.charAt(at + 1)
  const end = at + 2
  if (/[bstnrvf]/.test(escaped)) return { token: { kind: 'edge' }, end }
  if (/[BSdDwW]/.test(escaped)) return { token: { kind: 'open' }, end }
  // A sign by itself: \. or \( and the like. All else may take more than one character.
  if (/[!-/:-@[-`{-~]/.test(escaped)) return { token: { kind: 'edge' }, end }
  return null
}

function classEnd(source: string, start: number): number | null {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === ']') return at + 1
  }
  return null
}

function groupEnd(source: string, start: number): number | null {
  let depth = 0
  for (let at = start; at < source.length; at++) {
    const character = source[at]
    if (character === '\\') at++
    else if (character === '[') {
      const end = classEnd(source, at)
      if (end === null) return null
      at = end - 1
    } else if (character === '(') depth++
    else if (character === ')' && --depth === 0) return at + 1
  }
  return null
}

/** The runs of letters and figures in a row of tokens, with what is known of their edges. */
function literalsIn(tokens: readonly Token[]): Literal[] {
  const literals: Literal[] = []
  for (let at = 0; at < tokens.length; at++) {
    let text = ''
    const first = at
    for (let token = tokens[at]; token?.kind === 'character'; token = tokens[++at]) text += token.text
    if (text === '') continue
    literals.push({
      text: text.toLowerCase(),
      isWordStart: tokens[first - 1]?.kind === 'edge',
      isWordEnd: tokens[at]?.kind === 'edge',
    })
  }
  return literals
}

/**
 * A text of which an index of words (FTS5, unicode61 without diacritics) and a pattern say the same of words and edges:
 * signs of ASCII, letters of Latin-1 with their accents, and the quotation marks and dashes of print. K and s have other
 * forms (the sign of Kelvin, the long s) that a pattern takes for them; they are not among these.
 */
export const PLAIN_TEXT =
  /^[\t\n\r -~\u00a0-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf-\u00ff\u2010-\u2015\u2018-\u201f\u2022\u2026\u20ac]*$/
