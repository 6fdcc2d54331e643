import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from '../ui/Button.tsx'

/** Something longer than a menu at the right edge: keys, settings. Not modal; Esc puts it away and gives the focus back. */
export function Sheet({
  label,
  title,
  isNarrow = false,
  onClose,
  children,
}: {
  label: string
  title: string
  isNarrow?: boolean
  onClose(): void
  children: ReactNode
}) {
  const sheet = useRef<HTMLElement>(null)
  const before = useRef(document.activeElement as HTMLElement | null)
  useEffect(() => {
    const from = before.current
    if (!sheet.current?.contains(document.activeElement)) sheet.current?.focus()
    return () => from?.focus()
  }, [])
  return (
    <aside
      ref={sheet}
      className={isNarrow ? 'sheet sheet-narrow' : 'sheet'}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      data-pane="sheet"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="sheet-head">
        <h2>{title}</h2>
        <IconButton icon={X} label="Close" keys="Esc" onClick={onClose} />
      </div>
      {children}
    </aside>
  )
}
