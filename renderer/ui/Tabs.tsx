import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import './tabs.css'

const idOf = (part: 'tab' | 'panel', label: string, value: string) =>
  `${part}-${label}-${value}`.replace(/\s+/g, '-')

/** Views of one place, of which one is shown: Left, Right, Home and End go through them. */
export function Tabs<T extends string>({
  label,
  tabs,
  value,
  onValue,
}: {
  label: string
  tabs: readonly { id: T; label: string }[]
  value: T
  onValue(value: T): void
}) {
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === value)
    const steps: Record<string, number> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }
    const next = steps[event.key]
    const tab = next === undefined || event.altKey ? undefined : tabs[next]
    if (next === undefined || !tab) return
    event.preventDefault()
    onValue(tab.id)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  return (
    <div ref={list} className="tabs" role="tablist" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={idOf('tab', label, tab.id)}
          type="button"
          role="tab"
          className="tab"
          aria-selected={tab.id === value}
          aria-controls={tab.id === value ? idOf('panel', label, tab.id) : undefined}
          tabIndex={tab.id === value ? 0 : -1}
          onClick={() => onValue(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  )
}

/** What the chosen tab of the tabs of this name shows. */
export function TabPanel({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div
      className="tab-panel"
      role="tabpanel"
      id={idOf('panel', label, value)}
      aria-labelledby={idOf('tab', label, value)}
    >
      {children}
    </div>
  )
}
