import { useState } from 'react'
import type {
  AgreementStatistic,
  SeriesBy,
  SeriesReport,
  SeriesStep,
} from '../../shared/contract/agreement.ts'
import type { CodeId, RoundId } from '../../shared/contract/basics.ts'
import { idFromPage } from '../ids.ts'
import { useJob } from '../queries/use-job.ts'
import { store } from '../store.ts'
import { EmptyState, formatCount } from '../ui/Feedback.tsx'
import { Segmented } from '../ui/Field.tsx'
import type { Context } from './context.ts'
import { FigureChoice } from './FigureChoice.tsx'
import { figureOver, LINES, valueWords } from './figures.ts'
import { JobFrame } from './JobFrame.tsx'
import { SeriesPlot } from './SeriesPlot.tsx'
import { intervalsOf, scopeOf } from './setup.ts'

const BY: readonly { value: SeriesBy; label: string }[] = [
  { value: 'week', label: 'By week' },
  { value: 'month', label: 'By month' },
  { value: 'round', label: 'By round' },
]

/** How agreement went while the team coded. */
export function SeriesView({ context, onRound }: { context: Context; onRound(roundId: RoundId): void }) {
  const { setup, key } = context
  const [by, setBy] = useState<SeriesBy>('week')
  const [statistic, setStatistic] = useState<AgreementStatistic>('krippendorff')
  const [codeId, setCodeId] = useState<CodeId | null>(null)
  const job = useJob<SeriesReport>(`${key}series-${by}`, (options) =>
    store.agreement.series({ ...scopeOf(setup), ...intervalsOf(setup), codeIds: null, by }, options),
  )
  return (
    <div className="figure-view">
      <Segmented label="Steps" value={by} options={BY} onValue={(next) => setBy(next)} />
      <JobFrame job={job}>
        {(report) =>
          report.by !== by ? null : report.steps.length === 0 ? (
            <EmptyState>
              {by === 'round'
                ? 'No round has notes finished by all these coders.'
                : 'No note is marked finished by all these coders.'}
            </EmptyState>
          ) : (
            <>
              <FigureChoice
                coders={report.coders.length}
                reports={report.steps}
                statistic={statistic}
                onStatistic={setStatistic}
                codeId={codeId}
                onCode={setCodeId}
              />
              <Series
                report={report}
                statistic={statistic}
                codeId={codeId}
                context={context}
                onRound={by === 'round' ? onRound : null}
              />
            </>
          )
        }
      </JobFrame>
    </div>
  )
}

function Series({
  report,
  statistic,
  codeId,
  context,
  onRound,
}: {
  report: SeriesReport
  statistic: AgreementStatistic
  codeId: CodeId | null
  context: Context
  onRound: ((roundId: RoundId) => void) | null
}) {
  const { steps, by } = report
  const points = steps.map((step) => ({
    key: step.key,
    label: labelOf(step, by),
    notes: step.notes,
    ...figureOver(step, statistic, codeId),
  }))
  return (
    <>
      <SeriesPlot points={points} marks={LINES[context.lines].marks} />
      <table className="plain-table number" aria-label="Agreement over time">
        <thead>
          <tr>
            <th scope="col">{by === 'round' ? 'Round' : by === 'week' ? 'Week of' : 'Month'}</th>
            <th scope="col">Notes</th>
            <th scope="col">Value</th>
            <th scope="col">95 % interval</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ key, label, notes, value, interval }) => (
            <tr key={key}>
              <th scope="row">
                {onRound ? (
                  <button type="button" className="link" onClick={() => onRound(idFromPage(key))}>
                    {label}
                  </button>
                ) : (
                  label
                )}
              </th>
              <td>{formatCount(notes)}</td>
              <td>{value === null ? 'undefined' : valueWords(value, statistic)}</td>
              <td>{interval ? interval.map((limit) => valueWords(limit, statistic)).join(' to ') : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        {by === 'round'
          ? 'Rounds in the order they were created, each on its own notes. Open one to see its codes and their text.'
          : 'A note counts when the last of the coders marked it finished. Few notes make wide intervals.'}
      </p>
    </>
  )
}

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })

function labelOf({ key, label }: SeriesStep, by: SeriesBy): string {
  if (by === 'round') return label
  return (by === 'week' ? day : month).format(new Date(by === 'week' ? key : `${key}-01`))
}
