import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Picked } from '../../shared/bridge.ts'
import type { Opening } from '../../shared/contract/project.ts'
import type { CallOptions } from '../../shared/rpc.ts'
import { Button } from '../ui/Button.tsx'
import { ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { TextField } from '../ui/Field.tsx'
import { useOpening } from './opening.ts'

const DOES_NOT_OPEN: ReadonlySet<string> = new Set([
  'file-not-found',
  'not-a-project',
  'project-damaged',
  'wrong-passphrase',
])

/** Asks for the passphrase of a project and opens it. */
export function Passphrase({
  verb,
  file,
  open,
  isReturn = false,
  pinOf = null,
  other,
  onBackups,
}: {
  verb: string
  file: Picked | null
  open(passphrase: string, options: CallOptions): Promise<Opening>
  isReturn?: boolean
  /** Whose PIN is asked for too; another who comes leaves it empty. */
  pinOf?: string | null
  other: { label: string; onClick(): void }
  /** Shows the backups of a project that does not open, by what was typed. */
  onBackups?: (passphrase: string) => void
}) {
  const [passphrase, setPassphrase] = useState('')
  const [pin, setPin] = useState('')
  const work = useOpening()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (passphrase === '') return
    void work.run({ open: (options) => open(passphrase, options), file, isReturn, pin })
  }
  const form = useRef<HTMLFormElement>(null)
  const { problem } = work
  const isWrong = problem?.code === 'wrong-passphrase'
  // What is typed next takes the place of what was wrong.
  useEffect(() => {
    if (problem?.code === 'wrong-passphrase') form.current?.querySelector('input')?.select()
  }, [problem])
  return (
    <form className="start-form" ref={form} onSubmit={submit}>
      <TextField
        label="Passphrase"
        type="password"
        value={passphrase}
        onText={setPassphrase}
        autoFocus
        problem={
          isWrong
            ? 'This passphrase does not open the project. Nothing was changed; check it and try again. If you are sure of it, the file may be damaged: open a backup.'
            : undefined
        }
      />
      {pinOf !== null && (
        <TextField
          label={`PIN of ${pinOf}`}
          type="password"
          value={pin}
          onText={setPin}
          hint="If somebody else codes now, leave it empty."
        />
      )}
      {work.problem && !isWrong && <ProblemNote>{work.problem.words}</ProblemNote>}
      {work.isBusy && <ProgressBar progress={work.progress} onCancel={work.cancel} />}
      <div className="start-buttons">
        <Button type="submit" kind="primary" disabled={passphrase === '' || work.isBusy}>
          {verb}
        </Button>
        {work.problem && onBackups && DOES_NOT_OPEN.has(work.problem.code) && (
          <Button onClick={() => onBackups(passphrase)}>Its backups</Button>
        )}
        <Button kind="plain" onClick={other.onClick}>
          {other.label}
        </Button>
      </div>
    </form>
  )
}
