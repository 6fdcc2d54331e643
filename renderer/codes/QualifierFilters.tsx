import type { QualifierDefinition, QualifierFilter } from '../../shared/contract/qualifiers.ts'
import { useStore } from '../queries/use-store.ts'
import { ValuesFilter } from '../search/Filters.tsx'
import { Select } from '../ui/Field.tsx'

export type QualifierChoice = { name: string; values: readonly (string | null)[] }

/** A choice without values was only begun: it asks for nothing yet. */
export const qualifierFilterOf = (choices: readonly QualifierChoice[]): QualifierFilter =>
  Object.fromEntries(
    choices.filter(({ values }) => values.length > 0).map(({ name, values }) => [name, [...values]]),
  )

const NONE: QualifierDefinition[] = []

/** Only codings that say one of some values, by the project's own qualifiers; nothing where it has none. */
export function QualifierFilters({
  chosen,
  nothing = 'any qualifier or none',
  onChosen,
}: {
  chosen: readonly QualifierChoice[]
  /** What is said where none is chosen. */
  nothing?: string
  onChosen(chosen: QualifierChoice[]): void
}) {
  const { data: defined = NONE } = useStore('qualifiers.list', {})
  const free = defined.filter(({ name }) => !chosen.some((choice) => choice.name === name))
  if (defined.length === 0) return null
  return (
    <>
      {chosen.map((choice) => (
        <ValuesFilter
          key={choice.name}
          name={choice.name}
          values={[
            ...(defined.find(({ name }) => name === choice.name)?.values.map(({ name }) => name) ?? []),
            null,
          ]}
          chosen={choice.values}
          words={(value) => value ?? 'not set'}
          onChosen={(values) =>
            onChosen(chosen.map((other) => (other.name === choice.name ? { ...other, values } : other)))
          }
          onRemove={() => onChosen(chosen.filter(({ name }) => name !== choice.name))}
        />
      ))}
      {free.length > 0 && (
        <Select
          label="Filter by a qualifier"
          isLabelHidden
          value=""
          options={[
            { value: '', label: chosen.length === 0 ? nothing : 'Add a qualifier' },
            ...free.map(({ name }) => ({ value: name, label: name })),
          ]}
          onValue={(name) => name !== '' && onChosen([...chosen, { name, values: [] }])}
        />
      )}
    </>
  )
}
