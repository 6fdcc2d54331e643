import type { ReactNode } from 'react'
import type { Job } from '../queries/use-job.ts'
import { Button } from '../ui/Button.tsx'
import { ProblemNote, ProgressBar } from '../ui/Feedback.tsx'

/** What a calculation gave, under how far it is or why it gave nothing. */
export function JobFrame<T>({ job, children }: { job: Job<T>; children(data: T): ReactNode }) {
  const { data, isRunning, progress, problem, wasCancelled } = job
  return (
    <>
      {isRunning && (
        <div className="place-line">
          <ProgressBar progress={progress} onCancel={job.cancel} />
        </div>
      )}
      {problem && (
        <div className="place-line">
          <ProblemNote>{problem}</ProblemNote>
        </div>
      )}
      {wasCancelled && (
        <div className="place-line old">
          <span>Cancelled. Nothing was changed.</span>
          <Button kind="plain" size="small" onClick={job.again}>
            Compute
          </Button>
        </div>
      )}
      {data !== null && children(data)}
    </>
  )
}
