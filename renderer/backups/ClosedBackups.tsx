import { type FormEvent, useState } from 'react'
import type { Picked } from '../../shared/bridge.ts'
import { useOpening } from '../shell/opening.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { TextField } from '../ui/Field.tsx'
import { BackupList } from './BackupList.tsx'

/** The backups of a project that is not open, or cannot be; `given` is its passphrase where it was typed already. */
export function ClosedBackups({
  picked,
  given = null,
  onBack,
}: {
  picked: Picked
  given?: string | null
  onBack(): void
}) {
  const [passphrase, setPassphrase] = useState(given)
  const [typed, setTyped] = useState('')
  const work = useOpening()
  if (passphrase === null) {
    const submit = (event: FormEvent) => {
      event.preventDefault()
      if (typed !== '') setPassphrase(typed)
    }
    return (
      <form className="start-form" onSubmit={submit}>
        <TextField label="Passphrase" type="password" value={typed} onText={setTyped} autoFocus />
        <div className="start-buttons">
          <Button type="submit" kind="primary" disabled={typed === ''}>
            Show backups
          </Button>
          <Button kind="plain" onClick={onBack}>
            Back
          </Button>
        </div>
      </form>
    )
  }
  const of = { ticket: picked.ticket, passphrase }
  return (
    <section aria-label="Backups">
      {work.problem && <ProblemNote>{work.problem.words}</ProblemNote>}
      {work.isBusy ? (
        <ProgressBar progress={work.progress} />
      ) : (
        <BackupList
          of={of}
          isBusy={work.isBusy}
          onRestore={({ name }) =>
            void work.run({
              open: (options) => store.backups.restoreClosed({ ...of, name }, options),
              file: picked,
            })
          }
        />
      )}
      <div className="start-buttons">
        <Button kind="plain" autoFocus onClick={onBack}>
          Back
        </Button>
      </div>
    </section>
  )
}
