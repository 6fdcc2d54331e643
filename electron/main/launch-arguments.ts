/** What the program was asked for on its command line: a project file to show, or to be the command line itself. */
import path from 'node:path'

export const PROJECT_EXTENSION = 'understory'

const HEADLESS = '--headless'

/** What follows `--headless`: a command of the command line program. Null when the program is to show itself. */
export function headlessArguments(argv: readonly string[]): string[] | null {
  const at = argv.indexOf(HEADLESS)
  return at === -1 ? null : argv.slice(at + 1)
}

/** The last argument that names a project file, made absolute from `workingFolder`; null without one. */
export function projectFileIn(args: readonly string[], workingFolder: string): string | null {
  const named = args.findLast((arg) => !arg.startsWith('-') && isProjectFile(arg))
  return named === undefined ? null : path.resolve(workingFolder, named)
}

export const isProjectFile = (file: string): boolean =>
  path.extname(file).toLowerCase() === `.${PROJECT_EXTENSION}`
