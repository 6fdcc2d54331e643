import { useEffect, useRef } from 'react'
import { type Anchor, Floating } from './Floating.tsx'
import { codeColour, PALETTE } from './palette.ts'
import './swatch.css'

export function Swatch({ colour }: { colour: string | null }) {
  return <span className="swatch" aria-hidden="true" style={{ background: codeColour(colour) }} />
}

/** The 24 colours as a grid; arrows move, Enter or a click takes. */
export function PalettePopover({
  anchor,
  value,
  onPick,
  onClose,
}: {
  anchor: Anchor
  value: string | null
  onPick(hex: string): void
  onClose(): void
}) {
  const grid = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const buttons = grid.current?.querySelectorAll<HTMLButtonElement>('button')
    const at = PALETTE.findIndex((entry) => entry.hex === value)
    buttons?.[Math.max(0, at)]?.focus()
  }, [value])
  return (
    <Floating anchor={anchor} label="Choose a colour" onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among its buttons */}
      <div
        ref={grid}
        className="palette-grid"
        onKeyDown={(event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -6, ArrowDown: 6 }[event.key]
          if (step === undefined) return
          event.preventDefault()
          const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')]
          const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
          buttons[(at + step + buttons.length) % buttons.length]?.focus()
        }}
      >
        {PALETTE.map((entry) => (
          <button
            key={entry.hex}
            type="button"
            className="palette-colour"
            aria-label={entry.name}
            aria-pressed={entry.hex === value}
            onClick={() => onPick(entry.hex)}
          >
            <span style={{ background: codeColour(entry.hex) }} />
          </button>
        ))}
      </div>
    </Floating>
  )
}
