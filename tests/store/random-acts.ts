/**
 * One random act of each kind of change there is, as a laptop of a team might do it: on whatever its copy of the project
 * holds at that moment. An act that is not possible there is none.
 */
import type { ReadableDb } from '../../electron/store/file/connection.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { saveIdentifierWords } from '../../electron/store/identifiers/words.ts'
import type { AllKinds } from '../../electron/store/kinds.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import type { Project } from '../../electron/store/project.ts'
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
import { isProblem } from '../../shared/problem.ts'
import { addNotes, newCode } from './project-content.ts'

export type Random = {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  pick<T>(items: readonly T[]): T
}

/** mulberry32 (Ettinger, 2017). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] }
}

/** Nothing to do it with: the act does not happen. */
class Impossible extends Error {}

type Scene = { project: Project; db: ReadableDb; random: Random; by: CoderId; name: (what: string) => string }

const WORDS = [
  'Mum',
  'shouted',
  'at',
  'home',
  'again',
  'school',
  'rang',
  'about',
  'sleep',
  'alone',
  '👩‍👧',
  'police',
]

function one<T>({ db, random }: Scene, sql: string): T {
  const rows = db.prepare<[], T>(sql).all()
  if (rows.length === 0) throw new Impossible()
  return random.pick(rows)
}
const code = (scene: Scene) =>
  one<{ id: CodeId; name: string; parent: number | null }>(
    scene,
    'SELECT id, name, parent FROM code WHERE is_folder = 0 ORDER BY num',
  )
const note = (scene: Scene) =>
  one<{ id: string; length: number }>(scene, 'SELECT id, length FROM note ORDER BY num')
const person = (scene: Scene) =>
  one<{ id: CoderId; name: string }>(scene, `SELECT id, name FROM coder WHERE layer = 'own' ORDER BY num`)
const ownCoding = (scene: Scene) =>
  one<{ id: CodingId; code: CodeId; start: number | null; end: number | null; length: number; note: string }>(
    scene,
    `SELECT coding.id, code.id AS code, coding.start_at AS start, coding.end_at AS end, note.length, note.id AS note
     FROM coding JOIN code ON code.num = coding.code JOIN note ON note.num = coding.note
     JOIN coder ON coder.num = coding.coder WHERE coder.id = '${scene.by}' ORDER BY coding.num`,
  )
const ownMemo = (scene: Scene) =>
  one<{ id: MemoId }>(
    scene,
    `SELECT memo.id FROM memo JOIN coder ON coder.num = memo.coder WHERE coder.id = '${scene.by}' ORDER BY memo.num`,
  )
const round = (scene: Scene) =>
  one<{ id: RoundId; name: string }>(scene, 'SELECT id, name FROM round ORDER BY num')

function range({ random }: Scene, length: number): { start: number; end: number } {
  if (length < 2) throw new Impossible()
  const start = random.below(length - 1)
  return { start, end: start + 1 + random.below(Math.min(30, length - start)) }
}

type Acts = Record<keyof AllKinds | 'undo' | 'redo', (scene: Scene) => void>

/** By kind: what it takes to make one. */
export const ACTS: Acts = {
  'project.create': () => {
    throw new Impossible()
  },
  'project.merge': () => {
    // Merging itself makes it.
    throw new Impossible()
  },
  'laptop.add': () => {
    // Joining itself makes it.
    throw new Impossible()
  },
  'project.set': (scene) => {
    const { project, by, random, name } = scene
    if (random.below(3) > 0) project.change(by, 'project.set', { name: 'title', value: name('Study') })
    else saveIdentifierWords(project, by, { deny: [name('Riverbank')], allow: [random.pick(WORDS)] })
  },
  'project.setReflexive': ({ project, by, random }) =>
    project.change(by, 'project.setReflexive', { isReflexive: random.below(2) === 0 }),
  'project.setFinishedRule': ({ project, by, random }) =>
    project.change(by, 'project.setFinishedRule', { rule: random.pick(['ask', 'reopen', 'code'] as const) }),
  'project.restore': ({ project }) =>
    project.change('project' as CoderId, 'project.restore', { entries: 1, head: '0'.repeat(64), kept: null }),
  'coder.add': ({ project, random }) => {
    if (random.below(4) === 0) project.addCoder(`Person ${random.below(4)}`)
  },
  'coder.rename': (scene) =>
    scene.project.change(scene.by, 'coder.rename', { id: person(scene).id, name: scene.name('Called') }),
  'coder.codeAgain': ({ project, by, random }) => {
    if (random.below(3) === 0) project.codeAgain(by, by, newId())
  },
  'coder.addConsensus': ({ project, by }) => void project.addConsensus(by),
  'coder.sitDown': (scene) =>
    scene.project.change(scene.by, 'coder.sitDown', { from: scene.by, to: person(scene).id, by: 'open' }),
  'coder.setPin': ({ project, by, random }) =>
    project.change(by, 'coder.setPin', { id: by, isSet: random.below(2) === 0 }),
  'coder.setRole': (scene) =>
    scene.project.change(scene.by, 'coder.setRole', {
      id: person(scene).id,
      role: scene.random.pick(['lead', 'coder', 'adjudicator'] as const),
    }),
  'coder.key': ({ project, by, name }) =>
    project.change('project' as CoderId, 'coder.key', { coder: by, publicKey: name('key') }),
  'notes.import': (scene) => {
    const { random, project, by } = scene
    const words = Array.from({ length: 8 + random.below(20) }, () => random.pick(WORDS)).join(' ')
    // Now and then two laptops add the same note, or another under the same id.
    const id = `N-${random.below(12)}`
    const same = `The same note ${id} on every laptop. ${'It goes on. '.repeat(3)}`
    const isThere = project.db.prepare('SELECT 1 FROM note WHERE id = ?').get(id)
    if (isThere) throw new Impossible()
    addNotes(project, by, { [id]: random.below(2) === 0 ? same : words }, `YP${random.below(3)}`)
  },
  'notes.remove': (scene) => scene.project.change(scene.by, 'notes.remove', { notes: [note(scene).id] }),
  'attribute.add': ({ project, by, random }) =>
    project.change(by, 'attribute.add', {
      ...{ name: `attribute ${random.below(3)}`, of: random.pick(['note', 'case'] as const), kind: 'text' },
    }),
  'attribute.setValues': (scene) =>
    scene.project.change(scene.by, 'attribute.setValues', {
      of: 'note',
      name: 'team',
      values: [note(scene), note(scene)].map(({ id }) => ({
        id,
        value: scene.random.pick(['North', 'West', null]),
      })),
    }),
  'note.setStatus': (scene) =>
    scene.project.change(scene.by, 'note.setStatus', {
      notes: [note(scene).id],
      status: scene.random.pick(['finished', 'in progress', 'not started'] as const),
    }),
  'note.redact': (scene) => {
    const { id } = note(scene)
    const text = scene.db
      .prepare<[string], string>('SELECT body FROM note JOIN note_text ON hash = text_hash WHERE id = ?')
      .pluck()
      .get(id)
    const words = [...(text ?? '').matchAll(/[a-zA-Z]+/g)]
    if (words.length < 4) throw new Impossible()
    const { index, 0: word } = scene.random.pick(words)
    redact(scene.project, scene.by, [
      {
        noteId: id,
        cuts: [{ start: index, end: index + word.length, mask: scene.random.pick(['[name]', '', '[x]']) }],
      },
    ])
  },
  'identifier.keep': (scene) => {
    const { id, length } = note(scene)
    scene.project.change(scene.by, 'identifier.keep', { note: id, ...range(scene, length) })
  },
  'codes.add': (scene) => {
    const { random, project, by, name } = scene
    const parent = random.below(3) === 0 ? code(scene).id : null
    project.change(by, 'codes.add', { source: 'a test', codes: [newCode(name('Code'), parent)] })
  },
  'codes.update': (scene) =>
    scene.project.change(scene.by, 'codes.update', {
      changes: [
        {
          id: code(scene).id,
          fields: scene.random.pick([
            { definition: scene.name('Means') },
            { colour: scene.random.pick(['#112233', '#445566']) },
            { name: scene.name('Named'), useWhen: scene.name('When') },
            { shortcut: scene.random.pick(['n', 'v', null]) },
          ]),
        },
      ],
    }),
  'codes.setRetired': (scene) =>
    scene.project.change(scene.by, 'codes.setRetired', {
      ids: [code(scene).id],
      isRetired: scene.random.below(2) === 0,
    }),
  'codes.merge': (scene) => {
    if (scene.random.below(2) === 0) throw new Impossible()
    scene.project.change(scene.by, 'codes.merge', { into: code(scene).id, from: [code(scene).id] })
  },
  'codes.delete': (scene) => {
    if (scene.random.below(3) > 0) throw new Impossible()
    scene.project.change(scene.by, 'codes.delete', { ids: [code(scene).id] })
  },
  'codes.arrange': (scene) =>
    scene.project.change(scene.by, 'codes.arrange', {
      how: 'move',
      moves: [
        {
          id: code(scene).id,
          parentId: scene.random.below(2) === 0 ? null : code(scene).id,
          position: scene.random.below(4),
        },
      ],
    }),
  'codings.apply': (scene) => {
    const { id, length } = note(scene)
    const codings = Array.from({ length: 1 + scene.random.below(3) }, () => ({
      ...{ id: newId<CodingId>(), note: id, code: code(scene).id },
      ...(scene.random.below(6) === 0 ? { start: null, end: null } : range(scene, length)),
      ...(scene.random.below(4) === 0 ? { memo: scene.name('Why') } : {}),
    }))
    scene.project.change(scene.by, 'codings.apply', { codings })
  },
  'codings.remove': (scene) => {
    const { id, code } = ownCoding(scene)
    scene.project.change(scene.by, 'codings.remove', { codings: [{ id, code }] })
  },
  'codings.change': (scene) => {
    const { id, length } = ownCoding(scene)
    const change = scene.random.pick([
      { range: range(scene, length) },
      { code: code(scene).id },
      { qualifiers: { assertion: 'negated' } },
    ])
    scene.project.change(scene.by, 'codings.change', { changes: [{ id, ...change }] })
  },
  'coding.split': (scene) => {
    const { id, start, end } = ownCoding(scene)
    if (start === null || end === null || end - start < 2) throw new Impossible()
    scene.project.change(scene.by, 'coding.split', {
      ...{ id, newId: newId<CodingId>() },
      at: start + 1 + scene.random.below(end - start - 1),
    })
  },
  'codings.unite': (scene) => {
    const pairs = one<{ a: CodingId; b: CodingId }>(
      scene,
      `SELECT a.id AS a, b.id AS b FROM coding AS a JOIN coding AS b ON a.num < b.num AND a.note = b.note
         AND a.code = b.code AND a.coder = b.coder AND a.start_at IS NOT NULL AND b.start_at IS NOT NULL
       JOIN coder ON coder.num = a.coder WHERE coder.id = '${scene.by}' ORDER BY a.num, b.num`,
    )
    scene.project.change(scene.by, 'codings.unite', { ids: [pairs.a, pairs.b] })
  },
  'codings.reassign': (scene) => {
    const { id, code: from } = one<{ id: CodingId; code: CodeId }>(
      scene,
      'SELECT coding.id, code.id AS code FROM coding JOIN code ON code.num = coding.code ORDER BY coding.num',
    )
    scene.project.change(scene.by, 'codings.reassign', {
      ...{ how: 'move', from },
      moves: [{ coding: id, code: code(scene).id }],
    })
  },
  'codings.confirm': (scene) =>
    scene.project.change(scene.by, 'codings.confirm', { ids: [ownCoding(scene).id] }),
  'decisions.make': (scene) => {
    const { project, db, by, random, name } = scene
    const rows = db
      .prepare<
        [],
        { id: CodingId; code: CodeId; start: number | null; end: number | null; note: string; coder: CoderId }
      >(
        `SELECT coding.id, code.id AS code, start_at AS start, end_at AS end, note.id AS note, coder.id AS coder
         FROM coding JOIN code ON code.num = coding.code JOIN note ON note.num = coding.note
         JOIN coder ON coder.num = coding.coder AND layer = 'own' ORDER BY coding.num`,
      )
      .all()
    if (rows.length === 0) throw new Impossible()
    const { note, coder, ...coding } = random.pick(rows)
    const isMade = random.below(4) > 0
    const original = { ...coding, qualifiers: {} }
    project.change(by, 'decisions.make', {
      decisions: [
        {
          disagreement: `disagreement ${random.below(2)} of ${coding.id}` as DisagreementId,
          ...{ note, coders: [coder, by], kind: random.pick(['missed', 'edges'] as const) },
          ...(isMade ? { decision: 'coder', chosen: coder } : { decision: 'neither', chosen: null }),
          ...{ reason: name('Because'), codings: [original] },
          made: isMade ? [{ ...original, id: newId<CodingId>() }] : [],
        },
      ],
    })
  },
  'codebook.freeze': ({ project, by, random }) =>
    project.change(by, 'codebook.freeze', { isFrozen: random.below(3) === 0 }),
  'codebook.nameVersion': (scene) => {
    const { version } = one<{ version: number }>(
      scene,
      'SELECT version FROM codebook_version ORDER BY version',
    )
    scene.project.change(scene.by, 'codebook.nameVersion', { version, name: scene.name('Version') })
  },
  'proposal.add': (scene) =>
    scene.project.change(scene.by, 'proposal.add', {
      ...{ id: newId<ProposalId>(), code: code(scene).id, reason: 'Because.' },
      fields: { definition: scene.name('Proposed') },
    }),
  'proposal.decide': (scene) =>
    scene.project.change(scene.by, 'proposal.decide', {
      id: one<{ id: ProposalId }>(scene, 'SELECT id FROM proposal ORDER BY num').id,
      ...{ isAccepted: scene.random.below(2) === 0, answer: 'So.', newCode: newId<CodeId>() },
    }),
  'memo.add': (scene) => {
    const about = scene.random.pick([
      () => ({ kind: 'project' }) as const,
      () => ({ kind: 'note', id: note(scene).id }) as const,
      () => ({ kind: 'code', id: code(scene).id }) as const,
      () => ({ kind: 'coding', id: ownCoding(scene).id }) as const,
    ])()
    scene.project.change(scene.by, 'memo.add', {
      ...{ id: newId<MemoId>(), about, type: null, title: '' },
      body: memoFromText(scene.name('Thought')),
    })
  },
  'memo.update': (scene) =>
    scene.project.change(scene.by, 'memo.update', {
      id: ownMemo(scene).id,
      ...(scene.random.below(2) === 0
        ? { title: scene.name('Title') }
        : { body: memoFromText(scene.name('Again')) }),
    }),
  'memo.remove': (scene) =>
    scene.project.change(scene.by, 'memo.remove', { id: ownMemo(scene).id, about: { kind: 'project' } }),
  'qualifiers.define': (scene) =>
    scene.project.change(scene.by, 'qualifiers.define', {
      qualifiers: [
        {
          name: 'assertion',
          values: [
            { name: scene.random.pick(['affirmed', 'said']), key: 'a', short: 'aff' },
            { name: 'negated', key: 'n', short: 'neg' },
          ],
        },
      ],
    }),
  'round.add': (scene) =>
    scene.project.change(scene.by, 'round.add', {
      ...{ id: newId<RoundId>(), name: `Round ${scene.random.below(5)}`, coders: [scene.by], isBlind: false },
      ...{ notes: [note(scene).id], drawn: null },
    }),
  'round.rename': (scene) =>
    scene.project.change(scene.by, 'round.rename', {
      id: round(scene).id,
      name: `Round ${scene.random.below(9)}`,
    }),
  'round.remove': (scene) => {
    const { id, name } = round(scene)
    scene.project.change(scene.by, 'round.remove', { id, name })
  },
  undo: ({ project, by }) => void project.undo(by),
  redo: ({ project, by }) => void project.redo(by),
}

const KINDS = Object.keys(ACTS) as (keyof Acts)[]
/** What a team does most. */
const OFTEN: readonly (keyof Acts)[] = [
  ...([
    'codings.apply',
    'codings.apply',
    'codings.apply',
    'codings.change',
    'undo',
    'redo',
    'codes.update',
  ] as const),
  ...(['notes.import', 'codes.add', 'codings.remove', 'memo.add', 'note.redact', 'codes.merge'] as const),
]

/** @returns the kind of what was done; null where it was not possible */
export function actAtRandom(project: Project, random: Random, by: CoderId, mark: string): string | null {
  const kind = random.pick(random.below(3) === 0 ? OFTEN : KINDS)
  let count = 0
  const name = (what: string) => `${what} ${mark}.${count++}`
  try {
    ACTS[kind]({ project, db: project.db, random, by, name })
    return kind
  } catch (error) {
    if (error instanceof Impossible || isProblem(error)) return null
    throw error
  }
}
