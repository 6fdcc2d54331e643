/**
 * The 24 colours a code can have, of equal lightness and chroma (OKLCH .72 / .12) on a light page. The order makes
 * neighbours differ also for protan, deutan and tritan eyes. The project file keeps the `#rrggbb`; each theme draws
 * the same hue at its own lightness.
 */
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

/** The palette colour used least so far, in palette order: what a new code gets. */
export function nextColour(used: ReadonlyArray<string | null>): string {
  const counts = new Map(PALETTE.map((entry) => [entry.hex, 0]))
  for (const hex of used) if (hex && counts.has(hex)) counts.set(hex, (counts.get(hex) ?? 0) + 1)
  let best = PALETTE[0] as PaletteEntry
  for (const entry of PALETTE) {
    if ((counts.get(entry.hex) ?? 0) < (counts.get(best.hex) ?? 0)) best = entry
  }
  return best.hex
}
