import { FileDown } from 'lucide-react'
import { useSession } from '../state/session.ts'
import { counted } from '../ui/Feedback.tsx'
import { useDropping, useDrops } from './dropping.ts'
import './drop.css'
import { useImporting } from './importing.ts'

/** Says what happens to what is held over the window; it takes no pointer, so the page below still receives the drop. */
export function DropOverlay() {
  useDrops()
  const held = useDropping((state) => state.held)
  const isOpen = useSession((state) => state.phase === 'open')
  const isBusy = useImporting((state) => state.work?.kind === 'import')
  if (held === 0) return null
  return (
    <div className="drop" role="status">
      <div className="drop-words">
        <FileDown size={24} strokeWidth={1.25} aria-hidden="true" />
        <strong>{isOpen && !isBusy ? `Drop to import ${counted(held, 'item')}` : 'Not now'}</strong>
        <p>
          {!isOpen
            ? 'Open a project first, then drop the notes on it.'
            : isBusy
              ? 'An import is running. Drop the files when it has finished.'
              : 'Tables, text files, Word, PDF or folders of notes, or one codebook (.qdc). You see a preview before anything is stored.'}
        </p>
      </div>
    </div>
  )
}
