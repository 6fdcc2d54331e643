/** agree, agree-data. */
import { extname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { AgreementInputError, agreeData } from '../../shared/agreement/index.ts'
import { kappaOf, rowName } from '../../shared/agreement-words.ts'
import {
  AGREEMENT_STATISTICS,
  type Agreed,
  AgreementFormat,
  type AgreementReport,
  type AgreementScope,
  AgreementUnit,
  type CodeAgreement,
  ReliabilityForm,
  Resampled,
} from '../../shared/contract/agreement.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { asProblem, Problem } from '../../shared/problem.ts'
import { computeAgreement } from '../store/analysis/agreement.ts'
import { diagnose } from '../store/analysis/diagnosis.ts'
import { writeReliabilityData } from '../store/analysis/reliability-data.ts'
import type { ReadableDb } from '../store/file/connection.ts'
import { placeOf } from '../store/file/kept-apart.ts'
import { assertMayWrite } from '../store/file/written-file.ts'
import { attributeCalled, ownerFinder } from '../store/notes/names.ts'
import type { Project } from '../store/project.ts'
import { writeAgreement } from '../store/reports/agreement.ts'
import { exportDiagnosis } from '../store/reports/diagnosis.ts'
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
  coderNamed,
  codesNamed,
  printJson,
  readJson,
  roundNamed,
  showProgress,
  splitNames,
  textTable,
  UsageError,
  wholeNumber,
  withCommonOptions,
  withProject,
} from './session.ts'

/** Options are parsed with their default as a second argument, which is no limit. */
const count = (text: string): number => wholeNumber(text)

type AgreeOptions = MaskOptions & {
  coders: string
  unit: AgreementUnit
  share: number
  children?: boolean
  qualifier?: string
  case?: string
  where?: string
  round?: string
  codes?: string
  bootstrap: number
  resample: Resampled
  seed: number
  data?: ReliabilityForm
  diagnosis?: string
  output?: string
}

/** The contract of the command line: figures as plain numbers, undefined ones listed with their reasons. */
export function publicAgreement(report: AgreementReport) {
  return {
    unit: report.unit,
    share: report.scope.share ?? 0,
    withChildren: report.scope.withChildren ?? false,
    qualifier: report.scope.qualifier ?? null,
    coders: report.coders.map(({ name }) => name),
    notes: report.notes,
    codes: report.codes.map((code) => ({
      code: code.code,
      id: code.codeId,
      ...(code.part ? { part: code.part } : {}),
      ...publicFigures(code),
    })),
    overall: report.overall,
    pooled: report.pooled && publicFigures(report.pooled),
    undefined: report.codes.flatMap(undefinedFigures),
    bootstrap: {
      replicates: report.replicates,
      seed: report.seed,
      resampled: `${report.resampled}s`,
      level: 0.95,
    },
  }
}

const publicFigures = (agreed: Agreed) => ({
  n: agreed.n,
  ...(agreed.counts ? { counts: agreed.counts } : {}),
  applied: agreed.applied,
  ...Object.fromEntries(AGREEMENT_STATISTICS.map((name) => [name, agreed.figures[name].value])),
  interval: agreed.interval,
  analyticInterval: agreed.analyticInterval,
  skippedReplicates: agreed.skippedReplicates,
})

const undefinedFigures = (code: CodeAgreement) =>
  AGREEMENT_STATISTICS.flatMap((coefficient) => {
    const { value, reason } = code.figures[coefficient]
    return value === null
      ? [{ code: code.code, ...(code.part ? { part: code.part } : {}), coefficient, reason }]
      : []
  })

const shortFigure = (value: number | null) => (value === null ? 'undefined' : value.toFixed(3))

function agreementWords(report: AgreementReport): string {
  const two = report.coders.length === 2
  const header = [
    'code',
    'n',
    ...(two ? ['both', 'first', 'second', 'neither'] : []),
    'percent',
    'kappa',
    'alpha',
    '95 %',
  ]
  const rows = report.codes.map((code) => {
    const interval = code.interval.krippendorff
    return [
      rowName(code),
      code.n,
      ...(code.counts ? [code.counts.both, code.counts.first, code.counts.second, code.counts.neither] : []),
      shortFigure(code.figures.percent.value),
      shortFigure(code.figures[kappaOf(report.coders.length)].value),
      shortFigure(code.figures.krippendorff.value),
      interval ? `${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}` : '',
    ]
  })
  const names = report.coders.map(({ name }) => name).join(' and ')
  return [
    `${names}, unit ${report.unit}: ${report.notes.counted.length} notes finished by all are counted, ${report.notes.left.length} left out.`,
    textTable(header, rows),
    `Mean alpha over ${report.overall.krippendorff.codes} codes where it is defined: ${shortFigure(report.overall.krippendorff.mean)}; of all codes pooled: ${shortFigure(report.pooled?.figures.krippendorff.value ?? null)}`,
  ].join('\n')
}

/** The notes of one case, or those with a value of an attribute: "team=North". */
function filterOf(db: ReadableDb, { case: caseId, where }: AgreeOptions): AgreementScope['filter'] {
  if (caseId === undefined && where === undefined) return null
  const [name = '', ...value] = where?.split('=') ?? []
  return {
    ...(caseId === undefined ? {} : { caseId: ownerFinder(db, 'case')(caseId) ?? caseId }),
    ...(where === undefined
      ? {}
      : { attributes: [{ ...attributeCalled(db, name), values: [value.join('=')] }] }),
  }
}

/** A share of a unit, 0 or more and less than 1. */
function shareOf(text: string): number {
  const share = Number(text)
  if (text.trim() === '' || !(share >= 0 && share < 1)) throw new UsageError('--share takes 0 to less than 1')
  return share
}

function scopeOf(project: Project, options: AgreeOptions): AgreementScope {
  const names = splitNames(options.coders)
  if (names.length < 2)
    throw new UsageError('--coders needs two names or more, for example --coders Amara,Ben')
  return {
    coderIds: names.map((name) => coderNamed(project, name).id),
    unit: options.unit,
    share: options.share,
    withChildren: options.children ?? false,
    qualifier: options.qualifier ?? null,
    filter: filterOf(project.db, options),
    roundId: options.round === undefined ? null : roundNamed(project.db, options.round).id,
  }
}

const askedCodes = (project: Project, { codes }: AgreeOptions): CodeId[] | null =>
  codes === undefined ? null : codesNamed(project, codes)

async function runAgree(path: string, options: AgreeOptions): Promise<void> {
  const { data, output } = options
  if (data !== undefined) {
    await runData(path, options, data)
    return
  }
  const format = formatOf(output)
  if (options.diagnosis !== undefined) assertCsv(options.diagnosis, '--diagnosis')
  await withProject(path, options, async (project) => {
    assertBothMayBeWritten(options, format)
    const report = computeAgreement(
      project.db,
      {
        ...scopeOf(project, options),
        codeIds: askedCodes(project, options),
        replicates: options.bootstrap,
        resampled: options.resample,
        seed: options.seed,
      },
      { onProgress: showProgress },
    )
    const diagnosis = await writeDiagnosis(project, options)
    const warnings =
      output !== undefined && format !== null
        ? await afterDiagnosis(diagnosis, writeAgreement(project.db, resolve(output), format, report))
        : []
    warnOf(warnings)
    const json = {
      ...(output === undefined ? {} : { file: output, warnings }),
      ...publicAgreement(report),
      ...(diagnosis === null ? {} : { diagnosis }),
    }
    answer(options, json, () =>
      [
        output === undefined ? agreementWords(report) : `Wrote ${output}.`,
        ...(diagnosis === null ? [] : [`Wrote ${diagnosis.rows} rows to ${diagnosis.file}.`]),
      ].join('\n'),
    )
  })
}

/** Seen before either is written, so that a command that is refused has written nothing. */
function assertBothMayBeWritten({ output, diagnosis }: AgreeOptions, format: AgreementFormat | null): void {
  if (diagnosis !== undefined) assertMayWrite(resolve(diagnosis), ['.csv'])
  if (output === undefined || format === null) return
  assertMayWrite(resolve(output), [`.${format}`])
  if (diagnosis !== undefined && placeOf(resolve(diagnosis)) === placeOf(resolve(output)))
    throw new UsageError('--diagnosis and -o are two files: give each a name of its own')
}

/** A disk may fill up between the two; what was written by then is said. */
async function afterDiagnosis<T>(diagnosis: { file: string } | null, written: Promise<T>): Promise<T> {
  try {
    return await written
  } catch (error) {
    if (diagnosis === null) throw error
    const { code, message } = asProblem(error)
    throw new Problem(code, `${message} ${diagnosis.file} was written.`, { cause: error })
  }
}

function assertCsv(file: string | undefined, option: string): asserts file is string {
  if (file === undefined || extname(file).toLowerCase() !== '.csv')
    throw new UsageError(`${option} writes a .csv file`)
}

/** `--diagnosis`: written beside whatever else was asked for. */
async function writeDiagnosis(project: Project, options: AgreeOptions) {
  const { diagnosis: file } = options
  if (file === undefined) return null
  const asked = { ...scopeOf(project, options), codeIds: askedCodes(project, options) }
  const found = diagnose(project.db, asked, { onProgress: showProgress })
  const { rows, check } = await exportDiagnosis(project.db, resolve(file), found, choiceOf(options))
  warnOfFindings(check, options)
  return { file, rows, identifiers: publicCheck(check, options) }
}

/** `--data`: what the figures are computed from, for another program to compute them. */
async function runData(path: string, options: AgreeOptions, form: ReliabilityForm): Promise<void> {
  const { output } = options
  assertCsv(output, '--data with -o')
  if (options.diagnosis !== undefined)
    throw new UsageError('--data and --diagnosis are two files: ask for one at a time')
  const { rows } = await withProject(path, options, (project) =>
    writeReliabilityData(
      project.db,
      {
        ...scopeOf(project, options),
        codeIds: askedCodes(project, options),
        form,
        path: resolve(output),
      },
      { onProgress: showProgress },
    ),
  )
  answer(options, { file: output, form, rows }, () => `Wrote ${rows} rows to ${output}.`)
}

/** What the ending of the file asks for; null without a file. */
function formatOf(output: string | undefined): AgreementFormat | null {
  if (output === undefined) return null
  const format = AgreementFormat.safeParse(extname(output).slice(1).toLowerCase())
  if (!format.success) throw new UsageError('-o takes a .docx, .xlsx or .csv file')
  return format.data
}

function runAgreeData(file: string, { seed }: { seed: number }): void {
  const input = readJson(file, (words) => new Problem('file-unreadable', words))
  try {
    printJson(agreeData(input, { seed }))
  } catch (error) {
    if (error instanceof AgreementInputError) throw new Problem('bad-arguments', error.message)
    throw error
  }
}

export function addAgreementCommands(program: Command): void {
  withMaskOption(withCommonOptions(program.command('agree').argument('<project>')))
    .description('agreement of two or more coders, per code')
    .requiredOption('--coders <names>', 'for example Amara,Ben')
    .addOption(new Option('--unit <unit>', 'what is compared').choices(AgreementUnit.options).default('note'))
    .option(
      '--share <share>',
      'a code counts for a unit when more than this share of it is coded; 0 is any overlap',
      shareOf,
      0,
    )
    .option('--children', 'a code counts where a code below it was applied')
    .option('--qualifier <name>', 'compare each code by the values of this qualifier too')
    .option('--round <name>', 'only the notes of this round')
    .option('--case <case>', 'only the notes of this case')
    .option('--where <attribute=value>', 'only notes with this value, for example team=North')
    .option('--codes <codes>', 'names, paths or ids; all if left out')
    .option('--bootstrap <replicates>', 'resamples for the intervals, 0 for none', count, 1000)
    .addOption(
      new Option('--resample <unit>', 'what is drawn for the intervals: notes, or cases with all their notes')
        .choices(Resampled.options)
        .default('note'),
    )
    .option('--seed <seed>', 'start of the random numbers', count, 1)
    .addOption(
      new Option(
        '--data <form>',
        'instead of figures, who applied which code to which unit as 0 and 1, for R: a row for each unit and coder (long) or a column for each coder (wide); by character a row for each longest stretch of equal values, with its characters as weight',
      ).choices(ReliabilityForm.options),
    )
    .option(
      '--diagnosis <file>',
      'write a .csv with a row for each stretch of text that somebody gave a code: who did, its words, and the kind of difference: agreement; boundary (the other applied the code to text that overlaps or touches it); elsewhere (to other text of the paragraph); missed (nowhere in the paragraph)',
    )
    .option('-o, --output <file>', '.docx for a paper, .xlsx or .csv for every figure; .csv with --data')
    .action(runAgree)

  program
    .command('agree-data')
    .argument('<file>', 'cases as JSON')
    .description('every agreement statistic that applies to plain data, without a project')
    .option('--seed <seed>', 'start of the random numbers', count, 1)
    .option('--json', 'JSON is the only form there is')
    .action(runAgreeData)
}
