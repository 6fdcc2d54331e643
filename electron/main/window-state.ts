/** Where the window was and how it looked, so that it comes back the same; pure, the screens are passed in. */
import path from 'node:path'
import type { ThemeChoice } from '../../shared/bridge.ts'
import { isJsonObject, JsonFile } from './preferences.ts'

/** In device-independent pixels, as Electron's Rectangle. */
export type Bounds = { x: number; y: number; width: number; height: number }
export type WindowState = {
  bounds: Bounds | null
  isMaximised: boolean
  theme: ThemeChoice
  /** How large the page is drawn; 1 is its own size. */
  scale: number
}

export const MIN_SIZE = { width: 960, height: 600 }
const FIRST_SIZE = { width: 1360, height: 860 }
/** So much of the title bar must lie on a screen, or the window could not be reached with the mouse. */
const REACHABLE = { width: 120, height: 32 }

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark', 'contrast']
export const isThemeChoice = (value: unknown): value is ThemeChoice =>
  THEMES.some((choice) => choice === value)

/** A page smaller or larger than this could not be read or reached any more. */
export const SCALES = { least: 0.5, most: 3 }
export const isScale = (value: unknown): value is number =>
  typeof value === 'number' && value >= SCALES.least && value <= SCALES.most

export const openWindowState = (folder: string): JsonFile<WindowState> =>
  new JsonFile(path.join(folder, 'window.json'), parseState, {
    bounds: null,
    isMaximised: false,
    theme: 'system',
    scale: 1,
  })

function parseState(value: unknown): WindowState | null {
  if (!isJsonObject(value)) return null
  return {
    bounds: isBounds(value.bounds) ? value.bounds : null,
    isMaximised: value.isMaximised === true,
    theme: isThemeChoice(value.theme) ? value.theme : 'system',
    scale: isScale(value.scale) ? value.scale : 1,
  }
}

function isBounds(value: unknown): value is Bounds {
  return isJsonObject(value) && [value.x, value.y, value.width, value.height].every(Number.isSafeInteger)
}

/**
 * The bounds to open with: the saved ones if their title bar can still be reached on one of the screens' work areas,
 * else a centred window on the first screen (a second screen may have been unplugged since).
 */
export function boundsFor(saved: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const home = workAreas[0] ?? { x: 0, y: 0, ...FIRST_SIZE }
  const area = saved ? areaOf(saved, workAreas) : undefined
  if (!saved || !area) return centred(FIRST_SIZE, home)
  return {
    x: saved.x,
    y: saved.y,
    width: clamp(saved.width, MIN_SIZE.width, area.width),
    height: clamp(saved.height, MIN_SIZE.height, area.height),
  }
}

/** Of the screens where the title bar can be reached, the one that most of the window is on. */
function areaOf(bounds: Bounds, workAreas: readonly Bounds[]): Bounds | undefined {
  return workAreas
    .filter((area) => isReachable(bounds, area))
    .sort((one, other) => sharedWith(bounds, other) - sharedWith(bounds, one))[0]
}

function sharedWith(bounds: Bounds, area: Bounds): number {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y)
  return Math.max(0, width) * Math.max(0, height)
}

function isReachable(bounds: Bounds, area: Bounds): boolean {
  const shared = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const isBarInside = bounds.y >= area.y && bounds.y + REACHABLE.height <= area.y + area.height
  return shared >= REACHABLE.width && isBarInside
}

function centred(size: { width: number; height: number }, area: Bounds): Bounds {
  const width = clamp(size.width, MIN_SIZE.width, area.width)
  const height = clamp(size.height, MIN_SIZE.height, area.height)
  return {
    x: area.x + Math.max(0, Math.round((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - height) / 2)),
    width,
    height,
  }
}

/** A screen smaller than the least size gets the least size: the window can still be moved about. */
const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most))
