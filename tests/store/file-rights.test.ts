import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { backup } from '../../electron/store/file/backup.ts'
import { Project } from '../../electron/store/project.ts'
import { PASSPHRASE, temporaryFolder } from './temporary-project.ts'

it.skipIf(process.platform === 'win32')(
  'a project, its log and its backup are their owner’s alone from the first byte',
  () => {
    const path = join(temporaryFolder(), 'study.understory')
    const rights = (file: string) => (statSync(file).mode & 0o777).toString(8)
    const seen = new Map<string, string>()
    const before = process.umask(0)
    try {
      const project = Project.create(path, PASSPHRASE, { title: 'A study' }, () => {
        for (const name of readdirSync(dirname(path))) seen.set(name, rights(join(dirname(path), name)))
      })
      backup(project.db, PASSPHRASE, join(dirname(path), 'copy.understory'))
      project.close()
    } finally {
      process.umask(before)
    }
    expect(Object.fromEntries(seen)).toEqual({
      'study.understory': '600',
      'study.understory-wal': '600',
      'study.understory-shm': '600',
    })
    expect(rights(join(dirname(path), 'copy.understory'))).toBe('600')
    expect(existsSync(`${path}-wal`)).toBe(false)
  },
)
