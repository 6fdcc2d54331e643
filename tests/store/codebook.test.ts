import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { describe, expect, it } from 'vitest'
import { codebookVersion, listCodes } from '../../electron/store/codebook/codes.ts'
import { codingsToRecheck, previewRemoval } from '../../electron/store/codebook/edits.ts'
import { listProposals } from '../../electron/store/codebook/proposals.ts'
import { codebookAt, compareVersions, listVersions } from '../../electron/store/codebook/versions.ts'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import { compareCodebooks } from '../../shared/codebook-diff.ts'
import type { CodeId, CoderId, CodingId, MemoId, ProposalId } from '../../shared/contract/basics.ts'
import { codingId } from '../ids.ts'
import { fewOf } from '../random.ts'
import { addCode, addNotes, applyCode, newCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const NOTE = 'Mum says he was hit by his father. School is worried about neglect and low mood.'

function team(): { project: Project; amara: CoderId; ben: CoderId } {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben', amara).id
  addNotes(project, amara, { n1: NOTE, n2: NOTE.toUpperCase() })
  return { project, amara, ben }
}

/** Who coded which range of which note, whatever the code: sorted, each once. */
const whoCodedWhat = (project: Project): string[] =>
  (
    project.db
      .prepare(
        `SELECT DISTINCT coder.name || ' ' || note.id || ' ' || coalesce(start_at, '-') || ' ' || coalesce(end_at, '-')
         FROM coding JOIN coder ON coder.num = coding.coder JOIN note ON note.num = coding.note`,
      )
      .pluck()
      .all() as string[]
  ).sort()

const codesInUse = (project: Project): Record<string, number> =>
  Object.fromEntries(listCodes(project.db).map(({ name, codings }) => [name, codings]))

const nameVersion = (project: Project, by: CoderId, name: string) =>
  project.change(by, 'codebook.nameVersion', { version: codebookVersion(project.db), name })

describe('merging, splitting and moving codes', () => {
  it('merges codes with all their codings, children and memos, and undo gives everything back', () => {
    const { project, amara, ben } = team()
    const harm = addCode(project, amara, 'Physical harm')
    const hit = addCode(project, amara, 'Hit')
    const byFather = addCode(project, amara, 'By father', hit)
    applyCode(project, amara, 'n1', harm, [16, 19])
    applyCode(project, amara, 'n1', hit, [16, 19])
    applyCode(project, ben, 'n2', hit, null)
    project.change(ben, 'memo.add', {
      id: newId<MemoId>(),
      about: { kind: 'code', id: hit },
      type: 'theoretical',
      title: 'On hitting',
      body: [],
    })
    const before = fingerprint(project.db)
    const people = whoCodedWhat(project)

    project.change(amara, 'codes.merge', { into: harm, from: [hit] })

    expect(codesInUse(project)).toEqual({ 'Physical harm': 2, 'By father': 0 })
    expect(listCodes(project.db).find(({ id }) => id === byFather)?.parentId).toBe(harm)
    expect(whoCodedWhat(project)).toEqual(people)
    expect(project.history.list(null, 1).rows[0]?.label).toBe('merged Hit into Physical harm')
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
    expect(verify(project.db).ok).toBe(true)
  })

  it('makes one coding of two of one coder on the same words, with both memos, and two again by undo', () => {
    const { project, amara, ben } = team()
    const [worry, anxiety] = ['Worry', 'Anxiety'].map((name) => addCode(project, amara, name)) as [
      CodeId,
      CodeId,
    ]
    const apply = (coder: CoderId, code: CodeId, memo: string, qualifiers = {}) => {
      const id = codingId(uuid())
      const coding = { id, note: 'n1', code, start: 0, end: 10, memo, qualifiers }
      project.change(coder, 'codings.apply', { codings: [coding] })
      return id
    }
    const first = apply(amara, worry, 'memo one', { time: 'past' })
    const second = apply(amara, anxiety, 'memo two', { who: 'sibling' })
    apply(ben, worry, 'by Ben')
    const opposed = apply(ben, anxiety, 'now', { time: 'now' })
    apply(ben, worry, 'then', { time: 'past' })
    project.change(amara, 'codes.update', {
      changes: [{ id: worry, fields: { exampleCodingId: second } }],
    })
    const before = fingerprint(project.db)
    project.change(amara, 'codes.merge', { into: worry, from: [anxiety] })
    const merged = codingsOfNote(project.db, 'n1', [amara, ben])
    expect(merged.filter(({ coderId }) => coderId === amara)).toMatchObject([
      { id: first, memo: 'memo one\nmemo two', qualifiers: { time: 'past', who: 'sibling' } },
    ])
    expect(listCodes(project.db).find(({ id }) => id === worry)?.exampleCodingId).toBe(first)
    // What contradicts stays two: no word is lost.
    const bens = merged.filter(({ coderId }) => coderId === ben)
    expect(bens.map(({ memo }) => memo).sort()).toEqual(['by Ben\nnow', 'then'])
    expect(bens.map(({ qualifiers }) => qualifiers.time).sort()).toEqual(['now', 'past'])
    expect(bens.map(({ id }) => id)).not.toContain(opposed)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
    project.redo(amara)
    expect(codingsOfNote(project.db, 'n1', [amara]).map(({ id }) => id)).toEqual([first])
    expect(verify(project.db).ok).toBe(true)
  })

  it('makes one coding of two when codings are moved from code to code', () => {
    const { project, amara } = team()
    const [worry, anxiety] = ['Worry', 'Anxiety'].map((name) => addCode(project, amara, name)) as [
      CodeId,
      CodeId,
    ]
    const first = applyCode(project, amara, 'n1', worry, [0, 10])
    const second = applyCode(project, amara, 'n1', anxiety, [0, 10])
    const ids = () => codingsOfNote(project.db, 'n1', [amara]).map(({ id }) => id)
    project.change(amara, 'codings.reassign', {
      how: 'move',
      from: anxiety,
      moves: [{ coding: second, code: worry }],
    })
    expect(ids()).toEqual([first])
    project.undo(amara)
    expect(ids()).toEqual([first, second])
    expect(verify(project.db).ok).toBe(true)
  })

  it('stands last among its siblings when it is new, also where some before them are gone', () => {
    const { project, amara } = team()
    const parent = addCode(project, amara, 'Parent')
    const names = ['A', 'B', 'C', 'D', 'E']
    const ids = names.map((name) => addCode(project, amara, name, parent))
    project.change(amara, 'codes.delete', { ids: ids.slice(0, 3) })
    addCode(project, amara, 'F', parent)
    const below = () => listCodes(project.db).filter(({ parentId }) => parentId === parent)
    expect(below().map(({ name }) => name)).toEqual(['D', 'E', 'F'])
    const other = addCode(project, amara, 'Other')
    for (const name of ['X', 'Y']) addCode(project, amara, name, other)
    project.change(amara, 'codes.merge', { into: parent, from: [other] })
    expect(below().map(({ name }) => name)).toEqual(['D', 'E', 'F', 'X', 'Y'])
  })

  it('is sorted with its siblings by writing each of them once, and undone so', () => {
    const { project, amara } = team()
    const parent = addCode(project, amara, 'Parent')
    const ids = ['D', 'B', 'C', 'A'].map((name) => addCode(project, amara, name, parent))
    const [d, b, c, a] = ids as [CodeId, CodeId, CodeId, CodeId]
    const names = () =>
      listCodes(project.db)
        .filter(({ parentId }) => parentId === parent)
        .map(({ name }) => name)
    const before = fingerprint(project.db)
    const moves = [a, b, c, d].map((id, position) => ({ id, parentId: parent, position }))
    const { entry } = project.change(amara, 'codes.arrange', { how: 'sort', moves })
    expect(names()).toEqual(['A', 'B', 'C', 'D'])
    const changes = project.db.prepare('SELECT changes FROM effect WHERE seq = ?').pluck().get(entry.seq)
    expect(JSON.parse(changes as string)).toHaveLength(2)
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
    expect(() =>
      project.change(amara, 'codes.arrange', {
        how: 'move',
        moves: [
          { id: b, parentId: a, position: 0 },
          { id: a, parentId: b, position: 0 },
        ],
      }),
    ).toThrow(/into itself/)
    expect(fingerprint(project.db)).toBe(before)
    project.change(amara, 'codes.arrange', {
      how: 'move',
      moves: [
        { id: b, parentId: a, position: 0 },
        { id: b, parentId: parent, position: 9 },
      ],
    })
    expect(names()).toEqual(['D', 'C', 'A', 'B'])
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('does not merge a code into one that lies inside it', () => {
    const { project, amara } = team()
    const harm = addCode(project, amara, 'Harm')
    const inner = addCode(project, amara, 'Inner', harm)
    const before = fingerprint(project.db)
    expect(() => project.change(amara, 'codes.merge', { into: inner, from: [harm] })).toThrow(/lies inside/)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('says what would go before codes are deleted, and brings all of it back', () => {
    const { project, amara, ben } = team()
    const harm = addCode(project, amara, 'Harm')
    const hit = addCode(project, amara, 'Hit', harm)
    applyCode(project, amara, 'n1', harm, [0, 3])
    applyCode(project, ben, 'n1', hit, [16, 19])
    applyCode(project, ben, 'n2', hit, null)
    expect(previewRemoval(project.db, [harm], null)).toEqual({
      codes: ['Harm', 'Hit'],
      codings: [
        { coderId: amara, codings: 1 },
        { coderId: ben, codings: 2 },
      ],
      notes: 2,
      memos: 0,
      isPartial: false,
    })
    const before = fingerprint(project.db)
    project.change(amara, 'codes.delete', { ids: [harm] })
    expect(listCodes(project.db)).toEqual([])
    expect(project.history.list(null, 10).rows.map(({ label }) => label)).toContain('applied Hit')
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('deletes a code that came back under its old id, and undoes each deletion', () => {
    const { project, amara } = team()
    const again = newCode('Harm')
    const add = () => project.change(amara, 'codes.add', { source: 'a template', codes: [again] })
    add()
    project.change(amara, 'codes.delete', { ids: [again.id] })
    add()
    project.change(amara, 'codes.delete', { ids: [again.id] })
    expect(listCodes(project.db)).toEqual([])
    project.undo(amara)
    expect(listCodes(project.db).map(({ id }) => id)).toEqual([again.id])
    expect(verify(project.db).ok).toBe(true)
  })

  it('splits a code by giving its codings others, whoever made them', () => {
    const { project, amara, ben } = team()
    const mood = addCode(project, amara, 'Mood')
    const low = addCode(project, amara, 'Low mood')
    applyCode(project, amara, 'n1', mood, [0, 3])
    const his = applyCode(project, ben, 'n1', mood, [5, 9])
    const people = whoCodedWhat(project)
    project.change(amara, 'codings.reassign', {
      how: 'split',
      from: mood,
      moves: [{ coding: his, code: low }],
    })
    expect(codesInUse(project)).toEqual({ Mood: 1, 'Low mood': 1 })
    expect(whoCodedWhat(project)).toEqual(people)
  })

  it('keeps who coded what exactly, through random merges, splits, moves and undos', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            act: fc.constantFrom('merge', 'split', 'arrange', 'undo', 'redo'),
            first: fc.nat(),
            second: fc.nat(),
            byBen: fc.boolean(),
          }),
          { maxLength: 25 },
        ),
        (acts) => {
          const { project, amara, ben } = team()
          const codes = ['A', 'B', 'C', 'D', 'E'].map((name) => addCode(project, amara, name))
          codes.forEach((code, at) => {
            applyCode(project, amara, 'n1', code, [at, at + 10])
            applyCode(project, ben, 'n1', code, [2, 12])
            applyCode(project, ben, 'n2', code, null)
          })
          // A boundary that undo in this test cannot pass: what is coded stays the same from here on.
          const people = whoCodedWhat(project)
          const lead = project.addCoder('Lead', amara).id
          project.change(amara, 'coder.setRole', { id: lead, role: 'lead' })
          for (const { act, first, second } of acts) {
            const left = listCodes(project.db)
            const one = left[first % left.length]
            const other = left[second % left.length]
            if (!one || !other) continue
            try {
              if (act === 'merge') project.change(lead, 'codes.merge', { into: one.id, from: [other.id] })
              else if (act === 'arrange')
                project.change(lead, 'codes.arrange', {
                  how: 'move',
                  moves: [{ id: one.id, parentId: other.id, position: 0 }],
                })
              else if (act === 'split') splitHalf(project, lead, one.id, other.id)
              else if (act === 'undo') project.undo(lead)
              else project.redo(lead)
            } catch (error) {
              if (!/itself|inside|nothing to/i.test((error as Error).message)) throw error
            }
            expect(whoCodedWhat(project)).toEqual(people)
          }
          expect(verify(project.db)).toMatchObject({ ok: true })
          project.close()
        },
      ),
      { numRuns: fewOf(5, 12) },
    )
  })
})

function splitHalf(project: Project, by: CoderId, from: CodeId, to: CodeId): void {
  const ids = project.db
    .prepare('SELECT coding.id FROM coding JOIN code ON code.num = coding.code WHERE code.id = ?')
    .pluck()
    .all(from) as CodingId[]
  const moves = ids.filter((_, at) => at % 2 === 0).map((coding) => ({ coding, code: to }))
  if (moves.length > 0) project.change(by, 'codings.reassign', { how: 'split', from, moves })
}

describe('one change for several codes', () => {
  it('retires, recolours and moves them as one step each, which the journal calls by its name', () => {
    const { project, amara } = team()
    const harm = addCode(project, amara, 'Harm')
    const ids = ['Hit', 'Kicked'].map((name) => addCode(project, amara, name))
    const before = fingerprint(project.db)
    project.change(amara, 'codes.setRetired', { ids, isRetired: true })
    project.change(amara, 'codes.update', {
      changes: ids.map((id) => ({ id, fields: { colour: '#123456' } })),
    })
    project.change(amara, 'codes.arrange', {
      how: 'move',
      moves: ids.map((id, position) => ({ id, parentId: harm, position })),
    })
    expect(
      listCodes(project.db).map(({ name, parentId, colour, isRetired }) => [
        name,
        parentId,
        colour,
        isRetired,
      ]),
    ).toEqual([
      ['Harm', null, '#67aaed', false],
      ['Hit', harm, '#123456', true],
      ['Kicked', harm, '#123456', true],
    ])
    expect(project.history.list(null, 3).rows.map(({ label }) => label)).toEqual([
      'moved 2 codes',
      'changed the colour of 2 codes',
      'retired 2 codes',
    ])
    for (let step = 0; step < 3; step++) project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
  })
})

describe('versions of the codebook', () => {
  it('numbers every change, keeps names, and tells any two apart in words', () => {
    const { project, amara } = team()
    const mood = addCode(project, amara, 'Mood')
    const first = codebookVersion(project.db)
    nameVersion(project, amara, 'v1.0')
    project.change(amara, 'codes.update', {
      changes: [{ id: mood, fields: { name: 'Low mood', definition: 'Sadness that lasts.' } }],
    })
    const sleep = addCode(project, amara, 'Sleep', mood)
    project.change(amara, 'codes.setRetired', { ids: [sleep], isRetired: true })
    nameVersion(project, amara, 'v1.1 after calibration')

    const { current, rows } = listVersions(project.db, project.history, {
      before: null,
      limit: 10,
      namedOnly: false,
    })
    expect(current).toBe(first + 3)
    expect(rows.map(({ version, name }) => [version, name])).toEqual([
      [first + 3, 'v1.1 after calibration'],
      [first + 2, null],
      [first + 1, null],
      [first, 'v1.0'],
    ])
    expect(rows[2]).toMatchObject({ by: 'Amara', label: 'changed the name, definition of Low mood' })
    expect(compareVersions(project.db, first, current).map(({ words }) => words)).toEqual([
      '“Mood” is now called “Low mood”',
      '“Low mood” was given a definition',
      '“Sleep” was added in “Low mood”',
    ])
    expect(codebookAt(project.db, first).map(({ name }) => name)).toEqual(['Mood'])
    expect(() => codebookAt(project.db, 99)).toThrow(/no version 99/)
  })

  it('shows each version as it was, whatever was done and undone since', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            act: fc.constantFrom('add', 'rename', 'move', 'delete', 'merge', 'undo', 'redo'),
            at: fc.nat(),
            to: fc.nat(),
          }),
          {
            maxLength: 20,
          },
        ),
        (acts) => {
          const { project, amara } = team()
          addCode(project, amara, 'First')
          const kept = new Map<number, unknown>()
          const keep = () =>
            kept.set(codebookVersion(project.db), codebookAt(project.db, codebookVersion(project.db)))
          keep()
          for (const { act, at, to } of acts) {
            const codes = listCodes(project.db)
            const one = codes[at % Math.max(1, codes.length)]?.id
            const other = codes[to % Math.max(1, codes.length)]?.id
            try {
              if (act === 'add') addCode(project, amara, `Code ${at}`, one ?? null)
              else if (act === 'undo') project.undo(amara)
              else if (act === 'redo') project.redo(amara)
              else if (one && other) changeBook(project, amara, act, one, other)
            } catch (error) {
              if (!/itself|inside|nothing to|no note/i.test((error as Error).message)) throw error
            }
            keep()
          }
          for (const [version, codes] of kept) expect(codebookAt(project.db, version)).toEqual(codes)
          project.close()
        },
      ),
      { numRuns: fewOf(8, 20) },
    )
  })

  it('compares to nothing when nothing changed, and names what is gone', () => {
    const { project, amara } = team()
    const mood = addCode(project, amara, 'Mood')
    const version = codebookVersion(project.db)
    expect(compareVersions(project.db, version, version)).toEqual([])
    project.change(amara, 'codes.delete', { ids: [mood] })
    expect(compareVersions(project.db, version, version + 1).map(({ words }) => words)).toEqual([
      '“Mood” was removed',
    ])
    const before = codebookAt(project.db, version)
    expect(compareCodebooks(before, before)).toEqual([])
  })
})

function changeBook(project: Project, by: CoderId, act: string, one: CodeId, other: CodeId): void {
  if (act === 'rename')
    project.change(by, 'codes.update', {
      changes: [{ id: one, fields: { name: `Renamed ${other.slice(-4)}` } }],
    })
  else if (act === 'move')
    project.change(by, 'codes.arrange', {
      how: 'move',
      moves: [{ id: one, parentId: other, position: 0 }],
    })
  else if (act === 'delete') project.change(by, 'codes.delete', { ids: [one] })
  else project.change(by, 'codes.merge', { into: one, from: [other] })
}

describe('looking again after a meaning changed', () => {
  it('lists the codings made under the earlier meaning until their coder finds them right', () => {
    const { project, amara, ben } = team()
    const mood = addCode(project, amara, 'Mood')
    const early = applyCode(project, ben, 'n1', mood, [0, 3])
    applyCode(project, amara, 'n1', mood, [0, 3])
    const all = { codeId: null, offset: 0, limit: 10 }
    expect(codingsToRecheck(project.db, { coderId: ben, ...all }).total).toBe(0)
    project.change(amara, 'codes.update', { changes: [{ id: mood, fields: { colour: '#123456' } }] })
    expect(codingsToRecheck(project.db, { coderId: ben, ...all }).total).toBe(0)
    project.change(amara, 'codes.update', {
      changes: [{ id: mood, fields: { useWhen: 'It lasts two weeks.' } }],
    })
    applyCode(project, ben, 'n2', mood, [0, 3])

    const list = codingsToRecheck(project.db, { coderId: ben, ...all })
    expect(list).toMatchObject({ total: 1, codes: [{ codeId: mood, codings: 1 }] })
    expect(list.segments.map(({ codingId, words }) => [codingId, words])).toEqual([[early, 'Mum']])
    expect(() => project.change(amara, 'codings.confirm', { ids: [early] })).toThrow(/another coder/)
    project.change(ben, 'codings.confirm', { ids: [early] })
    expect(codingsToRecheck(project.db, { coderId: ben, ...all }).total).toBe(0)
    project.undo(ben)
    expect(codingsToRecheck(project.db, { coderId: ben, ...all }).total).toBe(1)
  })
})

describe('a frozen codebook', () => {
  it('is changed by leads alone; coders keep their keys, code, and propose', () => {
    const { project, amara, ben } = team()
    const mood = addCode(project, amara, 'Mood')
    expect(() => project.change(ben, 'codebook.freeze', { isFrozen: true })).toThrow(/Only a lead/)
    project.change(amara, 'codebook.freeze', { isFrozen: true })
    const before = listCodes(project.db)
    expect(() => addCode(project, ben, 'Own')).toThrow(/frozen/)
    for (const change of [
      () => project.change(ben, 'codes.update', { changes: [{ id: mood, fields: { name: 'X' } }] }),
      () => project.change(ben, 'codes.setRetired', { ids: [mood], isRetired: true }),
      () => project.change(ben, 'codes.delete', { ids: [mood] }),
      () =>
        project.change(ben, 'codes.arrange', {
          how: 'move',
          moves: [{ id: mood, parentId: null, position: 0 }],
        }),
    ])
      expect(change).toThrow(/frozen/)
    expect(listCodes(project.db)).toEqual(before)
    project.change(ben, 'codes.update', { changes: [{ id: mood, fields: { shortcut: 'x' } }] })
    applyCode(project, ben, 'n1', mood, [0, 3])

    const id: ProposalId = newId()
    project.change(ben, 'proposal.add', {
      id,
      code: mood,
      fields: { definition: 'Lasting.' },
      reason: 'Unclear.',
    })
    expect(() =>
      project.change(ben, 'proposal.decide', { id, isAccepted: true, answer: '', newCode: newId() }),
    ).toThrow(/Only a lead/)
    expect(() =>
      project.change(amara, 'proposal.decide', { id, isAccepted: false, answer: ' ', newCode: newId() }),
    ).toThrow(/Say why/)
    project.change(amara, 'proposal.decide', { id, isAccepted: true, answer: 'Good.', newCode: newId() })
    expect(listCodes(project.db)[0]?.definition).toBe('Lasting.')
    expect(listProposals(project.db)).toMatchObject([
      { id, status: 'accepted', decidedBy: amara, answer: 'Good.' },
    ])
    project.undo(amara)
    expect(listCodes(project.db)[0]?.definition).toBe('')
    expect(listProposals(project.db)[0]?.status).toBe('open')
  })

  it('takes a proposed new code in, and needs a lead at all times', () => {
    const { project, amara, ben } = team()
    const id: ProposalId = newId()
    expect(() =>
      project.change(ben, 'proposal.add', { id, code: null, fields: {}, reason: 'Missing.' }),
    ).toThrow(/needs a name/)
    project.change(ben, 'proposal.add', { id, code: null, fields: { name: 'Sleep' }, reason: 'Missing.' })
    project.change(amara, 'proposal.decide', { id, isAccepted: true, answer: '', newCode: newId() })
    expect(listCodes(project.db).map(({ name }) => name)).toEqual(['Sleep'])
    expect(() => project.change(amara, 'coder.setRole', { id: amara, role: 'coder' })).toThrow(/needs a lead/)
    project.change(amara, 'coder.setRole', { id: ben, role: 'lead' })
    project.change(ben, 'coder.setRole', { id: amara, role: 'coder' })
    expect(verify(project.db).ok).toBe(true)
  })
})
