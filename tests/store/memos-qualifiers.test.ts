import { expect, it } from 'vitest'
import { listCodes } from '../../electron/store/codebook/codes.ts'
import { defineQualifiers, qualifierUse, readQualifiers } from '../../electron/store/codebook/qualifiers.ts'
import { codingsOfNote, getCoding } from '../../electron/store/codings/codings.ts'
import { changeCodings } from '../../electron/store/codings/edits.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { listMemos, sittingOf } from '../../electron/store/memos/memos.ts'
import type { Project } from '../../electron/store/project.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type { CoderId, MemoId } from '../../shared/contract/basics.ts'
import type { QualifierDefinition } from '../../shared/contract/qualifiers.ts'
import { type MemoSubject, memoFromText } from '../../shared/memo.ts'
import { qualifierProblem, saidOf, toggled, USUAL_QUALIFIERS } from '../../shared/qualifiers.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const TEXT = 'Mum denied any drinking. Sister was hit.'

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben').id
  addNotes(project, amara, { N1: TEXT })
  const drinking = addCode(project, amara, 'Drinking')
  return { project, amara, ben, drinking }
}

const usual = (): QualifierDefinition[] => structuredClone([...USUAL_QUALIFIERS])
const renamedUsual = (): QualifierDefinition[] => {
  const [first, ...rest] = usual() as [QualifierDefinition, ...QualifierDefinition[]]
  return [
    {
      ...first,
      values: first.values.map((value) => (value.name === 'negated' ? { ...value, name: 'denied' } : value)),
    },
    ...rest,
  ]
}

it('has usual qualifiers whose keys and names do not clash', () => {
  expect(qualifierProblem(USUAL_QUALIFIERS)).toBeNull()
})

it('refuses qualifiers that contradict themselves with a sentence, and changes nothing', () => {
  const { project, amara } = study()
  const clash = usual()
  const past = clash[1]?.values[1]
  if (past) past.key = 'n'
  expect(() => defineQualifiers(project, amara, clash, undefined)).toThrow(
    'Shift+N is already the key of “negated” (assertion). Choose another key for “past”. Nothing was changed.',
  )
  expect(readQualifiers(project.db)).toEqual([])
})

it('takes a renamed value along on codings and codes, and undo takes it back on both', () => {
  const { project, amara, drinking } = study()
  defineQualifiers(project, amara, usual(), undefined)
  project.change(amara, 'codes.update', {
    changes: [{ id: drinking, fields: { qualifiers: { assertion: 'negated', time: 'past' } } }],
  })
  const coding = applyCode(project, amara, 'N1', drinking, [0, 10])
  expect(getCoding(project.db, coding).qualifiers).toEqual({ assertion: 'negated', time: 'past' })

  defineQualifiers(project, amara, renamedUsual(), [
    { qualifier: 'assertion', value: 'negated', to: 'denied' },
  ])
  expect(getCoding(project.db, coding).qualifiers).toEqual({ assertion: 'denied', time: 'past' })
  expect(listCodes(project.db)[0]?.qualifiers).toEqual({ assertion: 'denied', time: 'past' })
  expect(qualifierUse(project.db)).toContainEqual({ qualifier: 'assertion', value: 'denied', codings: 1 })

  project.undo(amara)
  expect(getCoding(project.db, coding).qualifiers).toEqual({ assertion: 'negated', time: 'past' })
  expect(listCodes(project.db)[0]?.qualifiers).toEqual({ assertion: 'negated', time: 'past' })
  expect(verify(project.db).problems).toEqual([])
})

it('lets what a coding says be set, replaced and taken off', () => {
  const { project, amara, drinking } = study()
  const id = applyCode(project, amara, 'N1', drinking, [0, 10])
  const press = (qualifier: string, value: string) =>
    changeCodings(project, amara, [
      { id, qualifiers: toggled(getCoding(project.db, id).qualifiers, qualifier, value) },
    ])
  press('assertion', 'negated')
  press('time', 'past')
  press('assertion', 'alleged')
  press('time', 'past')
  expect(getCoding(project.db, id).qualifiers).toEqual({ assertion: 'alleged' })
  expect(
    saidOf({ time: 'past', assertion: 'alleged', gone: 'value' }, USUAL_QUALIFIERS).map(({ short }) => short),
  ).toEqual(['alg', 'pst', 'val'])
})

function writeMemo(project: Project, coder: CoderId, about: MemoSubject, text: string): MemoId {
  const id: MemoId = newId()
  project.change(coder, 'memo.add', { id, about, type: null, title: '', body: memoFromText(text) })
  return id
}

const say = (project: Project, coder: CoderId, id: MemoId, text: string, now = Date.now()) =>
  project.change(
    coder,
    'memo.update',
    { id, body: memoFromText(text) },
    sittingOf(project.db, coder, id, now),
  )

it('undoes what was written of a memo in one sitting at once', () => {
  const { project, amara } = study()
  const id = writeMemo(project, amara, { kind: 'project' }, 'Th')
  say(project, amara, id, 'Think')
  say(project, amara, id, 'Think again')
  expect(project.journal.state(amara).undo).toBe('wrote a memo on the project')
  const later = Date.now() + 11 * 60_000
  say(project, amara, id, 'Think again, later', later)
  project.undo(amara)
  expect(listMemos(project.db, { offset: 0, limit: 10 }).rows[0]?.text).toBe('Think again')
  project.undo(amara)
  expect(listMemos(project.db, { offset: 0, limit: 10 }).total).toBe(0)
  project.redo(amara)
  expect(listMemos(project.db, { offset: 0, limit: 10 }).rows[0]?.text).toBe('Think again')
  // After anything else was done, the next words are a step of their own.
  say(project, amara, id, 'Once more')
  project.undo(amara)
  expect(listMemos(project.db, { offset: 0, limit: 10 }).rows[0]?.text).toBe('Think again')
  expect(verify(project.db).problems).toEqual([])
})

it('lists of the memos on codings only the coder’s own when asked to', () => {
  const { project, amara, ben, drinking } = study()
  const coding = applyCode(project, amara, 'N1', drinking, [0, 10])
  const others = applyCode(project, ben, 'N1', drinking, [0, 10])
  writeMemo(project, amara, { kind: 'coding', id: coding }, 'mine')
  writeMemo(project, ben, { kind: 'coding', id: others }, 'theirs')
  writeMemo(project, ben, { kind: 'note', id: 'N1' }, 'on the note')
  const texts = listMemos(project.db, { codingMemosOf: amara, offset: 0, limit: 10 }).rows.map(
    ({ text }) => text,
  )
  expect(texts.toSorted()).toEqual(['mine', 'on the note'])
  expect(
    listMemos(project.db, { codingMemosOf: amara, offset: 0, limit: 10 }).rows[0]?.noteTitle,
  ).toBeTruthy()
})

it('says which note changed when a memo on a coding does', () => {
  const { project, amara, drinking } = study()
  const coding = applyCode(project, amara, 'N1', drinking, [0, 10])
  const heard: unknown[] = []
  project.onChange((event) => heard.push(event))
  writeMemo(project, amara, { kind: 'coding', id: coding }, 'why')
  expect(heard).toEqual([{ topics: ['memos', 'history'], noteIds: ['N1'] }])
  expect(codingsOfNote(project.db, 'N1', [amara])[0]?.memo).toBe('why')
})
