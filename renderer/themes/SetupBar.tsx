import type { Coder } from '../../shared/contract/coders.ts'
import { QualifierFilters } from '../codes/QualifierFilters.tsx'
import { useStore } from '../queries/use-store.ts'
import { useCoders } from '../state/session.ts'
import { Checkbox, Segmented, Select } from '../ui/Field.tsx'
import { type Setup, TOGETHER, withAffirmedOnly, withQualifiers } from './setup.ts'

type Change = (changes: Partial<Setup>) => void

/** Whose codings of which notes are counted, what they must say, and what the table is divided by. */
export function SetupBar({
  setup,
  hasAssertion,
  onChange,
}: {
  setup: Setup
  hasAssertion: boolean
  onChange: Change
}) {
  return (
    <div className="setup">
      <WhoseChoice setup={setup} onChange={onChange} />
      <Segmented
        label="Which notes count"
        value={setup.notes}
        options={[
          { value: 'finished', label: 'Finished notes' },
          { value: 'all', label: 'All notes' },
        ]}
        onValue={(notes) => onChange({ notes })}
      />
      {hasAssertion && (
        <Checkbox
          label="Affirmed only"
          checked={setup.affirmedOnly}
          onChecked={(isOn) => onChange(withAffirmedOnly(setup, isOn))}
        />
      )}
      <QualifierFilters
        chosen={setup.qualifiers}
        nothing={hasAssertion && setup.affirmedOnly ? 'Other qualifiers: any' : 'Qualifiers: any'}
        onChosen={(qualifiers) => onChange(withQualifiers(setup, qualifiers))}
      />
      <ColumnsChoice setup={setup} onChange={onChange} />
      {setup.by && (
        <Segmented
          label="What the columns count"
          value={setup.count}
          options={[
            { value: 'notes', label: 'Notes' },
            { value: 'cases', label: 'Cases' },
          ]}
          onValue={(count) => onChange({ count })}
        />
      )}
    </div>
  )
}

const LAYER_WORDS: Record<Coder['layer'], string> = {
  own: '',
  again: ', second pass',
  consensus: ', consensus layer',
}

function WhoseChoice({ setup, onChange }: { setup: Setup; onChange: Change }) {
  const coders = useCoders()
  const people = coders.filter(({ layer }) => layer === 'own')
  return (
    <Select<Setup['whose']>
      label="Whose codings"
      isLabelHidden
      value={setup.whose}
      options={[
        {
          value: TOGETHER,
          label: people.length > 1 ? 'All coders together' : (people[0]?.name ?? 'No coder'),
        },
        ...coders
          .filter((coder) => people.length > 1 || coder.layer !== 'own')
          .map(({ id, name, layer }) => ({ value: id, label: `${name}${LAYER_WORDS[layer]}` })),
      ]}
      onValue={(whose) => onChange({ whose })}
    />
  )
}

function ColumnsChoice({ setup, onChange }: { setup: Setup; onChange: Change }) {
  const { data: attributes = [] } = useStore('attributes.list', {})
  const idOf = ({ of, name }: { of: string; name: string }) => `${of}:${name}`
  return (
    <Select
      label="Columns"
      isLabelHidden
      value={setup.by ? idOf(setup.by) : ''}
      options={[
        { value: '', label: 'No columns' },
        ...attributes.map(({ name, of }) => ({
          value: idOf({ of, name }),
          label: `By ${name.replaceAll('_', ' ')} (${of})`,
        })),
      ]}
      onValue={(value) => {
        const found = attributes.find((each) => idOf(each) === value)
        onChange({ by: found ? { of: found.of, name: found.name } : null })
      }}
    />
  )
}
