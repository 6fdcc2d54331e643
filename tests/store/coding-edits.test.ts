import { v7 as uuid } from 'uuid'
import { describe, expect, it } from 'vitest'
import { codingsOfNote, getCoding } from '../../electron/store/codings/codings.ts'
import { changeCodings, codingHistory } from '../../electron/store/codings/edits.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { listMemos } from '../../electron/store/memos/memos.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CodeId, CoderId, CodingId, MemoId } from '../../shared/contract/basics.ts'
import type { Qualifiers } from '../../shared/contract/qualifiers.ts'
import { type MemoSubject, memoFromText } from '../../shared/memo.ts'
import { codeId, codingId } from '../ids.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const TEXT = 'Mum shouted again. Police came twice. Left home alone most nights. Nobody asks.'

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben').id
  addNotes(project, amara, { N1: TEXT })
  const neglect = addCode(project, amara, 'Neglect')
  const abuse = addCode(project, amara, 'Abuse')
  return { project, amara, ben, neglect, abuse }
}

const at = (words: string): [number, number] => {
  const start = TEXT.indexOf(words)
  if (start < 0) throw new Error(`"${words}" is not in the text`)
  return [start, start + words.length]
}
const spanAt = (words: string) => ({ start: at(words)[0], end: at(words)[1] })

/** What each coding of a coder covers, in words, in reading order. */
function quotes(project: Project, coder: CoderId): Array<string | null> {
  const { text } = getNote(project.db, 'N1')
  return codingsOfNote(project.db, 'N1', [coder]).map(({ span }) => span && text.slice(span.start, span.end))
}

/** The mask is shorter than most words, so that what follows moves. */
const takeOut = (project: Project, coder: CoderId, words: string, mask = '#') =>
  redact(project, coder, [{ noteId: 'N1', cuts: [{ ...spanAt(words), mask }] }])

const move = (project: Project, coder: CoderId, id: CodingId, words: string) =>
  changeCodings(project, coder, [{ id, span: spanAt(words) }])
const recode = (project: Project, coder: CoderId, ids: CodingId[], codeId: CodeId) =>
  changeCodings(
    project,
    coder,
    ids.map((id) => ({ id, codeId })),
  )
const qualify = (project: Project, coder: CoderId, id: CodingId, qualifiers: Qualifiers) =>
  changeCodings(project, coder, [{ id, qualifiers }])

function split(project: Project, coder: CoderId, id: CodingId, offset: number): CodingId {
  const newId = codingId(uuid())
  project.change(coder, 'coding.split', { id, at: offset, newId })
  return newId
}
const unite = (project: Project, coder: CoderId, ids: CodingId[]) =>
  project.change(coder, 'codings.unite', { ids })

function write(project: Project, coder: CoderId, about: MemoSubject, words: string): MemoId {
  const id: MemoId = newId()
  project.change(coder, 'memo.add', { id, about, type: null, title: '', body: memoFromText(words) })
  return id
}

/** Every memo as what it is about and its words. */
const memos = (project: Project) =>
  listMemos(project.db, { offset: 0, limit: 100 })
    .rows.map(({ about, text }) => `${about.kind}: ${text}`)
    .sort()

const expectSound = (project: Project) => expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })

describe('an undo after text was taken out of the note', () => {
  it('brings a moved edge back to its words', () => {
    const { project, amara, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Left home alone'))
    move(project, amara, id, 'Left home alone most nights')
    takeOut(project, amara, 'Police')
    expect(quotes(project, amara)).toEqual(['Left home alone most nights'])
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['Left home alone'])
    project.redo(amara)
    expect(quotes(project, amara)).toEqual(['Left home alone most nights'])
    expectSound(project)
  })

  it('brings back an edge whose words have moved although the coding’s other words have not', () => {
    const { project, amara, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Left home alone'))
    move(project, amara, id, 'Mum shouted')
    takeOut(project, amara, 'Police', '#')
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['Left home alone'])
    expectSound(project)
  })

  it('brings a whole-note coding back to its range, and a range back to the whole note', () => {
    const { project, amara, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Left home alone'))
    changeCodings(project, amara, [{ id, span: null }])
    takeOut(project, amara, 'Police', '')
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['Left home alone'])
    project.redo(amara)
    expect(quotes(project, amara)).toEqual([null])
    expectSound(project)
  })

  it('joins what was split, and parts what was united', () => {
    const { project, amara, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Left home alone most nights'))
    split(project, amara, id, at('most nights')[0])
    takeOut(project, amara, 'Police')
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['Left home alone most nights'])
    const other = applyCode(project, amara, 'N1', neglect, [0, 3])
    unite(project, amara, [other, id])
    redact(project, amara, [{ noteId: 'N1', cuts: [{ start: 4, end: 11, mask: '#' }] }])
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['Mum', 'Left home alone most nights'])
    expectSound(project)
  })

  it('brings back the whole of a split coding although its first half went with its words', () => {
    const { project, amara, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police came twice'))
    split(project, amara, id, at('came twice')[0])
    takeOut(project, amara, 'Police ', '')
    expect(quotes(project, amara)).toEqual(['came twice'])
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['came twice'])
    project.undo(amara)
    expect(quotes(project, amara)).toEqual([])
    expectSound(project)
  })

  it('leaves a coding where it is when the words it would go back to were taken out', () => {
    const { project, amara, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    move(project, amara, id, 'Left home')
    takeOut(project, amara, 'Police', '')
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['Left home'])
    expect(project.journal.state(amara).undo).toBe('applied Neglect')
    expectSound(project)
  })

  it('keeps the memos of a coding whose words were taken out, as memos on the note', () => {
    const { project, amara, ben, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    write(project, amara, { kind: 'coding', id }, 'Ask about this')
    write(project, ben, { kind: 'coding', id }, 'Me too')
    takeOut(project, amara, 'Police', '')
    expect(quotes(project, amara)).toEqual([])
    expect(memos(project)).toEqual(['note: Ask about this', 'note: Me too'])
    expectSound(project)
  })

  it('brings back the memo of a removed coding although its words were taken out since', () => {
    const { project, amara, neglect, abuse } = study()
    applyCode(project, amara, 'N1', abuse, at('Mum shouted'))
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    write(project, amara, { kind: 'coding', id }, 'Ask about this')
    project.change(amara, 'codings.remove', { codings: [{ id, code: neglect }] })
    expect(memos(project)).toEqual([])
    takeOut(project, amara, 'Police', '')
    project.undo(amara)
    expect(memos(project)).toEqual(['note: Ask about this'])
    // And what came before can still be undone: memo, both codings.
    for (let step = 0; step < 3; step++) project.undo(amara)
    expect(quotes(project, amara)).toEqual([])
    expectSound(project)
  })

  it('parts united codings although the words of one were taken out since', () => {
    const { project, amara, neglect } = study()
    const first = applyCode(project, amara, 'N1', neglect, at('Mum shouted'))
    const second = applyCode(project, amara, 'N1', neglect, at('Police'))
    write(project, amara, { kind: 'coding', id: second }, 'Ask about this')
    unite(project, amara, [first, second])
    takeOut(project, amara, 'Police', '')
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['Mum shouted'])
    expect(memos(project)).toEqual(['coding: Ask about this'])
    expectSound(project)
  })

  it('refuses to bring back a note whose text was taken out of the file meanwhile', () => {
    const { project, amara, ben } = study()
    addNotes(project, ben, { N2: TEXT }, 'YP2')
    project.undo(ben)
    takeOut(project, amara, 'Police')
    const before = fingerprint(project.db)
    expect(() => project.redo(ben)).toThrow(/text of note N2 .* taken out/)
    expect(fingerprint(project.db)).toBe(before)
    expectSound(project)
  })
})

describe('memos by another coder', () => {
  it('stay when the coding they are on is removed, and go back to it when it comes back', () => {
    const { project, amara, ben, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    write(project, amara, { kind: 'coding', id }, 'Mine')
    write(project, ben, { kind: 'coding', id }, 'Is this neglect?')
    project.change(amara, 'codings.remove', { codings: [{ id, code: neglect }] })
    expect(memos(project)).toEqual(['note: Is this neglect?'])
    project.undo(amara)
    expect(memos(project)).toEqual(['coding: Is this neglect?', 'coding: Mine'])
    expectSound(project)
  })

  it('stay when the coding they are on is undone, so that undo never gets stuck on them', () => {
    const { project, amara, ben, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    write(project, ben, { kind: 'coding', id }, 'Is this neglect?')
    project.undo(amara)
    expect(quotes(project, amara)).toEqual([])
    expect(memos(project)).toEqual(['note: Is this neglect?'])
    project.redo(amara)
    expect(memos(project)).toEqual(['coding: Is this neglect?'])
    project.undo(ben)
    expect(memos(project)).toEqual([])
    expectSound(project)
  })

  it('stay when the second half of a split is joined again', () => {
    const { project, amara, ben, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police came twice'))
    const half = split(project, amara, id, at('came twice')[0])
    write(project, ben, { kind: 'coding', id: half }, 'Only this half')
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['Police came twice'])
    expect(memos(project)).toEqual(['note: Only this half'])
    expectSound(project)
  })

  it('go with a coding that becomes one with another', () => {
    const { project, amara, ben, neglect, abuse } = study()
    const first = applyCode(project, amara, 'N1', neglect, at('Police'))
    const second = applyCode(project, amara, 'N1', abuse, at('Police'))
    write(project, ben, { kind: 'coding', id: second }, 'Which one?')
    recode(project, amara, [first], abuse)
    expect(quotes(project, amara)).toEqual(['Police'])
    expect(memos(project)).toEqual(['coding: Which one?'])
    project.undo(amara)
    expect(listMemos(project.db, { offset: 0, limit: 1 }).rows[0]?.about).toEqual({
      kind: 'coding',
      id: second,
    })
    expectSound(project)
  })

  it('are nobody else’s to change: nothing happens', () => {
    const { project, amara, ben, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    const memo = write(project, ben, { kind: 'coding', id }, 'Mine')
    const before = fingerprint(project.db)
    expect(() => project.change(amara, 'memo.update', { id: memo, title: 'x' })).toThrow(/another coder/)
    expect(() => project.change(amara, 'memo.remove', { id: memo, about: { kind: 'coding', id } })).toThrow(
      /another coder/,
    )
    for (const attempt of [
      () => move(project, ben, id, 'Mum'),
      () => split(project, ben, id, at('Police')[0] + 2),
      () => recode(project, ben, [id], neglect),
      () => unite(project, ben, [id, id]),
    ])
      expect(attempt).toThrow(/another coder/)
    expect(fingerprint(project.db)).toBe(before)
  })
})

describe('two codings that come to say the same', () => {
  it('become one, with the id in the coder’s hand, and two again by undo', () => {
    const { project, amara, neglect, abuse } = study()
    const other = applyCode(project, amara, 'N1', abuse, at('Police'))
    const mine = applyCode(project, amara, 'N1', neglect, at('Police'))
    const before = fingerprint(project.db)
    recode(project, amara, [mine], abuse)
    expect(codingsOfNote(project.db, 'N1', [amara]).map(({ id }) => id)).toEqual([mine])
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
    project.redo(amara)
    expect(codingsOfNote(project.db, 'N1', [amara]).map(({ id }) => id)).toEqual([mine])
    expect(() => getCoding(project.db, other)).toThrow(/no such coding/)
    expectSound(project)
  })

  it('keep the qualifiers of both', () => {
    const { project, amara, neglect, abuse } = study()
    const other = applyCode(project, amara, 'N1', abuse, at('Police'))
    const mine = applyCode(project, amara, 'N1', neglect, at('Police'))
    qualify(project, amara, other, { time: 'past' })
    qualify(project, amara, mine, { who: 'sibling' })
    recode(project, amara, [mine], abuse)
    expect(codingsOfNote(project.db, 'N1', [amara]).map(({ qualifiers }) => qualifiers)).toEqual([
      { time: 'past', who: 'sibling' },
    ])
    expectSound(project)
  })

  it('stay two when their qualifiers contradict each other: then they do not say the same', () => {
    const { project, amara, neglect, abuse } = study()
    const other = applyCode(project, amara, 'N1', abuse, at('Police'))
    const mine = applyCode(project, amara, 'N1', neglect, at('Police'))
    qualify(project, amara, other, { time: 'past' })
    qualify(project, amara, mine, { time: 'now' })
    recode(project, amara, [mine], abuse)
    expect(
      codingsOfNote(project.db, 'N1', [amara])
        .map(({ qualifiers }) => qualifiers.time)
        .sort(),
    ).toEqual(['now', 'past'])
  })

  it('are looked for only after all changes of a step, so that two codings can change places', () => {
    const { project, amara, neglect, abuse } = study()
    const a = applyCode(project, amara, 'N1', neglect, at('Police'))
    const b = applyCode(project, amara, 'N1', abuse, at('Police'))
    changeCodings(project, amara, [
      { id: a, codeId: abuse },
      { id: b, codeId: neglect },
    ])
    expect([getCoding(project.db, a).codeId, getCoding(project.db, b).codeId]).toEqual([abuse, neglect])
    recode(project, amara, [a, b], abuse)
    expect(quotes(project, amara)).toEqual(['Police'])
    expectSound(project)
  })
})

describe('uniting', () => {
  it('spans what lies between codings that do not touch, and undo parts them', () => {
    const { project, amara, neglect } = study()
    const first = applyCode(project, amara, 'N1', neglect, at('Mum shouted'))
    const second = applyCode(project, amara, 'N1', neglect, at('Police'))
    unite(project, amara, [second, first])
    expect(quotes(project, amara)).toEqual(['Mum shouted again. Police'])
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['Mum shouted', 'Police'])
  })

  it('of a coding with itself is refused and changes nothing', () => {
    const { project, amara, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Mum shouted'))
    write(project, amara, { kind: 'coding', id }, 'Keep me')
    const before = fingerprint(project.db)
    expect(() => unite(project, amara, [id, id])).toThrow(/Nothing was changed/)
    expect(fingerprint(project.db)).toBe(before)
  })
})

describe('changing', () => {
  it('makes no step when nothing changes, so that undo and redo stay what they were', () => {
    const { project, amara, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    applyCode(project, amara, 'N1', neglect, at('Mum'))
    project.undo(amara)
    const before = project.history.list(null, 1).total
    move(project, amara, id, 'Police')
    recode(project, amara, [id], neglect)
    qualify(project, amara, id, {})
    expect(project.history.list(null, 1).total).toBe(before)
    expect(project.journal.state(amara).redo).toBe('applied Neglect')
  })

  it('refuses edges outside the note, folders, unknown codings, and then nothing of the batch happens', () => {
    const { project, amara, neglect, abuse } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    const before = fingerprint(project.db)
    const fine = { id, codeId: abuse }
    expect(() => changeCodings(project, amara, [fine, { id, span: { start: 3, end: 900 } }])).toThrow(
      /not lie/,
    )
    expect(() => changeCodings(project, amara, [fine, { id: codingId('none'), codeId: abuse }])).toThrow(
      /no.* coding/,
    )
    expect(() => changeCodings(project, amara, [fine, { id, codeId: codeId('none') }])).toThrow(/no code/)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('says which codebook a coding was made under: a new code is a new judgement, a moved edge is not', () => {
    const { project, amara, neglect, abuse } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    const made = getCoding(project.db, id).codebookVersion
    addCode(project, amara, 'Bullying')
    move(project, amara, id, 'Police came')
    expect(getCoding(project.db, id).codebookVersion).toBe(made)
    recode(project, amara, [id], abuse)
    expect(getCoding(project.db, id).codebookVersion).toBeGreaterThan(made)
    project.undo(amara)
    expect(getCoding(project.db, id).codebookVersion).toBe(made)
  })
})

describe('undo and redo between two coders', () => {
  it('say what is missing when what a coding needs is gone', () => {
    const { project, amara, ben, neglect } = study()
    const bullying = addCode(project, ben, 'Bullying')
    applyCode(project, amara, 'N1', neglect, at('Mum'))
    applyCode(project, amara, 'N1', bullying, at('Police'))
    project.undo(amara)
    project.undo(ben)
    const before = fingerprint(project.db)
    expect(() => project.redo(amara)).toThrow(/needs .*not there any more.*Nothing was changed/)
    expect(fingerprint(project.db)).toBe(before)
    expectSound(project)
  })
})

describe('the history of a coding', () => {
  it('names every change to it and its memos, with what was undone and done again', () => {
    const { project, amara, neglect, abuse } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police came twice'))
    applyCode(project, amara, 'N1', neglect, at('Mum'))
    const memo = write(project, amara, { kind: 'coding', id }, 'Why')
    project.change(amara, 'memo.update', { id: memo, title: 'Because' })
    recode(project, amara, [id], abuse)
    project.undo(amara)
    project.redo(amara)
    project.change(amara, 'memo.remove', { id: memo, about: { kind: 'coding', id } })
    const history = codingHistory(project.db, project.history, id, null)
    expect(history.map(({ kind }) => kind)).toEqual([
      'codings.apply',
      'memo.add',
      'memo.update',
      'codings.change',
      'undo',
      'redo',
      'memo.remove',
    ])
  })

  it('gives the newest entries of a long one', () => {
    const { project, amara, neglect } = study()
    const id = applyCode(project, amara, 'N1', neglect, at('Police'))
    for (let n = 0; n < 510; n++) qualify(project, amara, id, { time: n % 2 ? 'past' : 'now' })
    const history = codingHistory(project.db, project.history, id, null)
    expect(history).toHaveLength(500)
    expect(history.at(-1)?.seq).toBe(project.history.list(null, 1).rows[0]?.seq)
  })
})
