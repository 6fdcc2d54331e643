/** The note list: which notes, in which order, and their rows by page. */
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../electron/store/file/hash.ts'
import {
  attributeValues,
  listCases,
  noteOrder,
  noteProgress,
  noteRow,
  noteRows,
  noteToResume,
} from '../../electron/store/notes/list.ts'
import { addTexts } from '../../electron/store/notes/texts.ts'
import type { Project } from '../../electron/store/project.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { NoteSort } from '../../shared/contract/notes.ts'
import { addCode, addNotes, applyCode, listNotes } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

/** N10 is coded, N9 finished, N11 untouched; N9 is of another case, in the file last. */
function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara')
  const code = addCode(project, amara.id, 'Neglect')
  addNotes(project, amara.id, { N10: 'Mum came.', N11: 'A visit.' }, 'YP2')
  addNotes(project, amara.id, { N9: 'ÉCOLE.' }, 'YP10')
  applyCode(project, amara.id, 'N10', code, [0, 3])
  project.change(amara.id, 'note.setStatus', { notes: ['N9'], status: 'finished' })
  return { project, coderId: amara.id, code }
}

const ids = (project: Project, coderId: CoderId, by?: NoteSort['by'], descending = false, query?: string) =>
  listNotes(project.db, coderId, {}, by && { by, descending }, [], query).map(({ id }) => id)

describe('the order of the notes', () => {
  it('is that of the files, and by figures in ids as numbers', () => {
    const { project, coderId } = study()
    expect(ids(project, coderId)).toEqual(['N10', 'N11', 'N9'])
    expect(ids(project, coderId, 'id')).toEqual(['N9', 'N10', 'N11'])
    expect(ids(project, coderId, 'id', true)).toEqual(['N11', 'N10', 'N9'])
  })

  it('by status is the order of work, by codings that of their number', () => {
    const { project, coderId } = study()
    expect(ids(project, coderId, 'status')).toEqual(['N11', 'N10', 'N9'])
    expect(ids(project, coderId, 'status', true)).toEqual(['N9', 'N10', 'N11'])
    expect(ids(project, coderId, 'codings', true)[0]).toBe('N10')
  })

  it('keeps notes where all words stand in title, case, date, id or status', () => {
    const { project, coderId } = study()
    const found = (query: string) => ids(project, coderId, undefined, false, query)
    expect(found('yp2 n1')).toEqual(['N10', 'N11'])
    expect(found('FINISHED')).toEqual(['N9'])
    expect(found('not started')).toEqual(['N11'])
    expect(found('progress yp2')).toEqual(['N10'])
    expect(found('nowhere')).toEqual([])
  })

  it('knows what was imported, coded and taken back since it was last asked', () => {
    const { project, coderId, code } = study()
    const found = (query: string) => ids(project, coderId, undefined, false, query)
    expect(found('yp3')).toEqual([])
    addNotes(project, coderId, { N12: 'New.' }, 'YP3')
    expect(found('yp3')).toEqual(['N12'])
    applyCode(project, coderId, 'N12', code, null)
    expect(found('yp3 progress')).toEqual(['N12'])
    project.undo(coderId)
    project.undo(coderId)
    expect(found('yp3')).toEqual([])
  })

  it('is sent as four bytes a note', () => {
    const { project, coderId } = study()
    const order = noteOrder(project.db, { coderId })
    expect(order).toBeInstanceOf(Uint32Array)
    expect(noteRows(project.db, coderId, [...order]).map(({ num }) => num)).toEqual([...order])
  })
})

describe('a note without a title', () => {
  const titles = (project: Project, coderId: CoderId) =>
    listNotes(project.db, coderId).map(({ title }) => title)

  it('is called by its first words, on one line and cut between words', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    addNotes(project, amara, {
      N1: '\n  Mum came.\n\n\tSchool   rang\u00a0twice.',
      N2: `${'A visit at home. '.repeat(9)}`,
      N3: 'x'.repeat(200),
      N4: ' \n ',
      N5: `${'ab '.repeat(26)}éë`,
    })
    expect(titles(project, amara)).toEqual([
      'Mum came. School rang twice.',
      'A visit at home. A visit at home. A visit at home. A visit at home. A visit at…',
      `${'x'.repeat(80)}…`,
      'N4',
      `${'ab '.repeat(26)}éë`,
    ])
    expect(noteRow(project.db, amara, 'N1')).toMatchObject({
      id: 'N1',
      title: 'Mum came. School rang twice.',
    })
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('keeps the title it has', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    const body = 'Mum came.'
    project.changeTogether(
      amara,
      [
        {
          kind: 'notes.import',
          payload: {
            source: 'a test',
            attributes: [],
            cases: [],
            notes: [
              {
                id: 'N1',
                caseId: null,
                title: 'First visit',
                date: null,
                textHash: sha256(body),
                length: body.length,
                characters: body.length,
                attributes: {},
              },
            ],
          },
        },
      ],
      () => addTexts(project.db, [{ hash: sha256(body), body }]),
    )
    expect(titles(project, amara)).toEqual(['First visit'])
  })

  it('is sorted and found by these words, and has them again when its import comes back', () => {
    const { project, coderId } = study()
    expect(ids(project, coderId, 'title')).toEqual(['N11', 'N10', 'N9'])
    expect(ids(project, coderId, undefined, false, 'mum')).toEqual(['N10'])
    const before = titles(project, coderId)
    project.undo(coderId)
    for (let steps = 0; steps < 3; steps++) project.undo(coderId)
    expect(titles(project, coderId)).toEqual([])
    for (let steps = 0; steps < 4; steps++) project.redo(coderId)
    expect(titles(project, coderId)).toEqual(before)
  })

  it('has them by the text in the file: verify finds others', () => {
    const { project } = study()
    project.db.prepare(`UPDATE note SET opening = 'Somebody' WHERE id = 'N10'`).run()
    expect(verify(project.db).problems).toEqual([expect.stringContaining('note N10')])
  })
})

describe('the rows of the notes', () => {
  it('come in the order asked for, without those that are gone', () => {
    const { project, coderId } = study()
    const [first = 0, second = 0] = noteOrder(project.db, { coderId })
    expect(noteRows(project.db, coderId, [second, 99, first]).map(({ id }) => id)).toEqual(['N11', 'N10'])
    expect(noteRow(project.db, coderId, 'N10')).toMatchObject({
      id: 'N10',
      codings: 1,
      status: 'in progress',
    })
    expect(noteRow(project.db, coderId, 'gone')).toBeNull()
  })
})

describe('where a coder is', () => {
  it('is the first note in progress, then the first not started, then the first', () => {
    const { project, coderId } = study()
    const finish = (note: string) =>
      project.change(coderId, 'note.setStatus', { notes: [note], status: 'finished' })
    expect(noteToResume(project.db, coderId)).toBe('N10')
    finish('N10')
    expect(noteToResume(project.db, coderId)).toBe('N11')
    finish('N11')
    expect(noteToResume(project.db, coderId)).toBe('N10')
    expect(noteProgress(project.db, coderId)).toEqual({ notes: 3, finished: 3 })
  })
})

describe('what can be filtered by', () => {
  it('lists cases by their numbers and says how many there are in all', () => {
    const { project } = study()
    expect(listCases(project.db, '', 1)).toEqual({ total: 2, cases: [{ id: 'YP2', notes: 2 }] })
    expect(listCases(project.db, '10', 5)).toEqual({ total: 1, cases: [{ id: 'YP10', notes: 1 }] })
  })

  it('counts values in notes, or once a case where they belong to the case', () => {
    const { project, coderId } = study()
    project.change(coderId, 'attribute.setValues', {
      of: 'note',
      name: 'team',
      values: [
        { id: 'N9', value: 'East' },
        { id: 'N11', value: null },
      ],
    })
    expect(attributeValues(project.db, { of: 'note', name: 'team' }, 1)).toEqual({
      total: 2,
      values: [{ value: 'East', count: 1 }],
      missing: 1,
    })
    project.change(coderId, 'attribute.add', { of: 'case', name: 'home', kind: 'category' })
    project.change(coderId, 'attribute.setValues', {
      of: 'case',
      name: 'home',
      values: [{ id: 'YP2', value: 'foster' }],
    })
    expect(attributeValues(project.db, { of: 'case', name: 'home' }, 5)).toEqual({
      total: 1,
      values: [{ value: 'foster', count: 1 }],
      missing: 1,
    })
  })
})
