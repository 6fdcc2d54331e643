import { useEffect, useMemo, useRef, useState } from 'react'
import { nearFor, type Sight } from '../../shared/colour-vision.ts'
import { type Anchor, Floating } from './Floating.tsx'
import { codeColour, PALETTE } from './palette.ts'
import './swatch.css'

export function Swatch({ colour }: { colour: string | null }) {
  return <span className="swatch" aria-hidden="true" style={{ background: codeColour(colour) }} />
}

/** A colour that stands beside the one being picked, and whose it is. */
export type Beside = { name: string; colour: string }

const WITHOUT: Record<Sight, string> = {
  usual: 'for anyone',
  protan: 'without red cones',
  deutan: 'without green cones',
  tritan: 'without blue cones',
}

const listed = (words: readonly string[]): string =>
  words.length > 3 ? `${words.slice(0, 2).join(', ')} and ${words.length - 2} more` : words.join(', ')

/** What a colour would be taken for, in words; null when it stands out among those beside it. */
export function twinWords(hex: string, beside: readonly Beside[]): { isSame: boolean; words: string } | null {
  const same = beside.filter(({ colour }) => colour === hex).map(({ name }) => name)
  if (same.length > 0) return { isSame: true, words: `Also the colour of ${listed(same)}.` }
  const near = beside.flatMap(({ name, colour }) => {
    const sights = nearFor(hex, colour)
    return sights.length > 0 ? [{ name, sights }] : []
  })
  if (near.length === 0) return null
  const sights = [...new Set(near.flatMap(({ sights }) => sights))].map((sight) => WITHOUT[sight])
  return {
    isSame: false,
    words: `Hard to tell from ${listed(near.map(({ name }) => name))} ${sights.join(' or ')}.`,
  }
}

/** The 24 colours as a grid; arrows move, Enter or a click takes. */
export function PalettePopover({
  anchor,
  value,
  beside,
  onPick,
  onClose,
}: {
  anchor: Anchor
  value: string | null
  /** Colours the picked one is to be told from; a mark and words say which are hard to tell. */
  beside?: readonly Beside[]
  onPick(hex: string): void
  onClose(): void
}) {
  const grid = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState(value)
  const twins = useMemo(
    () => new Map(beside ? PALETTE.map(({ hex }) => [hex, twinWords(hex, beside)]) : []),
    [beside],
  )
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
            aria-description={twins.get(entry.hex)?.words}
            onFocus={() => setOver(entry.hex)}
            onPointerEnter={() => setOver(entry.hex)}
            onClick={() => onPick(entry.hex)}
          >
            <span style={{ background: codeColour(entry.hex) }}>
              {twins.get(entry.hex) && (
                <i className={twins.get(entry.hex)?.isSame ? 'palette-same' : 'palette-near'} />
              )}
            </span>
          </button>
        ))}
      </div>
      {beside && (
        <p className="palette-words">
          <strong>{PALETTE.find(({ hex }) => hex === over)?.name ?? 'No colour'}.</strong>{' '}
          {(over && twins.get(over)?.words) ?? 'Stands out among the codes beside it.'}
        </p>
      )}
    </Floating>
  )
}
