import type { Job } from '../queries/use-job.ts'
import { Button } from './Button.tsx'
import { ProblemNote } from './Feedback.tsx'
import { SlowWork } from './SlowWork.tsx'

/** How far a calculation is, or why it gave nothing; over what it gave before. */
export function ComputedFrame<T>({ computed }: { computed: Job<T> }) {
  const { data, token, progress, problem, wasCancelled, again } = computed
  const starting = { done: 0, total: null, words: 'counting' }
  return (
    <>
      <SlowWork token={token} progress={progress ?? starting} />
      {problem && (
        <div className="place-line">
          <ProblemNote action={{ label: 'Count again', onClick: again }}>{problem}</ProblemNote>
        </div>
      )}
      {wasCancelled && (
        <div className="place-line old" role="status">
          <span>
            Counting was cancelled. Nothing was changed
            {data === null ? '.' : '; the previous figures are shown.'}
          </span>{' '}
          <Button kind="plain" size="small" onClick={again}>
            Count
          </Button>
        </div>
      )}
    </>
  )
}
