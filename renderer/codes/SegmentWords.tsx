import type { Quote } from '../../shared/contract/codings.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { useSession } from '../state/session.ts'

/** Where a segment stands and who coded it. */
export function SegmentSource({ segment }: { segment: Quote }) {
  const coders = useSession((state) => state.project?.coders ?? [])
  return (
    <span className="quote-source number">
      {[segment.noteTitle, segment.caseId, shortDate(segment.date)].filter(Boolean).join(' · ')}
      <span>{coders.find((coder) => coder.id === segment.coderId)?.name}</span>
    </span>
  )
}

const LONGEST = 900

/** The words of a coding with a little of the note around them. */
export function SegmentWords({ segment }: { segment: Quote }) {
  return (
    <span className="quote-text">
      {segment.span === null && <em>Whole note: </em>}
      {segment.before && <span className="quote-context">…{segment.before}</span>}
      <mark>{segment.quote.length > LONGEST ? `${segment.quote.slice(0, LONGEST)}…` : segment.quote}</mark>
      {segment.after && <span className="quote-context">{segment.after}…</span>}
    </span>
  )
}
