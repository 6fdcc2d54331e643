/** Merges that are undone, done again and crossed with others, and copies that are no good: nothing may be lost or come back. */
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { listCodes } from '../../electron/store/codebook/codes.ts'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { toJson } from '../../electron/store/file/json.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { listJournal } from '../../electron/store/history/list.ts'
import { readIdentifierWords, saveIdentifierWords } from '../../electron/store/identifiers/words.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { type Entry, entryHash } from '../../electron/store/journal/entry.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId, RoundId } from '../../shared/contract/basics.ts'
import { at, closeLaptops, makeCopies, openOn, TEXT } from './merging-team.ts'
import { addCode, addNotes, applyCode, listNotes, newCode } from './project-content.ts'
import { PASSPHRASE } from './temporary-project.ts'

afterEach(closeLaptops)

type Team = ReturnType<typeof team>

/** Amara and Ben, who both lead, and a third laptop, each with a copy of the project. */
function team() {
  const copies = makeCopies(['amara', 'ben', 'third'], 'lead')
  const open = (name: string) => openOn(copies.folder, name)
  return { ...copies, mine: open('amara'), theirs: open('ben'), third: open('third') }
}

const take = (into: Project, from: Project, by?: CoderId) =>
  into.merge(from.path, PASSPHRASE, by ? { by } : {})

/** Both take in what the other has, until nothing is left; then they must hold the same. */
function meet(...all: Project[]) {
  for (let pass = 0; pass < 3; pass++) for (const a of all) for (const b of all) if (a !== b) take(a, b)
  expect(new Set(all.map(({ db }) => fingerprint(db))).size).toBe(1)
  for (const each of all) assertWhole(each)
}
const assertWhole = ({ db }: Project) => expect(verify(db)).toMatchObject({ ok: true, problems: [] })
const cut = (project: Project, coder: CoderId, words: string, mask = '[x]', noteId = 'N1') => {
  const start = getNote(project.db, noteId).text.indexOf(words)
  redact(project, coder, [{ noteId, cuts: [{ start, end: start + words.length, mask }] }])
}

const everything = ({ db }: Project) =>
  ['note', 'note_text', 'journal', 'effect', 'void', 'set_aside', 'identifier_word', 'local']
    .map((table) => JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()))
    .join()

/** Makes the newest entry one of the first version, which did not say which text it was made on. */
function asFirstVersion({ db }: Project): void {
  const last = db.prepare('SELECT * FROM journal ORDER BY seq DESC LIMIT 1').get() as Entry
  const { from: _from, masks: _masks, ...payload } = JSON.parse(last.payload) as Record<string, unknown>
  const made = { ...last, version: 1, payload: toJson<unknown>(payload) }
  db.prepare('UPDATE journal SET version = 1, payload = ?, hash = ? WHERE seq = ?').run(
    made.payload,
    entryHash(made),
    made.seq,
  )
}

describe('a merge that is undone', () => {
  it('leaves a sound file behind, with the texts, words and seals that came with it', () => {
    const { mine, theirs, amara, ben, neglect } = team()
    addNotes(theirs, ben, { N8: 'Another note.' })
    saveIdentifierWords(theirs, ben, { deny: ['Riverbank'] })
    theirs.addCoder('Chloe')
    applyCode(theirs, ben, 'N8', neglect, [0, 7])
    theirs.seal('export')
    take(mine, theirs, amara)
    assertWhole(mine)
    mine.undo(amara)
    assertWhole(mine)
    mine.redo(amara)
    assertWhole(mine)
    expect(readIdentifierWords(mine.db).deny).toEqual(['Riverbank'])
  })

  it('leaves a copy that others can take in, also where it was the first thing done in it', () => {
    const { mine, theirs, third, amara, ben, neglect } = team()
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    take(third, theirs, amara)
    third.undo(amara)
    assertWhole(third)
    applyCode(third, amara, 'N1', neglect, at('Home'))
    take(mine, third)
    assertWhole(mine)
    meet(mine, theirs, third)
  })

  it('is refused where what a copy of that copy did was taken in since', () => {
    const { folder, mine, theirs, amara, ben, neglect } = team()
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    theirs.close(false)
    copyFileSync(theirs.path, join(folder, 'late.understory'))
    const late = openOn(folder, 'late')
    take(mine, openOn(folder, 'ben'), amara)
    applyCode(late, ben, 'N1', neglect, at('Home'))
    take(mine, late, ben)
    expect(() => mine.undo(amara)).toThrow(/that merge has to be undone first/)
    assertWhole(mine)
  })

  it('is not done again where its changes have come in another way', () => {
    const { mine, theirs, third, amara, ben, neglect } = team()
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    take(third, theirs)
    take(mine, theirs, amara)
    mine.undo(amara)
    applyCode(theirs, ben, 'N1', neglect, at('Home'))
    take(mine, theirs, ben)
    assertWhole(mine)
    expect(() => mine.redo(amara)).toThrow(/has come in with another merge/)
    assertWhole(mine)
    expect(codingsOfNote(mine.db, 'N1', [ben])).toHaveLength(2)
    meet(mine, theirs, third)
  })

  it('is refused where others have built upon it', () => {
    const { mine, theirs, amara, ben } = team()
    const school = addCode(theirs, ben, 'School')
    take(mine, theirs, amara)
    applyCode(mine, ben, 'N1', school, at('Mum'))
    expect(() => mine.undo(amara)).toThrow(/depends on it/)
    expect(codingsOfNote(mine.db, 'N1', [ben])).toHaveLength(1)
  })

  it('is refused where words taken out since would be back', () => {
    const { mine, theirs, amara, ben } = team()
    theirs.change(ben, 'notes.remove', { notes: ['N1'] })
    cut(mine, amara, 'shouted', '[x]')
    cut(mine, amara, '[x] at him', '[y]')
    theirs.undo(ben)
    take(mine, theirs, ben)
    expect(getNote(mine.db, 'N1').text).not.toContain('shouted')
    expect(() => mine.undo(ben)).toThrow(/text of note N1 is not in this file/)
    meet(mine, theirs)
  })

  it('is not done again where words were taken out of its texts meanwhile', () => {
    const { mine, theirs, amara, ben } = team()
    addNotes(theirs, ben, { N8: TEXT })
    take(mine, theirs, amara)
    mine.undo(amara)
    cut(mine, ben, 'shouted')
    expect(() => mine.redo(amara)).toThrow(/text of note N8 is not in this file/)
    assertWhole(mine)
  })
})

describe('words taken out of a note', () => {
  const assertGone = (words: string, ...all: Project[]) => {
    for (const project of all) {
      expect(everything(project)).not.toContain(words)
      expect(
        project.db.prepare('SELECT count(*) FROM note_fts WHERE note_fts MATCH ?').pluck().get(words),
      ).toBe(0)
    }
  }

  it('are gone where the note was removed meanwhile, and stay gone when that is undone', () => {
    const { mine, theirs, third, amara, ben } = team()
    theirs.change(ben, 'notes.remove', { notes: ['N1'] })
    cut(mine, amara, 'shouted')
    take(theirs, mine)
    assertGone('shouted', theirs)
    expect(() => theirs.undo(ben)).toThrow(/was taken out of this file/)
    meet(mine, theirs, third)
    assertGone('shouted', mine, theirs, third)
  })

  it('stay gone where the note was removed and brought back meanwhile', () => {
    const { mine, theirs, third, amara, ben } = team()
    theirs.change(ben, 'notes.remove', { notes: ['N1'] })
    cut(mine, amara, 'shouted')
    theirs.undo(ben)
    take(mine, theirs)
    assertGone('shouted', mine)
    meet(mine, theirs, third)
    assertGone('shouted', mine, theirs, third)
  })

  it.each([
    ['before and after', true],
    ['after', false],
  ])('stay gone where the note was imported again without knowing of it (%s)', (_when, isFirst) => {
    const { mine, theirs, third, amara, ben } = team()
    if (isFirst) theirs.change(ben, 'notes.remove', { notes: ['N1'] })
    cut(mine, amara, 'shouted')
    if (!isFirst) theirs.change(ben, 'notes.remove', { notes: ['N1'] })
    addNotes(theirs, ben, { N1: TEXT })
    take(mine, theirs)
    assertGone('shouted', mine)
    meet(mine, theirs, third)
    assertGone('shouted', mine, theirs, third)
  })

  it('are there again where somebody who knew of it imported the note', () => {
    const { mine, theirs, amara, ben } = team()
    cut(mine, amara, 'shouted')
    take(theirs, mine)
    theirs.change(ben, 'notes.remove', { notes: ['N1'] })
    addNotes(theirs, ben, { N1: TEXT })
    meet(mine, theirs)
    expect(getNote(mine.db, 'N1').text).toBe(TEXT)
  })

  it('leave the identifier lists, also where another laptop has listed them under an id of its own', () => {
    const { mine, theirs, amara, ben } = team()
    saveIdentifierWords(mine, amara, { deny: ['shouted'] })
    saveIdentifierWords(theirs, ben, { deny: ['shouted'] })
    cut(mine, amara, 'shouted')
    take(mine, theirs)
    assertGone('shouted', mine)
    meet(mine, theirs)
    assertGone('shouted', mine, theirs)
  })

  it('are all gone where two old copies took words out of one text', () => {
    const { mine, theirs, third, amara, ben } = team()
    cut(mine, amara, 'shouted')
    asFirstVersion(mine)
    cut(theirs, ben, 'Police', '')
    asFirstVersion(theirs)
    take(third, mine)
    meet(mine, theirs, third)
    assertGone('shouted', mine, theirs, third)
    assertGone('Police', mine, theirs, third)
  })

  it('are gone where an old copy took them out of a note that was removed', () => {
    const { mine, theirs, amara, ben } = team()
    theirs.change(ben, 'notes.remove', { notes: ['N1'] })
    cut(mine, amara, 'shouted')
    asFirstVersion(mine)
    meet(mine, theirs)
    assertGone('shouted', mine, theirs)
  })
})

describe('a copy that cannot be read', () => {
  const refuses = (damage: (path: string) => string | undefined, words: RegExp) => {
    const { mine, theirs, amara, ben, neglect } = team()
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    theirs.close(false)
    const path = damage(theirs.path) ?? theirs.path
    const before = fingerprint(mine.db)
    expect(() => mine.merge(path, PASSPHRASE)).toThrow(words)
    expect([fingerprint(mine.db), mine.db.inTransaction]).toEqual([before, false])
    applyCode(mine, amara, 'N1', neglect, at('Home'))
    assertWhole(mine)
  }
  const changed = (path: string, change: (project: Project) => void): undefined => {
    const project = Project.open(path, PASSPHRASE)
    change(project)
    project.close(false)
  }

  it('is refused by name: cut off, written over, empty, of no project or of a newer program', () => {
    refuses(
      (path) => void truncateSync(path, 40_960),
      /ben\.understory cannot be merged: the file is damaged/,
    )
    refuses((path) => {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.fill(7, 60_000, 200_000))
      return undefined
    }, /ben\.understory cannot be merged: the file is damaged/)
    refuses((path) => {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.fill(7, bytes.length - 100))
      return undefined
    }, /ben\.understory cannot be merged: the file is damaged/)
    refuses((path) => void writeFileSync(path, ''), /is not an Understory project/)
    refuses((path) => void writeFileSync(path, 'words '.repeat(5_000)), /passphrase/)
    refuses((path) => dirname(path), /is a folder/)
    refuses((path) => `${path}.gone`, /There is no file/)
    refuses((path) => changed(path, ({ db }) => db.pragma('user_version = 99')), /newer version/)
    refuses((path) => changed(path, ({ db }) => db.pragma('application_id = 5')), /not an Understory project/)
  })
})

describe('a forged entry', () => {
  /** Takes Ben's copy in after his last entry was changed and made fit again. */
  function forged(changes: (last: Entry, both: Team) => Partial<Entry>) {
    const both = team()
    const { mine, theirs, ben, neglect } = both
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    applyCode(theirs, ben, 'N1', neglect, at('Home'))
    const last = theirs.db.prepare('SELECT * FROM journal ORDER BY seq DESC LIMIT 1').get() as Entry
    const made = { ...last, ...changes(last, both) }
    theirs.db.pragma('foreign_keys = OFF')
    theirs.db
      .prepare(
        `UPDATE journal SET id = @id, replica = @replica, replica_seq = @replica_seq, hlc = @hlc, wall = @wall,
         coder = @coder, kind = @kind, version = @version, payload = @payload, step = @step, undoes = @undoes,
         prev_hash = @prev_hash, hash = @hash WHERE seq = @seq`,
      )
      .run({ ...made, hash: entryHash(made) })
    const before = fingerprint(mine.db)
    return { both, before, merge: () => take(mine, theirs) }
  }
  const refuses = (changes: Parameters<typeof forged>[0], words: RegExp) => {
    const { both, before, merge } = forged(changes)
    expect(merge).toThrow(words)
    expect(fingerprint(both.mine.db)).toBe(before)
    assertWhole(both.mine)
  }

  it('is refused where its clock, its words or its place cannot be', () => {
    const later = (clock: string) => (last: Entry) => ({ hlc: last.hlc.replace(/^\d+-\w+/, clock) })
    refuses(later('9999999999999-zzzz'), /clock that cannot be right/)
    refuses(later('253402300799999-0000'), /clock that cannot be right/)
    refuses(later('0000000000001-0000'), /clock that cannot be right/)
    refuses(() => ({ wall: 9e15 }), /clock that cannot be right/)
    refuses(() => ({ payload: toJson<unknown>({}).slice(1) as Entry['payload'] }), /does not say what/)
    refuses(
      ({ replica, hlc }) => ({
        replica: 'another',
        replica_seq: 1,
        hlc: hlc.replace(replica, 'another').replace(/^\d+/, '1000000000000'),
      }),
      /clock that cannot be right/,
    )
  })

  it('cannot bring words back that its coder took out of a note', () => {
    const both = team()
    const { mine, theirs, ben, neglect } = both
    cut(theirs, ben, 'shouted')
    const { step } = theirs.db.prepare(`SELECT step FROM journal WHERE kind = 'note.redact'`).get() as Entry
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    const last = theirs.db.prepare('SELECT * FROM journal ORDER BY seq DESC LIMIT 1').get() as Entry
    const made = { ...last, kind: 'undo', version: 1, payload: toJson<unknown>({}), undoes: step }
    theirs.db
      .prepare(
        'UPDATE journal SET kind = @kind, version = 1, payload = @payload, undoes = @undoes, hash = @hash WHERE seq = @seq',
      )
      .run({ ...made, hash: entryHash(made) })
    const report = take(mine, theirs)
    expect(report.entries.void.map(({ reason }) => reason)).toEqual(['It goes back to what nobody can undo.'])
    expect(getNote(mine.db, 'N1').text).not.toContain('shouted')
    assertWhole(mine)
  })

  it('on a computer whose clock is in another age is taken in, and what follows stays in order', () => {
    const both = team()
    const { folder, mine, amara, ben, neglect } = both
    both.theirs.close(false)
    const now = Date.now
    Date.now = () => Date.UTC(9999, 0, 1)
    const theirs = openOn(folder, 'ben')
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    Date.now = now
    take(mine, theirs)
    applyCode(mine, amara, 'N1', neglect, at('Home'))
    meet(mine, theirs)
    expect(codingsOfNote(theirs.db, 'N1', [amara, ben])).toHaveLength(2)
  })
})

describe('codes that two laptops add from one file', () => {
  it('are there once, and the one that only one of them has too', () => {
    const { mine, theirs, amara, ben } = team()
    const [both, only] = [newCode('School'), newCode('Sleep')]
    mine.change(amara, 'codes.add', { source: 'a file', codes: [both] })
    theirs.change(ben, 'codes.add', { source: 'a file', codes: [both, only] })
    applyCode(theirs, ben, 'N1', only.id, at('Mum'))
    applyCode(theirs, ben, 'N1', both.id, at('Home'))
    expect(take(mine, theirs).entries.void).toEqual([])
    meet(mine, theirs)
    expect(codingsOfNote(mine.db, 'N1', [ben])).toHaveLength(2)
  })
})

describe('the history', () => {
  const listed = ({ db, journal }: Project, viewer: CoderId | null) =>
    listJournal(db, journal, { before: null, limit: 50 }, viewer).rows

  it('does not tell a blinded coder of what another did that is void', () => {
    const { mine, theirs, amara, ben, violence } = team()
    mine.change(amara, 'round.add', {
      ...{ id: newId<RoundId>(), name: 'Blind', coders: [amara, ben], notes: ['N1'] },
      ...{ isBlind: true, drawn: null },
    })
    take(theirs, mine)
    mine.change(amara, 'codes.delete', { ids: [violence] })
    applyCode(theirs, ben, 'N1', violence, at('Mum'))
    expect(take(mine, theirs).entries.void).toHaveLength(1)
    expect(listed(mine, amara).filter(({ kind }) => kind === 'codings.apply')).toEqual([])
    expect(listed(mine, null).filter(({ kind }) => kind === 'codings.apply')).toHaveLength(1)
  })

  it('says that a step is undone that its coder has undone on two laptops', () => {
    const { mine, theirs, ben, neglect } = team()
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    take(mine, theirs)
    mine.undo(ben)
    theirs.undo(ben)
    meet(mine, theirs)
    expect(codingsOfNote(mine.db, 'N1', [ben])).toEqual([])
    const isUndone = listed(mine, null).find(({ kind }) => kind === 'codings.apply')?.isUndone
    expect(isUndone).toBe(true)
  })
})

describe('a program that stays open', () => {
  it('finds notes by what they are called before a merge, after it, and when it is undone', () => {
    const { mine, theirs, amara, ben } = team()
    const found = () => listNotes(mine.db, amara, undefined, undefined, undefined, 'N8').length
    addNotes(theirs, ben, { N8: 'Another note.' })
    const counts = [found()]
    take(mine, theirs, amara)
    counts.push(found())
    mine.undo(amara)
    counts.push(found())
    mine.redo(amara)
    counts.push(found())
    expect(counts).toEqual([0, 1, 0, 1])
  })

  it('counts codings before a merge, after it, and when it is undone', () => {
    const { mine, theirs, amara, ben, neglect } = team()
    const counted = () => listCodes(mine.db).find(({ id }) => id === neglect)?.codings
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    applyCode(mine, amara, 'N1', neglect, at('Home'))
    const counts = [counted()]
    take(mine, theirs, amara)
    counts.push(counted())
    mine.undo(amara)
    counts.push(counted())
    mine.redo(amara)
    counts.push(counted())
    expect(counts).toEqual([1, 2, 1, 2])
  })

  it('goes on where another program has taken something in and undone it meanwhile', () => {
    const { folder, mine, theirs, amara, ben, neglect } = team()
    applyCode(theirs, ben, 'N1', neglect, at('Mum'))
    const beside = openOn(folder, 'amara')
    expect(listCodes(mine.db).find(({ id }) => id === neglect)?.codings).toBe(0)
    take(beside, theirs)
    expect(listCodes(mine.db).find(({ id }) => id === neglect)?.codings).toBe(1)
    applyCode(mine, amara, 'N1', neglect, at('Home'))
    beside.undo(PROJECT_ACTOR)
    applyCode(mine, amara, 'N1', neglect, at('Police'))
    expect(listCodes(mine.db).find(({ id }) => id === neglect)?.codings).toBe(2)
    assertWhole(mine)
  })
})
