import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { describe, expect, it } from 'vitest'
import { type AgreementArgs, computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { type AgreementAbout, methodsOf } from '../../electron/store/exchange/agreement/methods.ts'
import { readDocx } from '../../electron/store/exchange/notes/docx.ts'
import { readPdf } from '../../electron/store/exchange/notes/pdf.ts'
import { Workbook } from '../../electron/store/exchange/office/workbook.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { removeNotes } from '../../electron/store/notes/removal.ts'
import { writeAgreement } from '../../electron/store/reports/agreement.ts'
import { createSample } from '../../electron/store/sample.ts'
import { listCoders } from '../../electron/store/team/coders.ts'
import { addRound, beginningOfRound, getRound } from '../../electron/store/team/rounds.ts'
import type { CoderId, NoteId, RoundId } from '../../shared/contract/basics.ts'
import type { RoundDraw } from '../../shared/contract/rounds.ts'
import { codingId } from '../ids.ts'
import { asPdf, cannotSet } from './office.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

/** Ten notes, of which both finished eight: neglect in three of Amara's and two of Ben's, both in two. */
function study() {
  const project = makeProject()
  const [amara, ben] = ['Amara', 'Ben'].map((name) => project.addCoder(name).id) as [CoderId, CoderId]
  const notes = Array.from({ length: 10 }, (_, at) => `N${at}`)
  addNotes(project, amara, Object.fromEntries(notes.map((id) => [id, `Text of ${id}.`])))
  const neglect = addCode(project, amara, 'Neglect')
  addCode(project, amara, '=Never used')
  for (const note of ['N0', 'N1', 'N2']) applyCode(project, amara, note, neglect, [0, 4])
  for (const note of ['N0', 'N1']) applyCode(project, ben, note, neglect, [0, 4])
  for (const coder of [amara, ben])
    project.change(coder, 'note.setStatus', { notes: notes.slice(0, 8), status: 'finished' })
  project.change(amara, 'note.setStatus', { notes: ['N8'], status: 'finished' })
  const report = (more: Partial<AgreementArgs> = {}) =>
    computeAgreement(project.db, {
      ...{ coderIds: [amara, ben], unit: 'note', codeIds: null },
      ...{ replicates: 200, resampled: 'note', seed: 1 },
      ...more,
    })
  const round = (name: string, isBlind: boolean, how: { draw: RoundDraw } | { noteIds: NoteId[] }) => {
    const id: RoundId = newId()
    addRound(project, amara, { id, name, coderIds: [amara, ben], isBlind, notes: how })
    return id
  }
  return { project, amara, ben, neglect, report, round }
}

const about: AgreementAbout = {
  ...{ project: 'A study', program: '0.0.0', codebookVersion: 1, round: null },
  date: '2026-11-22T10:00:00.000Z',
  journal: 'Journal head 0123456789abcdef, 132 entries, 30 Nov 2026 14:05',
}

/** The words of the page, as one line. */
async function pageOf({ project }: ReturnType<typeof study>, report: ReturnType<typeof computeAgreement>) {
  const path = join(temporaryFolder(), 'agreement.docx')
  await writeAgreement(project.db, path, 'docx', report)
  return (await readDocx(path)).replace(/\s+/g, ' ')
}

describe('the page for a paper', () => {
  it('has methods, the table as journals print it, mean and pooled, and what was never applied', async () => {
    const made = study()
    const text = await pageOf(made, made.report())
    expect(text).toContain(
      'Amara and Ben each finished coding 8 of the 10 notes of the project (80.0 %); agreement was computed on all notes finished by both. Left out: 1 not finished by Amara and Ben; 1 not finished by Ben.',
    )
    expect(text).toContain('95 % percentile intervals from 200 bootstrap resamples of notes (seed 1)')
    const limits = '\\(95 % CI (?:−\u2060)?[01]\\.\\d\\d to [01]\\.\\d\\d'
    expect(text).toMatch(
      RegExp(`As the mean over the codes where it is defined, kappa was 0.71 ${limits}; 1 code\\) and alpha`),
    )
    expect(text).toMatch(RegExp(`pooled into one \\(n = 8 answers\\), kappa was 0.71 ${limits}\\) and alpha`))
    expect(text).toContain('Table 1. Agreement of Amara and Ben by code (n = 8 notes for every code).')
    // 7 of 8 agree; p_e = (3·2 + 5·6) / 64, so kappa = (7/8 − 36/64) / (28/64) = 0.714…; five of 16 values applied.
    const table = text.slice(text.indexOf('AC1', text.indexOf('Table 1.')))
    expect(table).toMatch(/^AC1 Neglect 31\.3 87\.5 0\.71 /)
    // One code only: the mean is its figure, and so is the pooled table's.
    expect(table).toMatch(/ Mean over codes 87\.5 0\.71 .* All codes pooled 31\.3 87\.5 0\.71 /)
    expect(text).toContain('(agreement 1, κ 1, α 1 and AC1 1)')
    expect(text).toContain('their tables added up, n = 8.')
    expect(text).toContain('Applied by nobody in these notes: =Never used.')
  })

  it('keeps every minus sign with its number', async () => {
    const made = study()
    const { project, amara, ben, report } = made
    const opposed = addCode(project, amara, 'Opposed')
    const [first, second] = [
      ['N0', 'N1', 'N2', 'N3'],
      ['N4', 'N5', 'N6', 'N7'],
    ] as const
    for (const note of first) applyCode(project, amara, note, opposed, [0, 4])
    for (const note of second) applyCode(project, ben, note, opposed, [0, 4])
    const text = await pageOf(made, report())
    // Each said yes where the other said no.
    expect(text).toContain('Opposed 50.0 0.0 −\u20601.00')
    expect(text).not.toMatch(/−\d/)
  })

  it('says how the notes of a round came to be in it', () => {
    const { project, report, round } = study()
    const words = (roundId: RoundId) =>
      methodsOf(report({ roundId }), {
        ...about,
        round: { ...getRound(project.db, roundId), ...beginningOfRound(project.db, roundId) },
      })[0]
    const drawn = round('Pilot', true, {
      draw: { sample: { percent: 50 }, stratifiedBy: { of: 'note', name: 'team' }, seed: 7 },
    })
    expect(words(drawn)).toMatch(
      /^For double coding, a random sample of 50 % of the notes, stratified by team of the note, was drawn on \d+ \w+ \d{4} with seed 7 \(round “Pilot”\): 5 of 10 notes\. Until all had finished a note, they did not see each other’s coding of it(?: from then on; [123] notes? had been coded by at least one of them before, when they could)?\. Amara and Ben each finished \d of these, \d0\.0 % of the 10 notes of the project, on which agreement was computed\. Left out: 5 not in the round “Pilot”/,
    )
    const chosen = round('By hand', false, { noteIds: ['N0', 'N1', 'N9'] })
    expect(words(chosen)).toMatch(
      /^For double coding, 3 of the 10 notes were chosen by hand on .* \(round “By hand”\)\. They could see each other’s coding\. Amara and Ben each finished 2 of these, 20\.0 % of the 10 notes/,
    )
  })

  it('does not vouch for notes coded before a blind round began, and counts those removed since as drawn', () => {
    const { project, amara, report, round } = study()
    const words = (roundId: RoundId) =>
      methodsOf(report({ roundId }), {
        ...about,
        round: { ...getRound(project.db, roundId), ...beginningOfRound(project.db, roundId) },
      })[0]
    const late = round('Late', true, { noteIds: ['N0', 'N1', 'N7'] })
    expect(words(late)).toContain('3 of the 10 notes were chosen by hand on ')
    expect(words(late)).toContain(
      'Until all had finished a note, they did not see each other’s coding of it from then on; 2 notes had been coded by at least one of them before, when they could.',
    )
    removeNotes(project, amara, [
      project.db.prepare(`SELECT num FROM note WHERE id = 'N7'`).pluck().get() as number,
    ])
    expect(words(late)).toMatch(
      /3 of the 10 notes were chosen .* \(round “Late”\)\. 1 of them was removed from the project since\. Until all/,
    )
    const fresh = round('Fresh', true, { noteIds: ['N5', 'N6'] })
    expect(words(fresh)).toContain('they did not see each other’s coding of it. Amara')
  })

  it('says the unit with its share, what a code includes, the filter, and what was resampled', () => {
    const { report } = study()
    const [chosen, measured] = methodsOf(
      report({
        ...{ unit: 'sentence', share: 0.25, withChildren: true, qualifier: 'assertion', resampled: 'case' },
        filter: { attributes: [{ of: 'note', name: 'team', values: ['North', null] }] },
      }),
      about,
    )
    expect(chosen).toContain('Only notes whose team is North or missing were compared.')
    expect(measured).toMatch(
      /^The unit was the sentence, cut by fixed rules .* when more than 25\.0 % of its/,
    )
    expect(measured).toContain('answered yes also where a code below it in the codebook was applied')
    expect(measured).toContain('by the values of their qualifier assertion; these rows count in no mean')
    expect(measured).toContain('200 bootstrap resamples of cases with all their notes (seed 1)')
  })

  it('gives the interval of kappa from its standard error where nothing was resampled, and says so', async () => {
    const made = study()
    const report = made.report({ replicates: 0 })
    const [low = 0, high = 0] = report.codes[0]?.analyticInterval.cohen ?? []
    const text = await pageOf(made, report)
    expect(text).toContain('from its standard error (Fleiss, Cohen and Everitt, 1969)')
    expect(text).toContain(` 0.71 ${low.toFixed(2)} to ${high.toFixed(2)} `)
    expect(text.match(/95 % CI/g)).toHaveLength(1)
    const byCharacter = await pageOf(made, made.report({ replicates: 0, unit: 'character' }))
    expect(byCharacter).toContain('Intervals were not computed.')
    expect(byCharacter).not.toContain('95 % CI')
  })

  it('puts what is said besides a code in rows under it', async () => {
    const made = study()
    const { project, amara, neglect } = made
    project.change(amara, 'codings.apply', {
      codings: [
        {
          id: codingId(uuid()),
          note: 'N3',
          code: neglect,
          start: 0,
          end: 4,
          qualifiers: { assertion: 'past' },
        },
      ],
    })
    const text = await pageOf(made, made.report({ qualifier: 'assertion' }))
    expect(text).toMatch(/AC1 Neglect 37\.5 .* past 6\.3 .* assertion not set 31\.3 .* Mean over codes /)
    expect(text).toContain('Applied by nobody in these notes: =Never used.')
  })

  it('says who was compared also when they are three', () => {
    const { report } = study()
    const of = report({ unit: 'character', replicates: 0 })
    const third = { ...(of.coders[0] as (typeof of.coders)[number]), name: 'Cleo' }
    const [chosen, measured] = methodsOf({ ...of, coders: [...of.coders, third] }, about)
    expect(chosen).toContain('Amara, Ben and Cleo each finished')
    expect(chosen).toContain('finished by all of them')
    expect(measured).toContain('Fleiss’ kappa (Fleiss, 1971)')
    expect(measured).toContain('The unit was the character of the text')
  })
})

it.skipIf(cannotSet)(
  'LibreOffice sets the 51 codes of the sample project on two pages (skipped where soffice is missing)',
  async () => {
    const folder = temporaryFolder()
    const resources = new URL('../../resources', import.meta.url).pathname
    const project = createSample(join(folder, 'sample.understory'), resources)
    try {
      const coderIds = listCoders(project.db).map(({ id }) => id)
      const report = computeAgreement(project.db, {
        ...{ coderIds, unit: 'note', codeIds: null },
        ...{ replicates: 100, resampled: 'note', seed: 1 },
      })
      const path = join(folder, 'agreement.docx')
      await writeAgreement(project.db, path, 'docx', report)
      const { text } = await readPdf(await asPdf(path, folder))
      expect(report.overall.percent.codes).toBe(51)
      expect(
        [...text.matchAll(/^Agreement in .* (\d+) \/ (\d+)$/gm)].map(([, page, of]) => [page, of]),
      ).toEqual([
        ['1', '2'],
        ['2', '2'],
      ])
      for (const { code, applied } of report.codes)
        if (applied.some((units) => units > 0))
          expect(text.replace(/\s+/g, ' ')).toContain(code.split(' > ').at(-1))
    } finally {
      project.close()
    }
  },
)

describe('agreement as tables', () => {
  it('is one table as CSV, where nothing runs as a formula', async () => {
    const { project, report } = study()
    const path = join(temporaryFolder(), 'a.csv')
    await writeAgreement(project.db, path, 'csv', report())
    const [header, neglect, unused] = readFileSync(path, 'utf8').split('\n')
    expect(header).toMatch(/^code,unit,n_units,n_notes,both,first_only,second_only,neither,/)
    expect(neglect).toMatch(/^Neglect,note,8,8,2,1,0,5,3,2,0\.875,/)
    expect(unused).toMatch(/^'=Never used,note,8,8,0,0,0,8,/)
  })

  it('says how many characters the file could not hold', async () => {
    const { project, amara, report } = study()
    const write = (format: 'csv' | 'docx' | 'xlsx') =>
      writeAgreement(project.db, join(temporaryFolder(), `a.${format}`), format, report({ replicates: 0 }))
    expect(await write('docx')).toEqual([])
    addCode(project, amara, 'Vertical\u000btab')
    // Nobody applied it: once below the table of the page, once in the sheet of codes.
    const left = [
      '1 character that this kind of file cannot hold was left out (control characters or halves of characters).',
    ]
    expect(await write('docx')).toEqual(left)
    expect(await write('xlsx')).toEqual(left)
    expect(await write('csv')).toEqual([])
  })

  it('is a workbook with every figure, those over all codes, the notes, and what was done', async () => {
    const { project, report } = study()
    const path = join(temporaryFolder(), 'a.xlsx')
    const made = report()
    await writeAgreement(project.db, path, 'xlsx', made)
    const book = await Workbook.open(path)
    const sheets = new Map<string, string[][]>()
    for (const sheet of book.sheets) {
      const rows: string[][] = []
      for await (const { cells } of book.rows(sheet)) rows.push(cells)
      sheets.set(sheet.name, rows)
    }
    book.close()
    expect([...sheets.keys()]).toEqual(['Agreement', 'Overall and pooled', 'Notes', 'About'])
    expect(sheets.get('Agreement')?.[1]?.slice(0, 8)).toEqual([
      'Neglect',
      'note',
      '8',
      '8',
      '2',
      '1',
      '0',
      '5',
    ])
    const overall = sheets.get('Overall and pooled')?.find(([name]) => name === 'krippendorff_alpha')
    const expected = [
      made.overall.krippendorff.mean,
      ...(made.overall.krippendorff.interval ?? []),
      1,
      made.pooled?.figures.krippendorff.value,
      ...(made.pooled?.interval.krippendorff ?? []),
      8,
    ]
    expect(overall?.slice(1).map((cell) => Number(cell).toFixed(10))).toEqual(
      expected.map((figure) => figure?.toFixed(10)),
    )
    const notes = sheets.get('Notes') ?? []
    expect(notes.filter(([, counted]) => counted === 'yes')).toHaveLength(8)
    expect(notes.filter(([, counted]) => counted === 'no')).toEqual([
      ['N8', 'no', 'not finished by Ben'],
      ['N9', 'no', 'not finished by Amara and Ben'],
    ])
    const said = Object.fromEntries(sheets.get('About') ?? [])
    expect(said).toMatchObject({ Project: 'A study', Coders: 'Amara and Ben', Seed: '1', Round: 'none' })
    expect(said['Written by']).toMatch(/^Understory \d+\.\d+\.\d+$/)
    expect(said['Definition of gwet_ac1']).toMatch(/^Gwet.*\n[\s\S]*Undefined when [\s\S]*2008/)
  })
})
