/** From a hit to the sentence or the paragraph it stands in. */
import { paragraphAt, sentenceAt, type TextSpan } from '../../shared/sentences.ts'

export type Unit = 'hit' | 'sentence' | 'paragraph'

/** A hit that reaches over several sentences or paragraphs takes all of them; blanks at the ends are left out. */
export function expandHit(text: string, span: TextSpan, unit: Unit): TextSpan {
  if (unit === 'hit') return { start: span.start, end: span.end }
  const unitAt = unit === 'sentence' ? sentenceAt : paragraphAt
  const first = unitAt(text, span.start)
  const last = unitAt(text, Math.max(span.start, span.end - 1))
  return {
    start: Math.min(span.start, first?.start ?? span.start),
    end: Math.max(span.end, last?.end ?? span.end),
  }
}
