import { type ReactNode, useEffect, useRef } from 'react'

/** What stands in a place's stead for a while: it takes the keyboard, and Esc leaves it, except from a field. */
export function PlaceSheet({
  label,
  className,
  onClose,
  children,
}: {
  label: string
  className: string
  onClose(): void
  children: ReactNode
}) {
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => sheet.current?.focus({ preventScroll: true }), [])
  return (
    <section
      ref={sheet}
      className={className}
      aria-label={label}
      data-pane="import"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !(event.target as HTMLElement).matches('select,input')) onClose()
      }}
    >
      {children}
    </section>
  )
}
