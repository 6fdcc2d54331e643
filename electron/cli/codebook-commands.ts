/** codebook import/export, code, codings. */
import { extname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type AttributeRef, attributeCells, attributeColumn } from '../../shared/attributes.ts'
import type { CodebookImportItem, CodebookImportPreview } from '../../shared/contract/codebook.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import { OffsetConverter } from '../../shared/offsets.ts'
import { listCodes } from '../store/codebook/codes.ts'
import { resolveCode } from '../store/codebook/names.ts'
import { codePaths } from '../store/codebook/tree.ts'
import { allCodings } from '../store/codings/codings.ts'
import { CODINGS_COLUMNS, readCodingsCsv, toCsv } from '../store/exchange/tables/csv.ts'
import type { ReadableDb } from '../store/file/connection.ts'
import { assertMayWrite, writeFileAtomically } from '../store/file/written-file.ts'
import { importCodebook, previewCodebook } from '../store/intake/codebook.ts'
import { readCodebookFile } from '../store/intake/codebook-file.ts'
import { type CodingsReport, importCodings } from '../store/intake/codings.ts'
import { PROJECT_ACTOR } from '../store/journal/change.ts'
import { attributeFinder, attributeTexts, changedAttributes } from '../store/notes/attributes.ts'
import { listAttributes, textOfNote } from '../store/notes/notes.ts'
import type { Project } from '../store/project.ts'
import { codebookFormat, exportCodebook } from '../store/reports/codebook.ts'
import { type OutgoingText, writeChecked } from '../store/reports/export-check.ts'
import { listCoders } from '../store/team/coders.ts'
import { type ImportOptions, importing, withBackupOption } from './backup-first.ts'
import { codingForPeople, type PublicCoding } from './codings-table.ts'
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
  givenName,
  print,
  printJson,
  readBytes,
  UsageError,
  withCommonOptions,
  withProject,
} from './session.ts'

async function runCodebookImport(
  path: string,
  file: string,
  options: ImportOptions & { dryRun?: true },
): Promise<void> {
  const codebook = await readCodebookFile(resolve(file))
  if (options.dryRun) {
    const preview = await withProject(path, options, ({ db }) => previewCodebook(db, codebook))
    answer(options, { dryRun: true, ...preview }, () => previewWords(preview))
    return
  }
  const report = await withProject(path, options, (project) =>
    importing(project, options, () => importCodebook(project, PROJECT_ACTOR, codebook)),
  )
  answer(options, report, () =>
    [
      `${report.added} codes and folders added, ${report.updated} updated, ${report.same} the same.`,
      ...report.warnings.map((warning) => `  note: ${warning}`),
    ].join('\n'),
  )
}

function previewWords({ items, warnings }: CodebookImportPreview): string {
  const count = (kind: CodebookImportItem['kind']) => items.filter((item) => item.kind === kind).length
  const lines = items
    .filter(({ kind }) => kind !== 'same')
    .flatMap(({ kind, name, conflict, changes }) => [
      `  ${kind}: ${name}${conflict === '' ? '' : `. ${conflict}`}`,
      ...changes.map(({ field, now, inFile }) => `    ${field}: "${now}" -> "${inFile}"`),
    ])
  return [
    `${count('new')} codes and folders are new, ${count('changed')} differ, ${count('same')} are the same, ${count('conflict')} are not certain. Nothing was changed.`,
    ...lines,
    ...warnings.map((warning) => `  note: ${warning}`),
  ].join('\n')
}

async function runCodebookExport(path: string, options: MaskOptions & { output: string }): Promise<void> {
  const format = codebookFormat(options.output)
  const { codes, warnings, check } = await withProject(path, options, ({ db }) =>
    exportCodebook(db, resolve(options.output), format, choiceOf(options)),
  )
  warnOfFindings(check, options)
  warnOf(warnings)
  answer(
    options,
    { file: options.output, codes, warnings, identifiers: publicCheck(check, options) },
    () => `Wrote ${codes} codes to ${options.output}.`,
  )
}

type CodeOptions = ImportOptions & { coder: string; from: string; finished: 'all' | 'listed' | 'none' }

async function runCode(path: string, options: CodeOptions): Promise<void> {
  const { rows, ignored } = readCodingsCsv(readBytes(options.from))
  const { name, report } = await withProject(path, options, (project: Project) =>
    // A table that is refused leaves nothing behind, nor a coder who was made for it.
    importing(project, options, () => {
      const { id, name } = project.coderCalled(options.coder)
      const { finished } = options
      return { name, report: importCodings(project, id, rows, { source: options.from, finished }) }
    }),
  )
  if (ignored.length > 0) process.stderr.write(`columns not used: ${ignored.join(', ')}\n`)
  answer(options, { coder: name, ...report }, () => codedWords(name, report))
}

function codedWords(coder: string, report: CodingsReport): string {
  const { added, duplicate, finished, memosAdded, qualifiersAdded, contradictions } = report
  return [
    `${coder}: ${added} codings added, ${duplicate} already there, ${finished} notes marked finished.`,
    memosAdded + qualifiersAdded > 0
      ? `Kept on the codings already there: ${memosAdded} memos, and the qualifiers of ${qualifiersAdded} rows.`
      : '',
    ...contradictions.map(
      ({ row, qualifier, there, given }) =>
        `  row ${row}: ${qualifier} is ${given}, but ${there} on a coding of the same words; both are kept, as two codings.`,
    ),
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/** One note's text is turned into a converter once, however many codings it has. */
function* publicCodings(db: ReadableDb, codings: readonly Coding[]): Generator<PublicCoding> {
  const coders = new Map(listCoders(db).map((coder) => [coder.id, coder.name]))
  const paths = codePaths(listCodes(db))
  const cases = new Map(
    db
      .prepare<[], [string, string | null]>(
        'SELECT note.id, casefile.id FROM note LEFT JOIN casefile ON casefile.num = note.casefile',
      )
      .raw()
      .all(),
  )
  const attributesOf = attributeFinder(db)
  let current = { id: '', text: '', converter: new OffsetConverter('') }
  for (const coding of codings) {
    if (current.id !== coding.noteId) {
      const text = textOfNote(db, coding.noteId)
      current = { id: coding.noteId, text, converter: new OffsetConverter(text) }
    }
    yield codingForPeople(
      coding,
      current.text,
      cases.get(coding.noteId) ?? null,
      attributesOf(coding.noteId),
      coders,
      paths,
      current.converter,
    )
  }
}

function codingsCsv(codings: readonly PublicCoding[], attributes: readonly AttributeRef[]): string {
  const qualifiers = [...new Set(codings.flatMap((coding) => Object.keys(coding.qualifiers)))].sort()
  return toCsv(
    [
      ...CODINGS_COLUMNS,
      ...qualifiers.map((name) => `qualifier.${name}`),
      ...attributes.map(attributeColumn),
    ],
    codings.map((coding) => [
      coding.note,
      coding.case ?? '',
      coding.coder,
      coding.code,
      coding.start ?? '',
      coding.end ?? '',
      coding.quote,
      coding.memo,
      coding.id,
      coding.createdAt,
      ...qualifiers.map((name) => coding.qualifiers[name] ?? ''),
      ...attributeCells(attributes, coding.attributes),
    ]),
  )
}

type CodingsOptions = MaskOptions & { coder?: string; code?: string; output?: string }

/** The quote, and what the coder typed: a memo or a qualifier may quote the note as well. */
const textsOf = (coding: Coding): OutgoingText[] => [
  { name: `Quote of ${coding.noteId}`, noteId: coding.noteId, span: coding.span },
  { name: `Memo on ${coding.noteId}`, text: coding.memo },
  ...Object.entries(coding.qualifiers).map(([name, text]) => ({ name: `${name} on ${coding.noteId}`, text })),
]

/** Values of attributes stand on many codings: each is checked once. */
function valuesOf(db: ReadableDb, codings: readonly Coding[]): Map<string, OutgoingText> {
  const attributesOf = attributeFinder(db)
  const outgoing = new Map<string, OutgoingText>()
  for (const { noteId } of codings)
    for (const each of attributeTexts(attributesOf(noteId))) outgoing.set(each.text, each)
  return outgoing
}

/** A coding with its texts as the check gave them back; `texts` are taken from the front. */
function withTexts(
  coding: PublicCoding,
  texts: Iterator<string>,
  values: ReadonlyMap<string, string>,
): PublicCoding {
  const next = (text: string): string => {
    const { value, done } = texts.next()
    return done ? text : value
  }
  return {
    ...coding,
    attributes: changedAttributes(coding.attributes, (value) => values.get(value) ?? value),
    quote: next(coding.quote),
    memo: next(coding.memo),
    qualifiers: Object.fromEntries(
      Object.entries(coding.qualifiers).map(([name, value]) => [name, next(value)]),
    ),
  }
}

function codingsEnding(output: string): '.csv' | '.json' {
  const ending = extname(output).toLowerCase()
  if (ending !== '.csv' && ending !== '.json') throw new UsageError('-o takes a .csv or .json file')
  return ending
}

async function writeCodings(
  output: string,
  codings: readonly PublicCoding[],
  attributes: readonly AttributeRef[],
): Promise<void> {
  const ending = codingsEnding(output)
  await writeFileAtomically(
    resolve(output),
    ending,
    ending === '.json' ? `${JSON.stringify(codings, null, 1)}\n` : codingsCsv(codings, attributes),
  )
}

async function runCodings(path: string, options: CodingsOptions): Promise<void> {
  const { output } = options
  const ending = output === undefined ? null : codingsEnding(output)
  await withProject(path, options, async (project) => {
    const { db } = project
    if (output !== undefined && ending !== null) assertMayWrite(resolve(output), [ending])
    const coderId = options.coder === undefined ? null : coderNamed(project, options.coder).id
    const codes = listCodes(db)
    const codeId = options.code === undefined ? null : resolveCode(codes, codePaths(codes), options.code).id
    const stored = [...allCodings(db, { coderId, codeId })]
    const values = valuesOf(db, stored)
    const outgoing = [...values.values(), ...stored.flatMap(textsOf)]
    const attributes = listAttributes(db)
    const { check } = await writeChecked(db, outgoing, choiceOf(options), async (texts) => {
      const given = texts[Symbol.iterator]()
      const checked = new Map([...values.keys()].map((value) => [value, given.next().value ?? value]))
      const codings = [...publicCodings(db, stored)].map((coding) => withTexts(coding, given, checked))
      if (output !== undefined) await writeCodings(output, codings, attributes)
      else if (options.json) printJson(codings)
      else print(codingsCsv(codings, attributes))
    })
    warnOfFindings(check, options)
    if (output === undefined) return
    const report = { file: output, codings: stored.length, identifiers: publicCheck(check, options) }
    answer(options, report, () => `Wrote ${stored.length} codings to ${output}.`)
  })
}

export function addCodebookCommands(program: Command): void {
  const codebook = program.command('codebook').description('take a codebook in or write it out')
  withBackupOption(
    withCommonOptions(
      codebook.command('import').argument('<project>').argument('<file>', '.qdc, .csv or .xlsx'),
    ),
  )
    .description('add the codes of a file; nothing is removed')
    .option('--dry-run', 'say what would be added and changed, code by code, and change nothing')
    .action(runCodebookImport)
  withMaskOption(withCommonOptions(codebook.command('export').argument('<project>')))
    .description('write the codebook')
    .requiredOption('-o, --output <file>', '.qdc, .csv, .xlsx, .docx, .html or .md')
    .action(runCodebookExport)

  withBackupOption(withCommonOptions(program.command('code').argument('<project>')))
    .description('apply the codings of a CSV file as one coder')
    .requiredOption(
      '--coder <name>',
      'who coded; added if new: "Amara (again)" is a second pass of Amara, Consensus what was agreed on',
      givenName,
    )
    .requiredOption('--from <file>', 'CSV with note,code,start,end[,memo][,qualifier.NAME…]')
    .addOption(
      new Option('--finished <which>', 'which notes this coder has finished')
        .choices(['all', 'listed', 'none'])
        .default('none'),
    )
    .action(runCode)

  withMaskOption(withCommonOptions(program.command('codings').argument('<project>')))
    .description('list codings with their quotes')
    .option('--coder <name>')
    .option('--code <code>', 'name, path (A > B) or id')
    .option('-o, --output <file>', '.csv or .json')
    .action(runCodings)
}
