/** The journal as a person reads it, goes back in it and takes it away. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { readTable } from '../../electron/store/exchange/tables/csv.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { writeFileAtomically } from '../../electron/store/file/written-file.ts'
import { entryParts, journalCsv, subjectOf } from '../../electron/store/history/list.ts'
import { kinds } from '../../electron/store/kinds.ts'
import { redactRanges } from '../../electron/store/notes/redactions.ts'
import type { Project } from '../../electron/store/project.ts'
import { CancelToken, NEVER } from '../../shared/cancel.ts'
import type { CodeId, CoderId, MemoId, RoundId } from '../../shared/contract/basics.ts'
import type { ChangeEvent } from '../../shared/contract/events.ts'
import type { JournalFilter } from '../../shared/contract/history.ts'
import { memoFromText } from '../../shared/memo.ts'
import { codingId } from '../ids.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

/** What the lists call N1, which has no title of its own. */
const UNTITLED = 'Mum shouted. Police came twice that nigh…'

let project: Project
let amara: CoderId
let neglect: CodeId
beforeEach(() => {
  project = makeProject()
  amara = project.addCoder('Amara').id
  addNotes(project, amara, { N1: 'Mum shouted. Police came twice that night, then again.' })
  neglect = addCode(project, amara, 'Neglect')
})

const apply = (coder: CoderId, at: number) => applyCode(project, coder, 'N1', neglect, [at, at + 3])
const codings = () => codingsOfNote(project.db, 'N1', [amara]).length
const labels = (filter: JournalFilter = {}) =>
  project.history.list(null, 100, filter).rows.map(({ label }) => label)

describe('going to a step', () => {
  it('undoes every later step and announces it once', () => {
    for (let at = 0; at < 4; at++) apply(amara, at * 5)
    const events: ChangeEvent[] = []
    project.onChange((event) => events.push(event))
    const { done } = project.history.steps(amara, 10)
    expect(project.goToStep(amara, done[2]?.step as string, false)).toBe(2)
    expect(codings()).toBe(2)
    expect(events).toHaveLength(1)
    expect(events[0]?.topics).toEqual(expect.arrayContaining(['codings', 'history']))
  })

  it('goes forward again as far as asked, and to the state before the first step', () => {
    for (let at = 0; at < 3; at++) apply(amara, at * 5)
    const first = project.history.steps(amara, 100).done.at(-1)?.step as string
    project.goToStep(amara, first, true)
    expect(codings()).toBe(0)
    expect(project.history.steps(amara, 100).done).toEqual([])
    const { undone } = project.history.steps(amara, 100)
    const second = undone.findIndex(({ label }) => label.includes('applied'))
    expect(project.goToStep(amara, undone[second + 1]?.step as string, false)).toBe(second + 2)
    expect(codings()).toBe(2)
    expect(project.history.steps(amara, 100).done).toHaveLength(second + 2)
  })

  it('does nothing for the step where things stand, and refuses one that is not there', () => {
    const [now] = project.history.steps(amara, 1).done
    expect(project.goToStep(amara, now?.step as string, false)).toBe(0)
    expect(() => project.goToStep(amara, crypto.randomUUID(), false)).toThrow(
      /no longer go back to this step/,
    )
  })
})

describe('the list of entries', () => {
  it('comes page by page, newest first, to the first entry', () => {
    for (let at = 0; at < 7; at++) apply(amara, at * 3)
    const seqs: number[] = []
    let before: number | null = null
    let pages = 0
    do {
      const page = project.history.list(before, 4)
      expect(page.total).toBe(project.history.list(null, 1).total)
      seqs.push(...page.rows.map(({ seq }) => seq))
      before = page.next
      pages++
    } while (before !== null)
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a))
    expect(seqs.at(-1)).toBe(1)
    expect(pages).toBe(Math.ceil((seqs.length + 1) / 4))
  })

  it('can be asked by coder, by what was changed and by words', () => {
    const ben = project.addCoder('Ben', amara).id
    apply(amara, 0)
    apply(ben, 4)
    project.undo(ben)
    expect(labels({ coderId: ben, subject: 'codings' })).toHaveLength(1)
    expect(labels({ coderId: ben })).toHaveLength(2)
    expect(labels({ subject: 'history' })).toEqual([expect.stringContaining('undo')])
    expect(labels({ words: 'NEGLECT applied' }).length).toBe(3)
    expect(labels({ words: 'applied', coderId: amara })).toHaveLength(1)
    expect(project.history.list(null, 10, { words: 'nothing of this kind' })).toEqual({
      total: null,
      rows: [],
      next: null,
      isPartial: false,
    })
  })

  it('says what holds now of what was undone and done again', () => {
    apply(amara, 0)
    const undone = () => project.history.list(null, 100, { subject: 'codings' }).rows[0]?.isUndone
    expect(undone()).toBe(false)
    for (const _ of [1, 2]) {
      project.undo(amara)
      expect(undone()).toBe(true)
      project.redo(amara)
      expect(undone()).toBe(false)
    }
  })

  it('has a subject for every kind of change', () => {
    for (const kind of Object.keys(kinds)) {
      if (/^(coding|code|note|memo|coder)/.test(kind)) expect(subjectOf(kind)).not.toBe('project')
    }
  })
})

describe('where an entry leads', () => {
  const rows = (viewer: CoderId | null = amara) => project.history.list(null, 100, {}, viewer).rows
  const newest = (viewer: CoderId | null = amara) => rows(viewer)[0]
  const places = (seq: number, viewer: CoderId | null = amara, offset = 0, limit = 100) =>
    entryParts(project.db, viewer, { seq, offset, limit })

  it('is the note at the words, with their first ones, while they are there and after they went', () => {
    const coding = applyCode(project, amara, 'N1', neglect, [4, 12])
    expect(newest()).toMatchObject({
      label: 'applied Neglect',
      where: `in ${UNTITLED}: “shouted.”`,
      place: { kind: 'note', noteId: 'N1', span: { start: 4, end: 12 }, codingId: coding },
      parts: 1,
    })
    project.change(amara, 'codings.remove', { codings: [{ id: coding, code: neglect }] })
    const [removed, applied] = rows()
    for (const row of [removed, applied]) {
      expect(row).toMatchObject({ where: `in ${UNTITLED}: “shouted.”`, place: { noteId: 'N1' } })
      expect(row?.place, 'a coding that is gone is not led to').not.toHaveProperty('codingId')
    }
    project.undo(amara)
    expect(newest()).toMatchObject({ where: `in ${UNTITLED}: “shouted.”` })
    expect(project.history.steps(amara, 1).done[0]).toMatchObject({
      label: 'applied Neglect',
      where: `in ${UNTITLED}: “shouted.”`,
    })
  })

  it('never says words that were redacted since, whether the coding is there or gone', () => {
    const there = applyCode(project, amara, 'N1', neglect, [0, 12])
    const gone = applyCode(project, amara, 'N1', neglect, [0, 11])
    project.change(amara, 'codings.remove', { codings: [{ id: gone, code: neglect }] })
    redactRanges(project, amara, [{ noteId: 'N1', start: 0, end: 3 }], 'X')
    expect(there).not.toBe(gone)
    const words = rows().map(({ where }) => where ?? '')
    expect(words.join()).not.toContain('Mum')
    expect(words.filter((each) => each.includes('X shouted'))).toHaveLength(3)
    redactRanges(project, amara, [{ noteId: 'N1', start: 0, end: 10 }], '')
    expect(
      rows()
        .map(({ where }) => where ?? '')
        .join(),
    ).not.toMatch(/Mum|shouted/)
  })

  it('calls a note as the lists do: by its title, else by its first words, else by its id', () => {
    addNotes(project, amara, { N2: 'Short note.', N3: '' })
    const label = (id: string) => {
      applyCode(project, amara, id, neglect, null)
      return newest()?.where
    }
    expect(label('N2')).toBe('in Short note')
    expect(label('N3')).toBe('in N3')
  })

  it('is cut short, and the whole note where no words are meant', () => {
    addNotes(project, amara, { N2: 'word '.repeat(100) })
    applyCode(project, amara, 'N2', neglect, [0, 480])
    expect(newest()?.where).toMatch(/^in (word ){7}word…: “(word ){11}word…”$/)
    applyCode(project, amara, 'N2', neglect, null)
    expect(newest()).toMatchObject({
      where: `in ${'word '.repeat(12).trim()}…`,
      place: { kind: 'note', noteId: 'N2', span: null },
    })
  })

  it('is the code, the memo’s subject, the round or the note', () => {
    project.change(amara, 'codes.update', { changes: [{ id: neglect, fields: { definition: 'New' } }] })
    expect(newest()?.place).toEqual({ kind: 'subject', about: { kind: 'code', id: neglect } })
    const about = { kind: 'note' as const, id: 'N1' }
    project.change(amara, 'memo.add', {
      id: newId<MemoId>(),
      about,
      type: null,
      title: '',
      body: memoFromText('Odd.'),
    })
    expect(newest()?.place).toEqual({ kind: 'subject', about })
    project.change(amara, 'note.setStatus', { notes: ['N1'], status: 'finished' })
    expect(newest()?.place).toEqual({ kind: 'note', noteId: 'N1', span: null })
    const round: RoundId = newId()
    project.change(amara, 'round.add', {
      id: round,
      name: 'Pilot',
      coders: [amara],
      notes: ['N1'],
      isBlind: false,
      drawn: null,
    })
    expect(newest()?.place).toEqual({ kind: 'round', roundId: round })
    project.change(amara, 'round.remove', { id: round, name: 'Pilot' })
    expect(newest()).toMatchObject({ place: null, parts: 1 })
  })

  it('is a list of parts for what touched several things, page by page', () => {
    addNotes(project, amara, Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`M${at}`, 'Text.'])))
    const row = newest()
    expect(row).toMatchObject({ place: null, parts: 30 })
    const page = places(row?.seq ?? 0, amara, 10, 5)
    expect(page.total).toBe(30)
    expect(page.parts.map(({ label }) => label)).toEqual(
      [10, 11, 12, 13, 14].map((at) => `note M${at}, Text.`),
    )
    expect(page.parts[0]?.place).toEqual({ kind: 'note', noteId: 'M10', span: null })
    const both = [0, 12].map((start) => ({
      id: codingId(crypto.randomUUID()),
      note: 'N1',
      code: neglect,
      start,
      end: start + 3,
    }))
    project.change(amara, 'codings.apply', { codings: both })
    expect(newest()).toMatchObject({
      label: 'applied Neglect',
      where: 'in Mum shouted. Police came twice that night, then again',
      place: null,
      parts: 2,
    })
    project.undo(amara)
    const other = addCode(project, amara, 'Hit')
    apply(amara, 0)
    apply(amara, 12)
    project.change(amara, 'codes.merge', { into: other, from: [neglect] })
    const merged = places(newest()?.seq ?? 0)
    expect(merged.parts.map(({ label, where }) => [label, where])).toEqual([
      ['Neglect', null],
      ['Hit', `in ${UNTITLED}: “Mum”`],
      ['Hit', `in ${UNTITLED}: “Po”`],
    ])
  })

  it('is neither said nor found where a blind round keeps a colleague’s work from the reader', async () => {
    const ben = project.addCoder('Ben', amara).id
    project.change(amara, 'round.add', {
      id: newId<RoundId>(),
      name: 'Pilot',
      coders: [amara, ben],
      notes: ['N1'],
      isBlind: true,
      drawn: null,
    })
    const coding = applyCode(project, ben, 'N1', neglect, [4, 12])
    applyCode(project, ben, 'N1', neglect, [13, 19])
    project.undo(ben)
    project.change(ben, 'memo.add', {
      id: newId<MemoId>(),
      about: { kind: 'coding', id: coding },
      type: null,
      title: '',
      body: memoFromText('Odd.'),
    })
    project.change(ben, 'codings.remove', { codings: [{ id: coding, code: neglect }] })
    const bens = rows(ben).filter(({ coder }) => coder === 'Ben')
    expect(bens).toHaveLength(5)
    expect(rows(amara).filter(({ coder }) => coder === 'Ben')).toEqual([])
    expect(project.history.list(null, 10, {}, amara)).toMatchObject({ total: null, isPartial: true })
    for (const row of bens) expect(() => places(row.seq, amara)).toThrow('The journal has no entry')
    for (const words of ['neglect ben', 'shouted', 'odd'])
      expect(project.history.list(null, 10, { words }, amara).rows).toEqual([])
    const context = { signal: NEVER, progress: () => {} }
    let csv = ''
    for await (const piece of journalCsv(project.db, project.journal, amara, context)) csv += piece
    expect(csv).not.toContain('applied Neglect')
    expect(rows(ben).filter(({ label }) => label === 'applied Neglect')).toHaveLength(2)
    for (const coder of [amara, ben])
      project.change(coder, 'note.setStatus', { notes: ['N1'], status: 'finished' })
    expect(rows(amara).filter(({ label }) => label === 'applied Neglect')).toHaveLength(2)
  })
})

describe('numbers of entries, while a blind round keeps some', () => {
  const csvFor = async (viewer: CoderId) => {
    let csv = ''
    const context = { signal: NEVER, progress: () => {} }
    for await (const piece of journalCsv(project.db, project.journal, viewer, context)) csv += piece
    return readTable(Buffer.from(csv), 'The journal').rows.map(({ cells }) => cells)
  }

  it('are those of the entries shown: no gap tells how much a colleague did, and none is lost between pages', async () => {
    const ben = project.addCoder('Ben', amara).id
    const round = { name: 'Pilot', coders: [amara, ben], notes: ['N1'], isBlind: true, drawn: null }
    project.change(amara, 'round.add', { id: newId<RoundId>(), ...round })
    for (let at = 0; at < 30; at++) {
      applyCode(project, ben, 'N1', neglect, [at, at + 2])
      if (at % 3 === 0) applyCode(project, amara, 'N1', neglect, [at, at + 3])
    }
    const all = project.history.list(null, 100, {}, amara).rows
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => all.length - index))
    expect(all.filter(({ kind }) => kind === 'codings.apply')).toHaveLength(10)
    expect(all.some(({ coder }) => coder === 'Ben')).toBe(false)
    for (const limit of [1, 3, 7]) {
      const paged: string[] = []
      for (let before: number | null = null; ; ) {
        const { rows, next } = project.history.list(before, limit, {}, amara)
        paged.push(...rows.map(({ id }) => id))
        if (next === null) break
        before = next
      }
      expect(paged).toEqual(all.map(({ id }) => id))
    }
    const imported = all.find(({ kind }) => kind === 'notes.import')
    expect(entryParts(project.db, amara, { seq: imported?.seq ?? 0, offset: 0, limit: 5 }).total).toBe(1)
    const cells = await csvFor(amara)
    expect(cells.map(([seq]) => Number(seq))).toEqual(all.map(({ seq }) => seq).reverse())
    expect(cells.every((row) => row[6] === '')).toBe(true)
    for (const coder of [amara, ben])
      project.change(coder, 'note.setStatus', { notes: ['N1'], status: 'finished' })
    const entries = [...project.journal.entries()]
    expect(project.history.list(null, 1, {}, amara).rows[0]?.seq).toBe(entries.length)
    expect((await csvFor(amara)).map((row) => row[6])).toEqual(entries.map(({ hash }) => hash))
  })
})

describe('the exported audit trail', () => {
  it('holds every entry with its hash, and a label that no spreadsheet runs', async () => {
    project.change(amara, 'coder.rename', { id: amara, name: '=cmd()' })
    apply(amara, 0)
    project.undo(amara)
    const file = join(temporaryFolder(), 'journal.csv')
    const context = { signal: NEVER, progress: () => {} }
    await writeFileAtomically(file, '.csv', journalCsv(project.db, project.journal, null, context))
    expect(readFileSync(file, 'utf8')).toContain("'=cmd()")
    const { columns, rows } = readTable(readFileSync(file), 'The journal')
    expect(columns).toEqual(['seq', 'time', 'coder', 'kind', 'label', 'undone', 'hash'])
    const entries = [...project.journal.entries()]
    expect(rows.map((row) => row.cells[6])).toEqual(entries.map(({ hash }) => hash))
    expect(rows.filter((row) => row.cells[5] === 'yes')).toHaveLength(1)
  })

  it('stops when asked to', async () => {
    const signal = new CancelToken()
    signal.cancel()
    const pieces = journalCsv(project.db, project.journal, null, { signal, progress: () => {} })
    await pieces.next()
    await expect(pieces.next()).rejects.toThrow(/cancelled/)
  })
})
