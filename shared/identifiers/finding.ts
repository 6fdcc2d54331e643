/** What a piece of text looks like that may tell who somebody is. */
export const IDENTIFIER_KINDS = [
  'NHS',
  'UPN',
  'NINO',
  'POSTCODE',
  'PHONE',
  'EMAIL',
  'VRM',
  'URL',
  'NAME',
  'DOB',
  'SCHOOL',
  'ADDRESS',
  'PLACE',
  'CASEID',
  'LISTED',
] as const
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/**
 * How sure a finding is: `checked` has a right check digit, `format` has the form and nothing else to check,
 * `likely` rests on the words around it.
 */
export type Confidence = 'checked' | 'format' | 'likely'

/** A place in a text, half-open, in UTF-16 units. */
export type Finding = {
  kind: IdentifierKind
  start: number
  end: number
  text: string
  confidence: Confidence
}

/** Makes the finding for `text.slice(start, end)`. */
export const findingAt = (
  text: string,
  kind: IdentifierKind,
  start: number,
  end: number,
  confidence: Confidence,
): Finding => ({ kind, start, end, text: text.slice(start, end), confidence })

/**
 * Every match of `pattern` (global) for which `judge` gives a confidence. After a match that is refused the search
 * goes on one character further, so that a wrong start does not hide a right one. All patterns here have bounded
 * repetitions only: the time grows with the text's length and nothing else.
 */
export function* matches(
  text: string,
  kind: IdentifierKind,
  pattern: RegExp,
  judge: (found: string, match: RegExpExecArray) => Confidence | null,
): Generator<Finding> {
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const confidence = judge(match[0], match)
    if (confidence === null) pattern.lastIndex = match.index + 1
    else yield findingAt(text, kind, match.index, match.index + match[0].length, confidence)
  }
}
