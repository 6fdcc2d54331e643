/** Starts the program under Playwright, for the end-to-end tests and the benchmarks of the window. */
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication } from '@playwright/test'

type Options = NonNullable<Parameters<typeof _electron.launch>[0]>

/** Far more than a start needs here, in ms. */
const PATIENCE = 45_000

/** The program's environment, with the folder of settings it is to use, and the application for the starter. */
export function environmentWith(userData: string, application: string): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) kept[name] = value
  return { ...kept, UNDERSTORY_USER_DATA: userData, UNDERSTORY_E2E_APP: application }
}

/** Runs the application that UNDERSTORY_E2E_APP names, once Playwright is attached. */
export const STARTER = fileURLToPath(new URL('starter', import.meta.url))

export function launchElectron(options: Options): Promise<ElectronApplication> {
  // Else the tool's own "light" would hide the program's theme from the page.
  return _electron.launch({ timeout: PATIENCE, colorScheme: null, ...options })
}
