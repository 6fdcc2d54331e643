/** The colours the page asks the operating system for, and the window's own before the page has painted. */
import { nativeTheme } from 'electron'
import type { ThemeChoice } from '../../shared/bridge.ts'

/** High contrast is drawn on white: native dialogs and scroll bars go with it. */
const SOURCES: Readonly<Record<ThemeChoice, 'system' | 'light' | 'dark'>> = {
  system: 'system',
  light: 'light',
  dark: 'dark',
  contrast: 'light',
}

/** `--chrome` of renderer/ui/tokens.css, where the page is empty. */
const GROUND = { light: '#f6f6f6', dark: '#1c1c1c', contrast: '#ffffff' }

export function applyTheme(choice: ThemeChoice): void {
  nativeTheme.themeSource = SOURCES[choice]
}

/** The colour of the page's ground, so that the window does not flash before the first paint. */
export function backgroundFor(choice: ThemeChoice): string {
  if (choice === 'system' && nativeTheme.shouldUseHighContrastColors) return GROUND.contrast
  if (choice === 'contrast') return GROUND.contrast
  return nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light
}
