/** A project with people of every role, a blind round, and something of everything there is, for messages to be about. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { newId } from '../../../electron/store/file/new-id.ts'
import { KnownTickets } from '../../../electron/store/handlers/known-tickets.ts'
import { Project } from '../../../electron/store/project.ts'
import type { TicketPurpose } from '../../../shared/bridge.ts'
import type { CoderId, MemoId, RoundId } from '../../../shared/contract/basics.ts'
import { memoFromText } from '../../../shared/memo.ts'
import { codeId, codingId } from '../../ids.ts'
import { addCode, addNotes, applyCode } from '../../store/project-content.ts'
import type { Chance } from '../soak.ts'
import type { Words } from './shapes.ts'

export const PASSPHRASE = 'correct horse'

const NOTES: Record<string, string> = {
  N1: 'Mum shouted at him again. Police came twice in the night. 👩‍👧 home.',
  N2: 'A settled week at home. No thoughts of harm.',
  N3: 'Left home alone most nights. School rang about it on 07700 900123.',
  N4: 'Dad has moved out. She says she sleeps better now.',
  N5: 'Review with the family. Plan agreed with the worker.',
}

const WRITTEN: readonly (readonly [TicketPurpose, string])[] = [
  ['backup', 'understory'],
  ['codebook-csv', 'csv'],
  ['codebook-qdc', 'qdc'],
  ['themes-csv', 'csv'],
  ['agreement-csv', 'csv'],
  ['reliability-csv', 'csv'],
  ['diagnosis-csv', 'csv'],
  ['quotes-csv', 'csv'],
  ['journal-csv', 'csv'],
]

export type House = { path: string; folder: string; people: string[]; tickets: KnownTickets; words: Words }

/** `folder` is made. */
export function makeHouse(folder: string, draw: Chance): House {
  mkdirSync(folder)
  const path = join(folder, 'study.understory')
  const ids = new Map<string, string[]>()
  const project = Project.create(path, PASSPHRASE, { title: 'House' }, (made) => fill(made, ids))
  project.close()
  const tickets = new KnownTickets()
  const give = (ticket: string, purpose: TicketPurpose, file: string) =>
    tickets.take({ type: 'ticket', ticket, purpose, paths: [file] })
  give('the-study', 'open-project', path)
  give('new-study', 'project', join(folder, 'new.understory'))
  writeFileSync(
    join(folder, 'notes.csv'),
    `note_id,brc_id,text\nI1,YP1,"Came late, ""again""."\nI2,YP2,Slept well.\n`,
  )
  writeFileSync(join(folder, 'book.csv'), 'name,parent\nHarm,\nSelf-harm,Harm\n')
  give('some-notes', 'import-notes', join(folder, 'notes.csv'))
  give('some-codes', 'import-codebook', join(folder, 'book.csv'))
  for (const [purpose, ending] of WRITTEN)
    give(`to-${purpose}`, purpose, join(folder, `${purpose}.${ending}`))
  ids.set('ticket', [
    'some-notes',
    'some-codes',
    ...WRITTEN.map(([purpose]) => `to-${purpose}`),
    'unknown-ticket',
  ])
  return { path, folder, people: ids.get('coder') ?? [], tickets, words: wordsFrom(ids, draw) }
}

function fill(project: Project, ids: Map<string, string[]>): void {
  const known = (kind: string, ...more: string[]) => ids.set(kind, [...(ids.get(kind) ?? []), ...more])
  const [lead, other, coder, adjudicator, reader] = ['Lead', 'Other', 'Coder', 'Judge', 'Reader'].map(
    (name) => project.addCoder(name).id,
  ) as [CoderId, CoderId, CoderId, CoderId, CoderId]
  const roles = [
    [other, 'lead'],
    [coder, 'coder'],
    [adjudicator, 'adjudicator'],
    [reader, 'reader'],
  ] as const
  for (const [id, role] of roles) project.change(lead, 'coder.setRole', { id, role })
  project.activate(lead)
  known('coder', lead, other, coder, adjudicator, reader)
  addNotes(project, lead, NOTES)
  known('note', ...Object.keys(NOTES))
  const codes = ['Neglect', 'Violence', 'Sleep', 'School'].map((name) => addCode(project, lead, name))
  codes.push(addCode(project, lead, 'Fights', codes[1]))
  known('code', ...codes)
  const round: RoundId = newId()
  const coders = [coder, other, adjudicator]
  project.change(lead, 'round.add', {
    ...{ id: round, name: 'Blind', coders, notes: ['N1', 'N2', 'N3'], isBlind: true, drawn: null },
  })
  known('round', round)
  for (const by of coders)
    for (const note of ['N1', 'N2', 'N4'])
      for (const [at, code] of codes.slice(0, 3).entries())
        known('coding', applyCode(project, by, note, code, [at * 3, at * 3 + 8]))
  for (const about of [
    { kind: 'coding', id: codingId((ids.get('coding') ?? [])[0] ?? '') },
    { kind: 'note', id: 'N2' },
    { kind: 'code', id: codes[0] ?? codeId('') },
  ] as const) {
    const id: MemoId = newId()
    project.change(coder, 'memo.add', { id, about, type: null, title: '', body: memoFromText('Is it?') })
    known('memo', id)
  }
  project.change(coder, 'note.setStatus', { notes: ['N1', 'N5'], status: 'finished' })
}

const PLAIN = [
  'Harm',
  'harm',
  'Neglect',
  'team',
  'North',
  'N1',
  'home',
  'x',
  '#67aaed',
  'a b',
  '2024-01-31',
  'police*',
]

/** Ids of what there is, and new ones where something is made. */
function wordsFrom(ids: Map<string, string[]>, draw: Chance): Words {
  const all = () => [...ids.values()].flat()
  const first = new Map([...ids].map(([kind, those]) => [kind, [...those]]))
  // Many of the later ones were never made, or are gone.
  const of = (kind: string) => draw.pick((draw.below(3) > 0 ? first : ids).get(kind) ?? all())
  return (path) => {
    const [verb = ''] = path
    const name = path.at(-1) ?? ''
    if (name === 'ticket') return draw.below(5) === 0 ? of('ticket') : (TICKETS[verb] ?? of('ticket'))
    if (name === 'digest') return ''
    if (name === 'coderId' || name === 'coderIds' || name === 'person' || name === 'codingMemosOf')
      return of('coder')
    if (/^note(Id|Ids)?$/.test(name)) return of('note')
    if (
      /^(code(Id|Ids)?|parentId|afterId|into|from|otherIds|withoutIds|firstCodeId|secondCodeId)$/.test(name)
    )
      return of('code')
    if (name === 'roundId') return of('round')
    if (name === 'codingId') return of('coding')
    const isNew =
      /^(newId)$/.test(name) || (name === 'id' && /add|create|applyNew|codeAgain|apply$/.test(verb))
    if (isNew && draw.below(8) > 0) return remembered(ids, verb, uuid())
    if (name === 'id' || name === 'ids')
      return draw.below(8) === 0 ? draw.pick(all()) : of(KINDS[verb.split('.')[0] ?? ''] ?? 'note')
    return draw.pick(PLAIN)
  }
}

const KINDS: Record<string, string> = {
  coders: 'coder',
  rounds: 'round',
  codes: 'code',
  codebook: 'coding',
  codings: 'coding',
  memos: 'memo',
  proposals: 'proposal',
  attributes: 'note',
}

/** What is made is there for later messages. */
function remembered(ids: Map<string, string[]>, verb: string, id: string): string {
  const kind = KINDS[verb.split('.')[0] ?? '']
  if (kind === undefined || kind === 'note') return id
  ids.set(kind, [...(ids.get(kind) ?? []).slice(-MOST_KNOWN), id])
  return id
}
const MOST_KNOWN = 60

const TICKETS: Record<string, string> = {
  'project.backup': 'to-backup',
  'notes.previewImport': 'some-notes',
  'notes.import': 'some-notes',
  'codes.previewImport': 'some-codes',
  'codes.import': 'some-codes',
  'codes.exportFile': 'to-codebook-csv',
  'retrieval.exportFile': 'to-quotes-csv',
  'journal.exportFile': 'to-journal-csv',
  'agreement.exportFile': 'to-agreement-csv',
  'agreement.exportData': 'to-reliability-csv',
  'agreement.exportDiagnosis': 'to-diagnosis-csv',
  'themes.exportFile': 'to-themes-csv',
}
