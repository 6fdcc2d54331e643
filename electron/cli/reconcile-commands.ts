/** disagreements, reconcile, consensus. */
import { extname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { CoderId } from '../../shared/contract/basics.ts'
import { Problem } from '../../shared/problem.ts'
import { MOST_COMPARED, selectCompared } from '../store/analysis/disagreements.ts'
import { type CompareScope, countUndecided, isAbout, readStanding } from '../store/analysis/undecided.ts'
import { assertMayDecide, makeDecisions } from '../store/decisions/decisions.ts'
import { countConsensus, isSettled } from '../store/decisions/standing.ts'
import { type DecisionIn, readDecisionsCsv } from '../store/exchange/tables/decisions.ts'
import type { ReadableDb } from '../store/file/connection.ts'
import { assertMayWrite } from '../store/file/written-file.ts'
import { planDecisions, type Rule, whoDisagrees } from '../store/intake/decisions.ts'
import { PROJECT_ACTOR } from '../store/journal/change.ts'
import type { Project } from '../store/project.ts'
import {
  giveDisagreements,
  type PublicDisagreement,
  type StandingDisagreement,
} from '../store/reports/disagreements.ts'
import { writeDisagreementsLog } from '../store/reports/disagreements-log.ts'
import { listCoders, listPeople } from '../store/team/coders.ts'
import { getRound, listRounds } from '../store/team/rounds.ts'
import {
  choiceOf,
  type MaskOptions,
  publicCheck,
  warnOf,
  warnOfFindings,
  withMaskOption,
} from './mask-option.ts'
import {
  answer,
  type CommonOptions,
  coderNamed,
  codesNamed,
  keepInput,
  print,
  printJson,
  readBytes,
  roundNamed,
  showProgress,
  splitNames,
  textTable,
  UsageError,
  withCommonOptions,
  withProject,
} from './session.ts'

export type Scope = { coders?: string; code?: string; round?: string }
type DisagreementsOptions = MaskOptions & Scope & { all?: boolean; output?: string }

export function scopeOf(
  project: Project,
  options: Scope,
  coderIds = codersOf(project, options),
): CompareScope {
  const { code, round } = options
  return {
    coderIds,
    roundId: round === undefined ? null : roundNamed(project.db, round).id,
    codeIds: code === undefined ? null : new Set(codesNamed(project, code)),
  }
}

/** Where nobody is named, the coders of the round, else the people who have finished a note. */
function codersOf(project: Project, { coders, round }: Scope): readonly CoderId[] {
  const { db } = project
  if (coders === undefined) {
    const coderIds = round === undefined ? peopleWhoCode(db) : getRound(db, roundNamed(db, round).id).coderIds
    assertComparable(coderIds.length, 'Name them with --coders Amara,Ben.')
    return coderIds
  }
  const names = splitNames(coders)
  if (names.length < 2 || names.length > MOST_COMPARED)
    throw new UsageError(`--coders needs two to ${MOST_COMPARED} names, for example --coders Amara,Ben`)
  return names.map((name) => coderNamed(project, name).id)
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

async function runDisagreements(path: string, options: DisagreementsOptions): Promise<void> {
  const { output } = options
  if (output !== undefined && !['.csv', '.xlsx'].includes(extname(output).toLowerCase()))
    throw new UsageError('-o takes a .csv or .xlsx file')
  await withProject(path, options, async (project) => {
    const { db } = project
    if (output !== undefined) assertMayWrite(resolve(output), ['.csv', '.xlsx'])
    const scope = scopeOf(project, options)
    const selection = selectCompared(db, scope)
    const found: StandingDisagreement[] = []
    for (const { about, standing } of readStanding(db, selection, scope, { onProgress: showProgress })) {
      if (about.kind === 'agreed' || !isAbout(about, scope)) continue
      if (options.all || output !== undefined || !isSettled(standing)) found.push({ ...about, standing })
    }
    sayNotes(selection)
    if (output !== undefined) {
      const { coderIds } = scope
      const log = await writeDisagreementsLog(db, resolve(output), coderIds, found, choiceOf(options))
      warnOf(log.warnings)
      warnOfFindings(log.check, options)
      const report = { file: output, rows: log.rows, identifiers: publicCheck(log.check, options) }
      return answer(options, report, () => `Wrote ${log.rows} rows to ${output}.`)
    }
    const check = await giveDisagreements(db, found, choiceOf(options), (rows) => {
      if (options.json) printJson(rows)
      else print(inWords(rows))
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
  const cells = rows.flatMap(({ id, note, kind, segments, decided }) =>
    segments.map(({ coder, code, start, end, quote }, at) => [
      ...(at === 0 ? [id, note, kind] : ['', '', '']),
      ...[coder, code, start === null ? 'whole' : `${start}-${end}`, clip(quote)],
      at === 0 && decided ? `${decided.decision}${decided.isStale ? ' (stale)' : ''}` : '',
    ]),
  )
  const header = ['disagreement', 'note', 'kind', 'coder', 'code', 'place', 'quote', 'decided']
  const count = `${rows.length} ${rows.length === 1 ? 'disagreement' : 'disagreements'}`
  return [textTable(header, cells), count].join('\n')
}

type ReconcileOptions = CommonOptions & Scope & { from?: string; as?: string; rule?: Rule[] }

async function runReconcile(path: string, options: ReconcileOptions): Promise<void> {
  const { from, rule: rules = [] } = options
  if (from === undefined && rules.length === 0)
    throw new UsageError('say what is decided: --from DECISIONS.csv, --rule same or --rule overlap:80')
  if (from !== undefined) keepInput(from)
  await withProject(path, options, (project) => {
    const { db } = project
    const table = from === undefined ? null : readDecisionsCsv(readBytes(from))
    if (table && table.ignored.length > 0)
      process.stderr.write(`note: columns left out: ${table.ignored.join(', ')}\n`)
    const by = options.as === undefined ? PROJECT_ACTOR : coderNamed(project, options.as).id
    assertMayDecide(db, by)
    const scope = scopeOfTable(project, options, table?.rows ?? [])
    const decisions = planDecisions(db, scope, table?.rows ?? null, rules, { onProgress: showProgress })
    if (decisions.length > 0)
      project.allOrNothing(() => {
        // Scripts act for the lead, who alone adds the layer; an adjudicator decides in it.
        if (!listCoders(db).some(({ layer }) => layer === 'consensus')) project.addConsensus(PROJECT_ACTOR)
        makeDecisions(project, by, decisions)
      })
    const later = decisions.filter(({ decision }) => decision === 'later').length
    const agreements = decisions.filter(({ kind }) => kind === 'agreed').length
    const report = {
      decided: decisions.length - later,
      left: countUndecided(db, scope),
      consensus: countConsensus(db),
      ...{ later, agreements },
    }
    answer(options, report, () =>
      [
        `${report.decided} decided (${agreements} of them agreements taken over), ${later} put off, ${report.left} left to decide.`,
        `The consensus layer has ${report.consensus} codings.`,
      ].join('\n'),
    )
  })
}

/** Where nobody is named, whoever the disagreements of the table are between. */
function scopeOfTable(project: Project, options: Scope, rows: readonly DecisionIn[]): CompareScope {
  const { db } = project
  const { coders, round } = options
  if (coders !== undefined || round !== undefined || rows.length === 0) return scopeOf(project, options)
  const people = peopleWhoCode(db)
  const groups = [
    ...groupsOf(people),
    ...listRounds(db).map((each) => each.coders.map(({ coderId }) => coderId)),
  ]
  const fitting = groups.filter(({ length }) => length >= 2 && length <= MOST_COMPARED)
  const coderIds = whoDisagrees(db, rows, fitting)
  return scopeOf(project, options, coderIds ?? undefined)
}

/** All of them, then every two, three …; of many people every two alone. */
function groupsOf(people: readonly CoderId[]): CoderId[][] {
  const subsets = (from: number, size: number): CoderId[][] =>
    size === 0
      ? [[]]
      : people.slice(from).flatMap((id, at) => subsets(from + at + 1, size - 1).map((rest) => [id, ...rest]))
  const sizes = people.length > 6 ? [2] : people.map((_, at) => at + 1).filter((size) => size >= 2)
  return [[...people], ...sizes.flatMap((size) => subsets(0, size))]
}

/** "same", "overlap:80", "overlap:80:longest", or several with commas. */
function rulesIn(text: string): Rule[] {
  return text.split(',').map((each): Rule => {
    const [name, least = '', how = 'union', ...more] = each.trim().split(':')
    if (name === 'same' && least === '') return { kind: 'same' }
    const percent = Number(least)
    const isHow = how === 'union' || how === 'intersection' || how === 'longest'
    if (name === 'overlap' && least !== '' && percent > 0 && percent <= 100 && isHow && more.length === 0)
      return { kind: 'overlap', least: percent, how }
    throw new UsageError(
      '--rule takes same, overlap:80, overlap:80:union, overlap:80:intersection or overlap:80:longest; several with commas',
    )
  })
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
    .option('--all', 'with those that are decided, each with its decision')
    .option('-o, --output <file>', 'write a log of all of them, decided or not, as .csv or .xlsx')
    .action(runDisagreements)

  withScope(withCommonOptions(program.command('reconcile').argument('<project>')))
    .description('decide about disagreements, from a table or by a rule, into the consensus layer')
    .option(
      '--from <file>',
      'CSV with the columns disagreement, decision, code, start, end, reason; a decision is the name of a coder, both, union, intersection, own (the code and place of the row), neither or later',
    )
    .option('--as <name>', 'who decides: a lead or an adjudicator; if left out, the script for the lead')
    .option(
      '--rule <rules>',
      'for what nobody has decided: same (take over what all coded alike), overlap:NN[:union|intersection|longest] (same code, at least NN % of all words in common); with --from for rows without a decision',
      rulesIn,
    )
    .action(runReconcile)
}
