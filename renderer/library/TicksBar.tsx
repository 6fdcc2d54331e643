import { Trash2 } from 'lucide-react'
import { runCommand } from '../keys/use-command.ts'
import type { NoteOrder } from '../queries/note-rows.ts'
import { Button } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { tickedOf, untickAll, useTicks } from './ticks.ts'

/** What can be done to the ticked notes, while some are. */
export function TicksBar({ order }: { order: NoteOrder }) {
  const ticked = useTicks((state) => state.ticked)
  const count = tickedOf(order, ticked).length
  if (count === 0) return null
  return (
    <div className="place-bar ticks-bar">
      <span className="number" role="status">
        {counted(count, 'note')} ticked
      </span>
      <Button size="small" icon={Trash2} onClick={() => runCommand('removeNotes')}>
        Remove…
      </Button>
      <Button size="small" kind="plain" onClick={untickAll}>
        Untick
      </Button>
    </div>
  )
}
