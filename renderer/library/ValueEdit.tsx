import { useEffect, useId, useRef, useState } from 'react'
import type { Attribute } from '../../shared/contract/notes.ts'
import { useStore } from '../queries/use-store.ts'
import { finishByKey } from '../ui/Field.tsx'
import { inWords } from './attribute-labels.ts'
import { isSame } from './note-view.ts'
import { problemOf } from './values.ts'

/** Changes a value where it stands: Enter or going elsewhere saves, Esc leaves it, an emptied one is missing. */
export function ValueEdit({
  attribute,
  value,
  onSave,
  onCancel,
}: {
  attribute: Attribute
  value: string | null
  onSave(value: string | null): void
  onCancel(): void
}) {
  const [text, setText] = useState(value ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  const id = useId()
  const { data } = useStore('attributes.list', {})
  const known = data?.find((each) => isSame(each, attribute))?.values ?? []
  const suggestions = attribute.kind === 'boolean' ? [...new Set([...known, 'yes', 'no'])] : known
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  const finish = (isWanted: boolean) => {
    if (isDone.current) return
    const next = text.trim() === '' ? null : text.trim()
    if (!isWanted || next === value) {
      isDone.current = true
      onCancel()
      return
    }
    const wrong = next === null ? null : problemOf(attribute.kind, next)
    if (wrong) {
      setProblem(wrong)
      return
    }
    isDone.current = true
    onSave(next)
  }
  return (
    <>
      <input
        ref={input}
        className="input inline-edit"
        aria-label={inWords(attribute.name)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        list={attribute.kind === 'text' ? undefined : `${id}-values`}
        placeholder="missing"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value)
          setProblem(null)
        }}
        onKeyDown={finishByKey(finish)}
        onBlur={() => finish(true)}
      />
      <datalist id={`${id}-values`}>
        {suggestions.slice(0, 50).map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {problem && (
        <p className="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
