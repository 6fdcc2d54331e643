import { Archive, ArchiveRestore } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { CodeRow } from '../../shared/model.ts'
import { byIdOf, pathOf } from '../coding/codes.ts'
import { reservedCodeKeys } from '../keys.ts'
import { Memos } from '../memos/Memos.tsx'
import { coderId, save } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { Checkbox, TextArea, TextField } from '../ui/Field.tsx'
import type { Anchor } from '../ui/Floating.tsx'
import { codeColour } from '../ui/palette.ts'
import { UsualQualifiers } from './UsualQualifiers.tsx'

type Words = 'name' | 'definition' | 'useWhen' | 'doNotUseWhen' | 'example' | 'source'

const FIELDS: readonly { field: Words; label: string; hint: string; rows: number }[] = [
  {
    field: 'definition',
    label: 'Definition',
    hint: 'What the code means, in one or two sentences.',
    rows: 3,
  },
  { field: 'useWhen', label: 'Use when', hint: 'What must be in the text.', rows: 2 },
  {
    field: 'doNotUseWhen',
    label: 'Do not use when',
    hint: 'What looks like it and is not, and which code to use then.',
    rows: 2,
  },
  { field: 'example', label: 'Example', hint: 'An invented or agreed sentence.', rows: 2 },
]

/** Everything a coder has to know about one code; each field is saved when it is left. */
export function CodeEntry({
  code,
  codes,
  onColour,
  onRetire,
}: {
  code: CodeRow
  codes: readonly CodeRow[]
  onColour(anchor: Anchor): void
  onRetire(): void
}) {
  const path = pathOf(code, byIdOf(codes))
  const change = (changes: Partial<CodeRow>) =>
    save(store.codes.update({ coderId: coderId(), id: code.id, changes }))
  return (
    <div className="entry">
      <p className="entry-path">
        {path || (code.isFolder ? 'Folder' : 'Top of the codebook')}
        {code.isRetired && <span className="tag">Retired</span>}
      </p>
      <div className="entry-head">
        {!code.isFolder && (
          <button
            type="button"
            className="entry-colour"
            aria-label="Change the colour"
            style={{ background: codeColour(code.colour) }}
            onClick={(event) => onColour(event.currentTarget.getBoundingClientRect())}
          />
        )}
        <SavedField
          label="Name"
          isTitle
          value={code.name}
          onSave={(name) => name.trim() !== '' && change({ name: name.trim() })}
        />
      </div>
      <p className="entry-counts number">
        {code.isFolder
          ? counted(codes.filter((other) => other.parentId === code.id).length, 'code')
          : `${counted(code.codings, 'coding')} in ${counted(code.notes, 'note')}, by all coders`}
      </p>
      <div className="entry-fields">
        {FIELDS.filter(({ field }) => !code.isFolder || field === 'definition' || code[field] !== '').map(
          ({ field, label, hint, rows }) => (
            <SavedField
              key={field}
              label={label}
              placeholder={hint}
              rows={rows}
              value={code[field]}
              onSave={(value) => change({ [field]: value })}
            />
          ),
        )}
        {(!code.isFolder || code.source !== '') && (
          <SavedField
            label="Source"
            placeholder="Where the category comes from."
            value={code.source}
            onSave={(source) => change({ source })}
          />
        )}
        <div className="entry-row">
          {!code.isFolder && (
            <ShortcutField code={code} codes={codes} onSave={(shortcut) => change({ shortcut })} />
          )}
          <Checkbox
            label="Folder: groups codes, cannot be applied"
            checked={code.isFolder}
            disabled={code.codings > 0}
            onChecked={(isFolder) => change({ isFolder })}
          />
        </div>
        <section className="entry-part" aria-label="Memos on this code">
          <h3>Memos</h3>
          <Memos
            about={{ kind: 'code', id: code.id }}
            placeholder="What you think about this code and its use."
          />
        </section>
        {!code.isFolder && <UsualQualifiers code={code} onSave={(qualifiers) => change({ qualifiers })} />}
        <div>
          <Button kind="plain" icon={code.isRetired ? ArchiveRestore : Archive} onClick={onRetire}>
            {code.isRetired ? 'Restore' : 'Retire'} this {code.isFolder ? 'folder' : 'code'}
          </Button>
        </div>
      </div>
    </div>
  )
}

/** Text that is kept when the field is left; Esc takes back what was typed. */
function SavedField({
  label,
  value,
  placeholder = '',
  rows = 1,
  isTitle = false,
  onSave,
}: {
  label: string
  value: string
  placeholder?: string
  rows?: number
  isTitle?: boolean
  onSave(value: string): void
}) {
  const [text, setText] = useState(value)
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
    value: text,
    placeholder,
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
      {rows === 1 ? <TextField {...shared} /> : <TextArea {...shared} rows={rows} />}
    </div>
  )
}

/** What is wrong with a letter as a code's own key; undefined when nothing is. */
export function keyConflict(key: string, code: CodeRow, codes: readonly CodeRow[]): string | undefined {
  if (key === '') return undefined
  if (!/^[a-z0-9]$/.test(key)) return 'One letter a–z or digit.'
  const reserved = reservedCodeKeys().get(key)
  if (reserved) return `${key.toUpperCase()} already means “${reserved}”.`
  const other = codes.find(
    (candidate) => candidate.shortcut === key && candidate.id !== code.id && !candidate.isRetired,
  )
  return other && `${key.toUpperCase()} belongs to “${other.name}”.`
}

function ShortcutField({
  code,
  codes,
  onSave,
}: {
  code: CodeRow
  codes: readonly CodeRow[]
  onSave(shortcut: string | null): void
}) {
  const [key, setKey] = useState(code.shortcut ?? '')
  useEffect(() => setKey(code.shortcut ?? ''), [code.shortcut])
  const conflict = keyConflict(key, code, codes)
  return (
    <div className="entry-key">
      <TextField
        label="Own key"
        value={key}
        maxLength={1}
        problem={conflict}
        placeholder="None"
        onText={(text) => {
          const next = text.toLowerCase()
          setKey(next)
          if (keyConflict(next, code, codes) === undefined && next !== (code.shortcut ?? ''))
            onSave(next || null)
        }}
      />
    </div>
  )
}
