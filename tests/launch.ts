/** Starts the program under Playwright, for the end-to-end tests and the benchmarks of the window. */
import { _electron, type ElectronApplication } from '@playwright/test'

type Options = NonNullable<Parameters<typeof _electron.launch>[0]>

/** Far more than a start needs here, in ms. */
const PATIENCE = 45_000

/** The program's environment, with the folder of settings it is to use. */
export function environmentWith(userData: string): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) kept[name] = value
  return { ...kept, UNDERSTORY_USER_DATA: userData }
}

/**
 * The tool now and then never ends attaching to a window that is just opening: it then ends that program, and is asked
 * once more.
 */
export function launchElectron(options: Options): Promise<ElectronApplication> {
  // Else the tool's own "light" would hide the program's theme from the page.
  const launch = () => _electron.launch({ timeout: PATIENCE, colorScheme: null, ...options })
  return launch().catch(launch)
}
