/** What lies on a page of a PDF over its text: answers in form fields, words typed onto it, comments, attached files. */
import type { Tally } from '../tally.ts'

/** What the library says of an annotation, as far as it is wanted; anything may be missing. */
export type Annotation = {
  subtype?: unknown
  fieldType?: unknown
  fieldName?: unknown
  alternativeText?: unknown
  fieldValue?: unknown
  checkBox?: unknown
  radioButton?: unknown
  exportValue?: unknown
  buttonValue?: unknown
  contentsObj?: unknown
}

const COMMENTS = new Set(['Text', 'Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Caret', 'Ink', 'Stamp'])

/** The lines that form fields and typed words add to a page; `tally` hears of comments and attached files. */
export function linesOfAnnotations(annotations: readonly Annotation[], tally: Tally): string[] {
  return annotations.flatMap((annotation) => {
    const { subtype } = annotation
    if (subtype === 'Widget') return answerOf(annotation)
    const words = wordsOf(annotation.contentsObj)
    if (subtype === 'FreeText') return words === '' ? [] : [words]
    if (subtype === 'FileAttachment') tally.add('attachments')
    else if (typeof subtype === 'string' && COMMENTS.has(subtype) && words !== '') tally.add('comments')
    return []
  })
}

/** "Name of the field: answer"; empty fields and buttons to press say nothing. */
function answerOf(field: Annotation): string[] {
  const name = asText(field.alternativeText) || asText(field.fieldName)
  const answer = writtenIn(field)
  return answer === '' ? [] : [name === '' ? answer : `${name}: ${answer}`]
}

function writtenIn({
  fieldType,
  fieldValue,
  checkBox,
  radioButton,
  exportValue,
  buttonValue,
}: Annotation): string {
  if (fieldType !== 'Btn')
    return Array.isArray(fieldValue) ? fieldValue.map(asText).join(', ') : asText(fieldValue)
  if (checkBox === true) return fieldValue !== 'Off' && asText(fieldValue) === asText(exportValue) ? '☒' : '☐'
  // Of buttons that belong together, the one that is chosen.
  return radioButton === true && asText(fieldValue) !== '' && fieldValue === buttonValue
    ? asText(fieldValue)
    : ''
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : ''

const wordsOf = (contents: unknown): string =>
  typeof contents === 'object' && contents !== null && 'str' in contents ? asText(contents.str) : ''
