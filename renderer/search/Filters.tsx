import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { byIdOf, pathOf } from '../codes/codes.ts'
import { idFromPage } from '../ids.ts'
import { useStore } from '../queries/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox, Select, TextField } from '../ui/Field.tsx'
import { type Anchor, Floating } from '../ui/Floating.tsx'
import './filters.css'
import { ALL_NOTES, type AttributeChoice, filterOf, type NoteChoice } from './note-choice.ts'

/** A list of more cases than this is no list any more: the case is typed. */
const MOST_CASES = 300

const nameOf = (name: string) => name.replaceAll('_', ' ')
const idOf = ({ of, name }: { of: string; name: string }) => `${of}:${name}`

type Part = { choice: NoteChoice; onChange(changes: Partial<NoteChoice>): void }

/** Which notes: one case, notes with some values, notes that carry a code of mine, notes by progress. */
export function NoteFilters({ codes, choice, onChange }: Part & { codes: readonly CodeRow[] }) {
  return (
    <>
      <CaseFilter choice={choice} onChange={onChange} />
      <Select
        label="Coded by me with"
        isLabelHidden
        value={choice.codeId}
        options={[{ value: '', label: 'Coded by me: any code' }, ...codeOptions(codes)]}
        onValue={(codeId) => onChange({ codeId: codeId && idFromPage(codeId) })}
      />
      <Select
        label="Progress"
        isLabelHidden
        value={choice.status}
        options={[
          { value: '', label: 'Any progress' },
          { value: 'not started', label: 'Not started' },
          { value: 'in progress', label: 'In progress' },
          { value: 'finished', label: 'Finished' },
        ]}
        onValue={(status) => onChange({ status })}
      />
      {choice.attributes.map((attribute) => (
        <AttributeFilter key={idOf(attribute)} attribute={attribute} choice={choice} onChange={onChange} />
      ))}
      <AddAttribute choice={choice} onChange={onChange} />
      {Object.keys(filterOf(choice)).length + choice.attributes.length > 0 && (
        <Button size="small" kind="plain" onClick={() => onChange(ALL_NOTES)}>
          Clear filters
        </Button>
      )}
    </>
  )
}

function codeOptions(codes: readonly CodeRow[]): { value: string; label: string }[] {
  const byId = byIdOf(codes)
  return codes
    .filter((code) => !code.isFolder && code.codings > 0)
    .map((code) => {
      const path = pathOf(code, byId)
      return { value: code.id, label: path ? `${code.name} (${path})` : code.name }
    })
}

function CaseFilter({ choice, onChange }: Part) {
  const { data } = useStore('cases.list', { query: '', limit: MOST_CASES })
  const { caseId } = choice
  const cases = data?.cases ?? []
  if (data && data.total > MOST_CASES)
    return (
      <TextField
        label="Case"
        isLabelHidden
        placeholder="Case id, exact"
        value={caseId}
        onText={(typed) => onChange({ caseId: typed.trim() })}
      />
    )
  return (
    <Select
      label="Case"
      isLabelHidden
      value={caseId}
      options={[{ value: '', label: 'All cases' }, ...cases.map(({ id }) => ({ value: id, label: id }))]}
      onValue={(picked) => onChange({ caseId: picked })}
    />
  )
}

function AddAttribute({ choice, onChange }: Part) {
  const { data: attributes = [] } = useStore('attributes.list', {})
  const taken = choice.attributes
  const free = attributes.filter((one) => !taken.some((other) => idOf(other) === idOf(one)))
  if (free.length === 0) return null
  return (
    <Select
      label="Filter by an attribute"
      isLabelHidden
      value=""
      options={[
        { value: '', label: 'Add an attribute' },
        ...free.map((one) => ({ value: idOf(one), label: `${nameOf(one.name)} (${one.of})` })),
      ]}
      onValue={(id) => {
        const found = free.find((one) => idOf(one) === id)
        if (found) onChange({ attributes: [...taken, { of: found.of, name: found.name, values: [] }] })
      }}
    />
  )
}

const valueWords = (value: string | null) => value ?? 'missing'

function AttributeFilter({ attribute, choice, onChange }: Part & { attribute: AttributeChoice }) {
  const { data: attributes = [] } = useStore('attributes.list', {})
  const values = attributes.find((one) => idOf(one) === idOf(attribute))?.values ?? []
  const others = (other: AttributeChoice) => idOf(other) !== idOf(attribute)
  return (
    <ValuesFilter
      name={nameOf(attribute.name)}
      values={[...values, null]}
      chosen={attribute.values}
      onChosen={(chosen) =>
        onChange({
          attributes: choice.attributes.map((other) =>
            others(other) ? other : { ...other, values: chosen },
          ),
        })
      }
      onRemove={() => onChange({ attributes: choice.attributes.filter(others) })}
    />
  )
}

/** Some values of one thing, ticked in a list that floats under a button; the button says which. */
export function ValuesFilter<T extends string | null>({
  name,
  values,
  chosen,
  words = valueWords,
  shown = (picked) => `${name}: ${picked.length === 0 ? 'any value' : picked.map(words).join(', ')}`,
  isAskedAtOnce = true,
  onChosen,
  onRemove,
}: {
  name: string
  values: readonly T[]
  chosen: readonly T[]
  words?: (value: T) => string
  /** What the button says. */
  shown?: (chosen: readonly T[]) => string
  /** A filter that was just added asks for its values at once. */
  isAskedAtOnce?: boolean
  onChosen(chosen: T[]): void
  onRemove?: () => void
}) {
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  return (
    <>
      <button
        type="button"
        className="input attribute-filter"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
        ref={(button) => {
          if (isAskedAtOnce && button && chosen.length === 0 && button.dataset.asked !== 'true') {
            button.dataset.asked = 'true'
            setAnchor(button.getBoundingClientRect())
          }
        }}
      >
        <span>{shown(chosen)}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      {anchor && (
        <Floating anchor={anchor} label={`Values of ${name}`} onClose={() => setAnchor(null)}>
          <div
            className="attribute-values"
            ref={(box) => {
              if (!box?.contains(document.activeElement)) box?.querySelector('input')?.focus()
            }}
          >
            {values.map((value) => (
              <Checkbox
                key={value ?? '\u0000'}
                label={words(value)}
                checked={chosen.includes(value)}
                onChecked={(isIn) =>
                  onChosen(isIn ? [...chosen, value] : chosen.filter((other) => other !== value))
                }
              />
            ))}
            {onRemove && (
              <Button size="small" kind="plain" onClick={onRemove}>
                Remove this filter
              </Button>
            )}
          </div>
        </Floating>
      )}
    </>
  )
}
