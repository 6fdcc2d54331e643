import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import type { CodeRow } from '../../shared/model.ts'
import { byIdOf, pathOf } from '../coding/codes.ts'
import { useStore } from '../queries.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox, Select, TextField } from '../ui/Field.tsx'
import { type Anchor, Floating } from '../ui/Floating.tsx'
import { type AttributeChoice, changeSetup, clearFilters, filterOf, useSearch } from './search.ts'

/** A list of more cases than this is no list any more: the case is typed. */
const MOST_CASES = 300

const nameOf = (name: string) => name.replaceAll('_', ' ')
const idOf = ({ of, name }: { of: string; name: string }) => `${of}:${name}`

/** Where to search: one case, notes with some values, notes that carry a code, notes by progress. */
export function Filters({ codes }: { codes: readonly CodeRow[] }) {
  const setup = useSearch((state) => state.setup)
  return (
    <div className="setup search-filters">
      <CaseFilter />
      <Select
        label="Coded by me with"
        isLabelHidden
        value={setup.codeId}
        options={[{ value: '', label: 'Any code of mine' }, ...codeOptions(codes)]}
        onValue={(codeId) => changeSetup({ codeId })}
      />
      <Select
        label="Progress"
        isLabelHidden
        value={setup.status}
        options={[
          { value: '', label: 'Any progress' },
          { value: 'not started', label: 'Not started' },
          { value: 'in progress', label: 'In progress' },
          { value: 'finished', label: 'Finished' },
        ]}
        onValue={(status) => changeSetup({ status })}
      />
      {setup.attributes.map((choice) => (
        <AttributeFilter key={idOf(choice)} choice={choice} />
      ))}
      <AddAttribute />
      {Object.keys(filterOf(setup)).length + setup.attributes.length > 0 && (
        <Button size="small" kind="plain" onClick={clearFilters}>
          Clear filters
        </Button>
      )}
    </div>
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

function CaseFilter() {
  const { data } = useStore('cases.list', { query: '', limit: MOST_CASES })
  const caseId = useSearch((state) => state.setup.caseId)
  const cases = data?.cases ?? []
  if (data && data.total > MOST_CASES)
    return (
      <TextField
        label="Case"
        isLabelHidden
        placeholder="Case, exactly"
        value={caseId}
        onText={(caseId) => changeSetup({ caseId: caseId.trim() })}
      />
    )
  return (
    <Select
      label="Case"
      isLabelHidden
      value={caseId}
      options={[{ value: '', label: 'All cases' }, ...cases.map(({ id }) => ({ value: id, label: id }))]}
      onValue={(caseId) => changeSetup({ caseId })}
    />
  )
}

const setChoices = (change: (choices: readonly AttributeChoice[]) => readonly AttributeChoice[]) =>
  changeSetup({ attributes: change(useSearch.getState().setup.attributes) })

function AddAttribute() {
  const { data: attributes = [] } = useStore('attributes.list', {})
  const taken = useSearch((state) => state.setup.attributes)
  const free = attributes.filter((one) => !taken.some((choice) => idOf(choice) === idOf(one)))
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
        if (found) setChoices((choices) => [...choices, { of: found.of, name: found.name, values: [] }])
      }}
    />
  )
}

const valueWords = (value: string | null) => value ?? 'not recorded'

function AttributeFilter({ choice }: { choice: AttributeChoice }) {
  const { data: attributes = [] } = useStore('attributes.list', {})
  const values = attributes.find((one) => idOf(one) === idOf(choice))?.values ?? []
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const set = (value: string | null, isIn: boolean) =>
    setChoices((choices) =>
      choices.map((other) =>
        idOf(other) !== idOf(choice)
          ? other
          : {
              ...other,
              values: isIn ? [...other.values, value] : other.values.filter((one) => one !== value),
            },
      ),
    )
  const shown = choice.values.length === 0 ? 'any value' : choice.values.map(valueWords).join(', ')
  return (
    <>
      <button
        type="button"
        className="input attribute-filter"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
        ref={(button) => {
          // A filter that was just added asks for its values at once.
          if (button && choice.values.length === 0 && button.dataset.asked !== 'true') {
            button.dataset.asked = 'true'
            setAnchor(button.getBoundingClientRect())
          }
        }}
      >
        <span>
          {nameOf(choice.name)}: {shown}
        </span>
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      {anchor && (
        <Floating anchor={anchor} label={`Values of ${nameOf(choice.name)}`} onClose={() => setAnchor(null)}>
          <div
            className="attribute-values"
            ref={(box) => {
              if (!box?.contains(document.activeElement)) box?.querySelector('input')?.focus()
            }}
          >
            {[...values, null].map((value) => (
              <Checkbox
                key={value ?? '\u0000'}
                label={valueWords(value)}
                checked={choice.values.includes(value)}
                onChecked={(isIn) => set(value, isIn)}
              />
            ))}
            <Button
              size="small"
              kind="plain"
              onClick={() => setChoices((choices) => choices.filter((other) => idOf(other) !== idOf(choice)))}
            >
              Remove this filter
            </Button>
          </div>
        </Floating>
      )}
    </>
  )
}
