/** The words of codings, as they are said. */
import type { Coding } from '../../shared/contract/codings.ts'
import { oneLine, shortened } from '../../shared/shortened.ts'
import { useCoding } from './on-screen.ts'

/** As much of a segment as tells which one it is, and is soon heard. */
const MOST = 60

/** “She was left alone at night…”, or "the whole note". */
export function segmentLabel(span: Coding['span']): string {
  const { note } = useCoding.getState()
  if (!span) return 'the whole note'
  // No more of a long segment is looked at than is said.
  const words = note?.text.slice(span.start, Math.min(span.end, span.start + 4 * MOST)) ?? ''
  return `“${shortened(oneLine(words), MOST)}”`
}
