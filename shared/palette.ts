/**
 * The 24 colours a code can have, of equal lightness and chroma (OKLCH .72 / .12) on a light page. The order makes
 * neighbours differ also for protan, deutan and tritan eyes. The project file keeps the `#rrggbb`; each theme draws
 * the same hue at its own lightness.
 */
import { distance } from './colour-vision.ts'
import type { CodeId } from './contract/basics.ts'
import { linearRgb, toOklab } from './oklab.ts'

export type PaletteEntry = { readonly hex: string; readonly name: string }

export const PALETTE: readonly PaletteEntry[] = [
  { hex: '#67aaed', name: 'Blue' },
  { hex: '#e48393', name: 'Rose' },
  { hex: '#8cb460', name: 'Leaf' },
  { hex: '#1dbcb5', name: 'Teal' },
  { hex: '#bc8fdd', name: 'Violet' },
  { hex: '#d49648', name: 'Amber' },
  { hex: '#969cee', name: 'Periwinkle' },
  { hex: '#57bc8a', name: 'Green' },
  { hex: '#e4896a', name: 'Coral' },
  { hex: '#17bac8', name: 'Cyan' },
  { hex: '#c79e41', name: 'Gold' },
  { hex: '#aa95e8', name: 'Lavender' },
  { hex: '#39bda0', name: 'Jade' },
  { hex: '#de8f57', name: 'Orange' },
  { hex: '#ca8ace', name: 'Orchid' },
  { hex: '#72b875', name: 'Fern' },
  { hex: '#4cb0e5', name: 'Sky' },
  { hex: '#df84a8', name: 'Pink' },
  { hex: '#a2ad4f', name: 'Olive' },
  { hex: '#80a3f0', name: 'Cornflower' },
  { hex: '#e6857e', name: 'Salmon' },
  { hex: '#2fb5d8', name: 'Azure' },
  { hex: '#d686bc', name: 'Magenta' },
  { hex: '#b6a643', name: 'Mustard' },
]

export type ColouredCode = {
  readonly id: string
  readonly parentId: CodeId | null
  readonly colour: string | null
}

const hueOf = (hex: string): number => {
  const [, a, b] = toOklab(linearRgb(hex))
  return (Math.atan2(b, a) / (2 * Math.PI) + 1) % 1
}

/** Where a colour stands on the palette's circle of hues, in steps from 0 to 23; one from elsewhere at the nearest. */
function stepOf(hex: string): number {
  const known = STEPS.get(hex)
  if (known !== undefined) return known
  const distances = PALETTE.map((entry) => distance(entry.hex, hex, 'usual'))
  const nearest = PALETTE[distances.indexOf(Math.min(...distances))] as PaletteEntry
  return STEPS.get(nearest.hex) as number
}

const STEPS: ReadonlyMap<string, number> = new Map(
  [...PALETTE].sort((one, other) => hueOf(one.hex) - hueOf(other.hex)).map(({ hex }, step) => [hex, step]),
)

/**
 * How much a colour is like those of its folder: 0 where four steps of the circle are between it and each of them, 4
 * where one of them has it already. An even number of steps apart counts as better, so that twelve codes of a folder
 * find colours that are two steps apart, rather than eight with odd gaps that no other fits into.
 */
function likeness(hex: string, kin: ReadonlySet<number>): number {
  const at = stepOf(hex)
  const apart = [...kin].map((other) => {
    const steps = Math.abs(at - other)
    return Math.min(steps, PALETTE.length - steps)
  })
  const nearest = Math.min(...apart)
  if (nearest < 2) return 4 - nearest
  if (apart.some((steps) => steps % 2 === 1)) return 2
  return nearest < 4 ? 1 : 0
}

/**
 * Gives new codes their colours, one after the other: of the palette colours least like those of the folder (the codes
 * beside it and the one above it) the one that is used least so far, in palette order. `colours.add` tells of a code
 * that has its colour.
 */
export class Colours {
  readonly #counts = new Map(PALETTE.map(({ hex }) => [hex, 0]))
  readonly #below = new Map<string | null, Set<number>>()
  readonly #own = new Map<string, number>()

  constructor(codes: readonly ColouredCode[]) {
    for (const code of codes) this.add(code)
  }

  add({ id, parentId, colour }: ColouredCode): void {
    if (!colour) return
    const count = this.#counts.get(colour)
    if (count !== undefined) this.#counts.set(colour, count + 1)
    const step = stepOf(colour)
    this.#own.set(id, step)
    const beside = this.#below.get(parentId)
    if (beside) beside.add(step)
    else this.#below.set(parentId, new Set([step]))
  }

  next(parentId: CodeId | null): string {
    const above = parentId === null ? undefined : this.#own.get(parentId)
    const kin = new Set(this.#below.get(parentId))
    if (above !== undefined) kin.add(above)
    const ranked = PALETTE.map(({ hex }) => ({
      hex,
      like: likeness(hex, kin),
      count: this.#counts.get(hex) ?? 0,
    }))
    // Sorting keeps palette order among equals.
    ranked.sort((one, other) => one.like - other.like || one.count - other.count)
    return (ranked[0] as { hex: string }).hex
  }
}

/** What a new code below `parentId` gets. */
export const nextColour = (codes: readonly ColouredCode[], parentId: CodeId | null): string =>
  new Colours(codes).next(parentId)
