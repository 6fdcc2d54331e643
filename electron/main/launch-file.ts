/** The project file among command line arguments: a double click, "open with" or `understory FILE`. */
import path from 'node:path'

export const PROJECT_EXTENSION = 'understory'

/** The last argument that names a project file, made absolute from `workingFolder`; null without one. */
export function projectFileIn(args: readonly string[], workingFolder: string): string | null {
  const named = args.findLast((arg) => !arg.startsWith('-') && isProjectFile(arg))
  return named === undefined ? null : path.resolve(workingFolder, named)
}

export const isProjectFile = (file: string): boolean =>
  path.extname(file).toLowerCase() === `.${PROJECT_EXTENSION}`
