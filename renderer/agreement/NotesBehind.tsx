import type { AgreementReport } from '../../shared/contract/agreement.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { namesOf } from './counts.ts'

/** Notes named of one kind; the others are counted. */
const MOST_NAMED = 500

const named = (notes: readonly string[]): string =>
  notes.length <= MOST_NAMED
    ? notes.join(', ')
    : `${notes.slice(0, MOST_NAMED).join(', ')} and ${formatCount(notes.length - MOST_NAMED)} more`

/** The notes left out by the reason why, most first. */
function byReason(left: AgreementReport['notes']['left']): Array<[reason: string, notes: string[]]> {
  const groups = new Map<string, string[]>()
  for (const { note, reason } of left) {
    const notes = groups.get(reason) ?? []
    groups.set(reason, notes)
    notes.push(note)
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length)
}

/** Which notes are counted, and which are not and why. */
export function NotesBehind({ report }: { report: AgreementReport }) {
  const { counted: inside, left } = report.notes
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="notes-behind" aria-label="Notes behind the figures" tabIndex={0}>
      <div>
        <h3>Counted: finished by {namesOf(report)}</h3>
        <p className="number">
          {inside.length === 0 ? 'None: no note is marked finished by all these coders.' : named(inside)}
        </p>
      </div>
      <div>
        <h3>Left out</h3>
        {left.length === 0 && <p>None.</p>}
        <ul>
          {byReason(left).map(([reason, notes]) => (
            <li key={reason} className="number">
              {counted(notes.length, 'note')} {reason}: {named(notes)}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
