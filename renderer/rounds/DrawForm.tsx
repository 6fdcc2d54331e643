import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { CoderId, RoundId } from '../../shared/contract/basics.ts'
import type { Coder } from '../../shared/contract/coders.ts'
import type { RoundDraw, RoundPreview, RoundRow, RoundSample } from '../../shared/contract/rounds.ts'
import { listed } from '../../shared/listed.ts'
import { newId } from '../ids.ts'
import { inWords } from '../library/attribute-labels.ts'
import { useStore } from '../queries/use-store.ts'
import { coderId, save, useCoders } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { Checkbox, Segmented, Select, TextField } from '../ui/Field.tsx'
import { amendRounds } from './chosen.ts'

type Amount = 'percent' | 'count'
type Form = {
  name: string
  coderIds: readonly CoderId[]
  amount: Amount
  percent: string
  count: string
  /** `note:team`, or nothing. */
  by: string
  seed: string
  isBlind: boolean
}

/** More values than these are hardly what a sample is to be balanced by. */
const MOST_STRATA = 40

/** Another seed than the rounds there are: the same one would draw the same notes again. */
const nextSeed = (rounds: readonly RoundRow[]): number =>
  1 + Math.max(0, ...rounds.map(({ drawn }) => drawn?.seed ?? 0))

const firstForm = (rounds: readonly RoundRow[], coders: readonly Coder[]): Form => ({
  name: `Round ${rounds.length + 1}`,
  coderIds: coders.filter(({ layer }) => layer === 'own').map(({ id }) => id),
  amount: 'percent',
  percent: '10',
  count: '20',
  by: '',
  seed: String(nextSeed(rounds)),
  isBlind: true,
})

const isWhole = (text: string) => /^\d{1,12}$/.test(text.trim())

/** The sample that is typed; words where it is none. */
function sampleOf({ amount, percent, count }: Form): RoundSample | string {
  if (amount === 'count')
    return isWhole(count) && Number(count) > 0 ? { count: Number(count) } : 'A whole number, 1 or more'
  const share = Number(percent.replace(',', '.'))
  return percent.trim() !== '' && share > 0 && share <= 100 ? { percent: share } : 'Above 0, up to 100'
}

function byOf(words: string): RoundDraw['stratifiedBy'] {
  const [of, ...name] = words.split(':')
  return of === 'note' || of === 'case' ? { of, name: name.join(':') } : null
}

/** Draws a round; what it would give stands beside the choices before anything is done. */
export function DrawForm({
  rounds,
  onClose,
}: {
  rounds: readonly RoundRow[]
  /** With the round, if one was drawn. */
  onClose(round?: RoundRow): void
}) {
  const coders = useCoders()
  const people = coders.filter(({ layer }) => layer !== 'consensus')
  const [form, setForm] = useState(() => firstForm(rounds, coders))
  const change = (changes: Partial<Form>) => setForm((before) => ({ ...before, ...changes }))
  const name = useRef<HTMLInputElement>(null)
  useEffect(() => {
    name.current?.focus()
    name.current?.select()
  }, [])
  const sample = sampleOf(form)
  const isSeed = isWhole(form.seed)
  const draw: RoundDraw | null =
    typeof sample === 'string' || !isSeed
      ? null
      : { sample, stratifiedBy: byOf(form.by), seed: Number(form.seed) }
  const { data: preview, problem } = useStore('rounds.preview', draw && { draw })
  const wrongSample = typeof sample === 'string' ? sample : problem?.message
  const isReady = draw !== null && !problem && form.coderIds.length > 0 && form.name.trim() !== ''
  const add = () => {
    if (!isReady) return
    const { name, coderIds, isBlind } = form
    const round = { id: newId<RoundId>(), name, coderIds: [...coderIds], isBlind, notes: { draw } }
    save(store.rounds.add({ coderId: coderId(), ...round }), (drawn) => {
      amendRounds((rounds) => [drawn, ...rounds.filter(({ id }) => id !== drawn.id)])
      onClose(drawn)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onClose()
  }
  return (
    <form
      className="round-form"
      aria-label="Draw a round"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <div className="round-choices">
        <TextField
          ref={name}
          label="Name"
          value={form.name}
          maxLength={120}
          onText={(text) => change({ name: text })}
        />
        <CoderChoice people={people} chosen={form.coderIds} onChosen={(coderIds) => change({ coderIds })} />
        <AmountChoice form={form} problem={wrongSample} onChange={change} />
        <StrataChoice value={form.by} onValue={(by) => change({ by })} />
        <TextField
          label="Seed"
          inputMode="numeric"
          value={form.seed}
          problem={isSeed ? undefined : 'A whole number'}
          hint="The same seed draws the same notes."
          onText={(seed) => change({ seed })}
        />
        <div className="field">
          <Checkbox label="Blind" checked={form.isBlind} onChecked={(isBlind) => change({ isBlind })} />
          <p className="field-hint">
            {form.isBlind
              ? 'No coder sees the others’ codings of a note until all have finished it.'
              : 'A coder sees the others’ codings of a note once they have finished it.'}
          </p>
          {form.isBlind && <WithoutPin people={people} chosen={form.coderIds} />}
        </div>
      </div>
      <Drawn preview={wrongSample ? undefined : preview} by={form.by} isBlind={form.isBlind} />
      <div className="round-buttons">
        <Button type="submit" kind="primary" disabled={!isReady}>
          {preview && isReady ? `Draw ${counted(preview.drawn, 'note')}` : 'Draw the round'}
        </Button>
        <Button kind="plain" onClick={() => onClose()}>
          Cancel
        </Button>
        {form.coderIds.length === 0 && <span className="field-problem">Choose the coders.</span>}
      </div>
    </form>
  )
}

function CoderChoice({
  people,
  chosen,
  onChosen,
}: {
  people: readonly Coder[]
  chosen: readonly CoderId[]
  onChosen(ids: CoderId[]): void
}) {
  return (
    <fieldset className="field round-coders">
      <legend className="field-label">Coders</legend>
      {people.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChecked={(isIn) =>
            onChosen(
              people.map((other) => other.id).filter((each) => (each === id ? isIn : chosen.includes(each))),
            )
          }
        />
      ))}
    </fieldset>
  )
}

/**
 * A blind round closes the places of those in it to everybody without their PIN, and whoever is not in it and has none
 * leaves open what it keeps.
 */
function WithoutPin({ people, chosen }: { people: readonly Coder[]; chosen: readonly string[] }) {
  const { data } = useStore('coders.chairs', {})
  const without = people
    .filter(({ layer }) => layer === 'own')
    .filter(({ id }) => data?.chairs.some((chair) => chair.coderId === id && !chair.hasPin))
  const isIn = ({ id }: Coder) =>
    people.some((other) => chosen.includes(other.id) && (other.id === id || other.person === id))
  const inside = without.filter(isIn).map(({ name }) => name)
  const outside = without.filter((person) => !isIn(person)).map(({ name }) => name)
  if (chosen.length === 0 || without.length === 0) return null
  const have = (names: readonly string[]) => `${listed(names)} ${names.length === 1 ? 'has' : 'have'} no PIN`
  return (
    <p className="field-hint">
      {inside.length > 0 &&
        `${have(inside)}: until the round is over nobody else can change to ${inside.length === 1 ? 'that place' : 'those places'} on this computer. `}
      {outside.length > 0 &&
        `${have(outside)} and ${outside.length === 1 ? 'is' : 'are'} not in the round: whoever opens the project after ${outside.length === 1 ? 'that person' : 'one of them'} sees everything. `}
      PINs are set in the settings, under Coders.
    </p>
  )
}

function AmountChoice({
  form,
  problem,
  onChange,
}: {
  form: Form
  problem: string | undefined
  onChange(changes: Partial<Form>): void
}) {
  const isShare = form.amount === 'percent'
  return (
    <div className="field">
      <span className="field-label">Sample</span>
      <div className="round-amount">
        <TextField
          label={isShare ? 'Share of all notes in percent' : 'Number of notes'}
          isLabelHidden
          inputMode="decimal"
          value={isShare ? form.percent : form.count}
          problem={problem}
          onText={(text) => onChange(isShare ? { percent: text } : { count: text })}
        />
        <Segmented
          label="Unit of the sample size"
          value={form.amount}
          options={[
            { value: 'percent', label: '% of notes' },
            { value: 'count', label: 'notes' },
          ]}
          onValue={(amount) => onChange({ amount })}
        />
      </div>
    </div>
  )
}

/** Attributes with a few values; an id or a free text makes no strata. */
function StrataChoice({ value, onValue }: { value: string; onValue(value: string): void }) {
  const { data: attributes = [] } = useStore('attributes.list', {})
  const fitting = attributes.filter(({ values }) => values.length > 0 && values.length <= MOST_STRATA)
  return (
    <Select
      label="Stratify by"
      value={value}
      options={[
        { value: '', label: 'None: simple random sample' },
        ...fitting.map(({ name, of }) => ({ value: `${of}:${name}`, label: `${inWords(name)} (${of})` })),
      ]}
      onValue={onValue}
    />
  )
}

/** What would be drawn: how many, and of each value its share. */
function Drawn({
  preview,
  by,
  isBlind,
}: {
  preview: RoundPreview | undefined
  by: string
  isBlind: boolean
}) {
  const strata = preview?.strata ?? []
  return (
    <div className="round-preview" role="status">
      <p className="number">
        {preview ? `${formatCount(preview.drawn)} of ${counted(preview.outOf, 'note')}` : 'No sample yet'}
      </p>
      {preview && preview.codedAlready > 0 && (
        <p className="field-hint">
          {`${formatCount(preview.codedAlready)} ${preview.codedAlready === 1 ? 'has' : 'have'} codings already. `}
          {isBlind && 'The round hides others’ codings from now on; whoever saw these before has seen them.'}
        </p>
      )}
      {strata.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <section className="round-strata" tabIndex={0} aria-label="Notes drawn by value">
          <table className="number">
            <thead>
              <tr>
                <th scope="col">{inWords(byOf(by)?.name ?? '')}</th>
                <th scope="col">drawn</th>
                <th scope="col">of</th>
              </tr>
            </thead>
            <tbody>
              {strata.map(({ value, notes, drawn }) => (
                <tr key={value ?? ' missing'}>
                  <th scope="row" className={value === null ? 'zero' : undefined}>
                    {value ?? '(missing)'}
                  </th>
                  <td className={drawn === 0 ? 'zero' : undefined}>{formatCount(drawn)}</td>
                  <td>{formatCount(notes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}
