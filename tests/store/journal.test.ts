import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { describe, expect, it } from 'vitest'
import { listCodes } from '../../electron/store/codebook/codes.ts'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { changeCodings } from '../../electron/store/codings/edits.ts'
import { memoryDatabase } from '../../electron/store/file/database.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { listMemos, memoSubject } from '../../electron/store/memos/memos.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import { Project } from '../../electron/store/project.ts'
import { compareTables, fingerprint, replayAll, verify } from '../../electron/store/verify/verify.ts'
import type { CodeId, CoderId, CodingId, MemoId } from '../../shared/contract/basics.ts'
import { memoFromText } from '../../shared/memo.ts'
import { codeId, coderId, codingId } from '../ids.ts'
import { fewOf } from '../random.ts'
import { addCode, addNotes, applyCode, listNotes, newCode } from './project-content.ts'
import { makeProject, openProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

function smallProject() {
  const project = makeProject()
  const amara = project.addCoder('Amara')
  const ben = project.addCoder('Ben')
  addNotes(project, amara.id, { N1: 'Mum shouted. Police came twice.', N2: 'Settled week.' })
  const neglect = addCode(project, amara.id, 'Neglect')
  return { project, amara, ben, neglect }
}

const spansOf = (project: Project, coderId: CoderId, note = 'N1') =>
  codingsOfNote(project.db, note, [coderId]).map(({ span }) => span)

describe('the project file', () => {
  it('is encrypted and readable by its owner alone', () => {
    const { project } = smallProject()
    project.close()
    const bytes = readFileSync(project.path)
    expect(bytes.subarray(0, 16).toString('latin1')).not.toBe('SQLite format 3\0')
    expect(bytes.includes('Police came twice')).toBe(false)
  })

  it('refuses a wrong passphrase in plain words and stays as it was', () => {
    const { project } = smallProject()
    project.close()
    const before = readFileSync(project.path)
    expect(() => Project.open(project.path, 'wrong')).toThrow(/passphrase does not open/)
    expect(readFileSync(project.path).equals(before)).toBe(true)
  })

  it('refuses files that are no projects, naming why', () => {
    const folder = temporaryFolder()
    expect(() => Project.open(join(folder, 'none.understory'), 'x')).toThrow(/There is no file/)
    writeFileSync(join(folder, 'short.understory'), 'hello')
    expect(() => Project.open(join(folder, 'short.understory'), 'x')).toThrow(/too short/)
    const plain = new Database(join(folder, 'plain.understory'))
    plain.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1)')
    plain.close()
    expect(() => Project.open(join(folder, 'plain.understory'), 'x')).toThrow(/unencrypted/)
    writeFileSync(join(folder, 'noise.understory'), Buffer.alloc(8192, 7))
    expect(() => Project.open(join(folder, 'noise.understory'), 'x')).toThrow(/passphrase does not open/)
  })

  it('refuses a truncated copy without harming it', () => {
    const { project } = smallProject()
    project.close()
    const cut = join(temporaryFolder(), 'cut.understory')
    writeFileSync(cut, readFileSync(project.path).subarray(0, 10_000))
    expect(() => {
      const opened = Project.open(cut, PASSPHRASE)
      try {
        if (!verify(opened.db).ok) throw new Error('damaged')
      } finally {
        opened.close()
      }
    }).toThrow()
  })

  it('never overwrites a file that is there', () => {
    const { project } = smallProject()
    expect(() => Project.create(project.path, PASSPHRASE, { title: 'Again' })).toThrow(/already a file/)
  })

  it('refuses a file from a newer program', () => {
    const { project } = smallProject()
    project.db.pragma('user_version = 99')
    project.close()
    expect(() => Project.open(project.path, PASSPHRASE)).toThrow(/newer version/)
  })
})

describe('a file of a trial version', () => {
  it('is refused in plain words', () => {
    const { project } = smallProject()
    project.db.exec('ALTER TABLE coding RENAME COLUMN qualifiers TO remarks')
    project.close()
    expect(() => Project.open(project.path, PASSPHRASE)).toThrow(/trial version.*Nothing was changed/)
  })

  it('is refused too where only its journal is of another shape', () => {
    const project = makeProject()
    project.db.exec('ALTER TABLE journal DROP COLUMN wall')
    expect(() => Project.open(project.path, PASSPHRASE)).toThrow(/trial version.*Nothing was changed/)
  })
})

describe('coding', () => {
  it('survives closing and opening', () => {
    const { project, amara, neglect } = smallProject()
    applyCode(project, amara.id, 'N1', neglect, [0, 11])
    project.close()
    const again = openProject(project.path)
    expect(spansOf(again, amara.id)).toEqual([{ start: 0, end: 11 }])
    expect(getNote(again.db, 'N1').text).toBe('Mum shouted. Police came twice.')
  })

  it('refuses a range outside the note and changes nothing', () => {
    const { project, amara, neglect } = smallProject()
    const before = fingerprint(project.db)
    expect(() => applyCode(project, amara.id, 'N1', neglect, [0, 500])).toThrow(/does not lie in note N1/)
    expect(() => applyCode(project, amara.id, 'N9', neglect, [0, 5])).toThrow(/no note N9/)
    expect(fingerprint(project.db)).toBe(before)
    expect(verify(project.db).ok).toBe(true)
  })

  it('is each coder’s own: nobody removes another’s', () => {
    const { project, amara, ben, neglect } = smallProject()
    const id = applyCode(project, amara.id, 'N1', neglect, [0, 3])
    expect(() => project.change(ben.id, 'codings.remove', { codings: [{ id, code: neglect }] })).toThrow(
      /another coder/,
    )
    expect(spansOf(project, amara.id)).toHaveLength(1)
  })

  it('is counted per coder in the note list, which says who is how far', () => {
    const { project, amara, ben, neglect } = smallProject()
    applyCode(project, amara.id, 'N1', neglect, [0, 3])
    project.change(ben.id, 'note.setStatus', { notes: ['N2'], status: 'finished' })
    expect(listNotes(project.db, amara.id).map(({ status, codings }) => [status, codings])).toEqual([
      ['in progress', 1],
      ['not started', 0],
    ])
    expect(listNotes(project.db, ben.id).map(({ status }) => status)).toEqual(['not started', 'finished'])
  })
})

describe('undo', () => {
  it('takes back the coder’s own latest change, also after a restart', () => {
    const { project, amara, ben, neglect } = smallProject()
    applyCode(project, amara.id, 'N1', neglect, [0, 3])
    applyCode(project, ben.id, 'N1', neglect, [4, 8])
    project.close()
    const again = openProject(project.path)
    expect(again.journal.state(amara.id)).toEqual({ undo: 'applied Neglect', redo: null })
    again.undo(amara.id)
    expect(spansOf(again, amara.id)).toEqual([])
    expect(spansOf(again, ben.id)).toHaveLength(1)
    expect(again.journal.state(amara.id).redo).toBe('applied Neglect')
  })

  it('brings everything back by redo, under the same ids', () => {
    const { project, amara, neglect } = smallProject()
    const id = applyCode(project, amara.id, 'N1', neglect, [0, 3])
    project.undo(amara.id)
    project.redo(amara.id)
    expect(codingsOfNote(project.db, 'N1', [amara.id]).map((coding) => coding.id)).toEqual([id])
    project.undo(amara.id)
    expect(spansOf(project, amara.id)).toEqual([])
    project.redo(amara.id)
    expect(spansOf(project, amara.id)).toHaveLength(1)
    expect(() => project.redo(amara.id)).toThrow(/nothing to redo/)
  })

  it('offers no redo once something else was done', () => {
    const { project, amara, neglect } = smallProject()
    applyCode(project, amara.id, 'N1', neglect, [0, 3])
    project.undo(amara.id)
    applyCode(project, amara.id, 'N1', neglect, [5, 9])
    expect(() => project.redo(amara.id)).toThrow(/nothing to redo/)
  })

  it('is refused when later work depends on what would go', () => {
    const { project, amara, ben } = smallProject()
    const code = addCode(project, amara.id, 'Bullying')
    applyCode(project, ben.id, 'N1', code, [0, 3])
    const before = fingerprint(project.db)
    expect(() => project.undo(amara.id)).toThrow(/later work by someone depends on it/)
    expect(fingerprint(project.db)).toBe(before)
  })

  it('leaves a field that someone has changed since as it is', () => {
    const { project, amara, ben, neglect } = smallProject()
    project.change(amara.id, 'codes.update', {
      changes: [{ id: neglect, fields: { name: 'Neglect A', definition: 'x' } }],
    })
    project.change(ben.id, 'codes.update', { changes: [{ id: neglect, fields: { name: 'Neglect B' } }] })
    project.undo(amara.id)
    const [code] = listCodes(project.db)
    expect(code).toMatchObject({ name: 'Neglect B', definition: '' })
  })

  it('takes an import back as one step and can bring it again', () => {
    const { project, amara } = smallProject()
    addNotes(project, amara.id, { M1: 'one', M2: 'two' }, 'YP2')
    project.undo(amara.id)
    expect(listNotes(project.db, amara.id).map(({ id }) => id)).toEqual(['N1', 'N2'])
    project.redo(amara.id)
    expect(getNote(project.db, 'M2').text).toBe('two')
  })
})

describe('verify', () => {
  it('says ok for an untouched project', () => {
    const { project, amara, neglect } = smallProject()
    applyCode(project, amara.id, 'N1', neglect, [0, 3])
    project.undo(amara.id)
    expect(verify(project.db)).toMatchObject({
      ok: true,
      sqlite: true,
      chain: true,
      replay: true,
      notes: 2,
      problems: [],
    })
  })

  it('names the entry whose payload had one byte changed', () => {
    const { project, amara, neglect } = smallProject()
    applyCode(project, amara.id, 'N1', neglect, [0, 3])
    const { seq, id } = project.db
      .prepare(`SELECT seq, id FROM journal WHERE kind = 'codings.apply'`)
      .get() as {
      seq: number
      id: string
    }
    project.db
      .prepare(`UPDATE journal SET payload = replace(payload, '"end":3', '"end":4') WHERE seq = ?`)
      .run(seq)
    const report = verify(project.db)
    expect(report).toMatchObject({ ok: false, chain: false, replay: false })
    expect(report.problems[0]).toContain(`journal entry ${seq}`)
    expect(report.problems[0]).toContain(id)
  })

  it('survives a payload that is no longer JSON', () => {
    const { project } = smallProject()
    project.db.prepare(`UPDATE journal SET payload = '{' WHERE seq = 3`).run()
    const report = verify(project.db)
    expect(report.ok).toBe(false)
    expect(report.problems.join('\n')).toContain('journal entry 3')
  })

  it('finds a row changed behind the journal’s back, a missing entry and a changed note', () => {
    const { project, amara, neglect } = smallProject()
    applyCode(project, amara.id, 'N1', neglect, [0, 3])
    project.close()
    const tampered = (sql: string) => {
      const path = join(temporaryFolder(), 'copy.understory')
      copyFileSync(project.path, path)
      const copy = openProject(path)
      copy.db.pragma('foreign_keys = OFF')
      copy.db.exec(sql)
      return verify(copy.db)
    }
    expect(tampered('UPDATE coding SET end_at = 5')).toMatchObject({ ok: false, chain: true, replay: false })
    expect(tampered('DELETE FROM coding')).toMatchObject({ ok: false, chain: true, replay: false })
    expect(tampered('DELETE FROM journal WHERE seq = 4')).toMatchObject({ ok: false, chain: false })
    expect(tampered(`UPDATE note_text SET body = 'Mum'`)).toMatchObject({
      ok: false,
      chain: true,
      replay: false,
    })
  })
})

/** Random work by two coders; what is not possible at that moment is refused and must change nothing. */
type Act =
  | { do: 'code'; coder: number; code: number; note: number; start: number; length: number }
  | { do: 'whole'; coder: number; code: number; note: number }
  | { do: 'remove'; coder: number; pick: number }
  | { do: 'memo'; coder: number; pick: number; memo: string }
  | {
      do: 'edge' | 'recode' | 'qualify' | 'split' | 'unite' | 'unmemo'
      coder: number
      pick: number
      other: number
    }
  | { do: 'redact'; coder: number; note: number; start: number; length: number; mask: number }
  | { do: 'create'; coder: number; name: string; under: number }
  | { do: 'rename' | 'retire' | 'move'; coder: number; code: number; other: number; name: string }
  | { do: 'finish'; coder: number; note: number; status: 'finished' | 'in progress' | 'not started' }
  | { do: 'import'; coder: number; name: string }
  | { do: 'undo' | 'redo'; coder: number }

const coder = fc.nat(1)
const small = fc.nat(12)
const word = fc.string({ minLength: 1, maxLength: 6 }).filter((name) => name.trim() !== '')
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('code' as const),
      coder,
      code: small,
      note: small,
      start: fc.nat(30),
      length: fc.integer({ min: 1, max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('whole' as const), coder, code: small, note: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), coder, pick: small }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('memo' as const),
      coder,
      pick: small,
      memo: fc.string({ maxLength: 5 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'edge' as const,
        'recode' as const,
        'qualify' as const,
        'split' as const,
        'unite' as const,
        'unmemo' as const,
      ),
      coder,
      pick: small,
      other: small,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('redact' as const),
      coder,
      note: small,
      start: fc.nat(20),
      length: fc.integer({ min: 1, max: 6 }),
      mask: fc.nat(3),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('create' as const), coder, name: word, under: small }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('rename' as const, 'retire' as const, 'move' as const),
      coder,
      code: small,
      other: small,
      name: word,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('finish' as const),
      coder,
      note: small,
      status: fc.constantFrom('finished' as const, 'in progress' as const, 'not started' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('import' as const), coder, name: word }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const), coder }) },
)

class Workshop {
  readonly project = smallProject()
  readonly coders = [this.project.amara.id, this.project.ben.id]

  get #db() {
    return this.project.project.db
  }

  #codes = () => listCodes(this.#db).map(({ id }) => id)
  #notes = () => this.#db.prepare('SELECT id FROM note ORDER BY num').pluck().all() as string[]
  #codings = () =>
    this.#db
      .prepare(
        'SELECT coding.id, code.id AS code FROM coding JOIN code ON code.num = coding.code ORDER BY coding.num',
      )
      .all() as Array<{ id: CodingId; code: CodeId }>

  perform(step: Act): void {
    const { project } = this.project
    const by = this.coders[step.coder] as CoderId
    const pick = <T>(list: T[], index: number): T => list[index % Math.max(1, list.length)] as T
    switch (step.do) {
      case 'code':
        applyCode(project, by, pick(this.#notes(), step.note), pick(this.#codes(), step.code), [
          step.start,
          step.start + step.length,
        ])
        return
      case 'whole':
        applyCode(project, by, pick(this.#notes(), step.note), pick(this.#codes(), step.code), null)
        return
      case 'remove':
        project.change(by, 'codings.remove', { codings: [pick(this.#codings(), step.pick)] })
        return
      case 'memo':
        project.change(by, 'memo.add', {
          id: newId<MemoId>(),
          about: { kind: 'coding', id: pick(this.#codings(), step.pick).id },
          type: null,
          title: '',
          body: memoFromText(step.memo),
        })
        return
      case 'edge':
        changeCodings(project, by, [
          {
            id: pick(this.#codings(), step.pick).id,
            span: { start: step.other, end: step.other + 1 + step.pick },
          },
        ])
        return
      case 'recode':
        changeCodings(project, by, [
          { id: pick(this.#codings(), step.pick).id, codeId: pick(this.#codes(), step.other) },
        ])
        return
      case 'qualify':
        changeCodings(project, by, [
          { id: pick(this.#codings(), step.pick).id, qualifiers: { time: step.other % 2 ? 'past' : 'now' } },
        ])
        return
      case 'split': {
        const { id } = pick(this.#codings(), step.pick)
        project.change(by, 'coding.split', { id, at: step.other + 1, newId: codingId(uuid()) })
        return
      }
      case 'unite': {
        const ids = [step.pick, step.other].map((index) => pick(this.#codings(), index).id)
        project.change(by, 'codings.unite', { ids })
        return
      }
      case 'unmemo': {
        const { id } = pick(listMemos(this.#db, { offset: 0, limit: 100 }).rows, step.pick)
        project.change(by, 'memo.remove', { id, about: memoSubject(this.#db, id) })
        return
      }
      case 'redact': {
        const cut = { start: step.start, end: step.start + step.length, mask: '#'.repeat(step.mask) }
        redact(project, by, [{ noteId: pick(this.#notes(), step.note), cuts: [cut] }])
        return
      }
      case 'create': {
        const parents = [null, ...this.#codes()]
        project.change(by, 'codes.add', {
          source: 'a test',
          codes: [newCode(step.name, pick<CodeId | null>(parents, step.under))],
        })
        return
      }
      case 'rename':
        project.change(by, 'codes.update', {
          changes: [{ id: pick(this.#codes(), step.code), fields: { name: step.name, shortcut: 'a' } }],
        })
        return
      case 'retire':
        project.change(by, 'codes.setRetired', {
          ids: [pick(this.#codes(), step.code)],
          isRetired: step.other % 2 === 0,
        })
        return
      case 'move': {
        const parents = [null, ...this.#codes()]
        project.change(by, 'codes.arrange', {
          how: 'move',
          moves: [
            {
              id: pick(this.#codes(), step.code),
              parentId: pick<CodeId | null>(parents, step.other),
              position: step.other % 3,
            },
          ],
        })
        return
      }
      case 'finish':
        project.change(by, 'note.setStatus', { notes: [pick(this.#notes(), step.note)], status: step.status })
        return
      case 'import':
        addNotes(project, by, { [`X-${step.name}`]: `text of ${step.name}` }, `YP-${step.name}`)
        return
      case 'undo':
        project.undo(by)
        return
      case 'redo':
        project.redo(by)
    }
  }
}

const entriesOf = (project: Project) =>
  project.db.prepare('SELECT count(*) FROM journal').pluck().get() as number

describe('replay', () => {
  it('reproduces every table from the journal alone, for random work with undo and redo', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 60 }), (steps) => {
        const workshop = new Workshop()
        const { db } = workshop.project.project
        for (const step of steps) {
          const before = fingerprint(db)
          try {
            workshop.perform(step)
          } catch {
            // Refused: then nothing may have changed.
            expect(fingerprint(db)).toBe(before)
          }
        }
        const fresh = memoryDatabase()
        replayAll(db, fresh)
        expect(compareTables(db, fresh)).toEqual([])
        expect(fingerprint(fresh)).toBe(fingerprint(db))
        expect(verify(db).problems).toEqual([])
        fresh.close()
        workshop.project.project.close()
      }),
      { numRuns: fewOf(10, 25) },
    )
  })

  it('goes back exactly as far as undo is pressed, and forward again by redo', () => {
    const work = fc.array(
      // A redaction has no undo, and what comes back after it comes back elsewhere.
      act.filter((step) => !['undo', 'redo', 'redact'].includes(step.do) && step.coder === 0),
      { minLength: 1, maxLength: 15 },
    )
    fc.assert(
      fc.property(work, (steps) => {
        const workshop = new Workshop()
        const { project, amara } = workshop.project
        const states = [fingerprint(project.db)]
        for (const step of steps) {
          const before = entriesOf(project)
          try {
            workshop.perform(step)
            // What changes nothing is no step.
            if (entriesOf(project) > before) states.push(fingerprint(project.db))
          } catch {
            // Refused steps are not in the history.
          }
        }
        const forward = [...states]
        for (let back = states.length - 2; back >= 0; back--) {
          project.undo(amara.id)
          expect(fingerprint(project.db)).toBe(states[back])
        }
        for (const state of forward.slice(1)) {
          project.redo(amara.id)
          expect(fingerprint(project.db)).toBe(state)
        }
        project.close()
      }),
      { numRuns: fewOf(6, 15) },
    )
  })
})

describe('what made the project', () => {
  const title = 'Study'
  it('is nobody’s to undo, and what is done after it is', () => {
    const path = join(temporaryFolder(), 'made.understory')
    let neglect = codeId('')
    const project = Project.create(path, PASSPHRASE, { title }, (made) => {
      const amara = made.addCoder('Amara')
      addNotes(made, amara.id, { N1: 'Mum shouted. Police came twice.' })
      neglect = addCode(made, amara.id, 'Neglect')
    })
    const [amara] = project.info().coders
    const id = amara?.id ?? coderId('')
    expect(project.journal.state(id).undo).toBeNull()
    expect(() => project.undo(id)).toThrow('There is nothing to undo.')
    applyCode(project, id, 'N1', neglect, [0, 3])
    project.undo(id)
    expect(project.history.steps(id, 10).done).toEqual([])
    expect(() => project.undo(id)).toThrow('There is nothing to undo.')
    project.redo(id)
    project.close()
    const again = openProject(path)
    expect(again.history.steps(id, 10).done).toHaveLength(1)
    expect(verify(again.db).ok).toBe(true)
  })
})
