/**
 * Where words, sentences and paragraphs of a clinical note begin and end. All positions are UTF-16 units, all spans
 * half-open without blanks at their ends. Pure and the same on every computer: coding by sentence and agreement by
 * sentence cut a text alike.
 *
 * What counts, in full:
 * - A **paragraph** is a line that is not blank.
 * - A **sentence** never crosses a line. It ends at `.`, `!`, `?` or `…` with the quotes and brackets that close after
 *   it, before a blank or the end of the line, but not
 *   - after a title or a word that leads on (Dr. Mrs. e.g. i.e. cf. approx. et al.);
 *   - after a shortened word or a dose in dotted letters (wk. appt. Jan. b.d. p.r.n. a.m.), or a lower-case letter
 *     next, unless a capital follows;
 *   - after an initial (J. Smith), unless a word such as He or The follows;
 *   - after a number or letter that begins the line's sentence (1. a. iv.), or between parts of a spaced date (12. 3. 2021);
 *   - before a small letter, when the word before is shorter than four letters; `!`, `?` and `…` never end before one;
 *   - at a `?` that stands before a word to question it ("? ADHD").
 *   Full stops inside words, numbers, times and dates (1.5, 10.30am, 01.02.2021) end nothing, but one that has lost its
 *   blank does ("settled.Mum").
 * - A bullet sign (• ● ▪ ◦ ‣ ·) after a blank begins a sentence, also in the middle of a line.
 * - A **word** is a run of letters and digits, with the hyphens, apostrophes and points inside it.
 *
 * Nothing outside a sentence decides where it ends, so cutting a sentence again gives the sentence.
 */
export type TextSpan = { start: number; end: number }

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Never the last word of a sentence. */
const LEADS_ON = words(
  'dr mr mrs ms mx prof rev revd cllr sgt insp supt st jr e.g eg i.e ie cf c.f vs viz al approx ca incl esp n.b nb',
)
/** Shortened words: they end a sentence only before a capital. */
const SHORTENED = words(
  'no nos nr ref tel ext fig vol pp para appt appts dept hosp med meds min mins hr hrs sec secs wk wks mth mths yr yrs mg ' +
    'mcg ml kg cm wt ht temp tab tabs cap caps inj susp max min avg rx hx dx tx sx fx pt pts px ix mx fhx pmh jan feb mar ' +
    'apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun rd ave ln etc inc ltd co prev disc ' +
    'obs info sched resp cons psych paed paeds gen int poss prob diff def adm asst assoc',
)
/** A capital that is surely no surname: what comes before it was no initial. */
const STARTERS = words(
  'He She They It We I The This That These There His Her Their Mum Dad Mother Father Parents Both No Not Plan On At In ' +
    'When After Before Also However Has Had Was Is Reports Denies Says Said',
)

const CLOSERS = '"\'”’)]}»'
const BULLETS = '•●▪◦‣·'
const SIGN = /[.!?…•●▪◦‣·]/g
const isBlank = (character: string | undefined) => character !== undefined && /\s/.test(character)
const isSmall = (character: string) => /\p{Ll}/u.test(character)
const isCapital = (character: string) => /\p{Lu}/u.test(character)

function trimSpan(text: string, start: number, end: number): TextSpan | null {
  let from = start
  let to = end
  while (from < to && isBlank(text[from])) from++
  while (to > from && isBlank(text[to - 1])) to--
  return from < to ? { start: from, end: to } : null
}

/** Lines that are not blank, in order. */
export function paragraphs(text: string): TextSpan[] {
  const found: TextSpan[] = []
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start)
    const end = feed === -1 ? text.length : feed
    const span = trimSpan(text, start, end)
    if (span) found.push(span)
    start = end + 1
  }
  return found
}

/** The line an offset stands in, without the blanks at its ends; null when it is blank. */
export function paragraphAt(text: string, offset: number): TextSpan | null {
  const at = Math.max(0, Math.min(offset, text.length))
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
  const feed = text.indexOf('\n', at)
  return trimSpan(text, start, feed === -1 ? text.length : feed)
}

/** Sentences of a text, or of a part of it, in order. Together they hold every character that is not blank. */
export function sentences(text: string, within: TextSpan = { start: 0, end: text.length }): TextSpan[] {
  const found: TextSpan[] = []
  for (let start = within.start; start < within.end; ) {
    const feed = text.indexOf('\n', start)
    const end = feed === -1 ? within.end : Math.min(feed, within.end)
    splitLine(text, start, end, found)
    start = end + 1
  }
  return found
}

function splitLine(text: string, from: number, to: number, found: TextSpan[]): void {
  const line = trimSpan(text, from, to)
  if (!line) return
  let { start } = line
  for (let at = nextSign(text, start); at < line.end; ) {
    const cut = isBulletAt(text, start, at) ? at : cutAfter(text, start, at, line.end)
    if (cut === null) {
      at = nextSign(text, at + 1)
      continue
    }
    const sentence = trimSpan(text, start, cut)
    if (sentence) found.push(sentence)
    start = cut
    while (start < line.end && isBlank(text[start])) start++
    at = nextSign(text, Math.max(start, at + 1))
  }
  const rest = trimSpan(text, start, line.end)
  if (rest) found.push(rest)
}

/** Where the next sign stands that may end or begin a sentence; after the text when there is none. */
function nextSign(text: string, from: number): number {
  SIGN.lastIndex = from
  return SIGN.exec(text)?.index ?? text.length
}

const isBulletAt = (text: string, start: number, at: number): boolean =>
  at > start && BULLETS.includes(text[at] as string) && isBlank(text[at - 1])

/** Where a sentence that began at `start` ends, if the character at `at` ends it. */
function cutAfter(text: string, start: number, at: number, lineEnd: number): number | null {
  const sign = text[at] as string
  if (!'.!?…'.includes(sign) || (at + 1 < lineEnd && '.!?…'.includes(text[at + 1] as string))) return null
  let end = at + 1
  while (end < lineEnd && CLOSERS.includes(text[end] as string)) end++
  if (end >= lineEnd) return null
  if (!isBlank(text[end])) return sign === '.' && isGlued(text, start, at, lineEnd) ? at + 1 : null
  let next = end
  while (isBlank(text[next])) next++
  return endsBefore(text, start, at, next, lineEnd) ? end : null
}

/** "settled.Mum": the blank after the full stop was lost. */
function isGlued(text: string, start: number, at: number, lineEnd: number): boolean {
  const before = wordBefore(text, start, at)
  return (
    /^\p{L}\p{Ll}{2,}$/u.test(before) &&
    !LEADS_ON.has(before.toLowerCase()) &&
    isCapital(text[at + 1] as string) &&
    at + 2 < lineEnd &&
    isSmall(text[at + 2] as string)
  )
}

/** What stands before `at` back to a blank, without opening quotes and brackets. */
function wordBefore(text: string, start: number, at: number): string {
  let from = at
  while (from > start && !isBlank(text[from - 1])) from--
  return text.slice(from, at).replace(/^[("'“‘[{]+/, '')
}

function endsBefore(text: string, start: number, at: number, next: number, lineEnd: number): boolean {
  const sign = text[at]
  const following = text[next] as string
  const isRun = at > start && '.!?…'.includes(text[at - 1] as string)
  if (sign !== '.' || isRun) {
    // "? ADHD" questions what follows.
    if (sign === '?' && (at === start || isBlank(text[at - 1]))) return false
    return !isSmall(following)
  }
  const before = wordBefore(text, start, at)
  if (before === '') return false
  const isFirst = at - before.length === start
  if (isFirst && /^(?:\d{1,3}|[a-z]|[ivx]{1,4})$/i.test(before)) return false
  return endsAfterWord(before, following, wordFrom(text, next, lineEnd))
}

const wordFrom = (text: string, from: number, lineEnd: number): string =>
  /^\p{L}+/u.exec(text.slice(from, Math.min(lineEnd, from + 16)))?.[0] ?? ''

function endsAfterWord(before: string, following: string, next: string): boolean {
  const lower = before.toLowerCase()
  if (LEADS_ON.has(lower)) return false
  const isDotted = /^(?:\p{L}\.)+\p{L}$/u.test(before)
  if (isDotted && !isSmall(before[0] as string)) return STARTERS.has(next)
  if (isDotted || SHORTENED.has(lower)) return isCapital(following) && !/\d/.test(following)
  if (/^\p{Lu}$/u.test(before)) return STARTERS.has(next)
  if (/^\d{1,2}$/.test(before) && /\d/.test(following)) return false
  return !isSmall(following) || /^\p{L}{4,}$/u.test(before)
}

/** The sentence an offset stands in or, between two, the one before; null in a blank line. */
export function sentenceAt(text: string, offset: number): TextSpan | null {
  const paragraph = paragraphAt(text, offset)
  if (!paragraph) return null
  const all = sentences(text, paragraph)
  return all.findLast((span) => span.start <= offset) ?? all[0] ?? null
}

const WORD = /[\p{L}\p{N}\p{M}_]+(?:['’.,:/-](?=[\p{L}\p{N}])[\p{L}\p{N}\p{M}_]+)*/gu
const PLAIN = /^\p{L}{2,}$/u

/** Words of a stretch of text. Points and commas hold only numbers, dates and dotted letters together. */
function wordsIn(text: string, { start, end }: TextSpan): TextSpan[] {
  const found: TextSpan[] = []
  for (const match of text.slice(start, end).matchAll(WORD)) {
    let from = start + match.index
    const parts = match[0].split(/([.,:/])/)
    for (let i = 0; i < parts.length; ) {
      let part = parts[i] as string
      let last = part
      i += 1
      while (i < parts.length && !PLAIN.test(last) && !PLAIN.test(parts[i + 1] as string)) {
        part += `${parts[i]}${parts[i + 1]}`
        last = parts[i + 1] as string
        i += 2
      }
      found.push({ start: from, end: from + part.length })
      from += part.length + (parts[i]?.length ?? 0)
      i += 1
    }
  }
  return found
}

/** The word an offset touches; null where it stands between signs or blanks. */
export function wordAt(text: string, offset: number): TextSpan | null {
  const paragraph = paragraphAt(text, offset)
  if (!paragraph) return null
  // A word is short beside a line that may be a whole note.
  const start = Math.max(paragraph.start, offset - 200)
  const end = Math.min(paragraph.end, offset + 200)
  const touching = wordsIn(text, { start, end }).filter((word) => word.start <= offset && offset <= word.end)
  return touching.find((word) => offset < word.end) ?? touching[0] ?? null
}

/**
 * Where a stretch is cut in two nearest to an offset: before a word in it, so that no word is cut and both parts hold
 * words. Null where it holds one word or none.
 */
export function splitPlace(text: string, span: TextSpan, offset: number): number | null {
  // Words are short beside a stretch that may be a whole note.
  const near = { start: Math.max(span.start, offset - 200), end: Math.min(span.end, offset + 200) }
  const [, ...starts] = wordsIn(text, near).map(({ start }) => {
    // Brackets and quotation marks that open before a word go with it.
    let from = start
    while (
      from > near.start &&
      !isBlank(text[from - 1]) &&
      !/[\p{L}\p{N}\p{M}_]/u.test(text[from - 1] as string)
    )
      from--
    return isBlank(text[from - 1]) ? from : start
  })
  const [first, ...others] = starts
  if (first === undefined) return null
  return others.reduce(
    (best, start) => (Math.abs(start - offset) < Math.abs(best - offset) ? start : best),
    first,
  )
}

export type Snap = 'character' | 'word' | 'sentence'
export const SNAPS: readonly Snap[] = ['character', 'word', 'sentence']

/** Widens a stretch to whole words or sentences. What lies in blanks only stays as it is. */
export function snapped(text: string, range: TextSpan, snap: Snap): TextSpan {
  if (snap === 'character') return range
  const inner = trimSpan(text, range.start, range.end)
  if (!inner) return range
  return widened(text, inner, snap === 'word' ? wordAt : sentenceAt)
}

type UnitAt = (text: string, offset: number) => TextSpan | null

/** `range` with the unit its first character stands in and the unit its last one stands in. */
function widened(text: string, range: TextSpan, unitAt: UnitAt): TextSpan {
  const first = unitAt(text, range.start)
  const last = unitAt(text, Math.max(range.start, range.end - 1))
  return {
    start: first && first.end > range.start ? Math.min(range.start, first.start) : range.start,
    end: last && last.end >= range.end ? last.end : range.end,
  }
}

/** The next larger of: word, sentence, paragraph, whole text; null when it is the whole text already. */
export function grown(text: string, range: TextSpan): TextSpan | null {
  for (const unitAt of [wordAt, sentenceAt, paragraphAt]) {
    const wide = range.start === range.end ? around(text, range, unitAt) : widened(text, range, unitAt)
    if (wide.end - wide.start > range.end - range.start) return wide
  }
  return range.start > 0 || range.end < text.length ? { start: 0, end: text.length } : null
}

/** The unit a caret stands in or at. */
function around(text: string, caret: TextSpan, unitAt: UnitAt): TextSpan {
  const unit = unitAt(text, caret.start)
  return unit && unit.start <= caret.start && caret.end <= unit.end ? unit : caret
}

/** The next smaller of paragraph, sentence and word around `home`; nothing at all is the smallest. */
export function shrunk(text: string, range: TextSpan, home: number): TextSpan {
  for (const unitAt of [paragraphAt, sentenceAt, wordAt]) {
    const unit = unitAt(text, home)
    if (
      unit &&
      unit.start >= range.start &&
      unit.end <= range.end &&
      unit.end - unit.start < range.end - range.start
    )
      return unit
  }
  return { start: home, end: home }
}

/** Where the next sentence begins, or the text ends. */
export function nextSentence(text: string, offset: number): number {
  for (let line = lineFrom(text, offset); line; line = lineFrom(text, line.end + 1)) {
    const next = sentences(text, line).find((sentence) => sentence.start > offset)
    if (next) return next.start
  }
  return text.trimEnd().length
}

/** Where the sentence ends that an offset stands in; at its end already, where the next one does. */
export function sentenceEnd(text: string, offset: number): number {
  for (let line = lineFrom(text, offset); line; line = lineFrom(text, line.end + 1)) {
    const next = sentences(text, line).find((sentence) => sentence.end > offset)
    if (next) return next.end
  }
  return text.trimEnd().length
}

/** Where the sentence begins that an offset stands in; at its beginning already, where the one before does. */
export function previousSentence(text: string, offset: number): number {
  for (let line = lineBefore(text, offset); line; line = lineBefore(text, line.start - 1)) {
    const before = sentences(text, line).findLast((sentence) => sentence.start < offset)
    if (before) return before.start
    if (line.start === 0) break
  }
  return 0
}

function lineFrom(text: string, offset: number): TextSpan | null {
  if (offset > text.length) return null
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  const feed = text.indexOf('\n', offset)
  return { start, end: feed === -1 ? text.length : feed }
}

const lineBefore = (text: string, offset: number): TextSpan | null =>
  offset < 0 ? null : lineFrom(text, offset)

/** A step by character, word or sentence for an edge; characters of two units are stepped over whole. */
export function steppedEdge(text: string, offset: number, direction: 1 | -1, unit: Snap): number {
  if (unit === 'sentence') return direction === 1 ? sentenceEnd(text, offset) : previousSentence(text, offset)
  if (unit === 'character') {
    const code = text.codePointAt(direction === 1 ? offset : Math.max(0, offset - 2)) ?? 0
    return Math.max(0, Math.min(text.length, offset + direction * (code > 0xffff ? 2 : 1)))
  }
  return direction === 1 ? wordEnd(text, offset) : wordStart(text, offset)
}

function wordEnd(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) {
    const word = wordAt(text, at)
    if (word && word.end > offset) return word.end
  }
  return text.length
}

function wordStart(text: string, offset: number): number {
  for (let at = offset - 1; at >= 0; at--) {
    const word = wordAt(text, at)
    if (word && word.start < offset) return word.start
  }
  return 0
}
