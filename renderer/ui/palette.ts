/**
 * Code colours. The project file keeps `#rrggbb`, the light-theme value of one of 24 colours of equal lightness
 * and chroma (OKLCH .72 / .12). On screen only the hue is taken from it: lightness and chroma come from the theme,
 * so a colour from another program is as readable as our own. The order makes neighbours differ also for protan,
 * deutan and tritan eyes (annealed over the smallest OKLab distance under the Machado 2009 matrices).
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

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)

/** sRGB `#rrggbb` -> OKLCH (lightness 0-1, chroma, hue in degrees). Ottosson 2020. */
export function toOklch(hex: string): { l: number; c: number; h: number } {
  const [r, g, b] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as [
    number,
    number,
    number,
  ]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360,
  }
}

/** The CSS colour of a code in the theme that is shown: hue from the stored colour, the rest from the theme. */
export function codeColour(hex: string | null): string {
  if (!hex) return 'var(--code-none)'
  const { c, h } = toOklch(hex)
  const share = Math.min(1, c / 0.12)
  if (share < 0.2) return 'var(--code-none)'
  const chroma = share > 0.97 ? 'var(--code-c)' : `calc(var(--code-c) * ${share.toFixed(2)})`
  return `oklch(var(--code-l) ${chroma} ${h.toFixed(1)})`
}

/** The palette colour used least so far, in palette order: what a new code gets. */
export function nextColour(used: readonly (string | null)[]): string {
  const counts = new Map(PALETTE.map((entry) => [entry.hex, 0]))
  for (const hex of used) if (hex && counts.has(hex)) counts.set(hex, (counts.get(hex) ?? 0) + 1)
  let best = PALETTE[0] as PaletteEntry
  for (const entry of PALETTE) if ((counts.get(entry.hex) ?? 0) < (counts.get(best.hex) ?? 0)) best = entry
  return best.hex
}
