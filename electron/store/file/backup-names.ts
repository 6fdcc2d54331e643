/**
 * Where the backups of a project lie and what their names say: in a folder beside it, each called after the project,
 * when and why it was made, and the project's id, so that another project of the same file name is not taken for it.
 */
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { BackupReason } from '../../../shared/contract/backups.ts'
import { fileStamp } from './kept-copy.ts'

/** `at`: when it was made, in ms, as its name says; `size` in bytes. */
export type BackupFile = {
  name: string
  path: string
  at: number
  reason: BackupReason
  tag: string
  size: number
}

const ENDING = '.understory'
const WORDS: Readonly<Record<BackupReason, string>> = {
  opening: 'on opening',
  hourly: 'hourly',
  import: 'before import',
  merge: 'before merge',
  migration: 'before migration',
}
const STAMP = '(\\d{4})-(\\d\\d)-(\\d\\d) (\\d\\d)\\.(\\d\\d)\\.(\\d\\d)'
const NAME = new RegExp(
  `^(.*) ${STAMP}(?: \\d+)? (${Object.values(WORDS).join('|')}) ([0-9a-f]{8})\\${ENDING}$`,
)
/** Characters of a project's name that its backups carry: names of files have an end. */
const LONGEST_STEM = 60

const stemOf = (path: string): string => basename(path, extname(path))

/** The folder beside the project. */
export const backupFolder = (path: string): string => join(dirname(path), `${stemOf(path)} backups`)

/** What stands for a project's id in names: the part of it that differs most between projects. */
export const tagOf = (projectId: string): string => projectId.replaceAll('-', '').slice(-8).padStart(8, '0')

/** A path for a new backup that no file has. */
export function newBackupPath(path: string, projectId: string, reason: BackupReason, now: number): string {
  const taken = new Set(namesIn(backupFolder(path)))
  const stem = `${Array.from(stemOf(path)).slice(0, LONGEST_STEM).join('')} ${fileStamp(new Date(now))}`
  for (let number = 1; ; number++) {
    const count = number === 1 ? '' : ` ${number}`
    const name = `${stem}${count} ${WORDS[reason]} ${tagOf(projectId)}${ENDING}`
    if (!taken.has(name)) return join(backupFolder(path), name)
  }
}

/** What the name of a file says, or null where it is no backup's. */
export function readBackupName(name: string): Omit<BackupFile, 'path' | 'size'> | null {
  const parts = NAME.exec(name)
  if (parts === null) return null
  const [year, month, day, hour, minute, second] = parts.slice(2, 8).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const at = new Date(year, month - 1, day, hour, minute, second).getTime()
  const reason = BackupReason.options.find((each) => WORDS[each] === parts[8]) ?? 'hourly'
  return { name, at, reason, tag: parts[9] as string }
}

/** The backups beside a project, newest first; of this project alone where its id is known. */
export function backupsOf(path: string, projectId: string | null): BackupFile[] {
  const folder = backupFolder(path)
  return namesIn(folder)
    .flatMap((name) => {
      const said = readBackupName(name)
      const size = sizeOf(join(folder, name))
      if (said === null || size === null || (projectId !== null && said.tag !== tagOf(projectId))) return []
      return [{ ...said, path: join(folder, name), size }]
    })
    .sort((a, b) => b.at - a.at || b.name.localeCompare(a.name))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // There is none yet, or nobody may look into it: writing says so.
    return []
  }
}

function sizeOf(path: string): number | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFile() ? found.size : null
}
