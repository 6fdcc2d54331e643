/** Small choices of this computer, kept by the main process; never project data. */
import { create } from 'zustand'
import type { Bridge, ThemeChoice } from '../shared/bridge.ts'

declare global {
  interface Window {
    readonly bridge: Bridge
  }
}

export type Preferences = {
  theme: ThemeChoice
  noteSize: number
  noteMeasure: number
  density: 'compact' | 'normal' | 'roomy'
  listWidth: number
  codeWidth: number
  inspectorHeight: number
  isListOpen: boolean
  isCodePaneOpen: boolean
  /** Columns of the notes table besides the title, in order; attributes by their fingerprint. */
  noteColumns: readonly string[]
  /** How tables were mapped at import, the latest first; read and made by library/mapping.ts. */
  mappings: readonly unknown[]
}

const DEFAULTS: Preferences = {
  theme: 'system',
  noteSize: 16,
  noteMeasure: 72,
  density: 'normal',
  listWidth: 264,
  codeWidth: 304,
  inspectorHeight: 312,
  isListOpen: true,
  isCodePaneOpen: true,
  noteColumns: ['id', 'case', 'date', 'length', 'status', 'codings'],
  mappings: [],
}

export const usePreferences = create<Preferences>(() => DEFAULTS)

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')
const contrastQuery = window.matchMedia('(prefers-contrast: more)')

function showPreferences({ theme, noteSize, noteMeasure }: Preferences): void {
  const system = contrastQuery.matches ? 'contrast' : darkQuery.matches ? 'dark' : 'light'
  const root = document.documentElement
  root.dataset.theme = theme === 'system' ? system : theme
  root.style.setProperty('--note-size', `${noteSize}px`)
  root.style.setProperty('--note-measure', String(noteMeasure))
}

let timer = 0
export function setPreferences(changes: Partial<Preferences>): void {
  usePreferences.setState(changes)
  const now = usePreferences.getState()
  showPreferences(now)
  if (changes.theme) void window.bridge.setTheme(changes.theme)
  window.clearTimeout(timer)
  timer = window.setTimeout(() => void window.bridge.writePreferences(now), 300)
}

/** Takes from what was kept only what still has the right type. */
function known(kept: Record<string, unknown>): Partial<Preferences> {
  const pairs = Object.entries(DEFAULTS).filter(
    ([name, value]) =>
      typeof kept[name] === typeof value && Array.isArray(kept[name]) === Array.isArray(value),
  )
  return Object.fromEntries(pairs.map(([name]) => [name, kept[name]])) as Partial<Preferences>
}

export async function startPreferences(): Promise<void> {
  showPreferences(DEFAULTS)
  for (const query of [darkQuery, contrastQuery]) {
    query.addEventListener('change', () => showPreferences(usePreferences.getState()))
  }
  const kept = await window.bridge.readPreferences().catch(() => ({}))
  usePreferences.setState(known(kept))
  showPreferences(usePreferences.getState())
}
