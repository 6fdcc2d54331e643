/** What the person dropped on the window, looked at before a ticket is made for it. */
import { statSync } from 'node:fs'
import path from 'node:path'

/** As many as may be dropped at once; more come as a folder. */
const DROP_LIMIT = 10_000

export const isPathList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length <= DROP_LIMIT &&
  value.every((each) => typeof each === 'string' && path.isAbsolute(each))

/** The files and folders among the paths, each once; null when there is none. Devices, sockets and the like are left out. */
export function filesAndFolders(paths: readonly string[]): readonly [string, ...string[]] | null {
  const [first, ...others] = new Set(paths.filter(isFileOrFolder))
  return first === undefined ? null : [first, ...others]
}

function isFileOrFolder(file: string): boolean {
  try {
    const found = statSync(file)
    return found.isFile() || found.isDirectory()
  } catch {
    // Gone since it was dropped, or in a folder this person may not enter.
    return false
  }
}
