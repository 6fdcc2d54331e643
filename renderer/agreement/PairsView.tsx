import { useState } from 'react'
import type { AgreementStatistic, PairAgreement, PairsReport } from '../../shared/contract/agreement.ts'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import { useJob } from '../queries/use-job.ts'
import { store } from '../store.ts'
import { counted } from '../ui/Feedback.tsx'
import type { Context } from './context.ts'
import { FigureChoice } from './FigureChoice.tsx'
import { figureOver, valueWords } from './figures.ts'
import { JobFrame } from './JobFrame.tsx'
import { intervalsOf, scopeOf } from './setup.ts'

/** Every two of the coders side by side. */
export function PairsView({
  context,
  onCompare,
}: {
  context: Context
  onCompare(coderIds: [CoderId, CoderId]): void
}) {
  const { setup, key } = context
  const job = useJob<PairsReport>(`${key}pairs`, (options) =>
    store.agreement.pairs({ ...scopeOf(setup), ...intervalsOf(setup), codeIds: null }, options),
  )
  return <JobFrame job={job}>{(report) => <Pairs report={report} onCompare={onCompare} />}</JobFrame>
}

function Pairs({
  report,
  onCompare,
}: {
  report: PairsReport
  onCompare(coderIds: [CoderId, CoderId]): void
}) {
  const [statistic, setStatistic] = useState<AgreementStatistic>('krippendorff')
  const [codeId, setCodeId] = useState<CodeId | null>(null)
  const { coders, pairs } = report
  const pairOf = (row: CoderId, column: CoderId) =>
    pairs.find(({ coderIds }) => coderIds.includes(row) && coderIds.includes(column))
  return (
    <div className="figure-view">
      <FigureChoice
        coders={2}
        reports={pairs}
        statistic={statistic}
        onStatistic={setStatistic}
        codeId={codeId}
        onCode={setCodeId}
      />
      <table className="heat number" aria-label="Pairs of coders">
        <thead>
          <tr>
            <td />
            {coders.slice(0, -1).map(({ id, name }) => (
              <th key={id} scope="col" className="heat-name">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coders.slice(1).map((row, at) => (
            <tr key={row.id}>
              <th scope="row" className="heat-name">
                {row.name}
              </th>
              {coders.slice(0, -1).map((column, place) => {
                const pair = place <= at ? pairOf(row.id, column.id) : undefined
                return (
                  <td key={column.id}>
                    {pair && (
                      <PairCell
                        pair={pair}
                        names={[column.name, row.name]}
                        statistic={statistic}
                        codeId={codeId}
                        onCompare={onCompare}
                      />
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        Each pair is compared on the notes both finished, so the notes differ between pairs. Darker means more
        agreement. Open a pair to see its codes and their text.
      </p>
    </div>
  )
}

function PairCell({
  pair,
  names,
  statistic,
  codeId,
  onCompare,
}: {
  pair: PairAgreement
  names: [string, string]
  statistic: AgreementStatistic
  codeId: CodeId | null
  onCompare(coderIds: [CoderId, CoderId]): void
}) {
  const { value, interval } = figureOver(pair, statistic, codeId)
  const words = value === null ? 'undefined' : valueWords(value, statistic)
  const range = interval?.map((limit) => valueWords(limit, statistic)).join(' to ')
  // At most so strong that the words on it keep their contrast.
  const strength = value === null ? 0 : Math.round(45 * Math.max(0, Math.min(1, value)))
  return (
    <button
      type="button"
      className="heat-cell"
      style={{ background: `color-mix(in srgb, var(--accent) ${strength}%, var(--surface))` }}
      onClick={() => onCompare(pair.coderIds)}
    >
      <span className="visually-hidden">{names.join(' and ')}: </span>
      <strong>{words}</strong>
      <span>{range ?? ' '}</span>
      <span>{counted(pair.notes, 'note')}</span>
      <span className="visually-hidden">. Compare the two</span>
    </button>
  )
}
