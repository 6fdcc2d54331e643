import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placesOf } from '../../electron/store/analysis/identifiers.ts'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { besideFile } from '../../electron/store/file/connection.ts'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { readIdentifierWords, saveIdentifierWords } from '../../electron/store/identifiers/words.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import type { Project } from '../../electron/store/project.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { IdentifierWords } from '../../shared/contract/identifiers.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const TEXT = 'Mum Zerrypha reports low mood. Zerrypha was called. School rang twice.'

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  addNotes(project, amara, { N1: TEXT, N2: 'Other note.' })
  const code = addCode(project, amara, 'Neglect')
  return { project, amara, code }
}

const quotes = (project: Project, coder: CoderId) => {
  const { text } = getNote(project.db, 'N1')
  return codingsOfNote(project.db, 'N1', [coder]).map(({ span }) => span && text.slice(span.start, span.end))
}

const cut = (word: string, from = 0, mask = 'ZZZZZ') => {
  const start = TEXT.indexOf(word, from)
  return { start, end: start + word.length, mask }
}

/** The bytes of the whole file without its encryption, free pages included. */
function decryptedBytes(project: Pick<Project, 'path'>): string {
  const copy = join(temporaryFolder(), 'copy.db')
  copyFileSync(project.path, copy)
  const db = new Database(copy)
  db.pragma(`cipher='sqlcipher'`)
  db.key(Buffer.from(PASSPHRASE))
  db.pragma('journal_mode = DELETE')
  db.pragma(`rekey=''`)
  db.close()
  const bytes = readFileSync(copy).toString('latin1')
  expect(bytes.slice(0, 15)).toBe('SQLite format 3')
  return bytes
}

const sorted = (lists: IdentifierWords): IdentifierWords => ({
  allow: lists.allow.toSorted(),
  deny: lists.deny.toSorted(),
  masks: lists.masks.toSorted(),
})

describe('redacting a stored note', () => {
  it('replaces the text and keeps every coding on its words', () => {
    const { project, amara, code } = study()
    for (const words of ['Mum', 'low mood', 'Zerrypha reports', 'School rang twice.']) {
      const start = TEXT.indexOf(words)
      applyCode(project, amara, 'N1', code, [start, start + words.length])
    }
    redact(project, amara, [{ noteId: 'N1', cuts: [cut('Zerrypha'), cut('Zerrypha', 10)] }])
    expect(getNote(project.db, 'N1').text).toBe(
      'Mum ZZZZZ reports low mood. ZZZZZ was called. School rang twice.',
    )
    expect(getNote(project.db, 'N1').title).toBe(
      'Mum ZZZZZ reports low mood. ZZZZZ was called. School rang twice.',
    )
    expect(quotes(project, amara).sort()).toEqual(['Mum', 'School rang twice.', 'ZZZZZ reports', 'low mood'])
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('leaves the removed characters nowhere in the file', () => {
    const { project, amara } = study()
    expect(decryptedBytes(closedCopy(project))).toContain('Zerrypha')
    redact(project, amara, [{ noteId: 'N1', cuts: [cut('Zerrypha'), cut('Zerrypha', 10)] }])
    const bytes = decryptedBytes(closedCopy(project))
    for (const part of ['Zerrypha', 'zerrypha', 'errypha']) expect(bytes).not.toContain(part)
    expect(bytes).toContain('reports low mood')
  })

  it('leaves listed words nowhere in the file either, once they are redacted in every note', () => {
    const { project, amara } = study()
    const lists = {
      allow: ['zerrypha', 'Ward Seven'],
      deny: ['Mum Zerrypha', 'Quillfeather', 'low mood'],
      masks: ['Zerrypha', 'ZZZZZ'],
    }
    saveIdentifierWords(project, amara, lists)
    // Taken off the list again, a word still waits in the file for an undo.
    saveIdentifierWords(project, amara, { allow: ['Ward Seven'] })
    redact(project, amara, [{ noteId: 'N1', cuts: [cut('Zerrypha')] }])
    // It still stands in its second place, and so in the lists.
    expect(readIdentifierWords(project.db)).toEqual({ ...sorted(lists), allow: ['Ward Seven'] })

    const [last] = placesOf(project.db, 'Zerrypha')
    redact(project, amara, [
      { noteId: 'N1', cuts: [{ start: last?.start ?? 0, end: last?.end ?? 0, mask: '' }] },
    ])
    expect(readIdentifierWords(project.db)).toEqual({
      allow: ['Ward Seven'],
      deny: ['Quillfeather', 'low mood'],
      masks: ['ZZZZZ'],
    })
    const bytes = decryptedBytes(closedCopy(project)).toLowerCase()
    expect(bytes).not.toContain('errypha')
    expect(bytes).toContain('quillfeather')
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('is done where the log cannot be folded in yet, and says so', () => {
    const { project, amara } = study()
    const reader = openReadOnly(project.path, PASSPHRASE)
    besideFile(reader).exec('BEGIN')
    reader.prepare('SELECT count(*) FROM note').get()
    project.db.pragma('busy_timeout = 0')
    const done = redact(project, amara, [{ noteId: 'N1', cuts: [cut('Zerrypha'), cut('Zerrypha', 10)] }])
    expect(done).toEqual({ words: 0, isErased: false })
    expect(getNote(project.db, 'N1').text).not.toContain('Zerrypha')
    reader.close()
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('keeps a listed word while a note still holds it, and does not bring it back by undo afterwards', () => {
    const { project, amara } = study()
    addNotes(project, amara, { N3: 'Zerrypha again.' }, 'YP3')
    saveIdentifierWords(project, amara, { deny: ['Zerrypha'] })
    expect(redact(project, amara, [{ noteId: 'N1', cuts: [cut('Zerrypha'), cut('Zerrypha', 10)] }])).toEqual({
      words: 0,
      isErased: true,
    })
    expect(readIdentifierWords(project.db).deny).toEqual(['Zerrypha'])
    saveIdentifierWords(project, amara, { deny: [] })
    expect(redact(project, amara, [{ noteId: 'N3', cuts: [{ start: 0, end: 8, mask: '' }] }])).toEqual({
      words: 1,
      isErased: true,
    })
    project.undo(amara)
    expect(readIdentifierWords(project.db).deny).toEqual([])
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
    expect(decryptedBytes(closedCopy(project))).not.toContain('Zerrypha')
  })

  it('lets verify find a listed word that was changed behind the journal', () => {
    const { project, amara } = study()
    saveIdentifierWords(project, amara, { deny: ['Quillfeather'] })
    project.db.prepare(`UPDATE identifier_word SET word = 'Somebody'`).run()
    expect(verify(project.db)).toMatchObject({ ok: false, replay: false })
  })

  it('leaves them nowhere after the next opening when the program was killed before the log was folded in', () => {
    const { project, amara } = study()
    closedCopy(project)
    // Somebody who reads keeps the log from being folded in, as a kill does.
    const reader = openReadOnly(project.path, PASSPHRASE)
    besideFile(reader).exec('BEGIN; SELECT count(*) FROM note')
    reader.prepare('SELECT count(*) FROM note').get()
    project.db.pragma('busy_timeout = 0')
    redact(project, amara, [{ noteId: 'N1', cuts: [cut('Zerrypha'), cut('Zerrypha', 10)] }])
    const killed = join(temporaryFolder(), 'killed.understory')
    for (const part of ['', '-wal']) copyFileSync(project.path + part, killed + part)
    reader.close()
    expect(decryptedBytes({ path: killed })).toContain('Zerrypha')
    const opened = openProject(killed)
    expect(decryptedBytes({ path: killed })).not.toContain('errypha')
    expect(verify(opened.db).ok).toBe(true)
  })

  it('cannot be undone, and does not stop what came before it from being undone', () => {
    const { project, amara, code } = study()
    const start = TEXT.indexOf('School')
    applyCode(project, amara, 'N1', code, [start, start + 6])
    redact(project, amara, [{ noteId: 'N1', cuts: [cut('Zerrypha')] }])
    expect(project.journal.state(amara).undo).toBe('applied Neglect')
    project.undo(amara)
    expect(quotes(project, amara)).toEqual([])
    project.redo(amara)
    expect(quotes(project, amara)).toEqual(['School'])
  })

  it('brings a coding undone before the redaction back to its own words', () => {
    const { project, amara, code } = study()
    const start = TEXT.indexOf('School')
    applyCode(project, amara, 'N1', code, [start, start + 6])
    project.undo(amara)
    redact(project, amara, [{ noteId: 'N1', cuts: [cut('Zerrypha')] }])
    // The redaction is a later act of the same coder, so redo is off; an undo of a removal takes the same way.
    expect(() => project.redo(amara)).toThrow(/nothing to redo/)
    const again = applyCode(project, amara, 'N1', code, [0, 3])
    project.change(amara, 'codings.remove', { codings: [{ id: again, code }] })
    redact(project, amara, [{ noteId: 'N1', cuts: [{ start: 0, end: 1, mask: '##' }] }])
    project.undo(amara)
    expect(quotes(project, amara)).toEqual(['##um'])
    expect(verify(project.db).ok).toBe(true)
  })

  it('refuses ranges that are not in the note and changes nothing', () => {
    const { project, amara } = study()
    expect(() =>
      redact(project, amara, [{ noteId: 'N1', cuts: [{ start: 5, end: 900, mask: '' }] }]),
    ).toThrow(/cannot be taken out/)
    expect(getNote(project.db, 'N1').text).toBe(TEXT)
  })

  it('keeps a text that another note still has', () => {
    const { project, amara } = study()
    addNotes(project, amara, { N3: TEXT }, 'YP3')
    redact(project, amara, [{ noteId: 'N1', cuts: [cut('Zerrypha')] }])
    expect(getNote(project.db, 'N3').text).toBe(TEXT)
    expect(verify(project.db).ok).toBe(true)
  })

  it('replays to the same tables for random codings, redactions, undos and redos', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('apply' as const),
        start: fc.nat(60),
        length: fc.integer({ min: 1, max: 15 }),
      }),
      fc.record({
        do: fc.constant('redact' as const),
        start: fc.nat(60),
        length: fc.integer({ min: 1, max: 5 }),
        mask: fc.nat(4),
      }),
      fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const, 'remove' as const) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { project, amara, code } = study()
        for (const act of steps) {
          try {
            if (act.do === 'apply') applyCode(project, amara, 'N1', code, [act.start, act.start + act.length])
            else if (act.do === 'redact') {
              const cuts = [{ start: act.start, end: act.start + act.length, mask: '#'.repeat(act.mask) }]
              redact(project, amara, [{ noteId: 'N1', cuts }])
            } else if (act.do === 'undo') project.undo(amara)
            else if (act.do === 'redo') project.redo(amara)
            else {
              const [coding] = codingsOfNote(project.db, 'N1', [amara])
              if (coding) project.change(amara, 'codings.remove', { codings: [{ id: coding.id, code }] })
            }
          } catch (error) {
            expect((error as Error).name).toBe('Problem')
          }
        }
        expect(verify(project.db).problems).toEqual([])
        project.close()
      }),
      { numRuns: 12 },
    )
  })
})

/** Closing folds the log in, so that one file holds everything there is. */
function closedCopy(project: Project): Project {
  project.db.pragma('wal_checkpoint(TRUNCATE)')
  return project
}
