import { asPercent, kappaOf, limitsWords, twoDecimals } from '../../shared/agreement-words.ts'
import {
  type AgreementReport,
  type AgreementStatistic,
  AgreementUnit,
  type CodeAgreement,
} from '../../shared/contract/agreement.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import type { UnitizingReport } from '../../shared/contract/unitizing.ts'
import { type JobOptions, useJob } from '../queries/use-job.ts'
import { store } from '../store.ts'
import { formatCount } from '../ui/Feedback.tsx'
import type { Context } from './context.ts'
import { figureWords } from './figures.ts'
import { JobFrame } from './JobFrame.tsx'
import { intervalsOf, type Setup, scopeOf } from './setup.ts'

const NAMES: Record<AgreementUnit, string> = {
  note: 'Note',
  paragraph: 'Paragraph',
  sentence: 'Sentence',
  character: 'Character',
}

type Units = { reports: AgreementReport[]; spans: UnitizingReport }

async function allUnits(setup: Setup, codeId: CodeId, options: JobOptions): Promise<Units> {
  const ask = { ...scopeOf(setup), ...intervalsOf(setup), qualifier: null, codeIds: [codeId] }
  const reports: AgreementReport[] = []
  for (const unit of AgreementUnit.options)
    reports.push(
      await store.agreement.compute({ ...ask, unit, share: unit === 'character' ? 0 : setup.share }, options),
    )
  return { reports, spans: await store.agreement.unitizing({ ...ask, least: setup.least }, options) }
}

const range = (interval: readonly [number, number] | undefined): string =>
  interval ? limitsWords(interval) : '–'

/** One code by every unit, so that nobody chooses a unit for its figure unknowingly. */
export function UnitsBeside({
  context,
  codeId,
  onUnit,
}: {
  context: Context
  codeId: CodeId
  onUnit(unit: AgreementUnit): void
}) {
  const { setup, key } = context
  const job = useJob<Units>(`${key}units ${codeId}`, (options) => allUnits(setup, codeId, options))
  return (
    <>
      <h3>By each unit</h3>
      <JobFrame job={job}>
        {(units) =>
          // Until it is done these are of the code before.
          units.reports.every(({ codes }) => codes[0]?.codeId === codeId) && (
            <UnitsTable units={units} setup={setup} onUnit={onUnit} />
          )
        }
      </JobFrame>
    </>
  )
}

function UnitsTable({
  units: { reports, spans },
  setup,
  onUnit,
}: {
  units: Units
  setup: Setup
  onUnit(unit: AgreementUnit): void
}) {
  const kappa = kappaOf(setup.coderIds.length)
  const wordsOf = (row: CodeAgreement, statistic: AgreementStatistic) => {
    const { words, reason } = figureWords(row, statistic)
    return reason === null ? words : '–'
  }
  const [free] = spans.codes
  return (
    <>
      <table className="plain-table number" aria-label="By each unit">
        <thead>
          <tr>
            <th scope="col">Unit</th>
            <th scope="col">n</th>
            <th scope="col">Agree</th>
            <th scope="col">κ</th>
            <th scope="col">α</th>
            <th scope="col">95 % of α</th>
          </tr>
        </thead>
        <tbody>
          {reports.map(({ unit, codes: [row] }) =>
            row ? (
              <tr key={unit} aria-current={unit === setup.unit ? 'true' : undefined}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => onUnit(unit)}>
                    {NAMES[unit]}
                  </button>
                </th>
                <td>{formatCount(row.n)}</td>
                <td>{wordsOf(row, 'percent')}</td>
                <td>{wordsOf(row, kappa)}</td>
                <td>{wordsOf(row, 'krippendorff')}</td>
                <td>{range(row.interval.krippendorff)}</td>
              </tr>
            ) : null,
          )}
          {free && (
            <tr>
              <th scope="row">Free spans</th>
              <td>{formatCount(free.spans.reduce((sum, count) => sum + count, 0))}</td>
              <td>–</td>
              <td>–</td>
              <td>{free.figures.uAlpha.value === null ? '–' : twoDecimals(free.figures.uAlpha.value)}</td>
              <td>{range(free.interval.uAlpha)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {setup.share > 0 && (
        <p className="hint">
          A code counts in a note, paragraph or sentence when more than {asPercent(setup.share)} of it is
          coded (Options).
        </p>
      )}
    </>
  )
}
