import { Plus, Trash2 } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { QualifierDefinition, QualifierRename } from '../../shared/contract/qualifiers.ts'
import { qualifierProblem, USUAL_QUALIFIERS } from '../../shared/qualifiers.ts'
import { useQualifiers } from '../codes/qualifiers.ts'
import { amendAnswer } from '../queries/answers.ts'
import { useStore } from '../queries/use-store.ts'
import { undo } from '../state/coding.ts'
import { coderId, save, say } from '../state/session.ts'
import { store } from '../store.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import './qualifiers.css'

type Value = QualifierDefinition['values'][number]
type Definitions = readonly QualifierDefinition[]

/** Keeps a set of qualifiers; answers why not where it contradicts itself. */
function define(next: Definitions, renamed: QualifierRename[] = [], words?: string): string | null {
  const problem = qualifierProblem(next)
  if (problem) return problem
  save(store.qualifiers.define({ coderId: coderId(), qualifiers: [...next], renamed }), (saved) => {
    amendAnswer('qualifiers.list', {}, saved)
    if (words) say(words, { label: 'Undo', run: () => void undo() })
  })
  return null
}

/** A name that is not taken yet: "new value", "new value 2". */
function freeName(stem: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem} ${number}`
    if (!taken.includes(name)) return name
  }
}

/** What codings of this project can say besides their code, set up where it stands. */
export function QualifierEditor() {
  const definitions = useQualifiers()
  const { data: use = [] } = useStore('qualifiers.use', {})
  const [addedName, setAddedName] = useState<string | null>(null)
  const usedBy = (qualifier: string, value?: string) =>
    use
      .filter((row) => row.qualifier === qualifier && (value === undefined || row.value === value))
      .reduce((sum, row) => sum + row.codings, 0)
  const addUsual = () => {
    const names = definitions.map(({ name }) => name)
    const keys = new Set(definitions.flatMap(({ values }) => values.map(({ key }) => key)))
    const added = USUAL_QUALIFIERS.filter(({ name }) => !names.includes(name)).map((each) => ({
      ...each,
      values: each.values.map((value) => (keys.has(value.key) ? { ...value, key: null } : value)),
    }))
    define([...definitions, ...added], [], `Added ${counted(added.length, 'qualifier')}`)
  }
  const addOwn = () => {
    const name = freeName(
      'new qualifier',
      definitions.map((each) => each.name),
    )
    const problem = define([...definitions, { name, values: [{ name: 'yes', short: 'yes', key: null }] }])
    if (!problem) setAddedName(name)
  }
  const isUsual = USUAL_QUALIFIERS.every(({ name }) => definitions.some((each) => each.name === name))
  return (
    <div className="entry qualifier-editor">
      <h2 className="qualifier-title">Qualifiers</h2>
      <p className="qualifier-teach">
        What a coding records besides its code: negated, past, about a sibling. A coding has one value of each
        qualifier, or none. With a coding selected in the note, Shift and the letter set a value; pressed
        again, they clear it.
      </p>
      {definitions.map((definition, at) => (
        <Qualifier
          // biome-ignore lint/suspicious/noArrayIndexKey: a name that changes must not take the keyboard away
          key={at}
          definition={definition}
          definitions={definitions}
          at={at}
          isNew={definition.name === addedName}
          onEntered={() => setAddedName(null)}
          usedBy={(value) => usedBy(definition.name, value)}
        />
      ))}
      <div className="qualifier-actions">
        {!isUsual && (
          <Button kind={definitions.length === 0 ? 'primary' : 'secondary'} icon={Plus} onClick={addUsual}>
            Add the usual five
          </Button>
        )}
        <Button kind="plain" icon={Plus} onClick={addOwn}>
          New qualifier
        </Button>
      </div>
      {!isUsual && (
        <p className="qualifier-teach">
          The usual five: assertion (affirmed, negated, possible …), time, who is affected, who did it, told
          by.
        </p>
      )}
    </div>
  )
}

function Qualifier({
  definition,
  definitions,
  at,
  isNew,
  onEntered,
  usedBy,
}: {
  definition: QualifierDefinition
  definitions: Definitions
  at: number
  /** It was just made here: the keyboard goes into its name. */
  isNew: boolean
  onEntered(): void
  usedBy(value?: string): number
}) {
  const { name, values } = definition
  const [addedValue, setAddedValue] = useState<string | null>(null)
  const put = (next: QualifierDefinition, renamed?: QualifierRename[]) =>
    define(definitions.with(at, next), renamed)
  const putValue = (index: number, value: Value) => {
    const before = values[index] as Value
    const renamed =
      before.name === value.name ? [] : [{ qualifier: name, value: before.name, to: value.name }]
    return put({ ...definition, values: values.with(index, value) }, renamed)
  }
  const remove = () => define(definitions.toSpliced(at, 1), [], `Removed “${name}”. ${keep(usedBy())}`.trim())
  return (
    <section className="qualifier-block" aria-label={name}>
      <div className="qualifier-head">
        <Cell
          label="Name of the qualifier"
          value={name}
          className="qualifier-name-edit"
          isNew={isNew}
          onEntered={onEntered}
          onSave={(to) => put({ ...definition, name: to }, [{ qualifier: name, value: null, to }])}
        />
        <IconButton icon={Trash2} label={`Remove “${name}”`} onClick={remove} />
      </div>
      <div className="qualifier-row qualifier-row-head" aria-hidden="true">
        <span>Value</span>
        <span>Short</span>
        <span>Shift +</span>
        <span className="number">Codings</span>
      </div>
      {values.map((value, index) => (
        <ValueRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a name that changes must not take the keyboard away
          key={index}
          value={value}
          codings={usedBy(value.name)}
          isNew={value.name === addedValue}
          onEntered={() => setAddedValue(null)}
          onSave={(next) => putValue(index, next)}
          onRemove={
            values.length === 1
              ? null
              : () =>
                  define(
                    definitions.with(at, { ...definition, values: values.toSpliced(index, 1) }),
                    [],
                    `Removed “${value.name}”. ${keep(usedBy(value.name))}`.trim(),
                  )
          }
        />
      ))}
      <Button
        size="small"
        kind="plain"
        icon={Plus}
        onClick={() => {
          const added = freeName(
            'new value',
            values.map((value) => value.name),
          )
          const problem = put({
            ...definition,
            values: [...values, { name: added, short: 'new', key: null }],
          })
          if (!problem) setAddedValue(added)
        }}
      >
        New value
      </Button>
    </section>
  )
}

const keep = (codings: number) => (codings === 0 ? '' : `It stays on ${counted(codings, 'coding')}.`)

/** A short form that was made of the old name is made of the new one: it would say what the value no longer means. */
const renamedValue = (value: Value, name: string): Value => {
  const shortOf = (words: string) => words.slice(0, 3).toLowerCase()
  return { ...value, name, short: value.short === shortOf(value.name) ? shortOf(name) : value.short }
}

function ValueRow({
  value,
  codings,
  isNew,
  onEntered,
  onSave,
  onRemove,
}: {
  value: Value
  codings: number
  isNew: boolean
  onEntered(): void
  onSave(next: Value): string | null
  onRemove: (() => void) | null
}) {
  return (
    <div className="qualifier-row">
      <Cell
        label="Value"
        value={value.name}
        isNew={isNew}
        onEntered={onEntered}
        onSave={(name) => onSave(renamedValue(value, name))}
      />
      <Cell
        label={`Short form of “${value.name}”`}
        value={value.short}
        maxLength={3}
        onSave={(short) => onSave({ ...value, short })}
      />
      <Cell
        label={`Key of “${value.name}”`}
        value={value.key?.toUpperCase() ?? ''}
        maxLength={1}
        canBeEmpty
        isSavedAtOnce
        onSave={(key) => {
          if (key !== '' && !/^[a-z]$/i.test(key)) return 'One letter a–z.'
          return onSave({ ...value, key: key === '' ? null : key.toLowerCase() })
        }}
      />
      <span className="qualifier-count number">{codings > 0 ? codings : ''}</span>
      {onRemove ? <IconButton icon={Trash2} label={`Remove “${value.name}”`} onClick={onRemove} /> : <span />}
    </div>
  )
}

/** A field that is kept when it is left, or refused with a sentence under it; Esc takes back what was typed. */
function Cell({
  label,
  value,
  maxLength = 100,
  canBeEmpty = false,
  isSavedAtOnce = false,
  isNew = false,
  className = '',
  onEntered,
  onSave,
}: {
  label: string
  value: string
  maxLength?: number
  canBeEmpty?: boolean
  isSavedAtOnce?: boolean
  /** It takes the keyboard, which is told once. */
  isNew?: boolean
  className?: string
  onEntered?(): void
  onSave(value: string): string | null
}) {
  const [text, setText] = useState(value)
  const [problem, setProblem] = useState<string | null>(null)
  const id = useId()
  const seen = useRef(value)
  const input = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when what it belongs to was made
  useEffect(() => {
    if (!isNew) return
    input.current?.focus()
    onEntered?.()
  }, [isNew])
  useEffect(() => {
    if (seen.current === value) return
    seen.current = value
    setText(value)
    setProblem(null)
  }, [value])
  const back = () => {
    setText(value)
    setProblem(null)
  }
  const keep = (typed: string) => {
    const wanted = typed.trim()
    if (wanted === value) return setProblem(null)
    if (wanted === '' && !canBeEmpty) return back()
    setProblem(onSave(wanted))
  }
  return (
    <span className={`qualifier-cell ${className}`}>
      <input
        ref={input}
        type="text"
        className="input"
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? id : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        maxLength={maxLength}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          const typed = isSavedAtOnce ? event.target.value.toUpperCase() : event.target.value
          setText(typed)
          if (isSavedAtOnce) keep(typed)
        }}
        onBlur={() => keep(text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep(text)
          else if (event.key === 'Escape') back()
        }}
      />
      {problem && (
        <span id={id} className="qualifier-problem" role="alert">
          {problem}
        </span>
      )}
    </span>
  )
}
