import { FolderOpen, Plus, Sprout } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { Picked, RecentProject } from '../../shared/bridge.ts'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract.ts'
import type { ProjectInfo, Template } from '../../shared/model.ts'
import { asProblem } from '../../shared/problem.ts'
import { enterProject } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { Select, TextField } from '../ui/Field.tsx'

type Step = { name: 'choose' } | { name: 'new' } | { name: 'unlock'; picked: Picked }

/** A file given by double click is asked for at once. */
export const launched: { file: Picked | null } = { file: null }

export function StartScreen() {
  const [step, setStep] = useState<Step>(() =>
    launched.file ? { name: 'unlock', picked: launched.file } : { name: 'choose' },
  )
  useEffect(() => {
    launched.file = null
  }, [])
  const back = () => setStep({ name: 'choose' })
  return (
    <main className="start">
      <div className="start-column">
        <h1>Understory</h1>
        {step.name === 'choose' && <Choose onStep={setStep} />}
        {step.name === 'new' && <NewProject onBack={back} />}
        {step.name === 'unlock' && <Unlock picked={step.picked} onBack={back} />}
      </div>
    </main>
  )
}

function useWork() {
  const [progress, setProgress] = useState<Progress | null>(null)
  const [token, setToken] = useState<CancelToken | null>(null)
  const [problem, setProblem] = useState<{ code: string; words: string } | null>(null)
  const run = async (work: (token: CancelToken) => Promise<ProjectInfo | null>, ticket: string | null) => {
    const token = new CancelToken()
    setToken(token)
    setProgress(null)
    setProblem(null)
    try {
      const project = await work(token)
      if (!project) return
      if (ticket) await window.bridge.rememberProject(ticket)
      enterProject(project)
    } catch (error) {
      const { code, message } = asProblem(error)
      if (code !== 'cancelled') setProblem({ code, words: message })
    } finally {
      setToken(null)
    }
  }
  return { run, isBusy: token !== null, problem, progress, setProgress, cancel: () => token?.cancel() }
}

function Choose({ onStep }: { onStep(step: Step): void }) {
  const [recent, setRecent] = useState<RecentProject[]>([])
  const work = useWork()
  useEffect(() => {
    window.bridge.recentProjects().then(setRecent, () => {})
  }, [])
  const open = async () => {
    const picked = await window.bridge.pickProject()
    if (picked) onStep({ name: 'unlock', picked })
  }
  return (
    <>
      <p className="start-lead">Code case notes with your team, on this computer only.</p>
      <div className="start-actions">
        <Button kind="primary" size="large" icon={Plus} onClick={() => onStep({ name: 'new' })}>
          New project
        </Button>
        <Button size="large" icon={FolderOpen} onClick={() => void open()}>
          Open a project
        </Button>
        <Button
          size="large"
          kind="plain"
          icon={Sprout}
          disabled={work.isBusy}
          onClick={() =>
            void work.run(
              (signal) => store.project.openSample({}, { signal, onProgress: work.setProgress }),
              null,
            )
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
              <li key={project.ticket}>
                <button
                  type="button"
                  className="recent"
                  onClick={() => onStep({ name: 'unlock', picked: project })}
                >
                  <span className="recent-name">{project.name.replace(/\.understory$/, '')}</span>
                  <span className="recent-folder">{project.folder}</span>
                  <span className="recent-date number">
                    {new Date(project.openedAt).toLocaleDateString('en-GB', {
                      day: 'numeric',
                      month: 'short',
                      year: 'numeric',
                    })}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Unlock({ picked, onBack }: { picked: Picked; onBack(): void }) {
  const [passphrase, setPassphrase] = useState('')
  const work = useWork()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void work.run(
      (signal) =>
        store.project.open({ ticket: picked.ticket, passphrase }, { signal, onProgress: work.setProgress }),
      picked.ticket,
    )
  }
  const isWrong = work.problem?.code === 'wrong-passphrase'
  return (
    <form className="start-form" onSubmit={submit}>
      <h2>{picked.name.replace(/\.understory$/, '')}</h2>
      <TextField
        label="Passphrase"
        type="password"
        value={passphrase}
        onText={setPassphrase}
        autoFocus
        problem={
          isWrong
            ? 'This passphrase does not open the project. Nothing was changed; check it and try again.'
            : undefined
        }
      />
      {work.problem && !isWrong && <ProblemNote>{work.problem.words}</ProblemNote>}
      {work.isBusy && <ProgressBar progress={work.progress} onCancel={work.cancel} />}
      <div className="start-buttons">
        <Button type="submit" kind="primary" disabled={passphrase === '' || work.isBusy}>
          Open
        </Button>
        <Button kind="plain" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
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
  const work = useWork()
  const isShort = passphrase !== '' && passphrase.length < SHORTEST
  const differs = again !== '' && again !== passphrase
  const isReady =
    title.trim() !== '' && coderName.trim() !== '' && passphrase.length >= SHORTEST && again === passphrase
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    const picked = await window.bridge.pickNewProject(title.trim())
    if (!picked) return
    await work.run(
      (signal) =>
        store.project.create(
          { ticket: picked.ticket, passphrase, title: title.trim(), coderName: coderName.trim(), template },
          { signal, onProgress: work.setProgress },
        ),
      picked.ticket,
    )
  }
  return (
    <form className="start-form" onSubmit={(event) => void submit(event)}>
      <h2>New project</h2>
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
