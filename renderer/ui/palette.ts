/**
 * How code colours are shown. The project file keeps `#rrggbb` (the palette in shared/); on screen only the hue is
 * taken from it: lightness and chroma come from the theme, so a colour from another program is as readable as ours.
 */
export { nextColour, PALETTE } from '../../shared/palette.ts'

const linear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4

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

/**
 * Which way the lightness of a hue goes where a theme steps it (high contrast): dark, middle, light and again around
 * the circle, so that the colours next to each other are told apart without their hue.
 */
const lightnessStep = (hue: number): -1 | 0 | 1 =>
  (((Math.round(hue / HUES_APART) + 2) % 3) - 1) as -1 | 0 | 1
const HUES_APART = 15

/** The CSS colour of a code in the theme that is shown: hue from the stored colour, the rest from the theme. */
export function codeColour(hex: string | null): string {
  if (!hex) return 'var(--code-none)'
  const { c, h } = toOklch(hex)
  const share = Math.min(1, c / 0.12)
  if (share < 0.2) return 'var(--code-none)'
  const chroma = share > 0.97 ? 'var(--code-c)' : `calc(var(--code-c) * ${share.toFixed(2)})`
  const step = lightnessStep(h)
  const lightness = step === 0 ? 'var(--code-l)' : `calc(var(--code-l) + var(--code-step) * ${step})`
  return `oklch(${lightness} ${chroma} ${h.toFixed(1)})`
}
