import { useStore } from '../queries.ts'
import { useSession } from '../state/session.ts'
import { Checkbox, Segmented, Select } from '../ui/Field.tsx'
import { LINES, type Lines } from './figures.ts'
import type { Setup } from './work.ts'

const LINE_CHOICES = (Object.keys(LINES) as Lines[]).map((value) => ({ value, label: LINES[value].label }))

/** Who is compared, on what unit, and how the intervals are made. */
export function SetupBar({
  setup,
  onChange,
  lines,
  onLines,
}: {
  setup: Setup
  onChange(changes: Partial<Setup>): void
  lines: Lines
  onLines(lines: Lines): void
}) {
  const coders = useSession((state) => state.project?.coders ?? [])
  const { data: rounds = [] } = useStore('rounds.list', {})
  return (
    <div className="setup">
      <fieldset className="setup-coders">
        <legend>Coders</legend>
        {coders.map((coder) => (
          <Checkbox
            key={coder.id}
            label={coder.name}
            checked={setup.coderIds.includes(coder.id)}
            onChecked={(isIn) =>
              onChange({
                coderIds: coders
                  .map((other) => other.id)
                  .filter((id) => (id === coder.id ? isIn : setup.coderIds.includes(id))),
              })
            }
          />
        ))}
      </fieldset>
      {rounds.length > 0 && (
        <Select
          label="Notes compared"
          isLabelHidden
          value={setup.roundId ?? ''}
          options={[
            { value: '', label: 'All notes' },
            ...rounds.map(({ id, name }) => ({ value: id, label: `Round: ${name}` })),
          ]}
          onValue={(id) => onChange({ roundId: id === '' ? null : id })}
        />
      )}
      <Segmented
        label="Unit of comparison"
        value={setup.unit}
        options={[
          { value: 'note', label: 'By note' },
          { value: 'character', label: 'By character' },
        ]}
        onValue={(unit) => onChange({ unit })}
      />
      <Select
        label="Interval from"
        isLabelHidden
        value={setup.replicates}
        options={[
          { value: '0', label: 'No interval' },
          { value: '1000', label: '1,000 resamples' },
          { value: '10000', label: '10,000 resamples' },
        ]}
        onValue={(replicates) => onChange({ replicates })}
      />
      <Select
        label="Limits drawn in the plots"
        isLabelHidden
        value={lines}
        options={LINE_CHOICES}
        onValue={onLines}
      />
    </div>
  )
}
