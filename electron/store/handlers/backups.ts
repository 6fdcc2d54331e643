/** The verbs about backups that the program makes by itself. */
import { basename } from 'node:path'
import { whenOf } from '../../../shared/backup-words.ts'
import type { BackupRow, BackupState } from '../../../shared/contract/backups.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { OpeningNotice } from '../../../shared/contract/project.ts'
import { Problem } from '../../../shared/problem.ts'
import type { CallContext } from '../../../shared/rpc.ts'
import { type LookOrder, lookAtBackup } from '../backups/contents.ts'
import { readable, restoreBackup } from '../backups/restore.ts'
import { type BackupFile, backupFolder, backupsOf, readBackupName } from '../file/backup-names.ts'
import type { ReadableDb } from '../file/connection.ts'
import { isOpenHere } from '../file/open-files.ts'
import { readSetting } from '../file/values.ts'
import { Project } from '../project.ts'
import type { Desk, VerbsOf } from './desk.ts'

type Unopened = { ticket: string; passphrase: string }

const noneMade = ({ path }: Project): BackupState => ({
  isOn: false,
  folder: basename(backupFolder(path)),
  lastAt: null,
  problem: null,
  isFull: false,
})

const toRow = ({ name, at, reason }: BackupFile): BackupRow => ({
  name,
  at: new Date(at).toISOString(),
  reason,
})

function reading<T>(path: string, passphrase: string, read: (db: ReadableDb | null) => T): T {
  const db = readable(path, passphrase)
  try {
    return read(db)
  } finally {
    db?.close()
  }
}

function named(path: string, id: string | null, name: string): string {
  const found = backupsOf(path, id).find((one) => one.name === name)
  if (!found) throw new Problem('not-found', 'This backup is not there any more. Nothing was changed.')
  return found.path
}

export function backupsVerbs({ project, keeper, pathOf, run, leave, use, marks }: Desk): VerbsOf<'backups'> {
  const look = (order: LookOrder, context: CallContext) => run('lookAtBackup', order, context)
  const state = () => keeper()?.state ?? noneMade(project())
  const own = () => {
    const { db, path } = project()
    return { path, id: readSetting(db, 'id') }
  }
  /** What a blind round keeps is not to be had by asking as if nobody sat there. */
  const unopened = ({ ticket }: Unopened): string => {
    const path = pathOf(ticket, 'open-project')
    if (isOpenHere(path)) throw new Problem('project-busy', 'This project is open here. Nothing was changed.')
    return path
  }
  const restored = async (path: string, passphrase: string, from: string, by?: CoderId) => {
    const { kept } = restoreBackup({ path, passphrase, from, ...(by === undefined ? {} : { by }) })
    const next = Project.open(path, passphrase, marks, true)
    next.notices.push(inPlace(basename(from), kept))
    return use(next)
  }
  return {
    'backups.state': () => {
      project()
      return state()
    },
    'backups.setOn': ({ isOn }) => {
      project()
      keeper()?.setOn(isOn)
      return state()
    },
    'backups.list': ({ of }) => {
      if (of === null) return backupsOf(own().path, own().id).map(toRow)
      const path = unopened(of)
      return reading(path, of.passphrase, (db) => backupsOf(path, db && readSetting(db, 'id')).map(toRow))
    },
    'backups.look': ({ of, name }, context) => {
      if (of === null) return look({ backup: named(own().path, own().id, name), isAnonymous: false }, context)
      const path = unopened(of)
      const order = { backup: named(path, null, name), isAnonymous: true }
      return reading(path, of.passphrase, (db) => lookAtBackup(db, order, null, of.passphrase))
    },
    'backups.restore': async ({ coderId, name }, context) => {
      const { path, id } = own()
      const { passphrase } = project()
      const from = named(path, id, name)
      const { problem } = await look({ backup: from, isAnonymous: false }, context)
      if (problem !== null) throw new Problem('project-damaged', `${problem} Nothing was changed.`)
      await leave()
      try {
        return await restored(path, passphrase, from, coderId)
      } catch (error) {
        // The project that was open is as it was, and is open again.
        await use(Project.open(path, passphrase, marks)).catch(() => {})
        throw error
      }
    },
    'backups.restoreClosed': ({ name, ...of }) => {
      const path = unopened(of)
      return restored(path, of.passphrase, named(path, null, name))
    },
  }
}

const inPlace = (name: string, kept: string | null): OpeningNotice => ({
  isLoss: false,
  words: `The backup of ${whenOf(new Date(readBackupName(name)?.at ?? 0).toISOString())} is in place.${kept === null ? '' : ` The file that was there is kept beside it as “${basename(kept)}”.`}`,
})
