import { WifiOff } from 'lucide-react'
import { useStore } from '../queries.ts'
import { useCoder, useSession } from '../state/session.ts'
import { Tip } from '../ui/Button.tsx'
import { counted, formatCount } from '../ui/Feedback.tsx'

export function StatusBar() {
  const coder = useCoder()
  const name = useSession((state) => state.project?.coders.find((other) => other.id === state.coderId)?.name)
  const { data: progress } = useStore('notes.progress', { coderId: coder })
  return (
    <footer className="statusbar">
      <span>{name}</span>
      <SavedState />
      <Tip words="Nothing leaves this computer: the program has no way to a network." isDescription>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its explanation must be reachable by key */}
        <span className="statusbar-item" tabIndex={0}>
          <WifiOff size={12} aria-hidden="true" />
          Offline
        </span>
      </Tip>
      <span className="spacer" />
      {progress && (
        <span className="statusbar-item number">
          <span className="statusbar-meter" aria-hidden="true">
            <span style={{ width: `${(100 * progress.finished) / Math.max(1, progress.notes)}%` }} />
          </span>
          {formatCount(progress.finished)} of {counted(progress.notes, 'note')} finished
        </span>
      )}
    </footer>
  )
}

function SavedState() {
  const unsaved = useSession((state) => state.unsaved)
  const failed = useSession((state) => state.lastSaveFailed)
  const words = unsaved > 0 ? 'Saving' : failed ? 'Last change not saved' : 'Saved'
  return (
    <span className={failed && unsaved === 0 ? 'statusbar-failed' : ''} data-testid="saved">
      {words}
    </span>
  )
}
