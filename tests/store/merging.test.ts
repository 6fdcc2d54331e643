/** What becomes of work that two laptops did apart, case by case. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { allCodes } from '../../electron/store/codebook/codes.ts'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { entryHash } from '../../electron/store/journal/entry.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import { Project } from '../../electron/store/project.ts'
import { listPeople } from '../../electron/store/team/coders.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId, MemoId } from '../../shared/contract/basics.ts'
import { memoFromText } from '../../shared/memo.ts'
import { at, closeLaptops, makeCopies, openOn, TEXT, tracked } from './merging-team.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { PASSPHRASE } from './temporary-project.ts'

afterEach(closeLaptops)

type Team = ReturnType<typeof team>

/** Amara, who leads, and Ben, each with a copy of the project. */
function team() {
  const copies = makeCopies(['amara', 'ben'])
  return { ...copies, mine: openOn(copies.folder, 'amara'), theirs: openOn(copies.folder, 'ben') }
}

const take = (into: Project, from: Project) => into.merge(from.path, PASSPHRASE)

/** Both take in what the other has, until nothing is left; then they must hold the same. */
function meet({ mine, theirs }: Team) {
  const reports = [take(mine, theirs), take(theirs, mine), take(mine, theirs), take(theirs, mine)]
  expect(fingerprint(theirs.db)).toBe(fingerprint(mine.db))
  for (const { db } of [mine, theirs]) expect(verify(db)).toMatchObject({ ok: true, problems: [] })
  return reports as [(typeof reports)[0], ...typeof reports]
}

const wordsCoded = ({ db }: Project, coder: CoderId) =>
  codingsOfNote(db, 'N1', [coder]).map(({ span }) =>
    span === null ? null : getNote(db, 'N1').text.slice(span.start, span.end),
  )
const reasons = (report: ReturnType<typeof take>) => report.entries.void.map(({ reason }) => reason)

describe('work done apart', () => {
  it('comes together, once: a second time there is nothing new', () => {
    const both = team()
    const { mine, theirs, amara, ben, neglect, violence } = both
    applyCode(mine, amara, 'N1', neglect, at('Home alone'))
    applyCode(theirs, ben, 'N1', violence, at('Mum shouted'))
    const report = take(mine, theirs)
    expect(report).toMatchObject({
      entries: { new: 1, void: [] },
      coders: { Ben: 1 },
      conflicts: [],
      notes: { new: 0, sameTexts: 0, differentTexts: [] },
    })
    expect([wordsCoded(mine, amara), wordsCoded(mine, ben)]).toEqual([['Home alone'], ['Mum shouted']])
    const before = fingerprint(mine.db)
    const entries = verify(mine.db).entries
    expect(take(mine, theirs).entries).toEqual({ new: 0, known: report.entries.known + 1, void: [] })
    expect([fingerprint(mine.db), verify(mine.db).entries]).toEqual([before, entries])
    meet(both)
  })

  it('is looked at first by a dry run, which changes nothing', () => {
    const { mine, theirs, ben, violence } = team()
    applyCode(theirs, ben, 'N1', violence, at('Mum shouted'))
    const before = [fingerprint(mine.db), verify(mine.db).entries]
    const report = mine.merge(theirs.path, PASSPHRASE, { dryRun: true })
    expect(report.entries.new).toBe(1)
    expect([fingerprint(mine.db), verify(mine.db).entries]).toEqual(before)
    expect(take(mine, theirs)).toEqual(report)
  })

  it('is one step: undone it is gone, done again it is back, and what was done since stays', () => {
    const { mine, theirs, amara, ben, neglect, violence } = team()
    applyCode(theirs, ben, 'N1', violence, at('Mum shouted'))
    const before = fingerprint(mine.db)
    mine.merge(theirs.path, PASSPHRASE, { by: amara })
    const after = fingerprint(mine.db)
    expect(mine.journal.state(amara).undo).toBe('took in 1 change from ben.understory')
    mine.undo(amara)
    expect(fingerprint(mine.db)).toBe(before)
    expect(verify(mine.db)).toMatchObject({ ok: true })
    mine.close(false)
    const again = tracked(Project.open(mine.path, PASSPHRASE))
    again.redo(amara)
    expect(fingerprint(again.db)).toBe(after)
    again.undo(amara)
    applyCode(again, amara, 'N1', neglect, at('Home alone'))
    expect(take(again, theirs).entries.new).toBe(1)
    expect([wordsCoded(again, amara), wordsCoded(again, ben)]).toEqual([['Home alone'], ['Mum shouted']])
    expect(verify(again.db)).toMatchObject({ ok: true, problems: [] })
  })
})

describe('what does not fit any more', () => {
  it('is void with its reason on both laptops: a code that was deleted', () => {
    const both = team()
    const { mine, theirs, amara, ben, violence } = both
    mine.change(amara, 'codes.delete', { ids: [violence] })
    applyCode(theirs, ben, 'N1', violence, at('Mum shouted'))
    const [report] = meet(both)
    expect(report.entries.void).toEqual([
      expect.objectContaining({
        coder: 'Ben',
        kind: 'codings.apply',
        reason: expect.stringContaining('There is no code'),
      }),
    ])
    expect(wordsCoded(mine, ben)).toEqual([])
  })

  it('of many codings is the one, not the others', () => {
    const both = team()
    const { mine, theirs, amara, ben, neglect, violence } = both
    mine.change(amara, 'codes.delete', { ids: [violence] })
    const codings = [neglect, violence, neglect].map((code, index) => ({
      ...{ id: newId(), note: 'N1', code },
      ...{ start: index * 5, end: index * 5 + 4 },
    }))
    theirs.change(ben, 'codings.apply', { codings: codings as never })
    const [report] = meet(both)
    expect(report.entries.void.map(({ part }) => part)).toEqual([codings[1]?.id])
    expect(wordsCoded(mine, ben)).toHaveLength(2)
  })

  it('is an undo whose ground was built upon', () => {
    const both = team()
    const { mine, theirs, amara, ben } = both
    const school = addCode(mine, amara, 'School')
    take(theirs, mine)
    applyCode(theirs, ben, 'N1', school, at('Mum shouted'))
    mine.undo(amara)
    const [report] = meet(both)
    expect([...reasons(report), ...reasons(take(theirs, mine))].join(' ')).not.toBe('')
    expect(allCodes(mine.db).map(({ name }) => name)).toEqual(expect.arrayContaining(['Neglect', 'Violence']))
  })

  it('is what somebody has no right to, whatever their own copy says', () => {
    const both = team()
    const { mine, theirs, amara, ben, neglect } = both
    mine.change(amara, 'codebook.freeze', { isFrozen: true })
    theirs.change(ben, 'codes.update', { changes: [{ id: neglect, fields: { definition: 'Mine.' } }] })
    theirs.db.exec(`UPDATE coder SET role = 'lead' WHERE name = 'Ben'`)
    theirs.change(ben, 'coder.setRole', { id: ben, role: 'lead' })
    const report = take(mine, theirs)
    expect(reasons(report)).toEqual([
      expect.stringContaining('The codebook is frozen'),
      expect.stringContaining('Only a lead names leads'),
    ])
    expect(listPeople(mine.db).map(({ role }) => role)).toEqual(['lead', 'coder'])
    expect(allCodes(mine.db).find(({ id }) => id === neglect)?.definition).toBe('')
  })
})

describe('words taken out of a note', () => {
  it('move what was coded without knowing of it, and take nothing else', () => {
    const both = team()
    const { mine, theirs, amara, ben, violence } = both
    const [start, end] = at('shouted')
    redact(mine, amara, [{ noteId: 'N1', cuts: [{ start, end, mask: '[x]' }] }])
    applyCode(theirs, ben, 'N1', violence, at('Police came'))
    applyCode(theirs, ben, 'N1', violence, at('Mum shouted'))
    meet(both)
    expect(wordsCoded(mine, ben)).toEqual(['Mum [x]', 'Police came'])
    expect(getNote(theirs.db, 'N1').text).toBe(TEXT.replace('shouted', '[x]'))
    expect(
      theirs.db.prepare(`SELECT count(*) FROM note_text WHERE body LIKE '%shouted%'`).pluck().get(),
    ).toBe(0)
  })

  it('take a coding with them whose words are gone: it is void, and never shows them', () => {
    const both = team()
    const { mine, theirs, amara, ben, violence } = both
    const [start, end] = at('shouted')
    redact(mine, amara, [{ noteId: 'N1', cuts: [{ start, end, mask: '' }] }])
    applyCode(theirs, ben, 'N1', violence, at('shouted'))
    const [report] = meet(both)
    expect(reasons(report)).toEqual(['Its words were taken out of the note (redacted).'])
    expect(JSON.stringify(report)).not.toContain('shouted')
    for (const { db } of [mine, theirs])
      for (const table of ['note_text', 'coding', 'journal', 'effect', 'void'])
        expect(JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all())).not.toContain('shouted')
  })

  it.each([
    ['apart', 'shouted', 'Police'],
    ['that touch', 'Mum', 'Mum shouted'],
    ['that are the same', 'shouted', 'shouted'],
  ])('on two laptops are all taken out: words %s', (_what, first, second) => {
    const both = team()
    const { mine, theirs, amara, ben, neglect, violence } = both
    const cut = (project: Project, coder: CoderId, words: string, mask: string) => {
      const [start, end] = at(words)
      redact(project, coder, [{ noteId: 'N1', cuts: [{ start, end, mask }] }])
    }
    cut(mine, amara, first, '[a]')
    cut(theirs, ben, second, '[b]')
    const inMine = getNote(mine.db, 'N1').text
    const inTheirs = getNote(theirs.db, 'N1').text
    const place = (text: string, words: string): [number, number] => [
      text.indexOf(words),
      text.indexOf(words) + words.length,
    ]
    applyCode(mine, amara, 'N1', neglect, place(inMine, 'Home alone'))
    applyCode(theirs, ben, 'N1', violence, place(inTheirs, 'in the night'))
    meet(both)
    for (const project of [mine, theirs]) {
      const { text } = getNote(project.db, 'N1')
      for (const words of `${first} ${second}`.split(' ')) expect(text).not.toContain(words)
      expect(project.db.prepare(`SELECT body FROM note_text`).pluck().all().join()).not.toContain(first)
      expect([wordsCoded(project, amara), wordsCoded(project, ben)]).toEqual([
        ['Home alone'],
        ['in the night'],
      ])
    }
  })

  it('stay away when a copy that still has them comes in, and such a merge cannot be undone', () => {
    const { mine, theirs, amara, ben, neglect } = team()
    addNotes(theirs, ben, { N3: TEXT })
    const [start, end] = at('shouted')
    redact(mine, amara, [{ noteId: 'N1', cuts: [{ start, end, mask: '[x]' }] }])
    applyCode(theirs, ben, 'N2', neglect, null)
    take(theirs, mine)
    expect(() => theirs.undo(PROJECT_ACTOR)).toThrow(/took words out of notes/)
    expect(verify(theirs.db)).toMatchObject({ ok: true, problems: [] })
  })
})

describe('the same thing made twice', () => {
  it('is one note where id and text are the same, and none is taken where the text is another', () => {
    const both = team()
    const { mine, theirs, amara, ben } = both
    addNotes(mine, amara, { N8: 'The same.', N9: 'One text.' })
    addNotes(theirs, ben, { N8: 'The same.', N9: 'Another text.' })
    const report = take(mine, theirs)
    expect(report.notes).toEqual({ new: 0, sameTexts: 1, differentTexts: ['N9'] })
    expect(getNote(mine.db, 'N9').text).toBe('One text.')
    meet(both)
  })

  it('is counted by notes: what is new, what was here, and not what was removed meanwhile', () => {
    const { mine, theirs, amara, ben } = team()
    addNotes(mine, amara, { N8: 'The same.' })
    addNotes(theirs, ben, { N8: 'The same.', N9: 'New.', N10: 'New and gone.' })
    theirs.change(amara, 'notes.remove', { notes: ['N10'] })
    theirs.change(amara, 'notes.remove', { notes: ['N2'] })
    expect(take(mine, theirs).notes).toEqual({ new: 1, sameTexts: 1, differentTexts: [] })
  })

  it('is two codes of one name, two people who are told apart, and one consensus', () => {
    const both = team()
    const { mine, theirs, amara } = both
    addCode(mine, amara, 'School')
    addCode(theirs, amara, 'School')
    mine.addCoder('Chloe')
    theirs.addCoder('Chloe')
    const layers = [mine, theirs].map((project) => project.addConsensus(amara).id)
    expect(new Set(layers).size).toBe(1)
    meet(both)
    expect(allCodes(mine.db).filter(({ name }) => name === 'School')).toHaveLength(2)
    expect(listPeople(mine.db).map(({ name }) => name)).toEqual(['Amara', 'Ben', 'Chloe', 'Chloe (2)'])
  })
})

describe('a field that both have written', () => {
  it('is the later one; the other is listed with who wrote it, and fields do not get in each other’s way', () => {
    const both = team()
    const { mine, theirs, amara, ben, neglect } = both
    const update = (project: Project, coder: CoderId, fields: object) =>
      project.change(coder, 'codes.update', { changes: [{ id: neglect, fields }] })
    update(mine, amara, { definition: 'Needs that nobody meets.' })
    update(theirs, ben, { colour: '#112233' })
    update(theirs, ben, { definition: 'Something else.' })
    const [report] = meet(both)
    expect(report.conflicts).toEqual([
      expect.objectContaining({
        what: 'code Neglect',
        field: 'definition',
        kept: 'Something else.',
        lost: 'Needs that nobody meets.',
        who: 'Amara',
      }),
    ])
    expect(allCodes(mine.db).find(({ id }) => id === neglect)).toMatchObject({
      definition: 'Something else.',
      colour: '#112233',
    })
  })

  it('is no conflict where the later writer knew the earlier value, or both wrote the same', () => {
    const both = team()
    const { mine, theirs, amara, ben, neglect } = both
    const define = (project: Project, coder: CoderId, definition: string) =>
      project.change(coder, 'codes.update', { changes: [{ id: neglect, fields: { definition } }] })
    define(mine, amara, 'First.')
    take(theirs, mine)
    define(theirs, ben, 'Second.')
    expect(take(mine, theirs).conflicts).toEqual([])
    define(mine, amara, 'The same.')
    define(theirs, ben, 'The same.')
    expect(take(mine, theirs).conflicts).toEqual([])
  })
})

describe('a copy that is not what was written', () => {
  const refuses = (tamper: (theirs: Project, both: Team) => void, words: RegExp) => {
    const both = team()
    const { mine, theirs, ben, violence } = both
    applyCode(theirs, ben, 'N1', violence, at('Mum shouted'))
    applyCode(theirs, ben, 'N1', violence, at('Home alone'))
    theirs.seal('export')
    tamper(theirs, both)
    const before = [fingerprint(mine.db), verify(mine.db).entries]
    expect(() => take(mine, theirs)).toThrow(words)
    expect([fingerprint(mine.db), verify(mine.db).entries]).toEqual(before)
    expect(verify(mine.db)).toMatchObject({ ok: true })
  }
  const ofBen = `replica = (SELECT value FROM local WHERE name = 'replica')`

  it('is refused with one byte changed, without an entry, with two in each other’s place', () => {
    refuses(
      ({ db }) => db.exec(`UPDATE journal SET payload = replace(payload, '"end":11', '"end":12')`),
      /was changed after/,
    )
    refuses(({ db }) => {
      db.pragma('foreign_keys = OFF')
      db.exec(`DELETE FROM journal WHERE seq = (SELECT min(seq) FROM journal WHERE ${ofBen})`)
    }, /stands without the one before it|does not continue/)
    refuses(({ db }) => {
      const [a, b] = db
        .prepare<[], number>(`SELECT seq FROM journal WHERE ${ofBen} ORDER BY seq LIMIT 2`)
        .pluck()
        .all() as [number, number]
      db.pragma('foreign_keys = OFF')
      db.exec(`UPDATE journal SET seq = -1 WHERE seq = ${a}; UPDATE journal SET seq = ${a} WHERE seq = ${b};
        UPDATE journal SET seq = ${b} WHERE seq = -1`)
    }, /stands without the one before it|does not continue/)
  })

  it('is refused with a seal that does not fit, or a newer program’s kind of change', () => {
    refuses(({ db }) => db.exec(`UPDATE seal SET wall = wall + 1`), /is no good/)
    refuses(({ db }) => rewriteLast(db, { kind: 'codings.dream' }), /cannot be merged: seals/)
    refuses(({ db }) => {
      db.exec('DELETE FROM seal')
      rewriteLast(db, { kind: 'codings.dream' })
    }, /does not know/)
    refuses(({ db }) => {
      db.exec('DELETE FROM seal')
      rewriteLast(db, { payload: '{"codings":[]}' })
    }, /does not say what/)
  })

  function rewriteLast(db: Project['db'], changes: object): void {
    const last = db
      .prepare(`SELECT * FROM journal WHERE ${ofBen} AND kind = 'codings.apply' ORDER BY seq DESC LIMIT 1`)
      .get() as Record<string, never>
    const made = { ...last, ...changes } as never as Parameters<typeof entryHash>[0] & { seq: number }
    db.prepare('DELETE FROM effect WHERE seq > ?').run(made.seq)
    db.pragma('foreign_keys = OFF')
    db.prepare('DELETE FROM journal WHERE seq > ?').run(made.seq)
    db.prepare('UPDATE journal SET kind = ?, payload = ?, hash = ? WHERE seq = ?').run(
      (made as { kind: string }).kind,
      (made as { payload: string }).payload,
      entryHash(made),
      made.seq,
    )
  }

  it('is refused where it is another study’s, this file itself, or was gone on with as one', () => {
    const { mine } = team()
    const other = team()
    expect(() => take(mine, other.theirs)).toThrow(/belongs to another study/)
    expect(() => take(mine, mine)).toThrow(/is this project itself/)
    expect(() => mine.merge(other.theirs.path, 'wrong')).toThrow(/passphrase/i)
    const { folder, theirs, ben, violence } = other
    theirs.close(false)
    // The same laptop: a copy put in the place of the file, so that the program cannot tell.
    const kept = readFileSync(theirs.path)
    const first = openOn(folder, 'ben')
    applyCode(first, ben, 'N1', violence, at('Mum shouted'))
    first.close(false)
    copyFileSync(first.path, join(folder, 'first.understory'))
    writeFileSync(first.path, kept)
    const second = tracked(Project.open(first.path, PASSPHRASE))
    second.journal.replica = first.journal.replica
    applyCode(second, ben, 'N1', violence, at('Home alone'))
    expect(() => second.merge(join(folder, 'first.understory'), PASSPHRASE)).toThrow(/from one copy without/)
  })
})

describe('what belongs to one laptop', () => {
  it('stays where it was: the undo of each, and where nobody undoes anything', () => {
    const both = team()
    const { mine, theirs, amara, ben, neglect } = both
    applyCode(theirs, ben, 'N1', neglect, at('Mum shouted'))
    theirs.change(ben, 'memo.add', {
      ...{ id: newId<MemoId>(), about: { kind: 'note', id: 'N1' }, type: null, title: '' },
      body: memoFromText('Loud.'),
    })
    take(mine, theirs)
    expect(mine.journal.state(amara)).toEqual({ undo: null, redo: null })
    expect(theirs.journal.state(ben).undo).toBe('wrote a memo on note N1')
    theirs.undo(ben)
    theirs.undo(ben)
    meet(both)
    expect(wordsCoded(mine, ben)).toEqual([])
    theirs.redo(ben)
    meet(both)
    expect(wordsCoded(mine, ben)).toEqual(['Mum shouted'])
  })

  it('a clock that is years ahead changes no order on the other side', () => {
    const both = team()
    const { folder, mine, ben, neglect, violence, amara } = both
    both.theirs.close(false)
    const now = Date.now
    Date.now = () => now() + 5 * 365 * 24 * 3_600_000
    both.theirs = openOn(folder, 'ben')
    applyCode(both.theirs, ben, 'N1', neglect, at('Mum shouted'))
    Date.now = now
    applyCode(mine, amara, 'N1', violence, at('Home alone'))
    meet(both)
    applyCode(mine, amara, 'N1', violence, at('Police came'))
    expect(mine.journal.isClockOff()).toBe(true)
    meet(both)
    expect([wordsCoded(mine, amara), wordsCoded(mine, ben)]).toEqual([
      ['Police came', 'Home alone'],
      ['Mum shouted'],
    ])
  })
})
