/** create, backup, verify, pin. */
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { Template } from '../../shared/contract/codes.ts'
import { Problem } from '../../shared/problem.ts'
import { copyWords, sealWords } from '../../shared/seal-words.ts'
import { backup } from '../store/file/backup.ts'
import { addTemplate } from '../store/intake/codebook.ts'
import { PROJECT_ACTOR } from '../store/journal/change.ts'
import { Project } from '../store/project.ts'
import { removePin } from '../store/team/chairs.ts'
import { listPeople, personOf } from '../store/team/coders.ts'
import { hasPin } from '../store/team/pins.ts'
import { verify } from '../store/verify/verify.ts'
import {
  answer,
  type CommonOptions,
  coderNamed,
  markPlace,
  RESOURCES,
  readPassphrase,
  showProgress,
  withCommonOptions,
  withProject,
} from './session.ts'

type CreateOptions = CommonOptions & { template: Template; title?: string }

function create(path: string, options: CreateOptions): void {
  const title = options.title ?? path.replace(/^.*[\\/]/, '').replace(/\.understory$/i, '')
  let added = 0
  const project = Project.create(resolve(path), readPassphrase(options), { title }, (made) => {
    added = addTemplate(made, PROJECT_ACTOR, options.template, RESOURCES).added
  })
  // From the start it is known where it was made: copies given to others go on as replicas of their own.
  project.compareWithMark(markPlace())
  project.close()
  answer(options, { project: path, title, template: options.template, codes: added }, () => {
    return `Made the encrypted project ${path} (${title}) with ${added} codes and folders.`
  })
}

const ALL = Number.MAX_SAFE_INTEGER

async function runVerify(path: string, options: CommonOptions): Promise<void> {
  const report = await withProject(path, options, ({ db }) => verify(db, { onProgress: showProgress }))
  answer(options, report, () =>
    [
      report.ok ? 'ok' : 'not ok',
      `database file ${report.sqlite ? 'sound' : 'NOT sound'}, chain ${report.chain ? 'unbroken' : 'BROKEN'}, replay ${report.replay ? 'gives the same tables' : 'does NOT give the same tables'}`,
      ...[copyWords(report.copies)].filter((words) => words !== null),
      sealWords(report, ALL),
      `${report.entries} journal entries, ${report.notes} notes, ${report.codings} codings`,
      ...report.problems,
    ].join('\n'),
  )
  if (!report.ok) {
    throw new Problem('project-damaged', `The project does not match its journal: ${report.problems[0]}`)
  }
}

type PinOptions = CommonOptions & { clear?: string }

/** Who has a PIN; with `--clear` one of them has none any more. Whoever has the passphrase may: the journal says so. */
async function runPin(path: string, options: PinOptions): Promise<void> {
  const people = await withProject(path, options, (project) => {
    if (options.clear !== undefined) {
      const coder = coderNamed(project, options.clear)
      const person = personOf(coder)
      if (!hasPin(project.db, person))
        throw new Problem('bad-arguments', `${coder.name} has no PIN. Nothing was changed.`)
      removePin(project, PROJECT_ACTOR, person)
    }
    return listPeople(project.db).map(({ id, name }) => ({ name, hasPin: hasPin(project.db, id) }))
  })
  answer(options, { people }, () =>
    people.map(({ name, hasPin }) => `${name}: ${hasPin ? 'has a PIN' : 'no PIN'}`).join('\n'),
  )
}

export function addProjectCommands(program: Command): void {
  withCommonOptions(
    program.command('create').argument('<project>', 'the file to make, for example study.understory'),
  )
    .description('make a new encrypted project')
    .addOption(
      new Option('--template <name>', 'codebook to start from').choices(Template.options).default('empty'),
    )
    .option('--title <title>', 'the project’s title')
    .action(create)

  withCommonOptions(program.command('backup').argument('<project>'))
    .description('write an encrypted copy')
    .requiredOption('-o, --output <file>', 'the copy to make')
    .action(async (path: string, options: CommonOptions & { output: string }) => {
      await withProject(path, options, ({ db, passphrase }) =>
        backup(db, passphrase, resolve(options.output)),
      )
      answer(options, { backup: options.output }, () => `Wrote the encrypted copy ${options.output}.`)
    })

  withCommonOptions(program.command('verify').argument('<project>'))
    .description(
      'check the file, the chain of journal entries, and that replaying them gives the same tables',
    )
    .action(runVerify)

  withCommonOptions(program.command('pin').argument('<project>'))
    .description('say who has a PIN, or remove one that was forgotten')
    .option('--clear <name>', 'remove the PIN of this person; the journal says so, and so does the window')
    .action(runPin)
}
