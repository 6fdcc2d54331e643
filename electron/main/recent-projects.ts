/** The projects opened on this computer, newest first, with their paths; the paths stay in this process. */
import path from 'node:path'
import { isJsonObject, JsonFile } from './preferences.ts'

export type RecentEntry = { file: string; openedAt: string }

/** Enough for a start screen; older ones are found with the file dialog. */
const KEPT = 12

function parseEntries(value: unknown): RecentEntry[] | null {
  if (!Array.isArray(value)) return null
  return value.filter(isEntry).slice(0, KEPT)
}

function isEntry(value: unknown): value is RecentEntry {
  return (
    isJsonObject(value) &&
    typeof value.file === 'string' &&
    path.isAbsolute(value.file) &&
    typeof value.openedAt === 'string' &&
    !Number.isNaN(Date.parse(value.openedAt))
  )
}

export class RecentProjects {
  readonly #file: JsonFile<RecentEntry[]>

  constructor(folder: string) {
    this.#file = new JsonFile(path.join(folder, 'recent.json'), parseEntries, [])
  }

  get entries(): readonly RecentEntry[] {
    return this.#file.value
  }

  remember(file: string, openedAt: Date): void {
    const others = this.entries.filter((entry) => entry.file !== file)
    this.#file.write([{ file, openedAt: openedAt.toISOString() }, ...others].slice(0, KEPT))
  }
}
