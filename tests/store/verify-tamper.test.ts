/**
 * Whatever is changed in a project file behind the journal's back, Verify names it. The changes are made by raw SQL in
 * a real encrypted file, one after the other in every table and column there is, so that what is added later is tried
 * too; each is taken back before the next.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepRecentCodes } from '../../electron/store/codings/recent-codes.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { readSetting, writeLocal } from '../../electron/store/file/values.ts'
import { saveIdentifierWords } from '../../electron/store/identifiers/words.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { mergePackage } from '../../electron/store/merging/merge.ts'
import { keepReadingPosition, keepView } from '../../electron/store/notes/reading.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import { Project } from '../../electron/store/project.ts'
import { setOwnPin } from '../../electron/store/team/chairs.ts'
import { findCoder } from '../../electron/store/team/coders.ts'
import { checkPin, writePin } from '../../electron/store/team/pins.ts'
import { KEY_NAME } from '../../electron/store/team/signing-keys.ts'
import { isPlannersOwn, TABLE_CLASSES } from '../../electron/store/verify/schema-classes.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type {
  CodeId,
  CoderId,
  CodingId,
  DisagreementId,
  MemoId,
  ProposalId,
  RoundId,
} from '../../shared/contract/basics.ts'
import { memoFromText } from '../../shared/memo.ts'
import { addCode, addNotes, applyCode, newCode } from './project-content.ts'
import { PASSPHRASE } from './temporary-project.ts'

/** Something in every table. */
function everything(): { project: Project; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'understory-tampered-'))
  const made = Project.create(join(folder, 'study.understory'), PASSPHRASE, { title: 'A study' })
  const [amara, ben] = ['Amara', 'Ben'].map((name) => made.addCoder(name).id) as [CoderId, CoderId]
  made.signer = () => amara
  made.activate(amara)
  addNotes(made, amara, { N1: 'Mum shouted. Police came twice.', N2: 'A settled week with Marlow.' })
  addNotes(made, amara, { N3: 'A note that is taken back.' }, 'YP2')
  made.undo(amara)
  addNotes(made, amara, { N4: MANY_WORDS }, 'YP4')
  const [neglect, violence, gone] = ['Neglect', 'Violence', 'Gone'].map((name) =>
    addCode(made, amara, name),
  ) as [CodeId, CodeId, CodeId]
  made.change(amara, 'codes.add', { source: 'a test', codes: [newCode('Shouting', violence)] })
  made.change(amara, 'codes.merge', { into: neglect, from: [gone] })
  made.change(amara, 'codebook.nameVersion', { version: 3, name: 'v1' })
  const coding = applyCode(made, amara, 'N1', neglect, [0, 11])
  applyCode(made, ben, 'N1', violence, [0, 11])
  made.change(amara, 'memo.add', {
    id: newId<MemoId>(),
    about: { kind: 'coding', id: coding },
    type: null,
    title: '',
    body: memoFromText('Loud.'),
  })
  made.change(ben, 'proposal.add', {
    id: newId<ProposalId>(),
    code: neglect,
    fields: { definition: 'Narrower' },
    reason: 'Too wide',
  })
  made.change(amara, 'round.add', {
    id: newId<RoundId>(),
    name: 'One',
    coders: [amara, ben],
    notes: ['N1', 'N2'],
    isBlind: true,
    drawn: null,
  })
  made.change(amara, 'note.setStatus', { notes: ['N1'], status: 'finished' })
  made.change(amara, 'identifier.keep', { note: 'N2', start: 2, end: 9 })
  redact(made, amara, [{ noteId: 'N2', cuts: [{ start: 20, end: 26, mask: '#' }] }])
  saveIdentifierWords(made, amara, { allow: ['settled'] })
  made.codeAgain(amara, amara, newId())
  const consensus = made.addConsensus(amara).id
  made.change(amara, 'decisions.make', {
    decisions: [
      {
        disagreement: 'd' as DisagreementId,
        ...{
          note: 'N1',
          coders: [amara, ben],
          kind: 'code',
          decision: 'coder',
          chosen: amara,
          reason: 'Loud.',
        },
        codings: [{ id: coding, code: neglect, start: 0, end: 11, qualifiers: {} }],
        made: [{ id: newId<CodingId>(), code: neglect, start: 0, end: 11, qualifiers: {} }],
      },
    ],
  })
  made.activate(consensus)
  made.activate(amara)
  setOwnPin(made, { current: null, pin: '258036' })
  writePin(made.db, ben, '147025')
  expect(() => checkPin(made.db, { id: ben, name: 'Ben' }, 'wrong')).toThrow()
  writeLocal(made.db, `pin-removed:${ben}`, JSON.stringify({ by: amara, at: 1 }))
  writeLocal(made.db, 'backups', 'on')
  keepView(made.db, '{}')
  keepReadingPosition(made.db, amara, 'N1', 3)
  keepRecentCodes(made.db, amara, { newest: [neglect], numbered: [] })
  made.compareWithMark({ settingsFolder: join(folder, 'settings') })
  made.close()
  const project = Project.open(made.path, PASSPHRASE)
  mergeTwice(project, folder)
  // As an import under way leaves it.
  project.db.exec(`INSERT INTO note_text (hash, body) VALUES ('${HASH_OF_STAGED}', 'Staged.');
    INSERT INTO staged_text (hash) VALUES ('${HASH_OF_STAGED}')`)
  project.db.pragma('foreign_keys = OFF')
  project.db.pragma('ignore_check_constraints = ON')
  project.db.unsafeMode(true)
  return { project, folder }
}

/** What merges leave: an entry that does nothing in its place, and entries of a merge that was undone. */
function mergeTwice(project: Project, folder: string): void {
  const ben = findCoder(project.db, 'Ben')?.id as CoderId
  const copy = join(folder, 'study of Ben.understory')
  copyFileSync(project.path, copy)
  const theirs = Project.open(copy, PASSPHRASE, { settingsFolder: join(folder, 'settings of Ben') })
  theirs.db.exec(`UPDATE coder SET role = 'lead' WHERE name LIKE 'Ben%'`)
  theirs.change(ben, 'codebook.freeze', { isFrozen: true })
  expect(project.merge(copy, PASSPHRASE).entries.void).toHaveLength(1)
  say(theirs, ben, true)
  say(theirs, ben, false)
  expect(project.merge(copy, PASSPHRASE).entries.new).toBeGreaterThan(1)
  project.undo(PROJECT_ACTOR)
  withGap(project, theirs, ben)
  theirs.close(false)
}

/** A package with an entry that stands without the one before it. */
function withGap(project: Project, theirs: Project, ben: CoderId): void {
  say(theirs, ben, true)
  const { seq: _seq, ...entry } = say(theirs, ben, false)
  const head = {
    ...{ package: 'understory' as const, form: 1, id: 'p', by: ben, for: ben, made: 1, hasTexts: false },
    project: { id: readSetting(project.db, 'id') ?? '', title: '' },
    gaps: [[entry.replica, entry.replica_seq] as [string, number]],
  }
  const content = { head, entries: [entry], seals: [], words: [], texts: new Map<string, string>() }
  expect(mergePackage(project, content, 'package').entries.new).toBe(1)
}
const say = (theirs: Project, ben: CoderId, isReflexive: boolean) =>
  theirs.change(ben, 'project.setReflexive', { isReflexive }).entry

/** So many that their index has several pages. */
const MANY_WORDS = Array.from({ length: 2_000 }, (_, at) => `word${(at * 7_919) % 2_000}`).join(' ')

const HASH_OF_STAGED = 'fb121828c28367997e940ec88d9b5de2b6f6d269ed995ebe3e065af2f190acc4'

let study: ReturnType<typeof everything>
beforeAll(() => {
  study = everything()
})

/** What Verify says once `sql` was done; it is taken back then. */
function findingsAfter(sql: string, ...values: unknown[]): string[] {
  const { db } = study.project
  db.exec('SAVEPOINT tampering')
  try {
    if (values.length > 0) db.prepare(sql).run(...values)
    else db.exec(sql)
    const { ok, problems } = verify(db)
    expect(ok).toBe(problems.length === 0)
    return problems
  } finally {
    db.exec('ROLLBACK TO tampering; RELEASE tampering')
    db.unsafeMode(true)
  }
}

type Column = { name: string; type: string; isKey: boolean }

const tables = () =>
  (
    study.project.db
      .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid`)
      .all() as Array<{ name: string; sql: string | null }>
  )
    .filter(({ name, sql }) => !isPlannersOwn(name) && !sql?.startsWith('CREATE VIRTUAL'))
    .map(({ name }) => name)

/** Without generated columns, which hold nothing. */
const columnsOf = (table: string): Column[] =>
  (
    study.project.db
      .prepare(`SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden = 0`)
      .all(table) as Array<{
      name: string
      type: string
      pk: number
    }>
  ).map(({ name, type, pk }) => ({ name, type, isKey: pk > 0 }))

/** What Verify calls a table by, where not by its name. */
const CALLED: Record<string, RegExp> = {
  journal: /journal/,
  // Of an entry that is called void, or not, that it cannot be replayed.
  void: /journal|\bvoid\b/,
  // Of an entry that does not follow the one before it.
  gap: /journal|\bgap\b/,
  seal: /seals:/,
  note_text: /its text|note_text|search index/,
}
const calledOf = (table: string): RegExp =>
  CALLED[table] ?? (table.startsWith('note_fts_') ? /search index/ : new RegExp(`(^|: )${table}\\b`))

const isNamed = (table: string, problems: readonly string[]): boolean =>
  problems.some((words) => calledOf(table).test(words))

/** A seal that was taken away is missed by nothing, and without a row in `staged_text` no import is under way. */
const MAY_GO = new Set(['seal', 'staged_text'])

/** The row to tamper with: the first, and in tables of the index one that a search needs. */
const ROW: Record<string, string> = { note_fts_config: `k = 'secure-delete'`, note_fts_idx: 'pgno / 2 = 4' }
const oneRowOf = (table: string): string => {
  const keys = columnsOf(table).flatMap(({ name, isKey }) => (isKey ? [name] : []))
  const key = keys.join(', ') || 'rowid'
  return ROW[table] ?? `(${key}) = (SELECT ${key} FROM ${table} ORDER BY ${key} LIMIT 1)`
}

/** In ms: some two hundred changes, each verified. */
const SLOW = 240_000

/** Places where a change says nothing: which note was read last, how far, and how the screen stood. */
const NO_EVIDENCE = new Set(['local.value of view', 'local.value of reading'])

/** An expression that gives another value of the column's own kind. */
const otherThan = ({ name, type }: Column): string => {
  if (type === 'INTEGER') return `coalesce(${name}, 0) + 1000`
  if (type === 'BLOB') return `zeroblob(length(${name}) + 1)`
  if (type === 'TEXT') return `coalesce(${name}, '') || 'x'`
  return `CASE typeof(${name}) WHEN 'integer' THEN ${name} + 1000 WHEN 'blob' THEN zeroblob(length(${name}) + 1) ELSE coalesce(${name}, '') || 'x' END`
}

describe('a file that nobody tampered with', () => {
  it('is ok', () => {
    expect(verify(study.project.db)).toMatchObject({ ok: true, problems: [] })
  })
})

describe('a change behind the journal’s back', () => {
  it('can be made in every table there is', () => {
    for (const table of tables()) {
      expect(TABLE_CLASSES[table], `${table} is in no class`).toBeDefined()
      const rows = study.project.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
      expect(rows, `${table} is empty`).toBeGreaterThan(0)
    }
  })

  it(
    'is named in whichever column of whichever table',
    () => {
      const missed: string[] = []
      for (const table of tables().filter((name) => name !== 'local'))
        for (const column of columnsOf(table)) {
          const problems = findingsAfter(
            `UPDATE ${table} SET ${column.name} = ${otherThan(column)} WHERE ${oneRowOf(table)}`,
          )
          if (!isNamed(table, problems))
            missed.push(`${table}.${column.name}: ${problems.join('; ') || 'ok'}`)
        }
      expect(missed).toEqual([])
    },
    SLOW,
  )

  it(
    'is named where a row is gone, or one too many',
    () => {
      const missed: string[] = []
      for (const table of tables().filter((name) => name !== 'local')) {
        const gone = findingsAfter(`DELETE FROM ${table} WHERE ${oneRowOf(table)}`)
        if (!isNamed(table, gone) && !MAY_GO.has(table))
          missed.push(`${table}, a row gone: ${gone.join('; ') || 'ok'}`)
        const all = columnsOf(table).map(({ name }) => name)
        const other = columnsOf(table).map(otherThan)
        const more = findingsAfter(
          `INSERT INTO ${table} (${all.join(', ')}) SELECT ${other.join(', ')} FROM ${table} WHERE ${oneRowOf(table)}`,
        )
        if (!isNamed(table, more)) missed.push(`${table}, a row more: ${more.join('; ') || 'ok'}`)
      }
      expect(missed).toEqual([])
    },
    SLOW,
  )

  it('is named in every value of this copy’s own, and in their names', () => {
    const names = study.project.db.prepare('SELECT name FROM local ORDER BY name').pluck().all() as string[]
    const families = names.map((name) => name.split(/[.:]/)[0] as string)
    for (const family of [
      'replica',
      'active-coder',
      'consensus-speaker',
      'undo-floor',
      'mark',
      'backups',
      'pin',
      'pin-tries',
      'pin-removed',
      'view',
      'recent',
      'reading',
      KEY_NAME.slice(0, -1),
    ])
      expect(families).toContain(family)
    const missed: string[] = []
    for (const name of names) {
      const problems = findingsAfter(`UPDATE local SET value = value || 'x' WHERE name = ?`, name)
      const isNamed = problems.some((words) => words.includes(`kept as ${name}`))
      if (!isNamed && !NO_EVIDENCE.has(`local.value of ${name.split('.')[0]}`)) missed.push(name)
      const renamed = findingsAfter(`UPDATE local SET name = 'x' || name WHERE name = ?`, name)
      if (!renamed.some((words) => words.includes(`under the name x${name}`))) missed.push(`x${name}`)
    }
    expect(missed).toEqual([])
    expect(findingsAfter(`UPDATE local SET value = '${uuid()}' WHERE name = 'replica'`)).toHaveLength(1)
    expect(findingsAfter(`UPDATE local SET value = '${uuid()}' WHERE name = 'active-coder'`)).toHaveLength(1)
    expect(findingsAfter(`DELETE FROM local WHERE name = 'replica'`)).toEqual(['local: replica is missing'])
  })
})

describe('a schema that was changed', () => {
  it.each([
    ['trigger', 'CREATE TRIGGER quiet AFTER INSERT ON coding BEGIN DELETE FROM memo; END', 'trigger quiet'],
    ['index', 'CREATE INDEX quick ON coding (created_at)', 'index quick'],
    ['view', 'CREATE VIEW seen AS SELECT * FROM coding', 'view seen'],
    ['table', 'CREATE TABLE more (x)', 'table more'],
    ['column', 'ALTER TABLE coding ADD COLUMN more TEXT', 'table coding'],
    ['missing trigger', 'DROP TRIGGER note_added', 'trigger note_added is missing'],
    ['missing index', 'DROP INDEX coding_note', 'index coding_note is missing'],
    [
      'trigger of another kind',
      'DROP TRIGGER note_text_added; CREATE TRIGGER note_text_added AFTER INSERT ON note_text BEGIN SELECT 1; END',
      'trigger note_text_added',
    ],
  ])('is named: %s', (_what, sql, named) => {
    expect(findingsAfter(sql).filter((words) => words.startsWith('schema: '))).toEqual([
      expect.stringContaining(named),
    ])
  })

  it('is named where the file says it is another program’s', () => {
    expect(findingsAfter('PRAGMA application_id = 1')).toEqual([expect.stringContaining('application_id')])
    expect(findingsAfter('PRAGMA user_version = 7')).toEqual([expect.stringContaining('user_version is 7')])
  })
})

describe('the search index', () => {
  const FALSE_INDEX = ['search index: it does not hold what the texts of the notes do']

  it('is named where it was emptied, whatever it says of itself', () => {
    expect(findingsAfter(`INSERT INTO note_fts (note_fts) VALUES ('delete-all')`)).toEqual(FALSE_INDEX)
  })

  it('is named where it finds words that are not there, or not those that are', () => {
    const [num, body] = study.project.db.prepare('SELECT num, body FROM note_text LIMIT 1').raw().get() as [
      number,
      string,
    ]
    const forget = 'INSERT INTO note_fts (note_fts, rowid, body) VALUES (?, ?, ?)'
    expect(findingsAfter(forget, 'delete', num, body)).toEqual(FALSE_INDEX)
    expect(
      findingsAfter('INSERT INTO note_fts (rowid, body) VALUES (?, ?)', 900, 'Nobody wrote this.'),
    ).toEqual(FALSE_INDEX)
    expect(findingsAfter('DELETE FROM note_fts_idx WHERE pgno / 2 > 1')).toEqual(FALSE_INDEX)
  })

  it('is named where what is removed would leave traces', () => {
    expect(findingsAfter(`INSERT INTO note_fts (note_fts, rank) VALUES ('secure-delete', 0)`)).toEqual([
      'search index: its settings are not those this program makes',
    ])
  })
})

afterAll(() => {
  study.project.close()
  rmSync(study.folder, { recursive: true })
})
