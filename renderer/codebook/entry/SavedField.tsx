import { useEffect, useId, useRef, useState } from 'react'
import { TextArea, TextField } from '../../ui/Field.tsx'

/** Text that is kept when the field is left; Esc takes back what was typed. */
export function SavedField({
  label,
  value,
  placeholder = '',
  hint,
  rows = 1,
  maxLength,
  choices,
  isTitle = false,
  onSave,
}: {
  label: string
  value: string
  placeholder?: string
  hint?: string
  rows?: number
  maxLength?: number
  /** What is often meant; anything else may be typed. */
  choices?: readonly string[]
  isTitle?: boolean
  onSave(value: string): void
}) {
  const [text, setText] = useState(value)
  const list = useId()
  const saved = useRef(value)
  const latest = useRef({ text, onSave })
  latest.current = { text, onSave }
  useEffect(() => {
    saved.current = value
    setText(value)
  }, [value])
  const keep = () => {
    const { text, onSave } = latest.current
    if (text === saved.current) return
    saved.current = text
    onSave(text)
  }
  const keepLatest = useRef(keep)
  keepLatest.current = keep
  // Another code may be chosen while the field still has the keyboard.
  useEffect(() => () => keepLatest.current(), [])
  const shared = {
    label,
    hint,
    value: text,
    placeholder,
    maxLength,
    isLabelHidden: isTitle,
    onText: setText,
    onBlur: keep,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Escape') setText(saved.current)
      else if (event.key === 'Enter' && rows === 1) keep()
    },
  }
  return (
    <div className={isTitle ? 'entry-title' : 'entry-field'}>
      {rows === 1 ? (
        <TextField {...shared} list={choices ? list : undefined} />
      ) : (
        <TextArea {...shared} rows={rows} />
      )}
      {choices && (
        <datalist id={list}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </div>
  )
}
