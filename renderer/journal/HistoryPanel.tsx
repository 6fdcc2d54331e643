import { X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryStep } from '../../shared/contract/history.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { useRowHeight } from '../preferences.ts'
import { useStore } from '../queries/use-store.ts'
import { announce, coderId, saving, useCoder, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { IconButton } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/VirtualList.tsx'
import './journal.css'
import { shortTime, withPlace } from './entry-labels.ts'

/** `start` is the state before the oldest step that is listed. */
type Row = { kind: 'undone' | 'now' | 'done' | 'start'; key: string; step: HistoryStep }

/** Enough for days of coding; what is older is in the journal. */
const STEPS = 500

export const closeHistory = () => useSession.setState({ isHistoryOpen: false })
/** Asked for, the panel takes the keyboard; come back with the place after a lock, it leaves it where it is. */
let isWanted = false
export const toggleHistory = () => {
  isWanted = !useSession.getState().isHistoryOpen
  useSession.setState({ isHistoryOpen: isWanted, panel: 'none' })
}

/** Newest at the top: what was undone and can be had again, where things stand, what can be undone. */
function inOrder(done: readonly HistoryStep[], undone: readonly HistoryStep[]): Row[] {
  const oldest = done.at(-1)
  return [
    ...[...undone].reverse().map((step): Row => ({ kind: 'undone', key: step.step, step })),
    ...done.map((step, index): Row => ({ kind: index === 0 ? 'now' : 'done', key: step.step, step })),
    ...(oldest ? [{ kind: 'start' as const, key: 'start', step: oldest }] : []),
  ]
}

async function goTo(row: Row): Promise<void> {
  if (row.kind === 'now') return
  const isBefore = row.kind === 'start'
  const { steps } = await saving(
    store.history.goTo({ coderId: coderId(), step: row.step.step, isBefore }),
  ).catch(() => ({ steps: 0 }))
  if (steps > 0) announce(`${counted(steps, 'step')} ${row.kind === 'undone' ? 'redone' : 'undone'}`)
}

/** The steps of the coder, beside the place they changed; a step is gone back or forward to by Enter or a click. */
export function HistoryPanel() {
  const coder = useCoder()
  const name = useSession((state) => state.project?.coders.find((other) => other.id === coder)?.name)
  const { data } = useStore('history.steps', { coderId: coder, limit: STEPS })
  const rows = useMemo(() => (data ? inOrder(data.done, data.undone) : []), [data])
  const now = data ? Math.min(data.undone.length, rows.length - 1) : -1
  const [active, setActive] = useState(-1)
  const list = useRef<VirtualListHandle>(null)
  const panel = useRef<HTMLElement>(null)
  const rowHeight = useRowHeight() + 16
  // Whenever things have moved, the keyboard is where they stand.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows mean another state
  useEffect(() => setActive(now), [now, rows])
  const isFilled = rows.length > 0
  const isLoaded = data !== undefined
  useEffect(() => {
    if (!isLoaded) return
    const isMine = isWanted || (panel.current?.contains(document.activeElement) ?? false)
    isWanted = false
    if (isFilled && isMine) list.current?.focus()
    // The list goes with its last step.
    else if (!isFilled && (isMine || document.activeElement === document.body)) panel.current?.focus()
  }, [isFilled, isLoaded])
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    const element = panel.current
    return () => {
      if (element?.contains(document.activeElement) || document.activeElement === document.body)
        backTo(before)
    }
  }, [])
  return (
    <aside
      ref={panel}
      className="pane history"
      aria-label="History"
      data-pane="history"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        closeHistory()
      }}
    >
      <div className="pane-head history-head">
        <h2 title={name}>{name ? `What ${name} did` : 'History'}</h2>
        <IconButton icon={X} label="Close the history" keys={keyLabel('history')} onClick={closeHistory} />
      </div>
      {data && rows.length === 0 && (
        <p className="pane-hint">Nothing to undo yet. Each step you make is listed here.</p>
      )}
      {rows.length > 0 && (
        <VirtualList
          ref={list}
          label="Steps"
          count={rows.length}
          rowHeight={rowHeight}
          active={active}
          onActive={setActive}
          onOpen={(index) => rows[index] && void goTo(rows[index])}
          keyOf={(index) => rows[index]?.key ?? String(index)}
          row={(index) => rows[index] && <StepRow row={rows[index]} />}
        />
      )}
      <p className="history-foot">
        {data && data.undone.length > 0
          ? `${counted(data.undone.length, 'step')} undone. Your next change discards them.`
          : 'Enter goes back to a step. The journal keeps every step.'}
      </p>
    </aside>
  )
}

/** What had the keyboard may be gone by what was undone: then it goes to the place itself. */
function backTo(before: HTMLElement | null): void {
  if (before?.isConnected) before.focus()
  if (document.activeElement === document.body || !before?.isConnected)
    document.querySelector<HTMLElement>('.note-text, .workbench-place')?.focus({ preventScroll: true })
}

const STATES = { undone: 'undone', now: 'now', done: '', start: '' } as const

function StepRow({ row: { kind, step } }: { row: Row }) {
  return (
    <div className={`history-step history-${kind}`}>
      <span className="history-mark" aria-hidden="true" />
      <span className="history-words">
        <span className="history-label" title={kind === 'start' ? undefined : withPlace(step)}>
          {kind === 'start' ? 'Before these steps' : withPlace(step)}
        </span>
        {kind !== 'start' && (
          <span className="history-time number">
            {shortTime(step.at)}
            {STATES[kind] && <span className="history-state">{STATES[kind]}</span>}
          </span>
        )}
      </span>
    </div>
  )
}
