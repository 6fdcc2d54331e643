import { FolderOpen, History, Plus, Sprout } from 'lucide-react'
import type { FormEvent } from 'react'
import { useState } from 'react'
import type { Picked } from '../../shared/bridge.ts'
import type { Template } from '../../shared/contract/codes.ts'
import { ClosedBackups } from '../backups/ClosedBackups.tsx'
import { store } from '../store.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { Select, TextField } from '../ui/Field.tsx'
import {
  askFor,
  nameOfFile,
  pickAndOpen,
  stepBack,
  useOpening,
  useRecentProjects,
  useStep,
} from './opening.ts'
import { Passphrase } from './Passphrase.tsx'
import { Sheet } from './Sheet.tsx'

/** Which project to work on, while none is open. */
export function StartScreen() {
  const step = useStep((state) => state.step)
  return (
    <main className="start">
      <div className="start-column">
        <h1>Understory</h1>
        {step.name === 'choose' && <Choose />}
        {step.name === 'new' && (
          <>
            <h2>New project</h2>
            <NewProject onBack={stepBack} />
          </>
        )}
        {step.name === 'backups' && (
          <>
            <h2 className="truncate" title={nameOfFile(step.picked)}>
              Backups of {nameOfFile(step.picked)}
            </h2>
            <ClosedBackups picked={step.picked} onBack={stepBack} />
          </>
        )}
        {step.name === 'unlock' && (
          <>
            <h2 className="truncate" title={nameOfFile(step.picked)}>
              {nameOfFile(step.picked)}
            </h2>
            <Unlock picked={step.picked} onBack={stepBack} />
          </>
        )}
      </div>
    </main>
  )
}

function Choose() {
  const recent = useRecentProjects()
  const work = useOpening()
  return (
    <>
      <p className="start-lead">Code case notes with your team, on this computer only.</p>
      <div className="start-actions">
        <Button kind="primary" size="large" icon={Plus} onClick={() => askFor({ name: 'new' })}>
          New project
        </Button>
        <Button size="large" icon={FolderOpen} onClick={() => void pickAndOpen()}>
          Open a project
        </Button>
        <Button
          size="large"
          kind="plain"
          icon={Sprout}
          disabled={work.isBusy}
          onClick={() =>
            void work.run({ open: (options) => store.project.openSample({}, options), file: null })
          }
        >
          Sample project
        </Button>
      </div>
      {work.isBusy && <ProgressBar progress={work.progress} onCancel={work.cancel} />}
      {work.problem && <ProblemNote>{work.problem.words}</ProblemNote>}
      {recent.length > 0 && (
        <section className="start-recent">
          <h2>Opened before</h2>
          <ul>
            {recent.map((project) => (
              <li key={project.ticket} className="recent-row">
                <button
                  type="button"
                  className="recent"
                  onClick={() => askFor({ name: 'unlock', picked: project })}
                >
                  <span
                    id={`recent-${project.ticket}`}
                    className="recent-name truncate"
                    title={nameOfFile(project)}
                  >
                    {nameOfFile(project)}
                  </span>
                  <span className="recent-folder truncate" title={project.folder}>
                    {project.folder}
                  </span>
                  <span className="recent-date number">
                    {new Date(project.openedAt).toLocaleDateString('en-GB', {
                      day: 'numeric',
                      month: 'short',
                      year: 'numeric',
                    })}
                  </span>
                </button>
                <IconButton
                  icon={History}
                  label="Its backups"
                  aria-describedby={`recent-${project.ticket}`}
                  onClick={() => askFor({ name: 'backups', picked: project })}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Unlock({ picked, onBack }: { picked: Picked; onBack(): void }) {
  const [given, setGiven] = useState<string | null>(null)
  if (given !== null) return <ClosedBackups picked={picked} given={given} onBack={() => setGiven(null)} />
  return (
    <Passphrase
      verb="Open"
      file={picked}
      open={(passphrase, options) => store.project.open({ ticket: picked.ticket, passphrase }, options)}
      other={{ label: 'Back', onClick: onBack }}
      onBackups={setGiven}
    />
  )
}

/** The same questions over a project that is open, which stays until another is there. */
export function NewProjectSheet({ onClose }: { onClose(): void }) {
  return (
    <Sheet label="New project" title="New project" isNarrow onClose={onClose}>
      <div className="sheet-form">
        <NewProject onBack={onClose} />
      </div>
    </Sheet>
  )
}

export function OpenProjectSheet({ onClose }: { onClose(): void }) {
  const step = useStep((state) => state.step)
  if (step.name !== 'unlock') return null
  const name = nameOfFile(step.picked)
  return (
    <Sheet label={`Open ${name}`} title={`Open ${name}`} isNarrow onClose={onClose}>
      <div className="sheet-form">
        <Unlock key={step.picked.ticket} picked={step.picked} onBack={onClose} />
      </div>
    </Sheet>
  )
}

const TEMPLATES: readonly { value: Template; label: string }[] = [
  { value: 'safeguarding', label: 'Safeguarding in CAMHS notes' },
  { value: 'referral', label: 'Referral to CAMHS' },
  { value: 'cin-factors', label: 'Children in need census factors' },
  { value: 'aces', label: 'Adverse childhood experiences' },
  { value: 'empty', label: 'Empty codebook' },
]

const SHORTEST = 8

function NewProject({ onBack }: { onBack(): void }) {
  const [title, setTitle] = useState('')
  const [coderName, setCoderName] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [template, setTemplate] = useState<Template>('safeguarding')
  const work = useOpening()
  const isShort = passphrase !== '' && passphrase.length < SHORTEST
  const differs = again !== '' && again !== passphrase
  const isReady =
    title.trim() !== '' && coderName.trim() !== '' && passphrase.length >= SHORTEST && again === passphrase
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    const picked = await window.bridge.pickNewProject(title.trim())
    if (!picked) return
    const project = { title: title.trim(), coderName: coderName.trim(), template, passphrase }
    await work.run({
      open: (options) => store.project.create({ ...project, ticket: picked.ticket }, options),
      file: picked,
    })
  }
  return (
    <form className="start-form" onSubmit={(event) => void submit(event)}>
      <TextField label="Title" value={title} onText={setTitle} autoFocus maxLength={300} />
      <TextField label="Your name as a coder" value={coderName} onText={setCoderName} maxLength={120} />
      <TextField
        label="Passphrase"
        type="password"
        value={passphrase}
        onText={setPassphrase}
        problem={isShort ? `At least ${SHORTEST} characters.` : undefined}
        hint={`At least ${SHORTEST} characters; a few words are best.`}
      />
      <TextField
        label="Passphrase again"
        type="password"
        value={again}
        onText={setAgain}
        problem={differs ? 'The two passphrases differ.' : undefined}
      />
      <p className="field-hint">
        The file is encrypted with this passphrase. If it is lost, nobody can open the project again.
      </p>
      <Select
        label="Start with this codebook"
        value={template}
        options={TEMPLATES}
        onValue={(value) => setTemplate(value)}
      />
      {work.problem && <ProblemNote>{work.problem.words}</ProblemNote>}
      {work.isBusy && <ProgressBar progress={work.progress} onCancel={work.cancel} />}
      <div className="start-buttons">
        <Button type="submit" kind="primary" disabled={!isReady || work.isBusy}>
          Choose where to keep it
        </Button>
        <Button kind="plain" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  )
}
