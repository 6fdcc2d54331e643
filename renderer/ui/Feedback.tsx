import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { Progress } from '../../shared/contract/events.ts'
import { Button } from './Button.tsx'
import './feedback.css'

const whole = new Intl.NumberFormat('en-GB')
export const formatCount = (value: number): string => whole.format(value)

/** "1 note", "2 notes", "1,204 notes". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`

const duration = (seconds: number): string => {
  if (seconds < 60) return `about ${Math.max(1, Math.round(seconds))} s left`
  return `about ${Math.round(seconds / 60)} min left`
}

/** How far a long job is: count, rate, time left, and a way to stop it. */
export function ProgressBar({ progress, onCancel }: { progress: Progress | null; onCancel?: () => void }) {
  const start = useRef(performance.now())
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = window.setInterval(() => tick((n) => n + 1), 500)
    return () => window.clearInterval(timer)
  }, [])
  const seconds = (performance.now() - start.current) / 1000
  const done = progress?.done ?? 0
  const total = progress?.total ?? null
  const rate = seconds > 0.5 ? done / seconds : 0
  const details = [
    total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`,
    progress?.words ?? 'starting',
    rate > 0 ? `${rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate))} a second` : null,
    rate > 0 && total !== null && done < total ? duration((total - done) / rate) : null,
  ].filter(Boolean)
  return (
    <div className="progress">
      <div
        className="progress-track"
        role="progressbar"
        aria-label={progress?.words ?? 'Work in progress'}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total === null ? undefined : done}
      >
        <div className="progress-bar" style={{ width: total ? `${(100 * done) / total}%` : '8%' }} />
      </div>
      <span className="progress-words number">{details.join(' · ')}</span>
      {onCancel && (
        <Button size="small" kind="plain" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  )
}

/** A place with nothing in it yet: one sentence and one thing to do. */
export function EmptyState({
  icon: Icon,
  children,
  action,
}: {
  icon?: LucideIcon
  children: ReactNode
  action?: { label: string; onClick(): void }
}) {
  return (
    <div className="empty">
      {Icon && <Icon size={24} strokeWidth={1.25} aria-hidden="true" />}
      <p>{children}</p>
      {action && (
        <Button kind="primary" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  )
}

/** What went wrong, what is safe, what to do. */
export function ProblemNote({
  children,
  action,
}: {
  children: ReactNode
  action?: { label: string; onClick(): void }
}) {
  return (
    <div className="problem-note" role="alert">
      <span>{children}</span>
      {action && (
        <Button size="small" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  )
}
