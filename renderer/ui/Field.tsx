import {
  type InputHTMLAttributes,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import './field.css'

type Labelled = { label: string; hint?: ReactNode; problem?: string | undefined; isLabelHidden?: boolean }

function Frame({
  id,
  label,
  hint,
  problem,
  isLabelHidden,
  children,
}: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      {children}
      {problem ? (
        <p className="field-problem" id={`${id}-hint`} role="alert">
          {problem}
        </p>
      ) : (
        hint && (
          <p className="field-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )
      )}
    </div>
  )
}

type TextFieldProps = Labelled &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange'> & {
    onText(text: string): void
    ref?: Ref<HTMLInputElement>
  }

export function TextField({ label, hint, problem, isLabelHidden = false, onText, ...rest }: TextFieldProps) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} problem={problem} isLabelHidden={isLabelHidden}>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        {...rest}
        id={id}
        className="input"
        aria-invalid={problem ? true : undefined}
        aria-describedby={hint || problem ? `${id}-hint` : undefined}
        onChange={(event) => onText(event.target.value)}
      />
    </Frame>
  )
}

type TextAreaProps = Labelled &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'onChange'> & {
    onText(text: string): void
    ref?: Ref<HTMLTextAreaElement>
  }

export function TextArea({ label, hint, problem, isLabelHidden = false, onText, ...rest }: TextAreaProps) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} problem={problem} isLabelHidden={isLabelHidden}>
      <textarea
        spellCheck={false}
        rows={2}
        {...rest}
        id={id}
        className="input textarea"
        aria-describedby={hint || problem ? `${id}-hint` : undefined}
        onChange={(event) => onText(event.target.value)}
      />
    </Frame>
  )
}

type SelectProps<T extends string> = Labelled &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'onChange' | 'value'> & {
    value: T
    options: readonly { value: T; label: string }[]
    onValue(value: T): void
  }

export function Select<T extends string>({
  label,
  hint,
  problem,
  isLabelHidden = false,
  value,
  options,
  onValue,
  ...rest
}: SelectProps<T>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} problem={problem} isLabelHidden={isLabelHidden}>
      <select
        {...rest}
        id={id}
        className="input select"
        value={value}
        aria-describedby={hint || problem ? `${id}-hint` : undefined}
        onChange={(event) => onValue(event.target.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  )
}

export function Checkbox({
  label,
  checked,
  onChecked,
  disabled = false,
}: {
  label: ReactNode
  checked: boolean
  onChecked(checked: boolean): void
  disabled?: boolean
}) {
  return (
    <label className="checkbox">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

/** One choice of a few, all of them in sight. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onValue,
}: {
  label: string
  value: T
  /** `short` stands for the label where the room is narrow; read out is always the label. */
  options: readonly { value: T; label: string; short?: string }[]
  onValue(value: T): void
}) {
  const name = useId()
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a set of radios is one choice, and is read out as that
    <fieldset className="segmented" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className="segment">
          <input
            type="radio"
            name={name}
            value={option.value}
            aria-label={option.label}
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          <span className={option.short ? 'segment-long' : undefined}>{option.label}</span>
          {option.short && (
            <span className="segment-short" aria-hidden="true">
              {option.short}
            </span>
          )}
        </label>
      ))}
    </fieldset>
  )
}

/** Keys of a field that is edited in place: Enter keeps what was typed, Esc does not. They go no further. */
export const finishByKey =
  (finish: (isKept: boolean) => void) =>
  (event: KeyboardEvent): void => {
    // What is typed is for the field alone, not for the list it stands in; what works everywhere works here too.
    if (!event.ctrlKey && !event.metaKey && !/^F\d/.test(event.key)) event.stopPropagation()
    if (event.key === 'Enter') finish(true)
    else if (event.key === 'Escape') finish(false)
  }

/** A name that can be changed where it stands: Enter saves, Esc leaves it, going elsewhere saves. */
export function InlineEdit({
  label,
  value,
  placeholder,
  onSave,
  onCancel,
}: {
  label: string
  value: string
  placeholder?: string
  onSave(value: string): void
  onCancel(): void
}) {
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  const finish = (save: boolean) => {
    if (isDone.current) return
    isDone.current = true
    const wanted = text.trim()
    if (save && wanted !== '' && wanted !== value) onSave(wanted)
    else onCancel()
  }
  return (
    <input
      ref={input}
      className="input inline-edit"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={finishByKey(finish)}
      onBlur={() => finish(true)}
      onClick={(event) => event.stopPropagation()}
    />
  )
}
