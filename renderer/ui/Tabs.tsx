import { Tabs as Layer } from 'radix-ui'
import type { ReactNode } from 'react'
import './tabs.css'

/** A place with views, of which one is shown: the list of them and the panel stand somewhere in it. */
export function Tabbed<T extends string>({
  value,
  onValue,
  children,
}: {
  value: T
  onValue(value: T): void
  children: ReactNode
}) {
  return (
    <Layer.Root className="tabbed" value={value} onValueChange={(next) => onValue(next as T)}>
      {children}
    </Layer.Root>
  )
}

/** The names of the views: Left, Right, Home and End go through them. `onAgain`: one was pressed that may be shown already. */
export function Tabs({
  label,
  tabs,
  onAgain,
}: {
  label: string
  tabs: readonly { id: string; label: string }[]
  onAgain?: () => void
}) {
  return (
    <Layer.List className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Layer.Trigger key={tab.id} value={tab.id} className="tab" onClick={onAgain}>
          {tab.label}
        </Layer.Trigger>
      ))}
    </Layer.List>
  )
}

/** What the chosen view shows. It takes no focus of its own: what stands in it does. */
export function TabPanel({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Layer.Content value={value} className="tab-panel" tabIndex={undefined}>
      {children}
    </Layer.Content>
  )
}
