/** disagreements, reconcile, consensus. */
import type { Command } from 'commander'
import type { CodeId, CoderId, RoundId } from '../../shared/contract/basics.ts'
import type { Disagreement } from '../../shared/contract/disagreements.ts'
import { Problem } from '../../shared/problem.ts'
import { MOST_COMPARED, readDisagreements, selectCompared } from '../store/analysis/disagreements.ts'
import type { ReadableDb } from '../store/file/connection.ts'
import type { Project } from '../store/project.ts'
import { giveDisagreements, type PublicDisagreement } from '../store/reports/disagreements.ts'
import { listPeople } from '../store/team/coders.ts'
import { getRound } from '../store/team/rounds.ts'
import { choiceOf, type MaskOptions, warnOfFindings, withMaskOption } from './mask-option.ts'
import {
  coderNamed,
  codesNamed,
  print,
  printJson,
  roundNamed,
  showProgress,
  splitNames,
  textTable,
  UsageError,
  withCommonOptions,
  withProject,
} from './session.ts'

type Scope = { coders?: string; code?: string; round?: string }
type DisagreementsOptions = MaskOptions & Scope

type Asked = { coderIds: CoderId[]; roundId: RoundId | null; codeIds: ReadonlySet<CodeId> | null }

/** Who is compared where nobody is named: the coders of the round, else the people who have finished a note. */
function askedOf(project: Project, { coders, code, round }: Scope): Asked {
  const { db } = project
  const roundId = round === undefined ? null : roundNamed(db, round).id
  const codeIds = code === undefined ? null : new Set(codesNamed(project, code))
  if (coders === undefined) {
    const coderIds = roundId === null ? peopleWhoCode(db) : getRound(db, roundId).coderIds
    assertComparable(coderIds.length, 'Name them with --coders Amara,Ben.')
    return { coderIds, roundId, codeIds }
  }
  const names = splitNames(coders)
  if (names.length < 2 || names.length > MOST_COMPARED)
    throw new UsageError(`--coders needs two to ${MOST_COMPARED} names, for example --coders Amara,Ben`)
  return { coderIds: names.map((name) => coderNamed(project, name).id), roundId, codeIds }
}

function assertComparable(count: number, hint: string): void {
  if (count < 2 || count > MOST_COMPARED)
    throw new Problem(
      'bad-arguments',
      `From two to ${MOST_COMPARED} coders are compared, not ${count}. ${hint}`,
    )
}

function peopleWhoCode(db: ReadableDb): CoderId[] {
  const hasFinished = db.prepare(
    `SELECT 1 FROM note_status JOIN coder ON coder.num = note_status.coder
     WHERE coder.id = ? AND status = 'finished' LIMIT 1`,
  )
  return listPeople(db).flatMap(({ id }) => (hasFinished.get(id) === undefined ? [] : [id]))
}

const isAbout = ({ segments }: Disagreement, codeIds: Asked['codeIds']): boolean =>
  codeIds === null || segments.some(({ codeId }) => codeIds.has(codeId))

async function runDisagreements(path: string, options: DisagreementsOptions): Promise<void> {
  await withProject(path, options, async (project) => {
    const { db } = project
    const asked = askedOf(project, options)
    const selection = selectCompared(db, asked)
    const found: Disagreement[] = []
    for (const { disagreements } of readDisagreements(db, selection, { onProgress: showProgress }))
      for (const each of disagreements) if (isAbout(each, asked.codeIds)) found.push(each)
    sayNotes(selection)
    const check = await giveDisagreements(db, found, choiceOf(options), (rows) => {
      if (options.json) printJson(rows.map(({ row }) => row))
      else print(inWords(rows.map(({ row }) => row)))
    })
    warnOfFindings(check, options)
  })
}

/** Which notes were compared is not in the list. */
function sayNotes({ coders, counted, left }: ReturnType<typeof selectCompared>): void {
  const names = coders.map(({ name }) => name).join(', ')
  const reasons = new Map<string, number>()
  for (const { reason } of left) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const why = [...reasons].map(([reason, notes]) => `${notes} ${reason}`).join('; ')
  process.stderr.write(
    `note: ${names}: ${counted.length} notes compared${why === '' ? '' : `, left out: ${why}`}\n`,
  )
}

const clip = (text: string) =>
  (text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text).replaceAll('\n', ' ')

/** A line for each segment; what is the same as above is not said again. */
function inWords(rows: readonly PublicDisagreement[]): string {
  if (rows.length === 0) return 'No disagreements.'
  const cells = rows.flatMap(({ id, note, kind, segments }) =>
    segments.map(({ coder, code, start, end, quote }, at) => [
      ...(at === 0 ? [id, note, kind] : ['', '', '']),
      ...[coder, code, start === null ? 'whole' : `${start}-${end}`, clip(quote)],
    ]),
  )
  const header = ['disagreement', 'note', 'kind', 'coder', 'code', 'place', 'quote']
  const count = `${rows.length} ${rows.length === 1 ? 'disagreement' : 'disagreements'}`
  return [textTable(header, cells), count].join('\n')
}

const withScope = (command: Command): Command =>
  command
    .option(
      '--coders <names>',
      'two to ten, for example Amara,Ben; if left out the coders of the round, else all people who have finished a note',
    )
    .option('--code <code>', 'only those about this code: name, path (A > B) or id')
    .option('--round <name>', 'only the notes of this round')

export function addReconcileCommands(program: Command): void {
  withScope(withMaskOption(withCommonOptions(program.command('disagreements').argument('<project>'))))
    .description(
      'what coders disagree about in the notes all of them finished: missed (words that somebody did not code at all), code (coded as something else), edges, qualifier, note (codes of whole notes)',
    )
    .action(runDisagreements)
}
