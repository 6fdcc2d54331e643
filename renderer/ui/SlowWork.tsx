import { useEffect, useState } from 'react'
import type { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import { ProgressBar } from './Feedback.tsx'

/** Shorter work is not spoken of, in ms: a line that comes and goes is worse than none. */
const PAUSE = 500

/** True once the work of this token has taken longer than `pause`, in ms. */
export function useIsSlow(token: CancelToken | null, pause: number): boolean {
  const [slow, setSlow] = useState<CancelToken | null>(null)
  useEffect(() => {
    if (!token) return
    const timer = window.setTimeout(() => setSlow(token), pause)
    return () => window.clearTimeout(timer)
  }, [token, pause])
  return token !== null && slow === token
}

/** An answer that takes its time says how far it is, and can be stopped. */
export function SlowWork({ token, progress }: { token: CancelToken | null; progress: Progress | null }) {
  if (!useIsSlow(token, PAUSE)) return null
  return (
    <div className="place-line">
      <ProgressBar progress={progress} onCancel={() => token?.cancel()} />
    </div>
  )
}
