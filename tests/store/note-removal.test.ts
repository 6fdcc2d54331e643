/** Notes are removed with all that was done in them, and come back with all of it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { search } from '../../electron/store/analysis/search.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { importNotes } from '../../electron/store/intake/notes.ts'
import { noteOrder, noteToResume } from '../../electron/store/notes/list.ts'
import { keepReadingPosition, readingPosition } from '../../electron/store/notes/reading.ts'
import { redactRanges } from '../../electron/store/notes/redactions.ts'
import { previewRemoval, removeNotes } from '../../electron/store/notes/removal.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId, CodingId, MemoId, RoundId } from '../../shared/contract/basics.ts'
import type { MemoSubject } from '../../shared/memo.ts'
import { memoFromText } from '../../shared/memo.ts'
import { addCode, addNotes, applyCode, listNotes } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

const numsOf = (project: Project, ...ids: string[]) =>
  project.db
    .prepare('SELECT num FROM note WHERE id IN (SELECT value FROM json_each(?)) ORDER BY num')
    .pluck()
    .all(JSON.stringify(ids)) as number[]

const writeMemo = (project: Project, coder: CoderId, about: MemoSubject): string => {
  const id: MemoId = newId()
  project.change(coder, 'memo.add', { id, about, type: null, title: '', body: memoFromText('A thought.') })
  return id
}

const idsOf = (project: Project, coder: CoderId) => listNotes(project.db, coder).map(({ id }) => id)

/** Amara leads. N1 and N2 are coded by both, with memos, marks, a round and a kept identifier; N3 by Ben alone. */
function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben', amara).id
  addNotes(project, amara, {
    N1: 'Mum shouted. Call from Dr Jones.',
    N2: 'Police came twice that night.',
    N3: 'Settled week.',
  })
  const neglect = addCode(project, amara, 'Neglect')
  const coding = applyCode(project, amara, 'N1', neglect, [0, 3])
  applyCode(project, ben, 'N1', neglect, [4, 11])
  applyCode(project, ben, 'N2', neglect, null)
  applyCode(project, ben, 'N3', neglect, [0, 7])
  writeMemo(project, amara, { kind: 'note', id: 'N1' })
  writeMemo(project, ben, { kind: 'coding', id: coding })
  writeMemo(project, amara, { kind: 'case', id: 'YP1' })
  project.change(ben, 'note.setStatus', { notes: ['N1', 'N2'], status: 'finished' })
  project.change(amara, 'identifier.keep', { note: 'N1', start: 23, end: 31 })
  return { project, amara, ben, neglect, coding }
}

function addRound(project: Project, by: CoderId, coders: CoderId[], notes: string[], isBlind: boolean): void {
  project.change(by, 'round.add', {
    id: newId<RoundId>(),
    name: `Round of ${notes.join()}`,
    coders,
    notes,
    isBlind,
    drawn: null,
  })
}

describe('removing notes', () => {
  it('takes codings, memos, marks, places in rounds and kept identifiers along; undo and redo are exact', () => {
    const { project, amara, ben } = study()
    addRound(project, amara, [amara, ben], ['N1', 'N2', 'N3'], false)
    const before = fingerprint(project.db)
    removeNotes(project, amara, numsOf(project, 'N1', 'N2'))
    const after = fingerprint(project.db)
    expect(idsOf(project, amara)).toEqual(['N3'])
    for (const table of ['coding', 'memo', 'round_note', 'note_status', 'kept_identifier'])
      expect([table, project.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([
        table,
        { coding: 1, memo: 1, round_note: 1, note_status: 0, kept_identifier: 0 }[table],
      ])
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
    expect(project.journal.state(amara).undo).toBe('removed 2 notes')
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
    project.redo(amara)
    expect(fingerprint(project.db)).toBe(after)
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('leaves nothing to find, and where people were reading is theirs again after undo', () => {
    const { project, amara, ben } = study()
    const find = (query: string) =>
      search(project.db, { query, mode: 'words', matchCase: false, filter: {}, coderId: amara, limit: 9 })
        .hits
    keepReadingPosition(project.db, ben, 'N1', 7)
    expect(find('shouted')).toHaveLength(1)
    removeNotes(project, amara, numsOf(project, 'N1'))
    expect(find('shouted')).toEqual([])
    expect(noteToResume(project.db, ben)).toBe('N3')
    project.undo(amara)
    expect(find('shouted')).toHaveLength(1)
    expect(noteToResume(project.db, ben)).toBe('N1')
    expect(readingPosition(project.db, ben, 'N1')).toBe(7)
  })

  it('brings codings back to where their words are after a redaction that came between', () => {
    const { project, amara, neglect } = study()
    redactRanges(project, amara, [{ noteId: 'N1', start: 0, end: 3 }], 'X')
    applyCode(project, amara, 'N1', neglect, [2, 9])
    const before = fingerprint(project.db)
    removeNotes(project, amara, numsOf(project, 'N1'))
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
    expect(listNotes(project.db, amara)[0]?.title).toBe('X shouted. Call from Dr Jones.')
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('refuses to come back when another note’s redaction took the text, and changes nothing', () => {
    const { project, amara } = study()
    addNotes(project, amara, { N4: 'Settled week.' })
    removeNotes(project, amara, numsOf(project, 'N3'))
    const before = fingerprint(project.db)
    redactRanges(project, amara, [{ noteId: 'N4', start: 0, end: 7 }], 'X')
    expect(() => project.undo(amara)).toThrow(/taken out of this file/)
    expect(idsOf(project, amara)).toEqual(['N1', 'N2', 'N4'])
    expect(fingerprint(project.db)).not.toBe(before)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('is one step however many notes there are, and takes each once', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    addNotes(
      project,
      amara,
      Object.fromEntries(Array.from({ length: 1_100 }, (_, at) => [`N${at}`, `Text ${at}`])),
    )
    const nums = [...noteOrder(project.db, { coderId: amara })]
    removeNotes(project, amara, [...nums, ...nums.slice(0, 5)])
    expect(idsOf(project, amara)).toEqual([])
    expect(project.history.list(null, 10).rows.filter(({ kind }) => kind === 'notes.remove')).toHaveLength(3)
    project.undo(amara)
    expect(idsOf(project, amara)).toHaveLength(1_100)
    expect(() => removeNotes(project, amara, [1, 5_000])).toThrow(/gone already/)
    expect(idsOf(project, amara)).toHaveLength(1_100)
  })

  it('lets the same file bring the note again, as a new one', async () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    const path = join(temporaryFolder(), 'notes.csv')
    writeFileSync(path, 'note_id,text\nC1,Mum shouted.\nC2,Settled week.\n')
    const run = () => importNotes(project, amara, [path], { map: null, dryRun: false, identifiers: 'off' })
    await run()
    const neglect = addCode(project, amara, 'Neglect')
    applyCode(project, amara, 'C1', neglect, [0, 3])
    removeNotes(project, amara, numsOf(project, 'C1'))
    expect((await run()).notes).toMatchObject({ added: 1, duplicate: 1 })
    expect(listNotes(project.db, amara).map(({ id, codings }) => [id, codings])).toEqual([
      ['C2', 0],
      ['C1', 0],
    ])
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
    // With the new note taken back, the old one can come back with its coding.
    project.undo(amara)
    project.undo(amara)
    expect(listNotes(project.db, amara).map(({ id, codings }) => [id, codings])).toEqual([
      ['C1', 1],
      ['C2', 0],
    ])
  })
})

describe('who may remove a note', () => {
  const refused = (project: Project, coder: CoderId, ...ids: string[]) => {
    const before = fingerprint(project.db)
    expect(() => removeNotes(project, coder, numsOf(project, ...ids))).toThrow(
      /Only a lead removes such notes/,
    )
    expect(fingerprint(project.db)).toBe(before)
    expect(previewRemoval(project.db, coder, numsOf(project, ...ids)).refusal).toMatch(/Only a lead/)
  }

  it('is a lead, or whoever has it to themselves', () => {
    const { project, amara, ben } = study()
    refused(project, ben, 'N1')
    refused(project, ben, 'N3', 'N1')
    expect(previewRemoval(project.db, ben, numsOf(project, 'N3')).refusal).toBeNull()
    removeNotes(project, ben, numsOf(project, 'N3'))
    expect(idsOf(project, amara)).toEqual(['N1', 'N2'])
  })

  it('is no coder where another marked it finished without a code, wrote on it, or is given it', () => {
    const { project, amara, ben } = study()
    addNotes(project, amara, { N4: 'Four.', N5: 'Five.', N6: 'Six.' })
    project.change(amara, 'note.setStatus', { notes: ['N4'], status: 'finished' })
    writeMemo(project, amara, { kind: 'note', id: 'N5' })
    addRound(project, amara, [amara, ben], ['N6'], false)
    for (const id of ['N4', 'N5', 'N6']) refused(project, ben, id)
  })

  it('hears the same of a note of a blind round whether others have coded it or not', () => {
    const { project, amara, ben } = study()
    addNotes(project, amara, { N4: 'Four.', N5: 'Five.' })
    addRound(project, amara, [ben], ['N4', 'N5'], true)
    applyCode(project, amara, 'N5', addCode(project, amara, 'Other'), null)
    const words = (id: string) =>
      previewRemoval(project.db, ben, numsOf(project, id)).refusal?.replace(id, '')
    expect(words('N4')).toMatch(/Only a lead/)
    expect(words('N4')).toBe(words('N5'))
  })
})

describe('what goes', () => {
  it('is counted by coder, with memos and rounds', () => {
    const { project, amara, ben } = study()
    addRound(project, amara, [amara, ben], ['N1'], false)
    expect(previewRemoval(project.db, amara, numsOf(project, 'N1', 'N2'))).toEqual({
      name: null,
      id: null,
      codings: [
        { coderId: amara, codings: 1 },
        { coderId: ben, codings: 2 },
      ],
      memos: 2,
      rounds: ['Round of N1'],
      isKept: false,
      refusal: null,
    })
    expect(previewRemoval(project.db, amara, numsOf(project, 'N3'))).toMatchObject({
      name: 'Settled week.',
      id: 'N3',
    })
    addNotes(project, amara, { N9: 'Settled week.' }, 'YP1', () => 'Home visit')
    expect(previewRemoval(project.db, amara, numsOf(project, 'N9'))).toMatchObject({
      name: 'Home visit',
      id: null,
    })
  })

  it('tells a lead in a blind round their own alone, and that there may be more', () => {
    const { project, amara, ben } = study()
    addRound(project, amara, [amara, ben], ['N1'], true)
    expect(previewRemoval(project.db, amara, numsOf(project, 'N1'))).toMatchObject({
      codings: [{ coderId: amara, codings: 1 }],
      memos: 1,
      isKept: true,
    })
  })
})

type Act = {
  do: 'code' | 'uncode' | 'memo' | 'mark' | 'remove' | 'undo' | 'redo'
  note: number
  isLead: boolean
}

describe('any work with notes that go and come back', () => {
  const act: fc.Arbitrary<Act> = fc.record({
    do: fc.constantFrom('code', 'uncode', 'memo', 'mark', 'remove', 'undo', 'redo'),
    note: fc.nat(2),
    isLead: fc.boolean(),
  })

  it('replays to the same tables, and a removal undone at once has changed nothing', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const project = makeProject()
        const amara = project.addCoder('Amara').id
        const ben = project.addCoder('Ben', amara).id
        addNotes(project, amara, { N0: 'Mum shouted.', N1: 'Police came.', N2: 'Settled week.' })
        const neglect = addCode(project, amara, 'Neglect')
        const perform = ({ do: verb, note, isLead }: Act) => {
          const coder = isLead ? amara : ben
          const id = `N${note}`
          if (verb === 'code') applyCode(project, coder, id, neglect, [note, 5])
          else if (verb === 'memo') writeMemo(project, coder, { kind: 'note', id })
          else if (verb === 'mark')
            project.change(coder, 'note.setStatus', { notes: [id], status: 'finished' })
          else if (verb === 'undo') project.undo(coder)
          else if (verb === 'redo') project.redo(coder)
          else if (verb === 'uncode') {
            const coding = project.db
              .prepare(
                'SELECT coding.id FROM coding JOIN coder ON coder.num = coding.coder WHERE coder.id = ?',
              )
              .pluck()
              .get(coder) as CodingId | undefined
            if (coding) project.change(coder, 'codings.remove', { codings: [{ id: coding, code: neglect }] })
          } else {
            const before = fingerprint(project.db)
            const nums = numsOf(project, id)
            if (nums.length === 0) return
            removeNotes(project, coder, nums)
            project.undo(coder)
            expect(fingerprint(project.db)).toBe(before)
            project.redo(coder)
          }
        }
        for (const each of acts) {
          try {
            perform(each)
          } catch (error) {
            expect((error as { code?: string }).code).toMatch(
              /^(not-found|not-allowed|conflict|nothing-to-undo|nothing-to-redo)$/,
            )
          }
        }
        expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
      }),
      { numRuns: 20 },
    )
  })
})
