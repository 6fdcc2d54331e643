import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { useCoding } from '../state/coding.ts'
import { IconButton } from '../ui/Button.tsx'
import { formatCount } from '../ui/Feedback.tsx'
import './hits-bar.css'
import { clearMarks, stepMark, useMarks } from './marks.ts'

/** Over a note that was opened from a search: which hit this is, the way to the others, and out. */
export function HitsBar() {
  const noteId = useCoding((state) => state.noteId)
  const marks = useMarks()
  const isShown = marks.noteId !== null && marks.noteId === noteId
  useCommand('nextHit', () => stepMark(1), isShown)
  useCommand('previousHit', () => stepMark(-1), isShown)
  if (!isShown) return null
  return (
    <section className="hits-bar" aria-label="Hits of the search">
      <span className="hits-bar-words number">
        Hit {formatCount(marks.at + 1)} of {formatCount(marks.ranges.length)} for <q>{marks.query}</q>
      </span>
      <IconButton
        icon={ChevronUp}
        label="Previous hit"
        keys={keyLabel('previousHit')}
        onClick={() => stepMark(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label="Next hit"
        keys={keyLabel('nextHit')}
        onClick={() => stepMark(1)}
      />
      <IconButton icon={X} label="Close the hits" onClick={clearMarks} />
    </section>
  )
}
