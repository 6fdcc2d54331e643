/** Small choices of this computer, kept by the main process; never project data. */
import { create } from 'zustand'
import type { Bridge, ThemeChoice } from '../shared/bridge.ts'
import type { Snap } from '../shared/sentences.ts'
import { type OwnKeys, useOwnKeys } from './keys/own-keys.ts'

declare global {
  interface Window {
    readonly bridge: Bridge
  }
}

export type Density = 'compact' | 'normal' | 'roomy'
export type ReadingFace = 'serif' | 'sans' | 'system'

/** What a screen reader says of codes while the caret moves over them. */
export type ReadCodes = 'nothing' | 'names' | 'quotes'

export type Preferences = {
  theme: ThemeChoice
  /** Text of everything but notes, in px; the whole interface grows with it. */
  uiSize: number
  /** Text of notes in px, whatever the interface's size. */
  noteSize: number
  /** Characters in a line of a note, at most. */
  noteMeasure: number
  /** What selecting in a note takes at least. */
  snap: Snap
  readCodes: ReadCodes
  /** Distance of a note's lines as a share of its text size. */
  noteSpacing: number
  face: ReadingFace
  density: Density
  /** `system` follows the operating system. */
  motion: 'system' | 'none'
  /** The person's own keys by command; what is not in it is as the program has it. */
  keys: OwnKeys
  /** Minutes without a key or a movement after which the project is locked; 0 is never. */
  lockAfter: number
  /** Where the last backup of each project went, by project id. */
  backups: Readonly<Record<string, BackupNote>>
  /** Commands taken from the palette last, newest first. */
  recentCommands: readonly string[]
  listWidth: number
  codeWidth: number
  inspectorHeight: number
  memoListWidth: number
  isListOpen: boolean
  isCodePaneOpen: boolean
  /** Where what is said of a coding stands beside the note's text: `below` or `beside` it. */
  detailsPlace: string
  detailsHeight: number
  detailsWidth: number
  isDetailsOpen: boolean
  /** Columns of the notes table besides the title, in order; attributes by their fingerprint. */
  noteColumns: readonly string[]
  /** How tables were mapped at import, the latest first; read and made by library/mapping.ts. */
  mappings: readonly unknown[]
}

/** `folder` is the name of the folder only, as in the list of recent projects. */
export type BackupNote = { name: string; folder: string; at: string }

export const NOTE_SIZES = [13, 14, 15, 16, 17, 18, 20, 22, 24, 28, 32] as const
export const UI_SIZES = [12, 13, 14, 15, 17, 20] as const
export const ROW_HEIGHTS: Record<Density, number> = { compact: 24, normal: 28, roomy: 34 }
/** The size the interface is drawn for; another is a scale of it. */
const DRAWN_SIZE = 13

const DEFAULTS: Preferences = {
  theme: 'system',
  uiSize: DRAWN_SIZE,
  noteSize: 16,
  noteMeasure: 72,
  snap: 'word',
  readCodes: 'names',
  noteSpacing: 1.625,
  face: 'serif',
  density: 'normal',
  motion: 'system',
  keys: {},
  lockAfter: 20,
  backups: {},
  recentCommands: [],
  listWidth: 264,
  codeWidth: 304,
  inspectorHeight: 372,
  memoListWidth: 400,
  isListOpen: true,
  isCodePaneOpen: true,
  detailsPlace: 'below',
  detailsHeight: 252,
  detailsWidth: 300,
  isDetailsOpen: true,
  noteColumns: ['id', 'case', 'date', 'length', 'status', 'codings'],
  mappings: [],
}

export const usePreferences = create<Preferences>(() => DEFAULTS)

/** The height of a row of a list, tree or table in px. */
export const useRowHeight = (): number => usePreferences((state) => ROW_HEIGHTS[state.density])

const DARK = '(prefers-color-scheme: dark)'
const CONTRAST = '(prefers-contrast: more)'
const isWished = (query: string): boolean => window.matchMedia(query).matches

const scaleOf = ({ uiSize }: Preferences): number => uiSize / DRAWN_SIZE

function showPreferences(preferences: Preferences): void {
  const { theme, noteSize, noteMeasure, noteSpacing, face, density, motion } = preferences
  const system = isWished(CONTRAST) ? 'contrast' : isWished(DARK) ? 'dark' : 'light'
  const root = document.documentElement
  root.dataset.theme = theme === 'system' ? system : theme
  root.dataset.face = face
  root.dataset.density = density
  root.dataset.motion = motion
  // The page as a whole is scaled; the text of notes has a size of its own.
  root.style.setProperty('--note-size', `${Math.round((noteSize / scaleOf(preferences)) * 100) / 100}px`)
  root.style.setProperty('--note-measure', String(noteMeasure))
  root.style.setProperty('--note-line', String(noteSpacing))
}

let timer = 0
export function setPreferences(changes: Partial<Preferences>): void {
  usePreferences.setState(changes)
  const now = usePreferences.getState()
  showPreferences(now)
  if (changes.theme) void window.bridge.setTheme(changes.theme)
  if (changes.uiSize) void window.bridge.setScale(scaleOf(now))
  if (changes.keys) useOwnKeys.setState({ own: changes.keys })
  window.clearTimeout(timer)
  timer = window.setTimeout(() => void keepPreferences(), 300)
}

/** Writes what was changed and is not written yet; to be waited for before the page is loaded anew. */
export async function keepPreferences(): Promise<void> {
  if (timer === 0) return
  window.clearTimeout(timer)
  timer = 0
  await window.bridge.writePreferences(usePreferences.getState()).catch(() => {})
}

/** The next larger or smaller size of the text of notes; 0 goes back to the usual one. */
export function stepNoteSize(step: 1 | -1 | 0): number {
  const { noteSize } = usePreferences.getState()
  const larger = NOTE_SIZES.find((size) => size > noteSize) ?? noteSize
  const smaller = [...NOTE_SIZES].reverse().find((size) => size < noteSize) ?? noteSize
  const next = step === 0 ? DEFAULTS.noteSize : step === 1 ? larger : smaller
  setPreferences({ noteSize: next })
  return next
}

const isKeyList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((keys) => typeof keys === 'string' && keys !== '')

/** Takes from what was kept only what still has the right type. */
function known(kept: Record<string, unknown>): Partial<Preferences> {
  const pairs = Object.entries(DEFAULTS).filter(
    ([name, value]) =>
      typeof kept[name] === typeof value &&
      kept[name] !== null &&
      Array.isArray(kept[name]) === Array.isArray(value),
  )
  const right = Object.fromEntries(pairs.map(([name]) => [name, kept[name]])) as Partial<Preferences>
  const keys = Object.entries(right.keys ?? {}).filter(([, list]) => isKeyList(list))
  return { ...right, keys: Object.fromEntries(keys) }
}

export async function startPreferences(): Promise<void> {
  showPreferences(DEFAULTS)
  window.addEventListener('pagehide', () => void keepPreferences())
  for (const query of [DARK, CONTRAST]) {
    window.matchMedia(query).addEventListener('change', () => showPreferences(usePreferences.getState()))
  }
  const kept = await window.bridge.readPreferences().catch(() => ({}))
  usePreferences.setState(known(kept))
  const now = usePreferences.getState()
  useOwnKeys.setState({ own: now.keys })
  showPreferences(now)
}
