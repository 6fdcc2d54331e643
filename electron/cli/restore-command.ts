/** restore: the backups of a project, and one of them put in its place. */
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { comparisonWords } from '../../shared/backup-words.ts'
import type { BackupLook } from '../../shared/contract/backups.ts'
import { lookAtBackup } from '../store/backups/contents.ts'
import { backupAt, readable, restoreBackup } from '../store/backups/restore.ts'
import { type BackupFile, backupFolder, backupsOf } from '../store/file/backup-names.ts'
import { readSetting } from '../store/file/values.ts'
import { Project } from '../store/project.ts'
import {
  answer,
  type CommonOptions,
  keepInput,
  markPlace,
  readPassphrase,
  textTable,
  withCommonOptions,
} from './session.ts'

type RestoreOptions = CommonOptions & { list?: boolean; from?: string }
type Listed = BackupFile & BackupLook

function listBackups(path: string, options: RestoreOptions): void {
  const passphrase = readPassphrase(options)
  const project = readable(path, passphrase)
  let rows: Listed[]
  try {
    rows = backupsOf(path, project && readSetting(project, 'id')).map((file) => ({
      ...file,
      ...lookAtBackup(project, { backup: file.path, isAnonymous: false }, null, passphrase),
    }))
  } finally {
    project?.close()
  }
  const backups = rows.map(({ name, at, reason, size, contents, problem, comparison }) => ({
    name,
    at: new Date(at).toISOString(),
    reason,
    size,
    ...(contents && {
      title: contents.title,
      notes: contents.notes,
      entries: contents.entries,
      codings: Object.fromEntries((contents.coders ?? []).map((coder) => [coder.name, coder.codings])),
      newest: contents.newest,
      head: contents.head,
    }),
    problem,
    comparison,
  }))
  const result = { project: path, folder: backupFolder(path), backups }
  answer(options, result, () =>
    rows.length === 0
      ? `There are no backups of ${basename(path)} in ${backupFolder(path)}.`
      : textTable(
          ['backup', 'notes', 'entries', 'codings', 'compared with the project'],
          rows.map(({ name, contents, problem, comparison }) => [
            name,
            contents?.notes ?? '',
            contents?.entries ?? '',
            (contents?.coders ?? []).map((coder) => `${coder.name} ${coder.codings}`).join(', '),
            problem ?? comparisonWords(comparison, false),
          ]),
        ),
  )
}

function restore(name: string, options: RestoreOptions): void {
  const path = resolve(name)
  if (options.from === undefined || options.list) {
    listBackups(path, options)
    return
  }
  const passphrase = readPassphrase(options)
  const from = resolve(backupAt(backupFolder(path), options.from))
  keepInput(from)
  const { kept } = restoreBackup({ path, passphrase, from })
  // It is opened once, so that what is missing since is not taken for a loss.
  Project.open(path, passphrase, markPlace(), true).close()
  const result = { project: path, restored: basename(from), kept: kept === null ? null : basename(kept) }
  answer(
    options,
    result,
    () =>
      `Put ${result.restored} in place.${result.kept === null ? '' : ` The file that was there is kept beside it as ${result.kept}.`}`,
  )
}

export function addRestoreCommand(program: Command): void {
  withCommonOptions(program.command('restore').argument('<project>'))
    .description(
      'list the backups of a project with what is in them, or put one in its place; the present file is kept',
    )
    .option('--list', 'list them, as without any option')
    .option('--from <backup>', 'the name of one of them, or any copy of the project')
    .action(restore)
}
