import type { AgreementStatistic, CodeAgreement } from '../../shared/contract/agreement.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { Select } from '../ui/Field.tsx'
import { DEFINITIONS, shownOf } from './figures.ts'

/** Which figure is shown, and of which code; of all together at first. */
export function FigureChoice({
  coders,
  reports,
  statistic,
  onStatistic,
  codeId,
  onCode,
}: {
  coders: number
  /** Steps or pairs; a code used in any of them may be chosen. */
  reports: ReadonlyArray<{ codes: readonly CodeAgreement[] }>
  statistic: AgreementStatistic
  onStatistic(statistic: AgreementStatistic): void
  codeId: CodeId | null
  onCode(codeId: CodeId | null): void
}) {
  const used = new Map(
    reports.flatMap(({ codes }) =>
      codes
        .filter(({ part, spread, n }) => part === null && spread.none < n)
        .map(({ codeId: id, code }) => [id, code] as const),
    ),
  )
  return (
    <div className="figure-choice">
      <Select
        label="Measure"
        value={statistic}
        options={shownOf(coders).map((name) => ({ value: name, label: DEFINITIONS[name].name }))}
        onValue={onStatistic}
      />
      <Select
        label="Code"
        value={codeId ?? ''}
        options={[
          { value: '', label: 'Mean over all codes' },
          // With where they stand: two codes may have one name.
          ...[...used].map(([value, path]) => ({ value, label: path.split(' > ').toReversed().join(' ‹ ') })),
        ]}
        onValue={(id) => onCode(id === '' ? null : id)}
      />
    </div>
  )
}
