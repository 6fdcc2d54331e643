import type { AgreementReport } from '../../shared/model.ts'

/** Which notes are counted, and which are not and why. */
export function NotesBehind({ report }: { report: AgreementReport }) {
  const { counted: inside, left } = report.notes
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="notes-behind" aria-label="Notes behind the figures" tabIndex={0}>
      <div>
        <h3>Counted</h3>
        <p className="number">
          {inside.length === 0
            ? 'None: no note is marked finished by all of these coders.'
            : inside.slice(0, 500).join(', ')}
        </p>
      </div>
      <div>
        <h3>Left out</h3>
        <ul>
          {left.slice(0, 500).map((note) => (
            <li key={note.note}>
              <span className="number">{note.note}</span> {note.reason}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
