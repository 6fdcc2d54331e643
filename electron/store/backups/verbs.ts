/** The verbs about backups that the program makes by itself. */

import { basename } from 'node:path'
import type { BackupState } from '../../../shared/model.ts'
import type { Handlers } from '../../../shared/rpc.ts'
import type { Project } from '../project.ts'
import type { BackupKeeper } from './keeper.ts'
import { backupFolder } from './names.ts'

type Asked = {
  /** The one that is open; throws `no-project`. */
  project(): Project
  /** Null where no backups are made unasked. */
  keeper(): BackupKeeper | null
}

type BackupVerbs = Pick<Handlers, 'backups.state' | 'backups.setOn'>

const noneMade = ({ path }: Project): BackupState => ({
  isOn: false,
  folder: basename(backupFolder(path)),
  lastAt: null,
  problem: null,
  isFull: false,
})

export function backupVerbs({ project, keeper }: Asked): BackupVerbs {
  const state = () => keeper()?.state ?? noneMade(project())
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
  }
}
