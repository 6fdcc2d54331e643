/** Where in a note the caret is, in words a person counts by: lines that hold text, and characters (code points). */
import { OffsetConverter } from '../../shared/offsets.ts'

export type CaretPlace = {
  /** From 1; a line that is empty belongs to the paragraph before it. */
  paragraph: number
  paragraphs: number
  /** How many characters stand before the caret. */
  character: number
  characters: number
  /** Characters selected; 0 for a caret alone. */
  selected: number
}

/** What the place of a caret is looked up in; made once for a note, for a key in a long note must not read it through. */
export type CaretPlaces = {
  /** Where the lines that are not empty begin. */
  starts: readonly number[]
  offsets: OffsetConverter
  /** Of the text, in UTF-16 units. */
  length: number
}

export const placesIn = (text: string): CaretPlaces => ({
  starts: lineStarts(text),
  offsets: new OffsetConverter(text),
  length: text.length,
})

function lineStarts(text: string): number[] {
  const starts: number[] = []
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    if (end !== at) starts.push(at)
    at = end === -1 ? text.length : end + 1
  }
  return starts
}

/** @param selection in UTF-16 units, as the page has it */
export function placeOf(
  { starts, offsets, length }: CaretPlaces,
  selection: { anchor: number; focus: number },
): CaretPlace {
  const focus = Math.min(selection.focus, length)
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= focus) low = middle + 1
    else high = middle
  }
  const character = offsets.toCodePoints(focus)
  return {
    paragraph: Math.max(1, low),
    paragraphs: Math.max(1, starts.length),
    character,
    characters: offsets.codePoints,
    selected: Math.abs(offsets.toCodePoints(Math.min(selection.anchor, length)) - character),
  }
}
