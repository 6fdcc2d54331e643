import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from '../ui/Button.tsx'

/** What stands beside the table: takes the keyboard when it opens; Escape closes it. */
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
  useEffect(() => pane.current?.focus(), [])
  return (
    <aside
      ref={pane}
      className="segments-pane"
      aria-label={label}
      data-pane="segments"
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className="segments-pane-head">
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
