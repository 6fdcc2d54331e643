import type { ReactNode } from 'react'

/** A setting: what it is, what there is to know of it, and the control. */
export function SettingsRow({
  name,
  hints = [],
  children,
}: {
  name: string
  hints?: readonly string[]
  children: ReactNode
}) {
  return (
    <div className="settings-row">
      <span>
        {name}
        {hints.map((hint) => (
          <span key={hint} className="settings-hint">
            {hint}
          </span>
        ))}
      </span>
      {children}
    </div>
  )
}
