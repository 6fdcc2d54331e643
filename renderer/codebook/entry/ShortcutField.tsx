import { useEffect, useState } from 'react'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import { reservedCodeKeys } from '../../keys/own-keys.ts'
import { TextField } from '../../ui/Field.tsx'

/** What is wrong with a letter as a code's own key; undefined when nothing is. */
export function keyConflict(key: string, code: CodeRow, codes: readonly CodeRow[]): string | undefined {
  if (key === '') return undefined
  if (!/^[a-z0-9]$/.test(key)) return 'One letter a–z or digit.'
  const reserved = reservedCodeKeys().get(key)
  if (reserved) return `${key.toUpperCase()} is already the key of “${reserved}”.`
  const other = codes.find(
    (candidate) => candidate.shortcut === key && candidate.id !== code.id && !candidate.isRetired,
  )
  return other && `${key.toUpperCase()} is already the key of “${other.name}”.`
}

/** The key that applies the code while a note has the keyboard. */
export function ShortcutField({
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
        label="Key"
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
