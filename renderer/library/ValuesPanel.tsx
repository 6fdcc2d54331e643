import { Square, SquareCheck } from 'lucide-react'
import { type FormEvent, type HTMLAttributes, useState } from 'react'
import type { Attribute } from '../../shared/contract/notes.ts'
import { useStore } from '../queries/use-store.ts'
import { undo } from '../state/coding.ts'
import { coderId, save, say } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { counted, formatCount, ProblemNote } from '../ui/Feedback.tsx'
import { TextField } from '../ui/Field.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import { inWords, KIND_WORDS } from './attribute-labels.ts'
import { problemOf } from './values.ts'

const NONE: ReadonlySet<string> = new Set()
/** More different values than this are free text, which nobody groups from a list. */
const MOST_VALUES = 2_000

/** The values of one attribute and how often each stands; several become one in one step. */
export function ValuesPanel({ attribute }: { attribute: Attribute }) {
  const { of, name, kind } = attribute
  const { data: counts, problem } = useStore('attributes.values', { of, name, limit: MOST_VALUES })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE)
  const [active, setActive] = useState(-1)
  const values = counts?.values ?? []
  // What was grouped away is not chosen any more.
  const picked = values.filter(({ value }) => chosen.has(value))
  const toggle = (index: number) => {
    const value = values[index]?.value
    if (value === undefined) return
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(value)) next.add(value)
      return next
    })
  }
  return (
    <>
      <p className="side-line number">
        {`${KIND_WORDS[kind]} of the ${of}`}
        {counts && ` · ${counted(counts.total, 'value')} · ${formatCount(counts.missing)} missing`}
        {counts && counts.total > values.length && ` · the ${formatCount(values.length)} most frequent:`}
      </p>
      {problem && <ProblemNote>{problem.message}</ProblemNote>}
      {counts && values.length === 0 && (
        <p className="pane-hint">No {of} has a value yet. Set one under “About this note”.</p>
      )}
      {values.length > 0 && (
        <VirtualList
          label={`Values of ${inWords(name)}`}
          count={values.length}
          rowHeight={28}
          active={active}
          onActive={setActive}
          onOpen={toggle}
          keyOf={(index) => values[index]?.value ?? String(index)}
          onKeyDown={(event) => {
            if (event.key !== ' ' || active < 0) return
            event.preventDefault()
            toggle(active)
          }}
          rowProps={(index) =>
            ({ 'aria-selected': chosen.has(values[index]?.value ?? '') }) as HTMLAttributes<HTMLDivElement>
          }
          row={(index) => {
            const { value = '', count = 0 } = values[index] ?? {}
            const Box = chosen.has(value) ? SquareCheck : Square
            return (
              <div className={chosen.has(value) ? 'value value-chosen' : 'value'}>
                <Box size={16} strokeWidth={1.75} aria-hidden="true" />
                <span className="value-words" title={value}>
                  {value}
                </span>
                <span className="checklist-count number">{formatCount(count)}</span>
              </div>
            )
          }}
        />
      )}
      {picked.length > 0 && (
        <Grouping
          key={picked.map(({ value }) => value).join('\n')}
          attribute={attribute}
          values={picked}
          onDone={() => {
            setChosen(NONE)
            setActive(-1)
          }}
        />
      )}
    </>
  )
}

/** What the chosen values become; at first the most frequent of them. */
function Grouping({
  attribute,
  values,
  onDone,
}: {
  attribute: Attribute
  values: readonly { value: string; count: number }[]
  onDone(): void
}) {
  const { of, name, kind } = attribute
  const from = values.map(({ value }) => value)
  const [to, setTo] = useState(from[0] ?? '')
  const isOne = from.length === 1
  const wanted = to.trim()
  const problem = wanted === '' ? null : problemOf(kind, wanted)
  const isSame = isOne && wanted === from[0]
  const group = (event: FormEvent) => {
    event.preventDefault()
    if (wanted === '' || problem || isSame) return
    save(store.attributes.groupValues({ coderId: coderId(), of, name, from, to: wanted }), ({ changed }) => {
      onDone()
      say(
        `Changed ${isOne ? `“${from[0]}”` : counted(from.length, 'value')} to “${wanted}” in ${counted(changed, of)}`,
        { label: 'Undo', run: () => void undo() },
      )
    })
  }
  return (
    <form className="grouping" onSubmit={group}>
      <TextField
        label={isOne ? 'New value' : `${from.length} values become`}
        value={to}
        problem={problem ?? undefined}
        onText={setTo}
      />
      <Button type="submit" kind="primary" disabled={wanted === '' || problem !== null || isSame}>
        {isOne ? 'Change the value' : 'Merge the values'}
      </Button>
    </form>
  )
}
