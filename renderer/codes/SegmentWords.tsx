import type { Segment } from '../../shared/contract/codings.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { useCoders } from '../state/session.ts'

/** Where a segment stands and who coded it. */
export function SegmentSource({ segment }: { segment: Segment }) {
  const coders = useCoders()
  return (
    <span className="listed-source number">
      {[segment.noteTitle, segment.caseId, shortDate(segment.date)].filter(Boolean).join(' · ')}
      <span>{coders.find((coder) => coder.id === segment.coderId)?.name}</span>
    </span>
  )
}

const LONGEST = 900

/** The words of a coding with a little of the note around them. */
export function SegmentWords({ segment }: { segment: Segment }) {
  return (
    <span className="listed-text">
      {segment.span === null && <em>Whole note: </em>}
      {segment.before && <span className="listed-context">…{segment.before}</span>}
      <mark>{segment.words.length > LONGEST ? `${segment.words.slice(0, LONGEST)}…` : segment.words}</mark>
      {segment.after && <span className="listed-context">{segment.after}…</span>}
    </span>
  )
}
