import { Lock } from 'lucide-react'
import { closeProject } from '../state/leaving.ts'
import { type Locked, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { useOpening } from './opening.ts'
import { Passphrase } from './Passphrase.tsx'

const OTHER = { label: 'Open another project', onClick: () => void closeProject() }

/** The file is closed and its keys are gone; what is known here is which project it was. */
export function LockScreen({ locked }: { locked: Locked }) {
  const file = useSession((state) => state.file)
  const why = locked.why ?? 'Locked.'
  return (
    <main className="start">
      <div className="start-column">
        <div className="lock-head">
          <Lock size={20} strokeWidth={1.6} aria-hidden="true" />
          <h1 className="truncate" title={locked.title}>
            {locked.title}
          </h1>
        </div>
        <p className="start-lead">{why} Everything is saved. Unlock to continue where you were.</p>
        {file ? (
          <Passphrase
            verb="Unlock"
            file={file}
            open={(passphrase, options) => store.project.open({ ticket: file.ticket, passphrase }, options)}
            isReturn
            pinOf={locked.pinOf}
            other={OTHER}
          />
        ) : locked.isSample ? (
          <UnlockSample />
        ) : (
          <LostFile />
        )}
      </div>
    </main>
  )
}

/** Its notes are invented and its passphrase is no secret. */
function UnlockSample() {
  const work = useOpening()
  return (
    <div className="start-form">
      <p className="field-hint">The sample opens without a passphrase: its notes are invented.</p>
      {work.problem && <ProblemNote>{work.problem.words}</ProblemNote>}
      {work.isBusy && <ProgressBar progress={work.progress} onCancel={work.cancel} />}
      <div className="start-buttons">
        <Button
          kind="primary"
          autoFocus
          disabled={work.isBusy}
          onClick={() =>
            void work.run({
              open: (options) => store.project.openSample({}, options),
              file: null,
              isReturn: true,
            })
          }
        >
          Unlock
        </Button>
        <Button kind="plain" onClick={OTHER.onClick}>
          {OTHER.label}
        </Button>
      </div>
    </div>
  )
}

function LostFile() {
  return (
    <div className="start-form">
      <p className="field-hint">Its file is not in the list of recent projects on this computer.</p>
      <div className="start-buttons">
        <Button kind="primary" autoFocus onClick={OTHER.onClick}>
          {OTHER.label}
        </Button>
      </div>
    </div>
  )
}
