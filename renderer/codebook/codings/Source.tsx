import type { Quote } from '../../../shared/contract/codings.ts'
import { shortDate } from '../../coding/NoteList.tsx'
import { useSession } from '../../state/session.ts'

/** Where a quote stands and who coded it. */
export function Source({ quote }: { quote: Quote }) {
  const coders = useSession((state) => state.project?.coders ?? [])
  return (
    <span className="quote-source number">
      {[quote.noteTitle, quote.caseId, shortDate(quote.date)].filter(Boolean).join(' · ')}
      <span>{coders.find((coder) => coder.id === quote.coderId)?.name}</span>
    </span>
  )
}

const LONGEST = 900

/** The words of a coding with a little of the note around them. */
export function QuoteWords({ quote }: { quote: Quote }) {
  return (
    <span className="quote-text">
      {quote.span === null && <em>Whole note: </em>}
      {quote.before && <span className="quote-context">…{quote.before}</span>}
      <mark>{quote.quote.length > LONGEST ? `${quote.quote.slice(0, LONGEST)}…` : quote.quote}</mark>
      {quote.after && <span className="quote-context">{quote.after}…</span>}
    </span>
  )
}
