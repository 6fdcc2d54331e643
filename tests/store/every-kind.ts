/**
 * What the project files in tests/fixtures/projects hold: every kind of change there was, so that each is replayed by
 * every later version of the program (released-files.test.ts).
 */
import { v5 } from 'uuid'
import { sure } from '../../electron/store/file/connection.ts'
import { saveIdentifierWords } from '../../electron/store/identifiers/words.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import type { Project } from '../../electron/store/project.ts'
import type {
  AnyId,
  CodeId,
  CoderId,
  CodingId,
  DisagreementId,
  MemoId,
  ProposalId,
  RoundId,
} from '../../shared/contract/basics.ts'
import type { MemoSubject } from '../../shared/memo.ts'
import { memoFromText } from '../../shared/memo.ts'
import { coderId } from '../ids.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'

export const FIXTURE_PASSPHRASE = 'a fixture of every kind'

const NAMESPACE = '6f1c1e0e-8d0b-4f0a-9d8e-0d7d5a1c9a11'
const id = <T extends AnyId>(name: string) => v5(name, NAMESPACE) as string as T

const NOTES = {
  'F-1': 'Mum shouted at him again. Police came twice in the night. 👩‍👧 home.',
  'F-2': 'A settled week at home. No thoughts of harm. Call 07700 900123.',
  'F-3': 'Left home alone most nights. School rang about it.',
  'F-4': 'Dad has moved out. She says she sleeps better now.',
}

/** Into a new project, by Amara, who leads, and Ben. */
export function fillWithEveryKind(project: Project): void {
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben').id
  project.activate(amara)
  people(project, amara, ben)
  addNotes(project, amara, NOTES)
  const codes = codebook(project, amara, ben)
  const codings = coding(project, amara, ben, codes)
  writing(project, amara, codings)
  deciding(project, amara, ben, codes, codings)
  settings(project, amara)
  rounds(project, amara, ben)
  project.change(amara, 'note.setStatus', { notes: ['F-1'], status: 'finished' })
  project.change(amara, 'notes.remove', { notes: ['F-4'] })
  redact(project, amara, [{ noteId: 'F-2', cuts: [{ start: 50, end: 62, mask: '[number]' }] }])
  // The last of each coder's steps are one that was undone, and one that was undone and done again.
  project.change(ben, 'attribute.setValues', {
    of: 'note',
    name: 'team',
    values: [{ id: 'F-3', value: 'West' }],
  })
  project.undo(ben)
  project.redo(ben)
  project.change(amara, 'project.set', { name: 'title', value: 'Undone' })
  project.undo(amara)
}

function people(project: Project, amara: CoderId, ben: CoderId): void {
  project.change(amara, 'coder.setRole', { id: ben, role: 'adjudicator' })
  project.change(amara, 'coder.rename', { id: ben, name: 'Ben O’Neill' })
  project.change(amara, 'coder.setPin', { id: amara, isSet: true })
  project.change(amara, 'coder.sitDown', { from: amara, to: ben, by: 'open' })
  project.change(ben, 'coder.sitDown', { from: ben, to: amara, by: 'pin' })
  project.codeAgain(amara, amara, id('again'))
  project.addConsensus(amara)
  project.change(coderId('project'), 'project.restore', {
    entries: 2,
    head: '0'.repeat(64),
    kept: 'study (kept).understory',
  })
  // What came with it is not in this file: only that it came.
  project.change(amara, 'project.merge', {
    source: 'study of Ben.understory',
    entries: 1,
    taken: [{ replica: id('replica'), from: 1, to: 1 }],
  })
  project.change(ben, 'laptop.add', { coder: ben, recipient: `age1${'q'.repeat(58)}` })
}

type Codes = Record<'neglect' | 'violence' | 'sleep' | 'school', CodeId>

function codebook(project: Project, amara: CoderId, ben: CoderId): Codes {
  const add = (name: string, parent: CodeId | null = null) => addCode(project, amara, name, parent)
  const neglect = add('Neglect')
  const codes = { neglect, violence: add('Violence'), sleep: add('Sleep'), school: add('School', neglect) }
  project.change(amara, 'codes.update', {
    changes: [{ id: neglect, fields: { definition: 'Needs that nobody meets.', shortcut: 'n' } }],
  })
  project.change(amara, 'codes.arrange', {
    how: 'move',
    moves: [{ id: codes.sleep, parentId: null, position: 0 }],
  })
  project.change(amara, 'codes.setRetired', { ids: [add('Old')], isRetired: true })
  project.change(amara, 'codes.delete', { ids: [add('Slip')] })
  project.change(amara, 'codebook.nameVersion', { version: 3, name: 'Pilot' })
  project.change(ben, 'proposal.add', {
    ...{ id: id<ProposalId>('proposal'), code: codes.sleep, reason: 'Naps are meant too.' },
    fields: { definition: 'Sleep by day and night.' },
  })
  project.change(amara, 'proposal.decide', {
    ...{ id: id<ProposalId>('proposal'), isAccepted: true, answer: 'Yes.', newCode: id<CodeId>('proposed') },
  })
  project.change(amara, 'qualifiers.define', {
    qualifiers: [
      {
        name: 'assertion',
        values: [
          { name: 'affirmed', key: 'a', short: 'aff' },
          { name: 'negated', key: 'n', short: 'neg' },
        ],
      },
    ],
  })
  return codes
}

function coding(project: Project, amara: CoderId, ben: CoderId, codes: Codes): [CodingId, ...CodingId[]] {
  const { neglect, violence, sleep, school } = codes
  const first = applyCode(project, amara, 'F-1', violence, [0, 24])
  const second = applyCode(project, amara, 'F-1', violence, [26, 57])
  const third = applyCode(project, amara, 'F-3', neglect, [0, 28])
  const whole = applyCode(project, amara, 'F-2', sleep, null)
  const bens = applyCode(project, ben, 'F-1', school, [0, 11])
  project.change(amara, 'codings.change', {
    changes: [{ id: first, range: { start: 0, end: 11 }, qualifiers: { assertion: 'affirmed' } }],
  })
  project.change(amara, 'coding.split', { id: second, at: 33, newId: id<CodingId>('split') })
  project.change(amara, 'codings.unite', { ids: [second, id<CodingId>('split')] })
  project.change(amara, 'codings.reassign', {
    how: 'move',
    from: neglect,
    moves: [{ coding: third, code: school }],
  })
  project.change(amara, 'codings.confirm', { ids: [first, third] })
  project.change(amara, 'codings.remove', { codings: [{ id: whole, code: sleep }] })
  project.change(amara, 'codes.merge', { into: violence, from: [school] })
  return [first, second, bens]
}

function writing(project: Project, amara: CoderId, [first]: readonly [CodingId, ...CodingId[]]): void {
  const memo = (name: string, about: MemoSubject) =>
    project.change(amara, 'memo.add', {
      id: id<MemoId>(name),
      about,
      type: null,
      title: name,
      body: memoFromText('Why?'),
    })
  memo('kept', { kind: 'coding', id: first })
  memo('removed', { kind: 'note', id: 'F-1' })
  project.change(amara, 'memo.update', { id: id<MemoId>('kept'), body: memoFromText('Because of the tone.') })
  project.change(amara, 'memo.remove', { id: id<MemoId>('removed'), about: { kind: 'note', id: 'F-1' } })
}

function deciding(
  project: Project,
  amara: CoderId,
  ben: CoderId,
  { violence }: Codes,
  [first, second]: readonly [CodingId, ...CodingId[]],
): void {
  const original = { code: violence, qualifiers: {} }
  const make = (of: CodingId, start: number, end: number, decision: 'union' | 'later', made: string[]) =>
    project.change(amara, 'decisions.make', {
      decisions: [
        {
          disagreement: id<DisagreementId>(`about ${of}`),
          ...{ note: 'F-1', coders: [amara, ben], kind: 'edges', decision, chosen: null },
          ...{ reason: 'As the book says.', codings: [{ ...original, id: of, start, end }] },
          made: made.map((name) => ({ ...original, id: id<CodingId>(name), start, end })),
        },
      ],
    })
  make(first, 0, 11, 'union', ['decided'])
  make(sure(second), 26, 57, 'union', ['decided once'])
  make(sure(second), 26, 57, 'later', [])
}

function settings(project: Project, amara: CoderId): void {
  project.change(amara, 'attribute.add', { name: 'ward', of: 'case', kind: 'text' })
  project.change(amara, 'project.setFinishedRule', { rule: 'reopen' })
  project.change(amara, 'project.setReflexive', { isReflexive: true })
  project.change(amara, 'project.setReflexive', { isReflexive: false })
  project.change(amara, 'identifier.keep', { note: 'F-1', start: 0, end: 3 })
  saveIdentifierWords(project, amara, { deny: ['Riverbank'], allow: ['Plan'] })
  project.change(amara, 'codebook.freeze', { isFrozen: true })
  project.change(amara, 'codebook.freeze', { isFrozen: false })
}

function rounds(project: Project, amara: CoderId, ben: CoderId): void {
  const add = (name: string) =>
    project.change(amara, 'round.add', {
      ...{ id: id<RoundId>(name), name, coders: [amara, ben], notes: ['F-1', 'F-3'], isBlind: true },
      drawn: { sample: { count: 2 }, stratifiedBy: null, seed: 1, outOf: 4 },
    })
  add('Kept')
  add('Gone')
  project.change(amara, 'round.rename', { id: id<RoundId>('Kept'), name: 'Pilot' })
  project.change(amara, 'round.remove', { id: id<RoundId>('Gone'), name: 'Gone' })
}
