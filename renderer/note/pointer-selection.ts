/** What a press and where the pointer has come to since select. Pure; positions are UTF-16 units. */
import { splitsPair } from '../../shared/offsets.ts'
import { paragraphAt, type Snap, sentenceAt, snapped, type TextSpan, wordAt } from '../../shared/sentences.ts'
import { type TextSelection, trimmed } from '../state/coding.ts'

export type Unit = Snap | 'paragraph'

const CARET = (offset: number): TextSelection => ({ anchor: offset, focus: offset })

/** What the press itself takes: nothing, or with the second, third and fourth the word, sentence and paragraph there. */
export function pressed(text: string, offset: number, presses: number): TextSpan {
  const unitAt = [wordAt, sentenceAt, paragraphAt][Math.min(presses, 4) - 2]
  return unitAt?.(text, offset) ?? { start: offset, end: offset }
}

/** The least that is selected: what was pressed for, else what the setting says. */
export const unitOf = (presses: number, snap: Snap): Unit =>
  presses >= 4 ? 'paragraph' : presses === 3 ? 'sentence' : presses === 2 ? 'word' : snap

/**
 * From `origin` (what was pressed on) to an offset, in whole units and never through a surrogate pair. Blanks at the
 * ends are left out but where characters are what is selected; blanks alone are nothing. The focus is at the pointer.
 */
export function reach(text: string, origin: TextSpan, offset: number, unit: Unit): TextSelection {
  const raw = { start: Math.min(origin.start, offset), end: Math.max(origin.end, offset) }
  if (raw.start === raw.end) return CARET(offset)
  if (unit !== 'character' && text.slice(raw.start, raw.end).trim() === '') return CARET(offset)
  const wide = unit === 'paragraph' ? wholeParagraphs(text, raw) : snapped(text, raw, unit)
  const whole = {
    start: splitsPair(text, wide.start) ? wide.start - 1 : wide.start,
    end: splitsPair(text, wide.end) ? wide.end + 1 : wide.end,
  }
  const { start, end } = unit === 'character' ? whole : trimmed(text, whole)
  return offset < origin.start ? { anchor: end, focus: start } : { anchor: start, focus: end }
}

function wholeParagraphs(text: string, { start, end }: TextSpan): TextSpan {
  const first = paragraphAt(text, start)
  const last = paragraphAt(text, Math.max(start, end - 1))
  return { start: Math.min(start, first?.start ?? start), end: Math.max(end, last?.end ?? end) }
}
