import type { AgreementStatistic, CodeAgreement } from '../../shared/model.ts'
import { Select } from '../ui/Field.tsx'
import { ownName } from './confused-pairs.ts'
import { DEFINITIONS, shownOf } from './figures.ts'

/** Which figure is shown, and of which code; of all together at first. */
export function FigureChoice({
  coders,
  codes,
  statistic,
  onStatistic,
  codeId,
  onCode,
}: {
  coders: number
  codes: readonly CodeAgreement[]
  statistic: AgreementStatistic
  onStatistic(statistic: AgreementStatistic): void
  codeId: string | null
  onCode(codeId: string | null): void
}) {
  const used = codes.filter(({ part, spread, n }) => part === null && spread.none < n)
  return (
    <div className="figure-choice">
      <Select
        label="Figure"
        value={statistic}
        options={shownOf(coders).map((name) => ({ value: name, label: DEFINITIONS[name].name }))}
        onValue={onStatistic}
      />
      <Select
        label="Code"
        value={codeId ?? ''}
        options={[
          { value: '', label: 'Mean over all codes' },
          ...used.map(({ codeId: id, code }) => ({ value: id, label: ownName(code) })),
        ]}
        onValue={(id) => onCode(id === '' ? null : id)}
      />
    </div>
  )
}
