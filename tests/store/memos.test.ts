import { describe, expect, it } from 'vitest'
import { newId } from '../../electron/store/file/new-id.ts'
import { getMemo, listMemos, memoSubject } from '../../electron/store/memos/memos.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId, MemoId } from '../../shared/contract/basics.ts'
import type { MemoQuery } from '../../shared/contract/memos.ts'
import {
  asSubject,
  MAX_MEMO_LENGTH,
  MEMO_TYPES,
  type MemoDocument,
  type MemoSubject,
  memoFromText,
} from '../../shared/memo.ts'
import { codeId } from '../ids.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject } from './temporary-project.ts'

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben').id
  addNotes(project, amara, { N1: 'Mum shouted. Police came twice.', N2: 'Settled week.' })
  const neglect = addCode(project, amara, 'Neglect')
  const coding = applyCode(project, amara, 'N1', neglect, [0, 3])
  const subjects: MemoSubject[] = [
    { kind: 'project' },
    { kind: 'case', id: 'YP1' },
    { kind: 'note', id: 'N1' },
    { kind: 'code', id: neglect },
    { kind: 'coding', id: coding },
  ]
  return { project, amara, ben, neglect, coding, subjects }
}

function write(project: Project, coder: CoderId, about: MemoSubject, words: string, title = ''): MemoId {
  const id: MemoId = newId()
  project.change(coder, 'memo.add', { id, about, type: null, title, body: memoFromText(words) })
  return id
}
const list = (project: Project, query: Partial<MemoQuery> = {}) =>
  listMemos(project.db, { offset: 0, limit: 100, ...query })
const texts = (project: Project, query: Partial<MemoQuery> = {}) =>
  list(project, query)
    .rows.map(({ text }) => text)
    .sort()

describe('a memo', () => {
  it('can be about the project, a case, a note, a code or a coding, and says so after reopening', () => {
    const { project, amara, subjects } = study()
    const ids = subjects.map((about) => write(project, amara, about, `on ${about.kind}`))
    project.close()
    const again = openProject(project.path)
    expect(ids.map((id) => getMemo(again.db, id).about)).toEqual(subjects)
    expect(ids.map((id) => getMemo(again.db, id).body)).toEqual(
      subjects.map(({ kind }) => [{ kind: 'paragraph', runs: [{ text: `on ${kind}` }] }]),
    )
    expect(verify(again.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('keeps its blocks, emphasis and links exactly, and gives its words as plain text', () => {
    const { project, amara, coding } = study()
    const body: MemoDocument = [
      { kind: 'heading', runs: [{ text: 'Harm 🐕' }] },
      {
        kind: 'paragraph',
        runs: [
          { text: 'See ', bold: true },
          { text: 'this', link: { kind: 'coding', id: coding } },
        ],
      },
      { kind: 'bullets', items: [[{ text: 'one', italic: true }], [{ text: 'two', underline: true }]] },
      { kind: 'paragraph', runs: [] },
    ]
    const id: MemoId = newId()
    project.change(amara, 'memo.add', {
      id,
      about: { kind: 'project' },
      type: 'reflexive',
      title: ' Harm ',
      body,
    })
    expect(getMemo(project.db, id)).toMatchObject({
      body,
      title: 'Harm',
      type: 'reflexive',
      text: 'Harm 🐕\nSee this\none\ntwo\n',
    })
  })

  it('is changed a part at a time; each change is a step back and forth', () => {
    const { project, amara } = study()
    const id = write(project, amara, { kind: 'project' }, 'first')
    project.change(amara, 'memo.update', { id, title: 'A title' })
    project.change(amara, 'memo.update', { id, body: memoFromText('second') })
    project.change(amara, 'memo.update', { id, type: 'method' })
    const now = () => {
      const { title, text, type } = getMemo(project.db, id)
      return [title, text, type]
    }
    expect(now()).toEqual(['A title', 'second', 'method'])
    project.undo(amara)
    expect(now()).toEqual(['A title', 'second', null])
    project.undo(amara)
    expect(now()).toEqual(['A title', 'first', null])
    project.undo(amara)
    expect(now()).toEqual(['', 'first', null])
    project.undo(amara)
    expect(() => getMemo(project.db, id)).toThrow(/no such memo/)
    for (let step = 0; step < 4; step++) project.redo(amara)
    expect(now()).toEqual(['A title', 'second', 'method'])
  })

  it('comes back whole after it was removed', () => {
    const { project, amara, coding } = study()
    const id = write(project, amara, { kind: 'coding', id: coding }, 'Why', 'Because')
    const before = getMemo(project.db, id)
    project.change(amara, 'memo.remove', { id, about: memoSubject(project.db, id) })
    expect(list(project).total).toBe(0)
    project.undo(amara)
    expect(getMemo(project.db, id)).toEqual(before)
  })

  it('is refused with nothing changed: too long, about what is not there, twice the same id, another’s', () => {
    const { project, amara, ben } = study()
    const id = write(project, amara, { kind: 'project' }, 'mine')
    const before = fingerprint(project.db)
    const add = (about: MemoSubject, body: MemoDocument, key: MemoId = newId()) =>
      project.change(amara, 'memo.add', { id: key, about, type: null, title: '', body })
    const long = Array.from({ length: 3 }, () => ({
      kind: 'paragraph' as const,
      runs: [{ text: 'x'.repeat(MAX_MEMO_LENGTH / 2) }],
    }))
    expect(() => add({ kind: 'project' }, long)).toThrow(/at most/)
    expect(() => project.change(amara, 'memo.update', { id, body: long })).toThrow(/saved before is safe/)
    for (const kind of ['case', 'note', 'code', 'coding'] as const)
      expect(() => add(asSubject(kind, codeId('none')), [])).toThrow(/There is no/)
    expect(() => add({ kind: 'project' }, [], id)).toThrow()
    expect(() => project.change(ben, 'memo.update', { id, title: 'x' })).toThrow(/another coder/)
    expect(() => project.change(ben, 'memo.remove', { id, about: { kind: 'project' } })).toThrow(
      /another coder/,
    )
    expect(fingerprint(project.db)).toBe(before)
    expect(verify(project.db).ok).toBe(true)
  })

  it('on a note keeps the import of that note from being undone, in clear words', () => {
    const { project, amara, ben } = study()
    addNotes(project, amara, { N3: 'Late note.' }, 'YP3')
    write(project, ben, { kind: 'note', id: 'N3' }, 'Look here')
    const before = fingerprint(project.db)
    expect(() => project.undo(amara)).toThrow(/later work by someone depends on it.*Nothing was changed/)
    expect(fingerprint(project.db)).toBe(before)
  })
})

describe('the list of memos', () => {
  it('is narrowed by subject, kind, type, coder and words, capitals aside, and is counted whole', () => {
    const { project, amara, ben, neglect, subjects } = study()
    for (const about of subjects) write(project, amara, about, `on ${about.kind}`)
    const typed: MemoId = newId()
    project.change(ben, 'memo.add', {
      id: typed,
      about: { kind: 'code', id: neglect },
      type: 'theoretical',
      title: 'Élan',
      body: memoFromText('Über NEGLECT'),
    })
    expect(texts(project, { about: { kind: 'code', id: neglect } })).toEqual(['on code', 'Über NEGLECT'])
    expect(texts(project, { about: { kind: 'project' } })).toEqual(['on project'])
    expect(texts(project, { about: { kind: 'note', id: 'none' } })).toEqual([])
    expect(texts(project, { kinds: ['case', 'project'] })).toEqual(['on case', 'on project'])
    expect(texts(project, { kinds: [] })).toEqual([])
    expect(texts(project, { types: ['theoretical'] })).toEqual(['Über NEGLECT'])
    expect(texts(project, { types: [null] })).toHaveLength(5)
    expect(texts(project, { types: [null, ...MEMO_TYPES] })).toHaveLength(6)
    expect(texts(project, { coderIds: [ben] })).toEqual(['Über NEGLECT'])
    expect(texts(project, { words: 'neglect' })).toEqual(['Über NEGLECT'])
    expect(texts(project, { words: 'über élan' })).toEqual(['Über NEGLECT'])
    expect(texts(project, { words: 'elan UBER' })).toEqual(['Über NEGLECT'])
    expect(texts(project, { words: "on % 'x" })).toEqual([])
    expect(list(project, { limit: 2, offset: 4 })).toMatchObject({ total: 6, rows: [{}, {}] })
  })

  it('has what was changed last first, and cuts long texts', () => {
    const { project, amara } = study()
    const first = write(project, amara, { kind: 'project' }, 'word '.repeat(500))
    write(project, amara, { kind: 'project' }, 'second')
    expect(list(project).rows.map(({ text }) => text.length)).toEqual([6, 280])
    project.change(amara, 'memo.update', { id: first, title: 'changed' })
    expect(list(project).rows[0]?.title).toBe('changed')
  })
})
