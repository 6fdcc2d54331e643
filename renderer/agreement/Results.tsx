import { TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { limitsWords, rowName, tooFewWords, twoDecimals } from '../../shared/agreement-words.ts'
import type { AgreementReport, AgreementUnit, SetAgreement } from '../../shared/contract/agreement.ts'
import { useJob } from '../queries/use-job.ts'
import { useStore } from '../queries/use-store.ts'
import { store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { Table } from '../ui/Table.tsx'
import { columnsOf } from './code-columns.tsx'
import type { Context } from './context.ts'
import { namesOf } from './counts.ts'
import { NotesBehind } from './NotesBehind.tsx'
import { intervalsOf, scopeOf } from './setup.ts'

const range = (interval: readonly [number, number] | null | undefined): string =>
  interval ? ` (${limitsWords(interval)})` : ''

/** Agreement code by code. */
export function Results({
  report,
  isDone,
  context,
}: {
  report: AgreementReport
  /** False while these are the figures of before. */
  isDone: boolean
  context: Context
}) {
  const columns = useMemo(() => columnsOf(report, context), [report, context])
  const { roundId } = report.scope
  const { data: rounds } = useStore('rounds.list', roundId ? {} : null)
  const round = rounds?.find(({ id }) => id === roundId)?.name
  const [isNotesShown, setNotesShown] = useState(false)
  const { counted: inside, left } = report.notes
  return (
    <>
      <div className="place-line agreement-facts number">
        <button
          type="button"
          className="link"
          aria-expanded={isNotesShown}
          onClick={() => setNotesShown(!isNotesShown)}
        >
          {counted(inside.length, 'note')} counted, {formatCount(left.length)} left out
        </button>
        <span>{namesOf(report)}</span>
        {round && <span>round: {round}</span>}
        <Overall report={report} />
        {report.unit !== 'character' && <Together report={report} isDone={isDone} context={context} />}
      </div>
      <TooFew units={Math.max(0, ...report.codes.map(({ n }) => n))} unit={report.unit} />
      {isNotesShown && <NotesBehind report={report} />}
      <Table label="Agreement by code" columns={columns} rows={report.codes} keyOf={rowName} rowHeight={30} />
    </>
  )
}

/** A kappa of one note looks like any other: what it rests on is said over the table. */
function TooFew({ units, unit }: { units: number; unit: AgreementUnit }) {
  const words = tooFewWords(units, unit)
  if (words === null) return null
  return (
    <p className="place-line agreement-few">
      <TriangleAlert size={14} aria-hidden="true" />
      {words}
    </p>
  )
}

/** The mean over codes, and beside it their tables added up: a mean alone hides how much each code weighs. */
function Overall({ report: { overall, pooled } }: { report: AgreementReport }) {
  const { mean, codes, interval } = overall.krippendorff
  const alpha = pooled?.figures.krippendorff.value ?? null
  return (
    <>
      {mean !== null && (
        <span>
          mean alpha {twoDecimals(mean)}
          {range(interval)} over {counted(codes, 'code')}
        </span>
      )}
      {alpha !== null && (
        <span title="The tables of all applied codes added up: each code in each unit is one question.">
          alpha of all codes pooled {twoDecimals(alpha)}
          {range(pooled?.interval.krippendorff)}
        </span>
      )}
    </>
  )
}

/** All codes of a unit at once; after the table, whose calculation it would slow down. */
function Together({
  report,
  isDone,
  context,
}: {
  report: AgreementReport
  isDone: boolean
  context: Context
}) {
  const { setup, key, onOpen } = context
  const { data } = useJob<SetAgreement>(isDone ? `${key}sets` : null, (options) =>
    store.agreement.sets({ ...scopeOf(setup), ...intervalsOf(setup) }, options),
  )
  if (data === null || data.scope.unit !== report.unit || data.masi.value === null) return null
  return (
    <span>
      the same set of codes in {formatCount(data.same)} of {counted(data.n, data.scope.unit)},{' '}
      <button
        type="button"
        className="link"
        onClick={() => onOpen({ kind: 'definition', measure: 'setAlpha' })}
      >
        MASI alpha
      </button>{' '}
      {twoDecimals(data.masi.value)}
      {range(data.interval)}
    </span>
  )
}
