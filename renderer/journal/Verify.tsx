import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import type { VerifyReport } from '../../shared/contract/project.ts'
import { asProblem } from '../../shared/problem.ts'
import { copyWords, sealWords } from '../../shared/seal-words.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { formatCount, ProgressBar } from '../ui/Feedback.tsx'
import './journal.css'

type State = {
  report: VerifyReport | null
  token: CancelToken | null
  progress: Progress | null
  problem: string | null
}
/** Stretches of seals that a person reads at a glance. */
const SHOWN = 2
const IDLE: State = { report: null, token: null, progress: null, problem: null }

const allOf = (entries: number): string =>
  entries === 1 ? 'the one entry is' : `all ${formatCount(entries)} entries are`

/** The proof that nobody changed the project behind the program's back. */
export function Verify() {
  const [{ report, token, progress, problem }, setState] = useState(IDLE)
  const verify = async () => {
    const token = new CancelToken()
    setState({ ...IDLE, token })
    try {
      const report = await store.project.verify(
        {},
        { signal: token, onProgress: (progress) => setState((before) => ({ ...before, progress })) },
      )
      setState({ ...IDLE, report })
    } catch (error) {
      const { code, message } = asProblem(error)
      setState({ ...IDLE, problem: code === 'cancelled' ? null : message })
    }
  }
  return (
    <div className="verify">
      {token && <ProgressBar progress={progress} onCancel={() => token.cancel()} />}
      {report && (
        <p className="verify-seals number">
          {[copyWords(report.copies), sealWords(report, SHOWN)].filter((words) => words !== null).join(' ')}
        </p>
      )}
      {report && (
        <p className={report.ok ? 'verify-good number' : 'verify-bad number'} role="status">
          {report.ok
            ? `Verified: ${allOf(report.entries)} intact`
            : `Not intact: ${report.problems[0] ?? 'the journal and the tables differ'}. Keep this file as it is and open a backup.`}
        </p>
      )}
      {problem && (
        <p className="verify-bad" role="status">
          {problem}
        </p>
      )}
      <Button icon={ShieldCheck} disabled={token !== null} onClick={() => void verify()}>
        Verify the project
      </Button>
    </div>
  )
}
