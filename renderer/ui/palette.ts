/**
 * How code colours are shown. The project file keeps `#rrggbb` (the palette in shared/); on screen only the hue is
 * taken from it: lightness and chroma come from the theme, so a colour from another program is as readable as ours.
 */
import { linearRgb, toOklab } from '../../shared/oklab.ts'

export { nextColour, PALETTE } from '../../shared/palette.ts'

/** sRGB `#rrggbb` -> OKLCH (lightness 0-1, chroma, hue in degrees). */
export function toOklch(hex: string): { l: number; c: number; h: number } {
  const [l, a, b] = toOklab(linearRgb(hex))
  return { l, c: Math.hypot(a, b), h: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360 }
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
