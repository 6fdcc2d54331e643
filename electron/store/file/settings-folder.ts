/**
 * The program's own settings folder, as far as the store keeps something there: small texts about project files, which
 * say nothing of what is in a project. Each is replaced as a whole.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Its owner's alone. @throws what the file system throws */
export function keepInSettings(settingsFolder: string, name: string, text: string): void {
  const file = join(settingsFolder, name)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const fresh = `${file}.${process.pid}.new`
  writeFileSync(fresh, text, { mode: 0o600 })
  renameSync(fresh, file)
}

/** Null where there is none, or it cannot be read. */
export function readFromSettings(settingsFolder: string, name: string): string | null {
  const file = join(settingsFolder, name)
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : null
  } catch {
    return null
  }
}
