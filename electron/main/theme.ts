/** The colours the page asks the operating system for, and the window's own before the page has painted. */
import { nativeTheme } from 'electron'
import type { ThemeChoice } from '../../shared/bridge.ts'

/** High contrast is the page's own affair; it is drawn on the light or dark the system prefers. */
const SOURCES: Readonly<Record<ThemeChoice, 'system' | 'light' | 'dark'>> = {
  system: 'system',
  light: 'light',
  dark: 'dark',
  contrast: 'system',
}

export function applyTheme(choice: ThemeChoice): void {
  nativeTheme.themeSource = SOURCES[choice]
}

/** The colour of the page's ground, so that the window does not flash before the first paint. */
export function backgroundFor(choice: ThemeChoice): string {
  if (choice === 'contrast') return nativeTheme.shouldUseDarkColors ? '#000000' : '#ffffff'
  return nativeTheme.shouldUseDarkColors ? '#17181a' : '#fbfbfa'
}
