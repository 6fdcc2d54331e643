/** demo: the sample project through the whole main job, with its figures and files. */
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { Problem } from '../../shared/problem.ts'
import { computeAgreement } from '../store/analysis/agreement.ts'
import { computeThemes, WHOLE_SCOPE } from '../store/analysis/themes.ts'
import type { Project } from '../store/project.ts'
import { writeAgreement } from '../store/reports/agreement.ts'
import { exportCodebook } from '../store/reports/codebook.ts'
import { writeThemesCsv } from '../store/reports/themes.ts'
import { createSample, SAMPLE_PASSPHRASE } from '../store/sample.ts'
import { verify } from '../store/verify/verify.ts'
import { answer, type CommonOptions, RESOURCES, withCommonOptions } from './session.ts'

const FILES = {
  project: 'sample.understory',
  agreementNotes: 'agreement-notes.csv',
  agreementCharacters: 'agreement-characters.csv',
  themes: 'themes-by-social-work-status.csv',
  codebookQdc: 'codebook.qdc',
  codebookCsv: 'codebook.csv',
} as const

const REPLICATES = 1000
const SEED = 1

/** A folder of its own; files already there are never overwritten. */
function prepareFolder(wanted: string | undefined): string {
  if (wanted === undefined) return mkdtempSync(join(tmpdir(), 'understory-demo-'))
  const folder = resolve(wanted)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const words = `There can be no folder ${wanted}: it is a file, or what it is to lie in takes none.`
    throw new Problem('export-failed', `${words} Nothing was changed; name another folder.`, { cause: error })
  }
  const there = Object.values(FILES).find((file) => existsSync(join(folder, file)))
  if (there)
    throw new Problem(
      'file-exists',
      `${folder} already holds ${there}. Nothing was changed; name another folder.`,
    )
  return folder
}

async function runJob(project: Project, folder: string) {
  const { db } = project
  const info = project.info()
  const coderIds = info.coders.map(({ id }) => id)
  const agree = (unit: 'note' | 'character') =>
    computeAgreement(db, {
      coderIds,
      unit,
      codeIds: null,
      replicates: REPLICATES,
      resampled: 'note',
      seed: SEED,
    })
  const byNote = agree('note')
  const byCharacter = agree('character')
  const themes = computeThemes(db, {
    scope: { ...WHOLE_SCOPE, by: { name: 'social_work_status', of: 'case' } },
    viewer: null,
  })
  await writeAgreement(db, join(folder, FILES.agreementNotes), 'csv', byNote)
  await writeAgreement(db, join(folder, FILES.agreementCharacters), 'csv', byCharacter)
  await writeThemesCsv(join(folder, FILES.themes), themes)
  await exportCodebook(db, join(folder, FILES.codebookQdc), 'qdc', 'asIs')
  await exportCodebook(db, join(folder, FILES.codebookCsv), 'csv', 'asIs')
  const commonest = themes.rows
    .filter((row) => !row.isFolder)
    .sort((a, b) => b.notes - a.notes)
    .slice(0, 5)
    .map(({ code, notes, cases, codings }) => ({ code, notes, cases, codings }))
  return {
    folder,
    files: Object.values(FILES),
    notes: info.notes,
    cases: info.cases,
    codes: info.codes,
    codings: info.codings,
    coders: info.coders.map(({ name }) => name),
    agreement: {
      countedNotes: byNote.notes.counted.length,
      leftOut: byNote.notes.left.length,
      note: summary(byNote.overall),
      character: summary(byCharacter.overall),
    },
    themes: { by: 'social_work_status', counted: themes.base.words, groups: themes.groups, commonest },
    verify: verify(db),
  }
}

type Overall = ReturnType<typeof computeAgreement>['overall']

const summary = ({ percent, cohen, krippendorff, ac1 }: Overall) => ({ percent, cohen, krippendorff, ac1 })

type DemoReport = Awaited<ReturnType<typeof runJob>>

function words(report: DemoReport): string {
  const { agreement, themes } = report
  const mean = ({ mean, codes }: { mean: number | null; codes: number }) =>
    mean === null ? 'undefined' : `${mean.toFixed(3)} (mean of ${codes} codes)`
  const line = (unit: string, figures: typeof agreement.note) =>
    `  by ${unit}: percent ${mean(figures.percent)}, Cohen's kappa ${mean(figures.cohen)}, Krippendorff's alpha ${mean(figures.krippendorff)}, AC1 ${mean(figures.ac1)}`
  return [
    `Imported ${report.notes} invented notes of ${report.cases} young people and a codebook of ${report.codes} codes.`,
    `${report.coders.join(' and ')} applied ${report.codings} codings.`,
    `Agreement over the ${agreement.countedNotes} notes both finished (${agreement.leftOut} left out):`,
    line('note', agreement.note),
    line('character', agreement.character),
    `Most frequent codes (${themes.counted}):`,
    ...themes.commonest.map(
      ({ code, notes, cases, codings }) => `  ${code}: ${notes} notes, ${cases} cases, ${codings} codings`,
    ),
    `Check of the project: ${report.verify.ok ? 'ok' : 'not ok'} (${report.verify.entries} journal entries).`,
    'Reconciliation is not part of this version yet.',
    `The project opens with the passphrase "${SAMPLE_PASSPHRASE}" unless UNDERSTORY_PASSPHRASE was set. Files in ${report.folder}:`,
    ...report.files.map((file) => `  ${file}`),
  ].join('\n')
}

export function addDemoCommand(program: Command): void {
  withCommonOptions(
    program.command('demo').argument('[folder]', 'where to put it; a temporary folder if left out'),
  )
    .description('make the sample project and run the whole main job on it')
    .action(async (wanted: string | undefined, options: CommonOptions) => {
      const folder = prepareFolder(wanted)
      const passphrase = process.env.UNDERSTORY_PASSPHRASE || SAMPLE_PASSPHRASE
      const project = createSample(join(folder, FILES.project), RESOURCES, passphrase)
      try {
        const report = await runJob(project, folder)
        answer(options, report, () => words(report))
      } finally {
        project.close()
      }
    })
}
