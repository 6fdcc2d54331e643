import { NotebookPen } from 'lucide-react'

/** Stands beside a name that somebody has thought aloud about. */
export function MemoMark() {
  return (
    <span className="memo-mark" role="img" aria-label="has a memo" title="Has a memo">
      <NotebookPen size={12} strokeWidth={1.75} aria-hidden="true" />
    </span>
  )
}
