import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { importNotes } from '../../electron/store/intake/notes.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { getNote, listAttributeValues, textOfNote } from '../../electron/store/notes/notes.ts'
import { redactRanges } from '../../electron/store/notes/redactions.ts'
import { stageTexts } from '../../electron/store/notes/texts.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import { coderId } from '../ids.ts'
import { pdfOf, pdfText } from '../unit/exchange/office-files.ts'
import { listNotes } from './project-content.ts'
import { makeProject, openProject, temporaryFolder } from './temporary-project.ts'

const file = (name: string, content: string | Buffer): string => {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

const run = (project: Project, paths: string[], options: Partial<Parameters<typeof importNotes>[3]> = {}) =>
  importNotes(project, PROJECT_ACTOR, paths, { map: null, dryRun: false, identifiers: 'off', ...options })

/** How many texts have this word, by the index, which must hold exactly the texts there are. */
const found = (project: Project, word: string) => {
  project.db.exec(`INSERT INTO note_fts (note_fts, rank) VALUES ('integrity-check', 1)`)
  return project.db.prepare('SELECT rowid FROM note_fts WHERE note_fts MATCH ?').pluck().all(word).length
}

const texts = (project: Project) => project.db.prepare('SELECT count(*) FROM note_text').pluck().get()

const CLEAN = {
  ...{ added: 0, duplicate: 0, duplicates: [], sameText: [] },
  ...{ rejected: [], leftOut: [], warnings: [] },
}

describe('importing notes', () => {
  it('leaves out further headings of a survey, and says so in the trial and after it', async () => {
    const project = makeProject()
    const path = fileURLToPath(new URL('../fixtures/cases/survey-headings.csv', import.meta.url))
    const expected = {
      ...CLEAN,
      added: 1,
      leftOut: [
        { row: 1, reason: 'the wording of questions, under the headings of a survey' },
        { row: 2, reason: 'the import ids of a survey, under its headings' },
      ],
      warnings: [{ row: 0, reason: 'rows 1, 2 are not notes (headings, totals) and were left out' }],
    }
    expect((await run(project, [path], { dryRun: true })).notes).toEqual(expected)
    expect((await run(project, [path])).notes).toEqual(expected)
    expect(project.db.prepare('SELECT id FROM note').pluck().all()).toEqual(['R_1'])
    const map = { text: 'Q1', noteId: 'Id' }
    const took = await run(project, [path], { map: { ...map, take: [1] }, dryRun: true })
    expect(took.notes).toMatchObject({ added: 1, duplicate: 1, leftOut: [{ row: 2 }] })
    const left = await run(project, [path], { map: { ...map, leaveOut: [3] }, dryRun: true })
    expect(left.notes).toMatchObject({
      added: 0,
      leftOut: [{}, {}, { row: 3, reason: 'left out as chosen' }],
    })
  })

  it('says which notes are there already, and which have a text that another has too', async () => {
    const project = makeProject()
    await run(project, [file('a.csv', 'id,text\nN1,Seen at home.\n')])
    const rows = ['N1,Seen at home.', 'N2,Seen at home.', 'N3,Calm.', 'N3,Calm.', 'N4,Calm.', 'N3,Else.']
    const path = file('b.csv', `id,text\n${rows.join('\n')}\n`)
    const expected = {
      ...CLEAN,
      added: 3,
      duplicate: 2,
      duplicates: [
        { row: 1, reason: 'note N1 is already in the project with the same text' },
        { row: 4, reason: 'note N3 is in these files before (row 3) with the same text' },
      ],
      sameText: [
        { row: 2, reason: 'note N2 has the same text as note N1 of the project' },
        { row: 5, reason: 'note N4 has the same text as note N3 (row 3)' },
      ],
      rejected: [
        { row: 6, reason: 'a note with the id N3 is in these files before (row 3) with another text' },
      ],
    }
    expect((await run(project, [path], { dryRun: true })).notes).toEqual(expected)
    expect((await run(project, [path])).notes).toEqual(expected)
    const texts = [file('c.txt', 'Calm.'), file('d.txt', 'New.'), file('e.txt', 'New.')]
    expect((await run(project, texts)).notes.sameText).toEqual([
      { row: 1, reason: 'c.txt: note c has the same text as note N3 of the project' },
      { row: 3, reason: 'e.txt: note e has the same text as note d (d.txt, row 2)' },
    ])
  })

  it('takes a PDF with scanned pages and says which pages are not in the note, in the trial and after it', async () => {
    const project = makeProject()
    const path = file(
      'letter.pdf',
      Buffer.from(pdfOf([pdfText(['Seen at home.']), '', pdfText(['Settled.'])])),
    )
    const expected = {
      ...CLEAN,
      added: 1,
      warnings: [{ row: 1, reason: 'page 2 of 3 has no text (scanned or blank) and is not in the note' }],
    }
    expect((await run(project, [path], { dryRun: true })).notes).toEqual(expected)
    expect((await run(project, [path])).notes).toEqual(expected)
    expect((await run(project, [path])).notes).toMatchObject({ duplicate: 1, warnings: [] })
  })

  it('keeps a date that is no day as it is written, and says so; a masked date is no fault', async () => {
    const project = makeProject()
    const dates = ['2024-13-40', '31/02/2024', '[XX/09/2020]', '29/02/2024', 'spring']
    const rows = dates.map((date, at) => `N${at},${date},Seen on day ${at}.`)
    const path = file('dates.csv', `id,date,text\n${rows.join('\n')}\n`)
    const said = (date: string, how = '') =>
      `the date ${date} is no day of the calendar${how}; it is kept as written`
    const expected = {
      ...CLEAN,
      added: 5,
      warnings: [
        { row: 1, reason: said('2024-13-40') },
        { row: 2, reason: said('31/02/2024', ' (read day first)') },
      ],
    }
    const map = { text: 'text', noteId: 'id', date: 'date' }
    expect((await run(project, [path], { map, dryRun: true })).notes).toEqual(expected)
    expect((await run(project, [path], { map })).notes).toEqual(expected)
    expect(project.db.prepare('SELECT date FROM note ORDER BY num').pluck().all()).toEqual([
      '2024-13-40',
      '31/02/2024',
      '[XX/09/2020]',
      '2024-02-29',
      'spring',
    ])
  })

  it('says of a case for which rows have different values which one stands', async () => {
    const project = makeProject()
    const map = {
      ...{ text: 'text', noteId: 'id', caseId: 'case' },
      attributes: { sex: { column: 'sex', of: 'case' as const, kind: 'category' as const } },
    }
    const rows = ['N1,C1,M,Seen.', 'N2,C1,F,Again.', 'N3,C2,,Calm.', 'N4,C2,F,Calmer.', 'N5,C2,F,Well.']
    const path = file('cases.csv', `id,case,sex,text\n${rows.join('\n')}\n`)
    const expected = [{ row: 2, reason: 'sex of case C1 is “M” already; “F” in this row was not taken' }]
    expect((await run(project, [path], { map, dryRun: true })).notes.warnings).toEqual(expected)
    expect((await run(project, [path], { map })).notes.warnings).toEqual(expected)
    const later = file('later.csv', 'id,case,sex,text\nN6,C2,M,Later.\nN7,C1,M,Later too.\n')
    expect((await run(project, [later], { map })).notes.warnings).toEqual([
      { row: 1, reason: 'sex of case C2 is “F” already; “M” in this row was not taken' },
    ])
    const values = project.db.prepare('SELECT attributes FROM casefile ORDER BY id').pluck().all()
    expect(values.map((each) => JSON.parse(each as string))).toEqual([{ sex: 'M' }, { sex: 'F' }])
  })

  it('knows a note again whose words were redacted since, and refuses another text still', async () => {
    const project = makeProject()
    const path = file('a.csv', 'id,text\nN1,Seen with Rosie at home.\nN2,Calm.\n')
    await run(project, [path])
    redactRanges(project, PROJECT_ACTOR, [{ noteId: 'N1', start: 10, end: 15 }], '[NAME]')
    redactRanges(project, PROJECT_ACTOR, [{ noteId: 'N1', start: 20, end: 24 }], '')
    const expected = {
      ...CLEAN,
      duplicate: 2,
      duplicates: [
        { row: 1, reason: 'note N1 is already in the project, redacted since' },
        { row: 2, reason: 'note N2 is already in the project with the same text' },
      ],
    }
    expect((await run(project, [path])).notes).toEqual(expected)
    const other = file('b.csv', 'id,text\nN1,Seen with Rosy at home.\n')
    expect((await run(project, [other])).notes.rejected).toHaveLength(1)
    expect(textOfNote(project.db, 'N1')).toBe('Seen with [NAME] at .')
  })

  it('takes a table with quoted newlines, CRLF and Windows-1252 exactly as it was meant', async () => {
    const project = makeProject()
    const bytes = Buffer.from(
      'note_id,brc_id,text\r\n01,9,"Caf\xe9 \x96 \x93fine\x94\r\nsecond line"\r\n',
      'latin1',
    )
    const report = await run(project, [file('extract.csv', bytes)])
    expect(report.notes).toEqual({ ...CLEAN, added: 1 })
    expect(getNote(project.db, '01')).toMatchObject({ text: 'Café – “fine”\nsecond line', caseId: '9' })
    expect(verify(project.db).ok).toBe(true)
  })

  it('looks at the bytes of a table once, and guesses for all tables by the first', async () => {
    const project = makeProject()
    const paths = [
      file('a.csv', 'note_id,team,text\n1,North,one\n'),
      file('b.csv', 'note_id,team,text\n2,South,two\n'),
    ]
    const checked: number[] = []
    const onProgress = ({ words, done }: Progress) => {
      if (words === 'bytes checked') checked.push(done)
    }
    const report = await run(project, paths, { onProgress })
    expect(checked).toEqual([0, 30])
    expect(report).toMatchObject({ notes: { added: 2 }, attributes: 1 })
    expect(getNote(project.db, '2').attributes).toEqual({ team: 'South' })
    const other = file('c.csv', 'note_id,words\n3,three\n')
    await expect(run(project, [...paths, other])).rejects.toThrow(/c\.csv has no column "text"/)
  })

  it('takes a folder of text files, with their places as ids', async () => {
    const project = makeProject()
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'ward'))
    writeFileSync(join(folder, 'a.txt'), '\ufeffOne\r\ntwo')
    writeFileSync(join(folder, 'ward', 'b.txt'), Buffer.from('\ufeffSixteen', 'utf16le'))
    await run(project, [folder])
    expect(listNotes(project.db, coderId('x')).map(({ id }) => id)).toEqual(['a', 'ward/b'])
    expect(getNote(project.db, 'a').text).toBe('One\ntwo')
    expect(getNote(project.db, 'ward/b').text).toBe('Sixteen')
  })

  it('counts duplicates, refuses other texts under a known id, and names the rows', async () => {
    const project = makeProject()
    const path = file('n.csv', 'note_id,text\n1,one\n1,one\n2,two\n2,other\n3,\n')
    const report = await run(project, [path])
    expect(report.notes.added).toBe(2)
    expect(report.notes.duplicate).toBe(1)
    expect(report.notes.rejected.map(({ row }) => row)).toEqual([4, 5])
    expect((await run(project, [path])).notes).toMatchObject({ added: 0, duplicate: 3 })
  })

  it('keeps attributes of note and case, and can be undone as one step', async () => {
    const project = makeProject()
    const amara = project.addCoder('Amara')
    const before = fingerprint(project.db)
    const path = file('n.csv', 'id,who,body,team,sw\n1,YP1,one,North,None\n2,YP1,two,South,None\n')
    const map = {
      text: 'body',
      noteId: 'id',
      caseId: 'who',
      attributes: {
        team: { column: 'team', of: 'note' as const, kind: 'category' as const },
        status: { column: 'sw', of: 'case' as const, kind: 'category' as const },
      },
    }
    await importNotes(project, amara.id, [path], { map, dryRun: false, identifiers: 'off' })
    expect(getNote(project.db, '1')).toMatchObject({
      attributes: { team: 'North' },
      caseAttributes: { status: 'None' },
    })
    expect(listAttributeValues(project.db).map(({ name, values }) => [name, values])).toEqual([
      ['team', ['North', 'South']],
      ['status', ['None']],
    ])
    project.undo(amara.id)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('changes nothing in a dry run', async () => {
    const project = makeProject()
    const before = fingerprint(project.db)
    const report = await run(project, [file('n.csv', 'note_id,text\n1,one\n')], { dryRun: true })
    expect(report.notes.added).toBe(1)
    expect([fingerprint(project.db), texts(project)]).toEqual([before, 0])
  })

  it('leaves the project as it was when cancelled half way or when the file turns out broken', async () => {
    const project = makeProject()
    await run(project, [file('first.csv', 'note_id,text\nA,kept\n')])
    const before = [fingerprint(project.db), texts(project)]
    const rows = Array.from({ length: 5000 }, (_, row) => `${row},"text ${row}"`)
    const path = file('many.csv', `note_id,text\n${rows.join('\n')}\n`)
    const signal = new CancelToken()
    const cancelled = run(project, [path], {
      signal,
      onProgress: ({ done }) => {
        if (done > 1000) signal.cancel()
      },
    })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect([fingerprint(project.db), texts(project)]).toEqual(before)

    const broken = file('broken.csv', `note_id,text\n${rows.slice(0, 3000).join('\n')}\nX,"never closed`)
    await expect(run(project, [broken])).rejects.toMatchObject({ name: 'Problem' })
    expect([fingerprint(project.db), texts(project)]).toEqual(before)
  })

  it('takes staged texts of a killed import out at the next opening', async () => {
    const project = makeProject()
    stageTexts(project.db, [{ hash: 'h', body: 'half an import' }])
    project.close()
    expect(texts(openProject(project.path))).toBe(0)
  })

  it('leaves no word in the index of an import that ended early, and keeps the words of the others', async () => {
    const project = makeProject()
    await run(project, [file('first.csv', 'note_id,text\nA,kept words\n')])
    const rows = Array.from({ length: 3000 }, (_, row) => `${row},"${'gone '.repeat(300)} ${row}"`)
    const path = file('many.csv', `note_id,text\n${rows.join('\n')}\n`)
    const signal = new CancelToken()
    const onProgress = ({ done, total }: Progress) => {
      if (done > (total ?? 0) / 2) signal.cancel()
    }
    await expect(run(project, [path], { signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' })
    expect([texts(project), found(project, 'gone'), found(project, 'kept')]).toEqual([1, 0, 1])

    stageTexts(project.db, [{ hash: 'h', body: 'killed' }])
    project.close()
    const again = openProject(project.path)
    expect([texts(again), found(again, 'killed'), found(again, 'kept')]).toEqual([1, 0, 1])
    await run(again, [path])
    expect(found(again, 'gone')).toBe(3000)
  })

  it('still ends without a trace when a note was redacted meanwhile', async () => {
    const project = makeProject()
    await run(project, [file('first.csv', 'note_id,text\nA,Seen with Sarah today.\n')])
    const { id } = project.activeCoder()
    stageTexts(project.db, [{ hash: 'h', body: 'half an import' }])
    redactRanges(project, id, [{ noteId: 'A', start: 10, end: 15 }], '[NAME]')
    stageTexts(project.db, [{ hash: 'h2', body: 'the other half' }])
    project.close()
    const again = openProject(project.path)
    expect(texts(again)).toBe(1)
    expect(textOfNote(again.db, 'A')).toBe('Seen with [NAME] today.')
    expect(found(again, 'half')).toBe(0)
  })

  it('goes on deleting without a trace after one that failed while it added', async () => {
    const project = makeProject()
    await run(project, [file('first.csv', 'note_id,text\nA,Seen with zebrafish today.\n')])
    const bodies = Array.from({ length: 600 }, (_, at) => ({ hash: `h${at}`, body: `text ${at}` }))
    // The second statement of it, of 100 texts, is refused.
    const broken = [...bodies.slice(0, -1), { hash: 'last', body: null as unknown as string }]
    expect(() => stageTexts(project.db, broken)).toThrow(/NOT NULL/)
    const inIndex = project.db
      .prepare(`SELECT count(*) FROM note_fts_data WHERE instr(block, CAST('zebrafish' AS BLOB)) > 0`)
      .pluck()
    expect(inIndex.get()).toBe(1)
    redactRanges(project, project.activeCoder().id, [{ noteId: 'A', start: 10, end: 19 }], '[NAME]')
    expect(inIndex.get()).toBe(0)
  })

  it('lets no second import in while one runs', async () => {
    const project = makeProject()
    const path = file('n.csv', 'note_id,text\n1,one\n')
    const first = run(project, [path], { map: { text: 'text' } })
    await expect(run(project, [path], { map: { text: 'text' } })).rejects.toMatchObject({
      code: 'project-busy',
    })
    expect((await first).notes.added).toBe(1)
    expect(found(project, 'one')).toBe(1)
  })

  it('writes one entry per chunk of a large import, in one step', async () => {
    const project = makeProject()
    const rows = Array.from({ length: 1200 }, (_, row) => `${row},C${row % 7},"text ${row}"`)
    await run(project, [file('many.csv', `note_id,case_id,text\n${rows.join('\n')}\n`)])
    const entries = project.db
      .prepare(`SELECT count(*), count(DISTINCT step) FROM journal WHERE kind = 'notes.import'`)
      .raw()
      .get()
    expect(entries).toEqual([3, 1])
    expect(verify(project.db)).toMatchObject({ ok: true, notes: 1200 })
  })

  it('takes identifiers out before storing when asked to', async () => {
    const project = makeProject()
    await run(project, [file('n.csv', 'note_id,text\n1,NHS number 999 000 0026 noted\n')], {
      identifiers: 'redact',
    })
    const { text } = getNote(project.db, '1')
    expect(text).not.toContain('999')
    expect(text).toMatch(/^NHS number \[[A-Z]+\] noted$/)
  })
})
