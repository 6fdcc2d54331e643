import { twoDecimals } from '../../shared/agreement-words.ts'
import { type AgreementReport, AgreementUnit, type UnitizingReport } from '../../shared/model.ts'
import { store } from '../store.ts'
import { formatCount } from '../ui/Feedback.tsx'
import type { Context } from './context.ts'
import { figureWords, kappaOf } from './figures.ts'
import { type JobOptions, useJob } from './job.ts'
import { intervalsOf, type Setup, scopeOf } from './setup.ts'

const NAMES: Record<AgreementUnit, string> = {
  note: 'Note',
  paragraph: 'Paragraph',
  sentence: 'Sentence',
  character: 'Character',
}

type Units = { reports: AgreementReport[]; spans: UnitizingReport }

async function allUnits(setup: Setup, codeId: string, options: JobOptions): Promise<Units> {
  const ask = { ...scopeOf(setup), ...intervalsOf(setup), qualifier: null, codeIds: [codeId] }
  const reports: AgreementReport[] = []
  for (const unit of AgreementUnit.options)
    reports.push(
      await store.agreement.compute({ ...ask, unit, share: unit === 'character' ? 0 : setup.share }, options),
    )
  return { reports, spans: await store.agreement.unitizing({ ...ask, least: setup.least }, options) }
}

const range = (interval: readonly [number, number] | undefined): string =>
  interval ? `${twoDecimals(interval[0])} to ${twoDecimals(interval[1])}` : '–'

/** One code by every unit, so that nobody chooses a unit for its figure unknowingly. */
export function UnitsBeside({
  context,
  codeId,
  onUnit,
}: {
  context: Context
  codeId: string
  onUnit(unit: AgreementUnit): void
}) {
  const { setup, key } = context
  const { data, isRunning } = useJob<Units>(`${key}units ${codeId}`, (options) =>
    allUnits(setup, codeId, options),
  )
  const kappa = kappaOf(setup.coderIds.length)
  const own = data?.reports.every(({ codes }) => codes[0]?.codeId === codeId) ? data : null
  const spans = own?.spans.codes[0]
  return (
    <>
      <h3>By each unit</h3>
      {isRunning && !own && <p className="hint">Computing…</p>}
      {own && (
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
            {own.reports.map(({ unit, codes: [row] }) =>
              row ? (
                <tr key={unit} aria-current={unit === setup.unit ? 'true' : undefined}>
                  <th scope="row">
                    <button type="button" className="link" onClick={() => onUnit(unit)}>
                      {NAMES[unit]}
                    </button>
                  </th>
                  <td>{formatCount(row.n)}</td>
                  <td>{figureWords(row, 'percent').words}</td>
                  <td>{figureWords(row, kappa).reason ? '–' : figureWords(row, kappa).words}</td>
                  <td>
                    {figureWords(row, 'krippendorff').reason ? '–' : figureWords(row, 'krippendorff').words}
                  </td>
                  <td>{range(row.interval.krippendorff)}</td>
                </tr>
              ) : null,
            )}
            {spans && (
              <tr>
                <th scope="row">Free spans</th>
                <td>{formatCount(spans.spans.reduce((sum, count) => sum + count, 0))}</td>
                <td>–</td>
                <td>–</td>
                <td>{spans.figures.uAlpha.value === null ? '–' : twoDecimals(spans.figures.uAlpha.value)}</td>
                <td>{range(spans.interval.uAlpha)}</td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </>
  )
}
