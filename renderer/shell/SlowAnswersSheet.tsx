/** What took long on this computer, for whoever finds the program slow: which question, how long, when. */
import { useEffect, useState } from 'react'
import type { SlowAnswer } from '../../shared/bridge.ts'
import { lazily } from '../../shared/lazily.ts'
import { Sheet } from './Sheet.tsx'
import '../ui/table.css'

const WHEN = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }))
const MS = lazily(() => new Intl.NumberFormat('en-GB'))

export function SlowAnswersSheet({ onClose }: { onClose(): void }) {
  const [answers, setAnswers] = useState<SlowAnswer[] | null>(null)
  useEffect(() => {
    window.bridge.slowAnswers().then(setAnswers, () => setAnswers([]))
  }, [])
  return (
    <Sheet label="What took long" title="What took long" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <section className="slow-answers" aria-label="Answers that took long" tabIndex={0}>
        <p>
          Answers that took more than 40 ms on this computer, newest first. Nothing of what was asked or
          answered is kept; the list stays here.
        </p>
        {answers?.length === 0 && <p>Nothing took long so far.</p>}
        {answers !== null && answers.length > 0 && (
          <table className="plain-table number">
            <thead>
              <tr>
                <th scope="col">Question</th>
                <th scope="col">Took</th>
                <th scope="col">When</th>
              </tr>
            </thead>
            <tbody>
              {answers.map(({ verb, took, at }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change while it is shown
                <tr key={index}>
                  <th scope="row">{verb}</th>
                  <td>{MS().format(took)} ms</td>
                  <td>{WHEN().format(new Date(at))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </Sheet>
  )
}
