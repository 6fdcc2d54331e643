/** themes: notes, cases and codings per code. */
import { extname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { CountedNotes } from '../../shared/contract/codings.ts'
import type { ThemeBase } from '../../shared/contract/themes.ts'
import { baseInOneLine, layerOf } from '../../shared/theme-words.ts'
import { computeThemes } from '../store/analysis/themes.ts'
import { assertMayWrite, writeFileAtomically } from '../store/file/written-file.ts'
import { attributeCalled } from '../store/notes/names.ts'
import { percentOf, themesCsv } from '../store/reports/themes.ts'
import { collect, qualifiersOf } from './qualifier-option.ts'
import {
  answer,
  type CommonOptions,
  coderNamed,
  showProgress,
  splitNames,
  textTable,
  UsageError,
  wholeNumber,
  withCommonOptions,
  withProject,
} from './session.ts'
import { type SuppressedReport, suppress } from './suppress.ts'

type ThemeOptions = CommonOptions & {
  by?: string
  suppress: number
  output?: string
  coders?: string
  notes: CountedNotes
  affirmedOnly: boolean
  qualifier?: string[]
}

/** What was counted, in words and by its parts. */
const publicBase = (base: ThemeBase) => ({
  words: base.words,
  rule: base.rule,
  coders: base.coders.map(({ name }) => name),
  layer: layerOf(base.coders),
  notes: base.notes,
  affirmedOnly: base.affirmedOnly,
  qualifiers: base.qualifiers,
  notesOutOf: base.outOf.notes,
  casesOutOf: base.outOf.cases,
  setAside: base.setAside,
})

const publicThemes = (report: SuppressedReport) => ({
  counted: publicBase(report.base),
  by: report.by,
  threshold: report.threshold,
  notes: report.notes,
  cases: report.cases,
  groups: report.groups,
  codes: report.rows.map((row) => ({
    code: row.path,
    id: row.codeId,
    isFolder: row.isFolder,
    notes: row.notes,
    notesPercent: percentOf(row.notes, report.notes),
    cases: row.cases,
    casesPercent: percentOf(row.cases, report.cases),
    codings: row.codings,
    groups: row.cells.map((cell, index) => ({
      value: report.groups[index]?.value ?? null,
      notes: cell.notes,
      notesPercent: percentOf(cell.notes, report.groups[index]?.notes ?? 0),
      cases: cell.cases,
      casesPercent: percentOf(cell.cases, report.groups[index]?.cases ?? 0),
    })),
  })),
})

function themeWords(report: SuppressedReport): string {
  const shown = (count: number | null) => (count === null ? `<${report.threshold}` : String(count))
  const share = (count: number | null, whole: number) =>
    count === null || whole === 0 ? shown(count) : `${count} (${Math.round((100 * count) / whole)} %)`
  const groups = report.groups.map(({ value, notes }) => `${value ?? '(missing)'} (n ${notes})`)
  return [
    baseInOneLine(report.base),
    `${report.notes} notes of ${report.cases} cases${report.by ? `, by ${report.by.name}` : ''}. Cells count notes.`,
    textTable(
      ['code', `notes (n ${report.notes})`, `cases (n ${report.cases})`, 'codings', ...groups],
      report.rows.map((row) => [
        `${'  '.repeat(row.depth)}${row.code}`,
        share(row.notes, report.notes),
        share(row.cases, report.cases),
        shown(row.codings),
        ...row.cells.map((cell, index) => share(cell.notes, report.groups[index]?.notes ?? 0)),
      ]),
    ),
  ].join('\n')
}

function extensionOf(output: string): '.json' | '.csv' {
  const extension = extname(output).toLowerCase()
  if (extension !== '.json' && extension !== '.csv') throw new UsageError('-o takes a .csv or .json file')
  return extension
}

async function runThemes(path: string, options: ThemeOptions): Promise<void> {
  const extension = options.output === undefined ? null : extensionOf(options.output)
  const qualifiers = qualifiersOf(options.qualifier)
  await withProject(path, options, async (project) => {
    const { db } = project
    if (extension !== null) assertMayWrite(resolve(options.output ?? ''), [extension])
    const scope = {
      by: options.by === undefined ? null : attributeCalled(db, options.by),
      coderIds:
        options.coders === undefined
          ? null
          : splitNames(options.coders).map((name) => coderNamed(project, name).id),
      notes: options.notes,
      affirmedOnly: options.affirmedOnly,
      qualifiers,
    }
    const report = suppress(
      computeThemes(db, { scope, viewer: null }, { onProgress: showProgress }),
      options.suppress,
    )
    const json = publicThemes(report)
    if (options.output === undefined || extension === null) {
      answer(options, json, () => themeWords(report))
      return
    }
    const text =
      extension === '.json' ? `${JSON.stringify(json, null, 1)}\n` : themesCsv(report, report.threshold)
    await writeFileAtomically(resolve(options.output), extension, text)
    answer(options, { file: options.output, ...json }, () =>
      [`Wrote ${options.output}.`, baseInOneLine(report.base)].join('\n'),
    )
  })
}

const count = (text: string): number => wholeNumber(text)

export function addThemeCommands(program: Command): void {
  withCommonOptions(program.command('themes').argument('<project>'))
    .description('notes, cases and codings per code with their shares, and a crosstab by one attribute')
    .option('--by <attribute>', 'name, or note:name / case:name')
    .option(
      '--coders <names>',
      'whose codings: one coder, the consensus layer, or several together; everybody’s own if left out',
    )
    .addOption(
      new Option('--notes <which>', 'finished: a coder’s codings count in the notes this coder finished')
        .choices(CountedNotes.options)
        .default('finished'),
    )
    .option('--no-affirmed-only', 'count negated, possible and other mentions too')
    .option('--qualifier <name=values>', 'only codings with one of these values; may be repeated', collect)
    .option('--suppress <threshold>', 'hide counts below this, zero included', count, 0)
    .option('-o, --output <file>', '.csv or .json')
    .action(runThemes)
}
