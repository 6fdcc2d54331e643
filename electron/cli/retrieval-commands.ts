/** retrieve: the segments that a combination of codes picks out. */
import { extname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { CoderId } from '../../shared/contract/basics.ts'
import { QuotesFormat, type RetrievalQuery } from '../../shared/contract/retrieval.ts'
import { retrieve } from '../store/analysis/retrieval.ts'
import type { QuoteRow, QuoteSheet } from '../store/exchange/quotes/sheet.ts'
import type { ReadableDb } from '../store/file/connection.ts'
import { ownerFinder } from '../store/notes/names.ts'
import type { Project } from '../store/project.ts'
import { exportQuotes, type FoundSegments, giveQuotes, type QuotesOrder } from '../store/reports/quotes.ts'
import { listCoders } from '../store/team/coders.ts'
import {
  choiceOf,
  type MaskOptions,
  publicCheck,
  warnOf,
  warnOfFindings,
  withMaskOption,
} from './mask-option.ts'
import { collect, qualifiersOf } from './qualifier-option.ts'
import {
  answer,
  coderNamed,
  codesNamed,
  print,
  printJson,
  showProgress,
  splitNames,
  textTable,
  UsageError,
  wholeNumber,
  withCommonOptions,
  withProject,
} from './session.ts'

type Options = MaskOptions & {
  codes?: string
  relation: RetrievalQuery['relation']
  other?: string
  without?: string
  distance: number
  coders?: string
  qualifier?: string[]
  case?: string
  below: boolean
  wholeNotes: boolean
  groupBy: QuotesOrder['groupBy']
  output?: string
}

const distance = (text: string): number => wholeNumber(text, 1_000_000)

function queryOf(project: Project, options: Options): RetrievalQuery {
  const { relation } = options
  const otherIds = codesNamed(project, options.other)
  const asked = codesNamed(project, options.codes)
  if (relation !== 'any' && relation !== 'all' && otherIds.length === 0)
    throw new UsageError(`--relation ${relation} needs --other with a code or more`)
  if (relation === 'all' && asked.length < 2)
    throw new UsageError('--relation all needs --codes with two codes or more')
  return {
    codeIds: asked,
    includeChildren: options.below,
    relation,
    otherIds,
    distance: options.distance,
    withoutIds: codesNamed(project, options.without),
    coderIds:
      options.coders === undefined
        ? null
        : splitNames(options.coders).map((name) => coderNamed(project, name).id),
    qualifiers: qualifiersOf(options.qualifier),
    includeWholeNotes: options.wholeNotes,
    filter:
      options.case === undefined
        ? {}
        : { caseId: ownerFinder(project.db, 'case')(options.case) ?? options.case },
  }
}

/** A segment as scripts see it: names for ids, code points for offsets. */
const publicSegment = ({ caseId, title, ...row }: QuoteRow) => ({
  note: row.note,
  case: caseId,
  title,
  date: row.date,
  start: row.start,
  end: row.end,
  quote: row.quote,
  attributes: row.attributes,
  codings: row.codings.map(({ path, coder, qualifiers, memo }) => ({ code: path, coder, qualifiers, memo })),
})

const publicCounts = ({ total, notes, cases, looked }: FoundSegments) => ({ total, notes, cases, looked })

function formatOf(output: string): QuotesFormat {
  const format = QuotesFormat.safeParse(extname(output).slice(1).toLowerCase())
  if (!format.success) throw new UsageError(`${output}: segments are written as .csv, .xlsx or .docx`)
  return format.data
}

const clip = (text: string) =>
  (text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text).replaceAll('\n', ' ')

function inWords({ question, counts, rows }: QuoteSheet): string {
  const cells = rows.map(({ note, caseId, start, end, quote, codings }) => [
    note,
    caseId ?? '',
    start === null ? 'whole' : `${start}-${end}`,
    [...new Set(codings.map(({ code }) => code))].join('; '),
    [...new Set(codings.map(({ coder }) => coder))].join('; '),
    clip(quote),
  ])
  return [question, counts, textTable(['note', 'case', 'place', 'code', 'coder', 'quote'], cells)].join('\n')
}

/** Where there are no coders there is nobody to ask about. */
const NOBODY = '' as CoderId

async function runRetrieve(path: string, options: Options): Promise<void> {
  const { output, groupBy } = options
  const format = output === undefined ? null : formatOf(output)
  await withProject(path, options, async (project) => {
    const { db } = project
    const query = queryOf(project, options)
    // Nobody asks on the command line whose progress a filter speaks of; without coders there are no codings either.
    const coderId = query.coderIds?.[0] ?? listCoders(db)[0]?.id ?? NOBODY
    const found = retrieve(
      db,
      { coderId, viewer: null, query, limit: Number.MAX_SAFE_INTEGER },
      { onProgress: showProgress },
    )
    const order = { query, picked: null, groupBy }
    if (output !== undefined && format !== null) {
      const { segments, warnings, check } = await exportQuotes(
        db,
        resolve(output),
        format,
        found,
        order,
        choiceOf(options),
      )
      warnOfFindings(check, options)
      warnOf(warnings)
      const identifiers = publicCheck(check, options)
      const report = { file: output, segments, ...publicCounts(found), warnings, identifiers }
      return answer(options, report, () => `Wrote ${segments} segments to ${output}.`)
    }
    await listSegments(db, found, order, options)
  })
}

async function listSegments(
  db: ReadableDb,
  found: FoundSegments,
  order: QuotesOrder,
  options: Options,
): Promise<void> {
  if (found.total === 0)
    return answer(options, { ...publicCounts(found), segments: [] }, () => 'No segments found.')
  const give = (sheet: QuoteSheet) => {
    if (!options.json) print(inWords(sheet))
    else
      printJson({
        question: sheet.question,
        ...publicCounts(found),
        segments: sheet.rows.map(publicSegment),
      })
  }
  const { check } = await giveQuotes(db, found, order, choiceOf(options), give)
  warnOfFindings(check, options)
}

export function addRetrievalCommands(program: Command): void {
  withMaskOption(withCommonOptions(program.command('retrieve').argument('<project>')))
    .description('list or write the segments that a combination of codes picks out')
    .option(
      '--codes <names>',
      'codes by name, path (A > B) or id, separated by commas; none means every code',
    )
    .addOption(
      new Option(
        '--relation <relation>',
        'how one coder’s codes belong together; instead: where another coder gave --other in the same words',
      )
        .choices(['any', 'all', 'near', 'within', 'instead'])
        .default('any'),
    )
    .option('--other <names>', 'the codes that near, within and instead refer to')
    .option('--distance <characters>', 'for near: most characters between', distance, 0)
    .option('--without <names>', 'leave out segments that these touch')
    .option('--coders <names>', 'only codings by these')
    .option('--qualifier <name=values>', 'only codings with one of these values; may be repeated', collect)
    .option('--case <id>', 'only notes of this case')
    .option('--no-below', 'do not count codes below those named')
    .option('--no-whole-notes', 'leave out codings of whole notes')
    .addOption(
      new Option('--group-by <what>', 'how a Word document groups them')
        .choices(['note', 'case'])
        .default('note'),
    )
    .option('-o, --output <file>', '.csv, .xlsx or .docx')
    .action(runRetrieve)
}
