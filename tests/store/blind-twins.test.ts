/**
 * What a blind round keeps is kept in every answer. Twin projects are copies of one file in which a blinded colleague
 * then did different work; whoever is kept from that work must get the same answer from both, whatever is asked. A verb
 * that reads and is not asked here fails the test.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backupFolder, tagOf } from '../../electron/store/file/backup-names.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { type Analyst, contextOf, type JobCall } from '../../electron/store/jobs/analyst.ts'
import { type JobArgs, type JobName, type JobResult, runJobOn } from '../../electron/store/jobs/jobs.ts'
import { Project } from '../../electron/store/project.ts'
import type { CodeId, CoderId, CodingId, MemoId, RoundId } from '../../shared/contract/basics.ts'
import { type ArgsOf, contract, type VerbName } from '../../shared/contract/index.ts'
import type { MemoSubject } from '../../shared/memo.ts'
import { memoFromText } from '../../shared/memo.ts'
import { isProblem } from '../../shared/problem.ts'
import { coderId, codingId } from '../ids.ts'
import { asking, openHandlers } from './open-handlers.ts'
import { addCode, addNotes, applyCode, EVERYTHING } from './project-content.ts'
import { PASSPHRASE } from './temporary-project.ts'

const NOTES: Record<string, string> = {
  N1: 'Mum shouted at him again. Police came twice in the night.',
  N2: 'A settled week at home. No thoughts of harm.',
  N3: 'Left home alone most nights. School rang about it.',
  N4: 'Dad has moved out. She says she sleeps better now.',
  /** Outside the round: nothing of it is kept. */
  N5: 'Review with the family. Plan agreed with the worker.',
}

/** Where things are called the same in both twins. */
type Common = {
  /** Who asks: Amara, her second pass, the consensus layer she took up. */
  seats: Record<string, CoderId>
  amara: CoderId
  ben: CoderId
  chloe: CoderId
  codes: CodeId[]
  round: RoundId
  own: CodingId
  /** Ben's coding in a note that is kept from Amara, in both twins. */
  bens: CodingId
  chloes: CodingId
  memoOfBen: MemoId
  noteMemoOfBen: MemoId
  /** How names of backups end. */
  tag: string
}

type Twin = {
  call(verb: VerbName, args: unknown): Promise<unknown>
  path: string
  /** Where exports go. */
  folder: string
  close(): void
}

function fill(project: Project): Common {
  const [amara, ben, chloe] = ['Amara', 'Ben', 'Chloe'].map((name) => project.addCoder(name).id) as [
    CoderId,
    CoderId,
    CoderId,
  ]
  addNotes(project, amara, NOTES)
  const codes = ['Neglect', 'Violence', 'Sleep', 'School'].map((name) => addCode(project, amara, name))
  const [neglect, violence, sleep] = codes as [CodeId, CodeId, CodeId]
  const round: RoundId = newId()
  project.change(amara, 'round.add', {
    id: round,
    name: 'Blind one',
    coders: [amara, ben],
    notes: ['N1', 'N2', 'N3', 'N4'],
    isBlind: true,
    drawn: null,
  })
  const own = applyCode(project, amara, 'N1', violence, [0, 11])
  applyCode(project, amara, 'N3', neglect, [0, 9])
  const bens = applyCode(project, ben, 'N1', violence, [0, 11])
  applyCode(project, ben, 'N5', sleep, [0, 6])
  const chloes = applyCode(project, chloe, 'N1', neglect, [4, 11])
  applyCode(project, chloe, 'N2', sleep, [2, 9])
  const memo = (by: CoderId, about: MemoSubject, text: string) => {
    const id: MemoId = newId()
    project.change(by, 'memo.add', { id, about, type: null, title: '', body: memoFromText(text) })
    return id
  }
  memo(amara, { kind: 'coding', id: own }, 'Mine.')
  const memoOfBen = memo(ben, { kind: 'coding', id: bens }, 'Loud, but is it violence?')
  const noteMemoOfBen = memo(ben, { kind: 'note', id: 'N2' }, 'Calm week.')
  memo(ben, { kind: 'code', id: neglect }, 'Too wide a code.')
  for (const by of [ben, chloe])
    project.change(by, 'note.setStatus', { notes: ['N1', 'N2', 'N5'], status: 'finished' })
  project.change(amara, 'note.setStatus', { notes: ['N5'], status: 'finished' })
  project.activate(amara)
  const seats = {
    Amara: amara,
    'Amara’s second pass': project.codeAgain(amara, amara, newId()).id,
    'the consensus layer, taken up by Amara': project.addConsensus(amara).id,
  }
  const tag = tagOf(project.info().id)
  return { seats, amara, ben, chloe, codes, round, own, bens, chloes, memoOfBen, noteMemoOfBen, tag }
}

/** What Ben does in one twin and not in the other, all of it in notes kept from Amara. */
function goOn(project: Project, { ben, chloe, codes, bens, memoOfBen, noteMemoOfBen }: Common): void {
  const [neglect, violence, sleep, school] = codes as [CodeId, CodeId, CodeId, CodeId]
  for (const [note, code] of [
    ['N1', neglect],
    ['N1', school],
    ['N2', sleep],
    ['N3', school],
    ['N4', violence],
    ['N4', sleep],
  ] as const)
    applyCode(project, ben, note, code, [1, 8])
  applyCode(project, ben, 'N2', neglect, null)
  const gone = applyCode(project, ben, 'N3', sleep, [0, 4])
  project.change(ben, 'codings.remove', { codings: [{ id: gone, code: sleep }] })
  const looked = applyCode(project, ben, 'N3', sleep, [10, 15])
  const doubt: MemoId = newId()
  project.change(ben, 'memo.add', {
    id: doubt,
    about: { kind: 'coding', id: looked },
    type: null,
    title: 'Doubt',
    body: memoFromText('Who leaves him?'),
  })
  project.change(ben, 'memo.remove', { id: doubt, about: { kind: 'coding', id: looked } })
  project.change(ben, 'codings.remove', { codings: [{ id: looked, code: sleep }] })
  project.change(ben, 'coding.split', { id: bens, at: 4, newId: codingId(uuid()) })
  applyCode(project, ben, 'N4', neglect, [9, 14])
  project.undo(ben)
  project.redo(ben)
  project.undo(ben)
  // He came back to it, on the same laptop as Chloe.
  project.change(chloe, 'coder.sitDown', { from: chloe, to: ben, by: 'pin' })
  project.change(ben, 'coder.sitDown', { from: ben, to: chloe, by: 'open' })
  project.change(ben, 'memo.update', { id: memoOfBen, body: memoFromText('Now I am sure it is.') })
  project.change(ben, 'memo.update', { id: noteMemoOfBen, body: memoFromText('Not so calm.') })
  project.change(ben, 'memo.add', {
    id: newId<MemoId>(),
    about: { kind: 'note', id: 'N3' },
    type: null,
    title: 'Alone',
    body: memoFromText('Look at this one again.'),
  })
}

/** Of what both twins were before, and of what each is now. */
const backupNames = (tag: string): [string, string] => [
  `study 2026-11-29 09.00.00 hourly ${tag}.understory`,
  `study 2026-11-30 09.00.00 hourly ${tag}.understory`,
]

/** On the connection there is: a new one for each of some hundred questions would take its time. */
const analyst: Analyst = {
  run: async <J extends JobName>(project: Project, name: J, args: JobArgs<J>, call: JobCall) =>
    (await runJobOn(project.db, name, args, contextOf(project, call))) as JobResult<J>,
  release: async () => {},
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'understory-twin-'))

function openTwin(path: string): Twin {
  const folder = newFolder()
  const pathsOf = (ticket: string) => [ticket === 'the study' ? path : join(folder, ticket)]
  const handlers = openHandlers(pathsOf, analyst)
  return {
    call: (verb, args) => asking(handlers)(verb, args as never) as Promise<unknown>,
    path,
    folder,
    close: () => {
      handlers.closeProject()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An answer as text, with what a file says where one was written; a refusal is an answer too. */
async function answerOf(twin: Twin, verb: VerbName, args: unknown): Promise<string> {
  const file = join(twin.folder, String((args as { ticket?: string }).ticket ?? 'none'))
  rmSync(file, { force: true })
  const answer = await twin.call(verb, args).catch((error: unknown) => {
    if (isProblem(error)) return { refused: error.code, sentence: error.message }
    throw error
  })
  const written = existsSync(file) ? readFileSync(file, 'latin1') : ''
  const plain = answer instanceof Uint32Array ? [...answer] : answer
  return `${JSON.stringify(plain)}\n${written}`
}

type Reading = { [V in VerbName]?: ArgsOf<V>[] }

function everyQuestion(common: Common, seat: CoderId): Reading {
  const { amara, ben, chloe, codes, round, own, bens, chloes, memoOfBen, noteMemoOfBen, tag } = common
  const [neglect] = codes as [CodeId]
  const me = { coderId: seat }
  const everybody = [null, [amara], [ben], [chloe], [ben, chloe], [amara, ben, chloe]]
  const pairs = [
    [amara, ben],
    [ben, chloe],
    [amara, chloe],
  ]
  const scopes = pairs.flatMap((coderIds) => [
    { coderIds, unit: 'note' as const },
    { coderIds, unit: 'sentence' as const, roundId: round },
    { coderIds, unit: 'character' as const },
  ])
  const figures = { replicates: 0, seed: 1 }
  const allCodes = { codeIds: null }
  const filters = [{}, { codeId: neglect }, { roundId: round }, { status: 'in progress' as const }]
  const page = { offset: 0, limit: 100 }
  const queries = [
    EVERYTHING,
    ...everybody.map((coderIds) => ({ ...EVERYTHING, coderIds })),
    ...(['all', 'near', 'within', 'instead'] as const).map((relation) => ({
      ...EVERYTHING,
      codeIds: [neglect],
      otherIds: codes,
      relation,
      coderIds: [amara, ben, chloe],
    })),
    { ...EVERYTHING, withoutIds: codes.slice(1) },
    { ...EVERYTHING, filter: { codeId: neglect } },
  ]
  return {
    'project.info': [{}],
    'project.verify': [{}],
    'backups.state': [{}],
    'backups.list': [{ of: null }],
    'backups.look': backupNames(tag).map((name) => ({ of: null, name })),
    'coders.list': [{}],
    'coders.chairs': [{}],
    'rounds.list': [{}],
    'rounds.preview': [1, 2, 3].map((count) => ({
      draw: { sample: { count }, stratifiedBy: null, seed: 1 },
    })),
    'rounds.blindTo': Object.keys(NOTES).map((noteId) => ({ ...me, noteId })),
    'attributes.list': [{}],
    'attributes.values': [{ of: 'note', name: 'team', limit: 10 }],
    'cases.list': [{ query: '', limit: 10 }],
    'notes.order': [
      ...filters.map((filter) => ({ ...me, filter })),
      { ...me, query: 'mum' },
      ...(['file', 'status', 'codings'] as const).map((by) => ({ ...me, sort: { by, descending: true } })),
      { coderId: ben, sort: { by: 'codings', descending: true } },
    ],
    'notes.rows': [
      { ...me, nums: [1, 2, 3, 4, 5] },
      { coderId: ben, nums: [1, 2, 3, 4, 5] },
    ],
    'notes.row': Object.keys(NOTES).flatMap((noteId) => [amara, ben].map((coderId) => ({ coderId, noteId }))),
    'notes.resume': [me, { coderId: ben }],
    'notes.progress': [me, { coderId: ben }],
    'notes.get': Object.keys(NOTES).map((noteId) => ({ noteId })),
    'notes.previewRemoval': [{ nums: [1] }, { nums: [1, 2, 3, 4, 5] }],
    'search.notes': filters.map((filter) => ({
      ...me,
      query: 'home',
      mode: 'words' as const,
      matchCase: false,
      filter,
      limit: 50,
    })),
    'identifiers.scan': [{ limit: 50 }],
    'identifiers.words': [{}],
    'identifiers.places': [{ text: 'Police' }],
    'codes.list': [{}],
    'codes.recent': [me, { coderId: ben }],
    'codes.use': codes.map((codeId) => ({ codeId })),
    'codes.previewRemoval': [{ ids: codes }, ...codes.map((id) => ({ ids: [id] }))],
    'codes.previewImport': [],
    'codes.exportFile': (['csv', 'qdc'] as const).map(
      (format) => ({ ticket: `codes.${format}`, format, identifiers: 'asIs' }) as const,
    ),
    'codes.printable': [],
    'codebook.state': [{}],
    'codebook.versions': [{ before: null, limit: 100, namedOnly: false }],
    'codebook.compare': [{ from: 0, to: 4 }],
    'codebook.at': [{ version: 4 }],
    'codebook.toRecheck': [
      { ...me, codeId: null, ...page },
      { coderId: ben, codeId: null, ...page },
    ],
    'codebook.overview': everybody.map((coderIds) => ({ coderIds })),
    'proposals.list': [{}],
    'codings.get': [own, bens, chloes].map((id) => ({ id })),
    'codings.ofNote': Object.keys(NOTES).map((noteId) => ({ noteId, coderIds: [amara, ben, chloe] })),
    'codings.history': [own, bens, chloes].map((id) => ({ id })),
    'codings.segments': codes.flatMap((codeId) =>
      everybody.map((coderIds) => ({ codeId, includeChildren: true, coderIds, attribute: null, ...page })),
    ),
    'qualifiers.list': [{}],
    'qualifiers.use': [{}],
    'memos.list': [
      page,
      { about: { kind: 'coding', id: bens }, ...page },
      { about: { kind: 'note', id: 'N2' }, ...page },
      { about: { kind: 'code', id: neglect }, ...page },
      { coderIds: [ben], ...page },
      { codingMemosOf: ben, ...page },
      { words: 'violence', ...page },
      { words: 'sure', ...page },
    ],
    'memos.get': [memoOfBen, noteMemoOfBen].map((id) => ({ id })),
    'retrieval.find': queries.flatMap((query) =>
      [amara, ben].map((coderId) => ({ coderId, query, limit: 100 })),
    ),
    'retrieval.exportFile': queries.map((query) => ({
      ticket: 'segments.csv',
      ...me,
      query,
      picked: null,
      groupBy: 'note' as const,
      format: 'csv' as const,
      identifiers: 'asIs' as const,
    })),
    'reading.position': [
      { ...me, noteId: 'N1' },
      { coderId: ben, noteId: 'N1' },
    ],
    'history.steps': [
      { ...me, limit: 50 },
      { coderId: ben, limit: 50 },
    ],
    'history.state': [me, { coderId: ben }],
    'journal.list': [
      { before: null, limit: 1_000 },
      { before: null, limit: 5 },
      { before: null, limit: 100, coderId: ben },
      { before: null, limit: 100, subject: 'codings' },
      { before: null, limit: 100, subject: 'memos' },
      { before: null, limit: 100, words: 'school' },
    ],
    'journal.parts': Array.from({ length: 60 }, (_, seq) => ({ seq: seq + 1, ...page })),
    'journal.exportFile': [{ ticket: 'journal.csv' }],
    'agreement.compute': scopes.map((scope) => ({ ...scope, ...figures, ...allCodes })),
    'agreement.confusion': scopes.map((scope) => scope),
    'agreement.unitizing': scopes.map((scope) => ({ ...scope, ...figures, ...allCodes, least: 0.5 })),
    'agreement.pairs': [{ coderIds: [amara, ben, chloe], unit: 'note', ...figures, ...allCodes }],
    'agreement.series': scopes.map((scope) => ({
      ...scope,
      ...figures,
      ...allCodes,
      by: 'round' as const,
    })),
    'agreement.sets': scopes
      .filter(({ unit }) => unit !== 'character')
      .map((scope) => ({ ...scope, ...figures })),
    'agreement.segments': scopes.flatMap((scope) => [
      {
        ...scope,
        behind: { kind: 'confusion' as const, firstCodeId: neglect, secondCodeId: codes[1] as CodeId },
        ...page,
      },
      {
        ...scope,
        behind: { kind: 'spans' as const, codeId: neglect, cell: 'first' as const, least: 0.5 },
        ...page,
      },
    ]),
    'agreement.exportFile': scopes.map((scope) => ({
      ticket: 'agreement.csv',
      format: 'csv' as const,
      ...scope,
      ...figures,
    })),
    'agreement.exportData': scopes.map((scope) => ({
      ticket: 'data.csv',
      form: 'long' as const,
      ...scope,
      ...allCodes,
    })),
    'agreement.exportDiagnosis': scopes.map((scope) => ({
      ticket: 'diagnosis.csv',
      ...scope,
      ...allCodes,
      identifiers: 'asIs' as const,
    })),
    'themes.compute': everybody.flatMap((coderIds) =>
      (['finished', 'all'] as const).map((notes) => ({
        by: null,
        coderIds,
        notes,
        affirmedOnly: false,
        qualifiers: {},
      })),
    ),
    'themes.exportFile': everybody.map((coderIds) => ({
      ticket: 'themes.csv',
      by: { name: 'team', of: 'note' as const },
      coderIds,
      notes: 'all' as const,
      affirmedOnly: false,
      qualifiers: {},
    })),
  }
}

/** Jobs that change the project or its file, or read a file that is not the project. */
const NOT_READING: readonly VerbName[] = [
  'project.create',
  'project.open',
  'project.openSample',
  // A copy of the whole file, as encrypted as the file itself.
  'project.backup',
  'backups.restore',
  'backups.restoreClosed',
  'notes.previewImport',
  'notes.import',
  'codes.import',
]

const SEATS = ['Amara', 'Amara’s second pass', 'the consensus layer, taken up by Amara']

describe('twin projects that differ in what a blind round keeps', () => {
  let common: Common
  let twins: [Twin, Twin]
  let folder: string

  beforeAll(async () => {
    folder = newFolder()
    const paths = ['one', 'other'].map((name) => {
      mkdirSync(join(folder, name))
      return join(folder, name, 'study.understory')
    }) as [string, string]
    const project = Project.create(paths[0], PASSPHRASE, { title: 'Twins' })
    common = fill(project)
    project.close()
    copyFileSync(paths[0], paths[1])
    const [older, newer] = backupNames(common.tag)
    for (const path of paths) {
      mkdirSync(backupFolder(path))
      copyFileSync(path, join(backupFolder(path), older))
    }
    const other = Project.open(paths[1], PASSPHRASE)
    goOn(other, common)
    other.close()
    for (const path of paths) copyFileSync(path, join(backupFolder(path), newer))
    twins = paths.map(openTwin) as [Twin, Twin]
    for (const twin of twins) await twin.call('project.open', { ticket: 'the study', passphrase: PASSPHRASE })
  })
  afterAll(() => {
    for (const twin of twins) twin.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const questions = Object.keys(contract).filter((verb) => {
    const { kind } = contract[verb as VerbName]
    return kind !== 'write' && !NOT_READING.includes(verb as VerbName)
  }) as VerbName[]

  const askEverything = (seat: string) =>
    it.each(questions)('%s', async (verb) => {
      const asked = everyQuestion(common, common.seats[seat] ?? coderId(''))[verb]
      expect(asked, 'every verb that reads is asked').toBeDefined()
      for (const args of asked ?? []) {
        const [one, other] = [await answerOf(twins[0], verb, args), await answerOf(twins[1], verb, args)]
        expect(other, JSON.stringify(args)).toBe(one)
        expect(one, 'the file has an ending that is its own').not.toContain('this is written as')
      }
    })
  const sitDown = async (seat: string) => {
    for (const twin of twins)
      for (const sitting of [common.amara, common.seats[seat] ?? coderId('')])
        await twin.call('coders.activate', { coderId: sitting })
  }

  describe.each(SEATS)('asked as %s', (seat) => {
    beforeAll(() => sitDown(seat))
    askEverything(seat)
  })

  describe('asked as Amara, whose file was deleted while it was open', () => {
    beforeAll(async () => {
      await sitDown('Amara')
      for (const { path } of twins) rmSync(path)
    })
    askEverything('Amara')
  })
})
