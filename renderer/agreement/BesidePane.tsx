import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from '../ui/Button.tsx'

/**
 * What stands beside the table: takes the keyboard when it opens, and gives it back to where it came from when it is
 * closed, by Escape too.
 */
export function BesidePane({
  label,
  title,
  under,
  onClose,
  children,
}: {
  label: string
  title: string
  under: ReactNode
  onClose(): void
  children: ReactNode
}) {
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    pane.current?.focus()
    return () => {
      // The pane has gone: what had the keyboard in it has left it with nothing.
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <aside
      ref={pane}
      className="passages"
      aria-label={label}
      data-pane="passages"
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className="passages-head">
        <div>
          <h2>{title}</h2>
          <p className="number">{under}</p>
        </div>
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      {children}
    </aside>
  )
}
