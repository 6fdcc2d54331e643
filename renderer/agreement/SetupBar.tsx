import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import type { AgreementUnit, Resampled } from '../../shared/contract/agreement.ts'
import type { Coder } from '../../shared/contract/coders.ts'
import { useStore } from '../queries/use-store.ts'
import { useCoders } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox, Segmented, Select } from '../ui/Field.tsx'
import { LINES, type Lines } from './figures.ts'
import { FIRST_SETUP, type Setup, type Where } from './setup.ts'

type Change = (changes: Partial<Setup>) => void

const LINE_CHOICES = (Object.keys(LINES) as Lines[]).map((value) => ({ value, label: LINES[value].label }))
const UNITS: readonly { value: AgreementUnit; label: string }[] = [
  { value: 'note', label: 'By note' },
  { value: 'paragraph', label: 'By paragraph' },
  { value: 'sentence', label: 'By sentence' },
  { value: 'character', label: 'By character' },
]
const SHARES = [
  { value: '0', label: 'coded anywhere in it' },
  { value: '0.25', label: 'more than a quarter coded' },
  { value: '0.5', label: 'more than half coded' },
  { value: '0.75', label: 'more than three quarters coded' },
]
const REPLICATES = [
  { value: '0', label: 'No interval' },
  { value: '1000', label: '1,000 resamples' },
  { value: '10000', label: '10,000 resamples' },
]
const RESAMPLED: readonly { value: Resampled; label: string }[] = [
  { value: 'note', label: 'of notes' },
  { value: 'case', label: 'of cases' },
]
const LEAST = [
  { value: '0', label: 'any overlap' },
  { value: '0.5', label: 'at least half of both together' },
  { value: '0.75', label: 'at least three quarters' },
  { value: '1', label: 'the same words' },
]

/** Who is compared and on what unit; which notes and codes count and how intervals are made, behind a button. */
export function SetupBar({
  setup,
  onChange,
  lines,
  onLines,
}: {
  setup: Setup
  onChange: Change
  lines: Lines
  onLines(lines: Lines): void
}) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const { data: rounds = [] } = useStore('rounds.list', {})
  const changed = changedWords(setup, rounds.find((round) => round.id === setup.roundId)?.name)
  return (
    <>
      <div className="setup">
        <CoderChoice setup={setup} onChange={onChange} />
        <Segmented
          label="Unit of comparison"
          value={setup.unit}
          options={UNITS}
          onValue={(unit) => onChange({ unit })}
        />
        <Button
          kind="plain"
          icon={isOpen ? ChevronDown : ChevronRight}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          Options
        </Button>
        {!isOpen && changed.length > 0 && <span className="setup-changed">{changed.join(', ')}</span>}
      </div>
      {isOpen && (
        <section className="setup setup-options" id={id} aria-label="Options">
          <Choice label="A code counts in a unit">
            <Select
              label="A code counts in a unit"
              isLabelHidden
              disabled={setup.unit === 'character'}
              value={setup.unit === 'character' ? '0' : String(setup.share)}
              options={SHARES}
              onValue={(share) => onChange({ share: Number(share) })}
            />
          </Choice>
          <Choice label="Spans match with">
            <Select
              label="Spans match with"
              isLabelHidden
              value={String(setup.least)}
              options={LEAST}
              onValue={(least) => onChange({ least: Number(least) })}
            />
          </Choice>
          <Checkbox
            label="Parents include children"
            checked={setup.withChildren}
            onChecked={(withChildren) => onChange({ withChildren })}
          />
          <QualifierChoice setup={setup} onChange={onChange} />
          <NotesChoice setup={setup} onChange={onChange} />
          <Choice label="Intervals">
            <Select
              label="Interval from"
              isLabelHidden
              value={String(setup.replicates)}
              options={REPLICATES}
              onValue={(replicates) => onChange({ replicates: Number(replicates) })}
            />
            <Select
              label="Resamples of"
              isLabelHidden
              disabled={setup.replicates === 0}
              value={setup.resampled}
              options={RESAMPLED}
              onValue={(resampled) => onChange({ resampled })}
            />
          </Choice>
          <Choice label="Limits">
            <Select
              label="Limits drawn in the plots"
              isLabelHidden
              value={lines}
              options={LINE_CHOICES}
              onValue={onLines}
            />
          </Choice>
        </section>
      )}
    </>
  )
}

/** What differs from the usual, so that closed options do not hide it. */
function changedWords(setup: Setup, round: string | undefined): string[] {
  return [
    setup.share > 0 && setup.unit !== 'character'
      ? SHARES.find(({ value }) => value === String(setup.share))?.label
      : undefined,
    setup.withChildren ? 'with children' : undefined,
    setup.qualifier === null ? undefined : `by ${setup.qualifier}`,
    round === undefined ? undefined : `round ${round}`,
    setup.where === null ? undefined : `${setup.where.name}: ${setup.where.value ?? 'missing'}`,
    setup.replicates === 0 ? 'no intervals' : undefined,
    setup.replicates > 0 && setup.resampled === 'case' ? 'cases resampled' : undefined,
    setup.least === FIRST_SETUP.least
      ? undefined
      : `spans match with ${LEAST.find(({ value }) => value === String(setup.least))?.label}`,
  ].filter((words) => words !== undefined)
}

function Choice({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className="setup-choice">
      <span aria-hidden="true">{label}</span>
      {children}
    </span>
  )
}

function CoderChoice({ setup, onChange }: { setup: Setup; onChange: Change }) {
  const coders = useCoders()
  return (
    <fieldset className="setup-coders">
      <legend>Coders</legend>
      {coders.map((coder: Coder) => (
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
  )
}

/** Only in projects that say more of a coding than its code. */
function QualifierChoice({ setup, onChange }: { setup: Setup; onChange: Change }) {
  const { data = [] } = useStore('qualifiers.list', {})
  if (data.length === 0) return null
  return (
    <Choice label="Codes by">
      <Select
        label="Codes by qualifier"
        isLabelHidden
        value={setup.qualifier ?? ''}
        options={[
          { value: '', label: 'code alone' },
          ...data.map(({ name }) => ({ value: name, label: `code and ${name}` })),
        ]}
        onValue={(name) => onChange({ qualifier: name === '' ? null : name })}
      />
    </Choice>
  )
}

/** Rounds, and one value of one attribute. */
function NotesChoice({ setup, onChange }: { setup: Setup; onChange: Change }) {
  const { data: rounds = [] } = useStore('rounds.list', {})
  const { data: attributes = [] } = useStore('attributes.list', {})
  const { roundId, where } = setup
  const listed = attributes.filter(({ values }) => values.length > 0)
  const keyOf = ({ of, name }: Pick<Where, 'of' | 'name'>) => `${of}:${name}`
  const chosen = where && listed.find((each) => keyOf(each) === keyOf(where))
  return (
    <Choice label="Notes">
      {rounds.length > 0 && (
        <Select
          label="Notes of the round"
          isLabelHidden
          value={roundId ?? ''}
          options={[
            { value: '', label: 'all notes' },
            ...rounds.map(({ id, name }) => ({ value: id, label: `round ${name}` })),
          ]}
          onValue={(id) => onChange({ roundId: id === '' ? null : id })}
        />
      )}
      {listed.length > 0 && (
        <Select
          label="Notes by attribute"
          isLabelHidden
          value={where ? keyOf(where) : ''}
          options={[
            { value: '', label: 'any attribute value' },
            ...listed.map((each) => ({ value: keyOf(each), label: `by ${each.name}` })),
          ]}
          onValue={(key) => {
            const found = listed.find((each) => keyOf(each) === key)
            onChange({
              where: found ? { of: found.of, name: found.name, value: found.values[0] ?? null } : null,
            })
          }}
        />
      )}
      {where && chosen && (
        <Select
          label={`Notes with ${where.name}`}
          isLabelHidden
          value={where.value ?? ''}
          options={[
            ...chosen.values.map((value) => ({ value, label: value })),
            { value: '', label: '(missing)' },
          ]}
          onValue={(value) => onChange({ where: { ...where, value: value === '' ? null : value } })}
        />
      )}
    </Choice>
  )
}
