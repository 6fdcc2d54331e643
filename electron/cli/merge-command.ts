/** merge. */
import type { Command } from 'commander'
import type { MergeReport } from '../../shared/contract/merging.ts'
import {
  answer,
  type CommonOptions,
  keepInput,
  readPassphrase,
  showProgress,
  withCommonOptions,
  withProject,
} from './session.ts'

type MergeCommand = CommonOptions & { dryRun?: boolean }

const many = (count: number, one: string, others: string) => `${count} ${count === 1 ? one : others}`

/** A report as it is read; the whole of it is in the JSON. */
function inWords({ entries, coders, conflicts, notes }: MergeReport, file: string, isDry: boolean): string {
  if (entries.new === 0)
    return `Nothing new in ${file}: all ${entries.known} changes in it are here already. Nothing was changed.`
  const names = Object.entries(coders).map(([name, count]) => `${name} ${count}`)
  const lines = [
    `${isDry ? 'Would take in' : 'Took in'} ${many(entries.new, 'change', 'changes')} from ${file} (${names.join(', ')}); ${entries.known} were here already.`,
    `Notes: ${notes.new} new, ${notes.sameTexts} here already with the same text.`,
    ...notes.differentTexts.map((id) => `Note ${id} has another text there: it was not taken.`),
    ...conflicts.map(
      ({ what, field, kept, lost, who }) =>
        `${field} of ${what}: “${kept}” stands, “${lost}” by ${who} does not.`,
    ),
    ...entries.void.map(
      ({ coder, kind, part, reason }) =>
        `Void: ${kind} by ${coder}${part === undefined ? '' : ` (${part})`}. ${reason}`,
    ),
  ]
  return lines.join('\n')
}

async function runMerge(path: string, file: string, options: MergeCommand): Promise<void> {
  keepInput(file)
  const { dryRun = false } = options
  const report = await withProject(path, options, (project) =>
    project.merge(file, readPassphrase(options), { dryRun, onProgress: showProgress }),
  )
  answer(options, report, () => inWords(report, file, dryRun))
}

export function addMergeCommand(program: Command): void {
  withCommonOptions(
    program.command('merge').argument('<project>').argument('<file>', 'another copy of the project'),
  )
    .description('take in what another copy of the project holds, as one step that can be undone')
    .option('--dry-run', 'say what would come in, and change nothing')
    .action(runMerge)
}
