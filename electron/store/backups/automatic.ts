/** Of which projects backups are made without being asked for. */
import { basename } from 'node:path'
import { readBackupName } from '../file/backup-names.ts'
import { readLocal, readSetting, writeLocal } from '../file/values.ts'
import type { Project } from '../project.ts'

/** In the copy of the file alone: another laptop may have room. */
const SWITCH = 'backups'

export const areOn = ({ db }: Project): boolean => readLocal(db, SWITCH) !== 'off'

export const switchBackups = ({ db }: Project, isOn: boolean): void =>
  writeLocal(db, SWITCH, isOn ? 'on' : 'off')

/** A sample is no work, a backup has none of its own, and of what is not in its place no copy is made beside it. */
export function areMadeFor(project: Project): boolean {
  const { db, guard, isAlone, path } = project
  if (!db.open || isAlone || guard.lost !== null || readBackupName(basename(path)) !== null) return false
  const isEmpty = db.prepare('SELECT NOT EXISTS (SELECT 1 FROM note)').pluck().get() === 1
  return !isEmpty && areOn(project) && readSetting(db, 'isSample') !== 'true'
}
