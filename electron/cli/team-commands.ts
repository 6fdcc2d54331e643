/** package, join, merge: what travels between the laptops of a team. */
import { basename, extname, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import type { MergeReport } from '../../shared/contract/merging.ts'
import { type Ending, writeFileAtomically } from '../store/file/written-file.ts'
import { mergeCopy, mergePackage } from '../store/merging/merge.ts'
import { isPackage, makePackage, openPackage } from '../store/merging/package.ts'
import { type FolderReport, meetInFolder } from '../store/merging/team-folder.ts'
import { Project } from '../store/project.ts'
import { getCoder } from '../store/team/coders.ts'
import { backUpFirst, type ImportOptions, withBackupOption } from './backup-first.ts'
import {
  answer,
  type CommonOptions,
  coderNamed,
  givenName,
  keepInput,
  markPlace,
  readPassphrase,
  showProgress,
  withCommonOptions,
  withProject,
} from './session.ts'

type TeamOptions = CommonOptions & { packagePassphraseFile?: string }

const many = (count: number, one: string, others: string) =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : others}`

/** What a package is encrypted under; the project's own where no other is given. */
const passphraseOf = ({ packagePassphraseFile, ...options }: TeamOptions): string =>
  readPassphrase(packagePassphraseFile ? { passphraseFile: packagePassphraseFile } : options)

/** `--no-texts` makes `texts` false, and says nothing where it is true. */
type PackageOptions = TeamOptions & { for: string; output: string; texts: boolean; withTexts?: boolean }

const endingOf = (file: string) => extname(file).toLowerCase() as Ending

async function runPackage(path: string, options: PackageOptions): Promise<void> {
  const { report, receiver } = await withProject(path, options, async (project) => {
    const coder = coderNamed(project, options.for)
    const hasTexts = options.withTexts ? true : options.texts ? null : false
    const order = { receiver: coder.id, hasTexts, passphrase: passphraseOf(options) }
    const made = await makePackage(project, order)
    // People call packages what they like.
    await writeFileAtomically(resolve(options.output), endingOf(options.output), made.file)
    made.sent()
    return { report: made.report, receiver: coder.name }
  })
  answer(options, { package: options.output, for: receiver, ...report }, () => {
    const texts = report.texts === 0 ? 'no text of any note' : many(report.texts, 'text', 'texts')
    const lock = report.isForKeys ? `Only ${receiver}’s laptop opens it.` : 'The passphrase opens it.'
    return `Wrote ${options.output} for ${receiver}: ${many(report.entries, 'change', 'changes')}, ${texts}. ${lock}`
  })
}

async function runJoin(file: string, options: TeamOptions & { output: string }): Promise<void> {
  keepInput(file)
  const content = await openPackage(resolve(file), null, passphraseOf(options))
  const path = resolve(options.output)
  const project = await Project.join(path, readPassphrase(options), content, basename(file))
  let counts: { coder: string; notes: number; codes: number }
  try {
    project.compareWithMark(markPlace())
    const { notes, codes, activeCoderId } = project.info()
    counts = { coder: getCoder(project.db, activeCoderId).name, notes, codes }
  } finally {
    project.close()
  }
  answer(options, { project: options.output, ...counts }, () => {
    return `Made ${options.output} for ${counts.coder}: ${many(counts.notes, 'note', 'notes')}, ${many(counts.codes, 'code', 'codes')}.`
  })
}

/** A report as it is read; the whole of it is in the JSON. */
function inWords({ entries, coders, conflicts, notes }: MergeReport, file: string, isDry: boolean): string {
  if (entries.new === 0)
    return `Nothing new in ${file}: all ${entries.known} changes in it are here already. Nothing was changed.`
  const names = Object.entries(coders).map(([name, count]) => `${name} ${count}`)
  return [
    `${isDry ? 'Would take in' : 'Took in'} ${many(entries.new, 'change', 'changes')} from ${file} (${names.join(', ')}); ${entries.known} were here already.`,
    `Notes: ${notes.new} new, ${notes.sameTexts} here already with the same text.`,
    ...notes.differentTexts.map(
      (id) => `Note ${id} has another text in each copy: that of the earlier import stands.`,
    ),
    ...conflicts.map(
      ({ what, field, kept, lost, who }) =>
        `${field} of ${what}: “${kept}” stands, “${lost}” by ${who} does not.`,
    ),
    ...entries.void.map(
      ({ coder, kind, part, reason }) =>
        `Void: ${kind} by ${coder}${part === undefined ? '' : ` (${part})`}. ${reason}`,
    ),
  ].join('\n')
}

type MergeCommand = TeamOptions & ImportOptions & { dryRun?: boolean }

async function runMerge(path: string, file: string, options: MergeCommand): Promise<void> {
  keepInput(file)
  const { dryRun = false } = options
  const report = await withProject(path, options, async (project) => {
    const order = { dryRun, onProgress: showProgress, beforeConfirmed: () => backUpFirst(project, options) }
    if (!isPackage(resolve(file))) return mergeCopy(project, resolve(file), passphraseOf(options), order)
    const content = await openPackage(resolve(file), project.db, passphraseOf(options))
    return mergePackage(project, content, basename(file), order)
  })
  answer(options, report, () => inWords(report, file, dryRun))
}

type FolderOptions = CommonOptions & ImportOptions & { folder: string; once?: boolean }

/** How long it waits before it looks again, in ms. */
const PAUSE = 120_000

function folderWords({ written, waiting, unwritten, files, others }: FolderReport): string {
  return [
    `${many(written, 'file', 'files')} written, ${many(files.length, 'file', 'files')} read, ${others} for others.`,
    ...files.map((each) =>
      'error' in each
        ? `${each.file}: ${each.sentence}`
        : `${each.file}: ${many(each.entries.new, 'change', 'changes')} taken in, ${each.entries.void.length} void.`,
    ),
    ...(waiting.length > 0 ? [`Not known yet, and to begin with a package: ${waiting.join(', ')}.`] : []),
    ...(unwritten === null ? [] : [`Not written: ${unwritten}`]),
  ].join('\n')
}

async function runTeamFolder(path: string, options: FolderOptions): Promise<void> {
  for (;;) {
    const report = await withProject(path, options, (project) =>
      meetInFolder(project, resolve(options.folder), {
        beforeConfirmed: () => backUpFirst(project, options),
      }),
    )
    answer(options, report, () => folderWords(report))
    // One JSON document is one look.
    if (options.once || options.json) return
    await setTimeout(PAUSE)
  }
}

const withPackagePassphrase = (command: Command): Command =>
  command.option(
    '--package-passphrase-file <file>',
    'read the passphrase of the package from this file (else it is the project’s)',
  )

export function addTeamCommands(program: Command): void {
  withPackagePassphrase(withCommonOptions(program.command('package').argument('<project>')))
    .description('write an encrypted package: the notes of a coder’s rounds, the codebook and their own work')
    .requiredOption('--for <name>', 'who is to have it', givenName)
    .requiredOption('-o, --output <file>', 'the package to make')
    .addOption(new Option('--with-texts', 'with the texts of the notes'))
    .addOption(new Option('--no-texts', 'for a laptop that has the texts'))
    .action(runPackage)

  withPackagePassphrase(withCommonOptions(program.command('join').argument('<package>')))
    .description('make the project of whoever the package is for')
    .requiredOption('-o, --output <project>', 'the project to make')
    .action(runJoin)

  withBackupOption(withCommonOptions(program.command('team-folder').argument('<project>')))
    .description('write what is new into a folder that the team shares, and take in what others wrote there')
    .requiredOption('--folder <folder>', 'the shared folder')
    .option('--once', 'once, in place of every two minutes until it is stopped')
    .action(runTeamFolder)

  const merge = program
    .command('merge')
    .argument('<project>')
    .argument('<file>', 'a package, or another copy of the project')
  withPackagePassphrase(withBackupOption(withCommonOptions(merge)))
    .description(
      'take in what a package or another copy of the project holds, as one step that can be undone',
    )
    .option('--dry-run', 'say what would come in, and change nothing')
    .action(runMerge)
}
