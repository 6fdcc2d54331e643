import type { ReactNode } from 'react'
import './asking.css'

/** A bar that says what an act would do before it is done. Esc leaves it. */
export function Asking({
  label,
  onLeave,
  children,
}: {
  label: string
  onLeave(): void
  children: ReactNode
}) {
  return (
    <section
      className="asking"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.stopPropagation()
        onLeave()
      }}
    >
      {children}
    </section>
  )
}
