import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { json, launched, PASSPHRASE, understory, workFolder } from './command.ts'

const folder = workFolder()
const inFolder = (name: string) => join(folder, name)
const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))

type Agreement = {
  notes: { counted: string[]; left: Array<{ note: string; reason: string }> }
  codes: Array<{
    code: string
    n: number
    counts: Record<'both' | 'first' | 'second' | 'neither', number>
    percent: number | null
    cohen: number | null
    krippendorff: number | null
    interval: Record<string, [number, number]>
  }>
  undefined: Array<{ code: string; coefficient: string; reason: string }>
}
type Coding = {
  note: string
  coder: string
  code: string
  start: number | null
  end: number | null
  quote: string
  qualifiers: Record<string, string>
}

const project = inFolder('study.understory')

/** Tests of one describe block build on each other: together they are one person's script. */
describe('the main job by script', () => {
  it('makes an encrypted project from a template', async () => {
    const made = await json<{ codes: number }>([
      'create',
      project,
      '--template',
      'safeguarding',
      '--title',
      'Study',
    ])
    expect(made.codes).toBeGreaterThanOrEqual(61)
    expect(readFileSync(project).subarray(0, 16).toString('latin1')).not.toBe('SQLite format 3\0')
  })

  it('refuses to make it again, with one line and exit code 1', async () => {
    const again = launched(['create', project])
    expect(again.status).toBe(1)
    expect(again.stdout).toBe('')
    expect(again.stderr).toMatch(/^error file-exists: [^\n]+\n$/)
  })

  it('tells a wrong passphrase and a missing one apart', async () => {
    const wrong = launched(['verify', project], { UNDERSTORY_PASSPHRASE: 'nope' })
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringMatching(/^error wrong-passphrase: /)])
    const none = launched(['verify', project], { UNDERSTORY_PASSPHRASE: '' })
    expect([none.status, none.stderr]).toEqual([2, expect.stringMatching(/passphrase/)])
    expect(launched(['frobnicate']).status).toBe(2)
  })

  it('imports the notes of a CSV file once; a second time adds nothing', async () => {
    const dry = await json<{ notes: { added: number } }>([
      'import',
      project,
      fixture('exchange/sample-notes.csv'),
      '--dry-run',
    ])
    expect(dry.notes.added).toBe(12)
    expect(await json<unknown[]>(['notes', project])).toHaveLength(0)
    const first = await json<{
      notes: { added: number; duplicate: number; rejected: unknown[] }
      cases: number
    }>(['import', project, fixture('exchange/sample-notes.csv')])
    expect(first).toMatchObject({ notes: { added: 12, duplicate: 0, rejected: [] }, cases: 6 })
    const second = await json<{ notes: { added: number; duplicate: number } }>([
      'import',
      project,
      fixture('exchange/sample-notes.csv'),
    ])
    expect(second.notes).toMatchObject({ added: 0, duplicate: 12 })
  })

  it('rejects a row with a known id and another text, naming the row', async () => {
    writeFileSync(inFolder('changed.csv'), 'note_id,text\nN001,Something else\nX1,Café 🐕 note\n')
    const report = await json<{ notes: { added: number; rejected: Array<{ row: number; reason: string }> } }>(
      ['import', project, inFolder('changed.csv')],
    )
    expect(report.notes.added).toBe(1)
    expect(report.notes.rejected).toEqual([{ row: 1, reason: expect.stringContaining('N001') }])
  })

  it('keeps ids with leading zeros as text, in a mapped import', async () => {
    writeFileSync(
      inFolder('mapped.csv'),
      'doc;body;kind;who\n007;First;Letter;0042\n008;"Second\r\nline";Letter;0042\n',
    )
    writeFileSync(
      inFolder('map.json'),
      JSON.stringify({
        text: 'body',
        noteId: 'doc',
        caseId: 'who',
        attributes: { note_type: { column: 'kind', of: 'note', kind: 'category' } },
      }),
    )
    await json(['import', project, inFolder('mapped.csv'), '--map', inFolder('map.json')])
    expect(await json<unknown>(['show', project, '008'])).toMatchObject({
      id: '008',
      case: '0042',
      text: 'Second\nline',
      attributes: { note_type: 'Letter' },
    })
  })

  it('applies codings of two coders, counting characters as code points', async () => {
    const rows = (lines: string[]) => `note,code,start,end,memo,qualifier.assertion\n${lines.join('\n')}\n`
    writeFileSync(
      inFolder('a.csv'),
      rows([
        'N001,Self-harm,0,10,,affirmed',
        'N002,Self-harm,0,10,,',
        'N003,,,,,',
        'X1,Self-harm,5,6,a dog,',
        'N004,Missing,,,,',
      ]),
    )
    writeFileSync(
      inFolder('b.csv'),
      rows(['N001,Self-harm,5,15,,', 'N002,,,,,', 'N003,Self-harm,0,4,,', 'X1,,,,,']),
    )
    expect(
      await json(['code', project, '--coder', 'Amara', '--from', inFolder('a.csv'), '--finished', 'listed']),
    ).toMatchObject({ added: 4, finished: 5 })
    expect(
      await json(['code', project, '--coder', 'Ben', '--from', inFolder('b.csv'), '--finished', 'listed']),
    ).toMatchObject({ added: 2, finished: 4 })
    const [dog] = (await json<Coding[]>(['codings', project, '--coder', 'Amara'])).filter(
      ({ note }) => note === 'X1',
    )
    expect(dog).toMatchObject({ quote: '🐕', start: 5, end: 6, coder: 'Amara' })
    const [first] = await json<Coding[]>(['codings', project, '--code', 'Self-harm', '--coder', 'Amara'])
    expect(first?.qualifiers).toEqual({ assertion: 'affirmed' })
  })

  it('does not repeat codings that are already there', async () => {
    expect(await json(['code', project, '--coder', 'Amara', '--from', inFolder('a.csv')])).toMatchObject({
      added: 0,
      duplicate: 4,
    })
  })

  it('refuses a table with one wrong row as a whole', async () => {
    writeFileSync(
      inFolder('wrong.csv'),
      'note,code,start,end\nN001,Self-harm,20,25\nN001,Self-harm,0,99999\n',
    )
    const before = (await json<Coding[]>(['codings', project])).length
    const refused = await understory(['code', project, '--coder', 'Amara', '--from', inFolder('wrong.csv')])
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/Row 2/)])
    expect(await json<Coding[]>(['codings', project])).toHaveLength(before)
  })

  it('measures agreement on the notes both finished, by note', async () => {
    const report = await json<Agreement>(['agree', project, '--coders', 'Amara,Ben', '--bootstrap', '200'])
    expect(report.notes.counted.sort()).toEqual(['N001', 'N002', 'N003', 'X1'])
    expect(report.notes.left).toContainEqual({ note: 'N004', reason: 'not finished by Ben' })
    const code = report.codes.find(({ code }) => code.endsWith('Self-harm'))
    // Both in N001, Amara alone in N002 and X1, Ben alone in N003.
    expect(code).toMatchObject({ n: 4, counts: { both: 1, first: 2, second: 1, neither: 0 }, percent: 0.25 })
    expect(code?.cohen).toBeCloseTo(1 - (4 * 3) / (3 * 2 + 1 * 2) + 0, 12)
    const unused = report.codes.find(({ code }) => code.endsWith('Radicalisation'))
    expect(unused?.cohen).toBeNull()
    expect(report.undefined).toContainEqual({
      code: unused?.code,
      coefficient: 'cohen',
      reason: 'no variation',
    })
  })

  it('measures agreement by character, where lengths are code points', async () => {
    const report = await json<Agreement>([
      'agree',
      project,
      '--coders',
      'Amara,Ben',
      '--unit',
      'character',
      '--bootstrap',
      '0',
    ])
    const code = report.codes.find(({ code }) => code.endsWith('Self-harm'))
    let characters = 0
    for (const note of ['N001', 'N002', 'N003', 'X1'])
      characters += [...(await json<{ text: string }>(['show', project, note])).text].length
    expect(code?.n).toBe(characters)
    expect(code?.counts).toEqual({ both: 5, first: 5 + 10 + 1, second: 5 + 4, neither: characters - 30 })
  })

  it('gives the same interval for the same seed, in another process too', async () => {
    const args = ['agree', project, '--coders', 'Amara,Ben', '--codes', 'Self-harm', '--seed', '7']
    const report = await json<Agreement>(args)
    expect(await json<Agreement>(args)).toEqual(report)
    expect(JSON.parse(launched([...args, '--json']).stdout)).toEqual(report)
  })

  it('draws notes for the interval, or cases if told to, and says which', async () => {
    const drawn = async (...more: string[]) =>
      (await json<{ bootstrap: unknown }>(['agree', project, '--coders', 'Amara,Ben', ...more])).bootstrap
    expect(await drawn()).toEqual({ replicates: 1000, seed: 1, resampled: 'notes', level: 0.95 })
    expect(await drawn('--resample', 'case')).toMatchObject({ resampled: 'cases' })
    expect(
      (await understory(['agree', project, '--coders', 'Amara,Ben', '--resample', 'coder'])).status,
    ).toBe(2)
  })

  it('measures by paragraph and sentence, with a share, and only the notes asked for', async () => {
    const run = (...more: string[]) =>
      json<Agreement & { share: number }>([
        'agree',
        project,
        '--coders',
        'Amara,Ben',
        '--bootstrap',
        '0',
        ...more,
      ])
    const selfHarm = (report: Agreement) => report.codes.find(({ code }) => code.endsWith('Self-harm'))
    const bySentence = await run('--unit', 'sentence')
    const n = selfHarm(bySentence)?.n ?? 0
    expect(n).toBeGreaterThan(selfHarm(await run('--unit', 'paragraph'))?.n ?? 0)
    expect(selfHarm(await run('--unit', 'sentence', '--share', '0.5'))?.n).toBe(n)
    const applied = ({ counts }: { counts: Record<'both' | 'first' | 'second', number> }) =>
      counts.both + counts.first + counts.second
    expect(applied(selfHarm(bySentence) as never)).toBe(4)
    expect(applied(selfHarm(await run('--unit', 'sentence', '--share', '0.5')) as never)).toBe(0)
    const one = await run('--case', 'none of these')
    expect(one.notes.counted).toEqual([])
    expect(one.notes.left[0]?.reason).toBe('outside the filter')
    expect((await understory(['agree', project, '--coders', 'Amara,Ben', '--share', '1'])).status).toBe(2)
  })

  it('counts themes, and hides small counts with what would give them away', async () => {
    const themes = await json<{
      counted: Record<string, unknown>
      codes: Array<{
        code: string
        notes: number
        notesPercent: number
        cases: number
        groups: Array<{ value: string; notes: number | null }>
      }>
    }>(['themes', project, '--by', 'note_type'])
    expect(themes.counted).toMatchObject({ layer: 'together', coders: ['Amara', 'Ben'], notes: 'finished' })
    expect(themes.counted.words).toMatch(
      /^Codings of Amara and Ben together, each in the notes they finished \(5 of \d+ notes\), affirmed only$/,
    )
    const selfHarm = themes.codes.find(({ code }) => code.endsWith('Self-harm'))
    expect(selfHarm).toMatchObject({ notes: 4 })
    expect(selfHarm?.groups.reduce((sum, { notes }) => sum + (notes ?? 0), 0)).toBe(4)
    const hidden = await json<{ codes: Array<{ notes: number | null }> }>([
      'themes',
      project,
      '--suppress',
      '10',
    ])
    expect(hidden.codes.every(({ notes }) => notes === null)).toBe(true)
  })

  it('exports a codebook that the REFI-QDA schema accepts, twice the same', async () => {
    await understory(['codebook', 'export', project, '-o', inFolder('one.qdc')])
    await understory(['codebook', 'export', project, '-o', inFolder('two.qdc')])
    const xml = readFileSync(inFolder('one.qdc'), 'utf8')
    expect(readFileSync(inFolder('two.qdc'), 'utf8')).toBe(xml)
    const schema = readFileSync(fixture('exchange/Codebook.xsd'), 'utf8')
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'one.qdc', contents: xml }],
      schema: [schema],
    })
    expect([valid, errors]).toEqual([true, []])
  })

  it.each(['qdc', 'csv'])('takes its own .%s codebook into another project without loss', async (format) => {
    const file = inFolder(`whole.${format}`)
    expect((await understory(['codebook', 'export', project, '-o', file])).status).toBe(0)
    const other = inFolder(`other-${format}.understory`)
    await json(['create', other])
    const report = await json<{ added: number }>(['codebook', 'import', other, file])
    expect(report.added).toBeGreaterThanOrEqual(61)
    expect(await json(['codebook', 'import', other, file])).toMatchObject({
      added: 0,
      updated: 0,
      same: report.added,
    })
    const back = inFolder(`back.${format}`)
    await understory(['codebook', 'export', other, '-o', back])
    expect(readFileSync(back, 'utf8')).toBe(readFileSync(file, 'utf8'))
  })

  it('refuses to export an empty codebook and writes no file', async () => {
    const empty = inFolder('empty.understory')
    await json(['create', empty])
    const refused = await understory(['codebook', 'export', empty, '-o', inFolder('none.qdc')])
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/^error empty-codebook: /)])
    expect(existsSync(inFolder('none.qdc'))).toBe(false)
  })

  it('finds possible identifiers in a file, with code point offsets', async () => {
    const found = await json<Array<{ note: string; kind: string; text: string }>>([
      'identifiers',
      fixture('exchange/sample-notes.csv'),
    ])
    expect(found).toContainEqual(expect.objectContaining({ note: 'N001', text: '999 000 0026' }))
    expect(found.some(({ text }) => text === '4010232138')).toBe(false)
  })

  it('warns of possible identifiers in quotes that go out, and masks them when told to', async () => {
    // "999 000 0026" stands in N001, which Amara codes as a whole.
    writeFileSync(inFolder('whole.csv'), 'note,code,start,end,memo\nN001,Neglect,,,As Dr Jones said\n')
    const other = inFolder('quotes.understory')
    await json(['create', other, '--template', 'safeguarding'])
    await json(['import', other, fixture('exchange/sample-notes.csv')])
    await json(['code', other, '--coder', 'Amara', '--from', inFolder('whole.csv')])

    const plain = await understory(['codings', other])
    expect(plain.stdout).toContain('999 000 0026')
    expect(plain.stderr).toMatch(/^warning: \d+ possible identifiers in 2 texts given out as they are/)
    const masked = await understory(['codings', other, '--mask-identifiers', '--json'])
    expect(masked.stderr).toMatch(/^warning: \d+ possible identifiers in 2 texts masked/)
    const [coding] = JSON.parse(masked.stdout) as Coding[]
    expect(coding).toMatchObject({ memo: 'As Dr [NAME] said', quote: expect.stringContaining('[NHS]') })

    const file = inFolder('masked.csv')
    const report = await json<{ identifiers: { found: number; texts: number; masked: boolean } }>([
      'codings',
      other,
      '-o',
      file,
      '--mask-identifiers',
    ])
    expect(report).toMatchObject({ file, codings: 1, identifiers: { texts: 2, masked: true } })
    expect(readFileSync(file, 'utf8')).not.toContain('999 000 0026')
    expect(await json(['codebook', 'export', other, '-o', inFolder('checked.csv')])).toMatchObject({
      identifiers: { found: 0, masked: false },
    })
  })

  it('writes an encrypted backup that opens and verifies', async () => {
    const copy = inFolder('copy.understory')
    await json(['backup', project, '-o', copy])
    expect(readFileSync(copy).subarray(0, 16).toString('latin1')).not.toBe('SQLite format 3\0')
    expect(await json<{ ok: boolean; codings: number }>(['verify', copy])).toMatchObject({
      ok: true,
      codings: 6,
    })
    expect((await understory(['backup', project, '-o', copy])).stderr).toMatch(/^error file-exists: /)
  })

  it('verifies, and names the entry after one byte of its payload was changed', async () => {
    expect(await json(['verify', project])).toMatchObject({ ok: true, problems: [] })
    const db = new Database(project)
    db.pragma(`cipher='sqlcipher'`)
    db.key(Buffer.from(PASSPHRASE))
    const { seq } = db
      .prepare(`SELECT seq FROM journal WHERE kind = 'codings.apply' ORDER BY seq LIMIT 1`)
      .get() as { seq: number }
    db.prepare(`UPDATE journal SET payload = replace(payload, '"start":0', '"start":1') WHERE seq = ?`).run(
      seq,
    )
    db.close()
    const { status, stdout, stderr } = launched(['verify', project, '--json'])
    const report = JSON.parse(stdout) as { ok: boolean; chain: boolean; problems: string[] }
    expect([status, report.ok, report.chain]).toEqual([1, false, false])
    expect(report.problems.join('\n')).toContain(`journal entry ${seq}`)
    expect(stderr).toMatch(/^error project-damaged: /)
  })
})

describe('demo', () => {
  it('does the whole main job and prints its figures', async () => {
    const target = inFolder('demo')
    const { status, stdout } = launched(['demo', target])
    expect(status).toBe(0)
    expect(stdout).toMatch(/Imported \d+ invented notes of 20 young people/)
    expect(stdout).toMatch(/Krippendorff's alpha 0\.\d+/)
    for (const file of ['sample.understory', 'codebook.qdc', 'themes-by-social-work-status.csv']) {
      expect(existsSync(join(target, file))).toBe(true)
    }
    expect((await understory(['demo', target])).stderr).toMatch(/^error file-exists: /)
  })
})
