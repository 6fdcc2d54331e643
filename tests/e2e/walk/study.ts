/** The project that a walk goes through: real, encrypted, small enough that every row of its lists is in sight. */
import path from 'node:path'
import { v7 as uuid } from 'uuid'
import { Project } from '../../../electron/store/project.ts'
import { codeId, coderId, codingId } from '../../ids.ts'
import { addNotes, newCode } from '../../store/project-content.ts'
import { temporaryFolder } from '../app.ts'

export const PASSPHRASE = 'a walk through the notes'

export type StudyNote = { id: string; text: string }
export type StudyCode = { id: string; name: string; colour: string; key: string }

/** Plain words, so that what a person selects can be told without the program's rules of words. */
const LINES = [
  'home visit with mum and the twins all settled today',
  'no injuries seen smelt of cannabis in the hall',
  'school rang twice this week he was late on both days',
  'she says dad shouts at night and the little one cries',
  'police called on saturday after neighbours heard a fight',
  'sleeps at nan when it is bad and comes back on mondays',
  'food in the fridge but the cooker has been broken since june',
  'worker to ring again on friday and ask about the dentist',
  'he drew the house with no doors and would not say why',
  'plan agreed with mum who cried and thanked the worker',
]

/** Code names whose letters no other code has as its key. */
const NAMES = [
  'Neglect',
  'Shouting',
  'Police',
  'Schooling',
  'Sleep',
  'Food',
  'Drugs',
  'Injury',
  'Family',
  'Plan',
  'Worry',
  'Home',
]
const KEYS = ['a', 'b', 'c', 'd', 'h', 'i', 'l', 'p', 't', 'x', 'y', 'z']
const COLOURS = [
  '#4f86c6',
  '#c65f5f',
  '#5fa65f',
  '#a05fc6',
  '#c6a15f',
  '#5fc6bd',
  '#8a8a2f',
  '#c65fa6',
  '#5f6bc6',
  '#7fc65f',
  '#c6785f',
  '#6f9aa0',
]

const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => LINES[(from + at) % LINES.length]).join('\n')

export const NOTES: readonly StudyNote[] = [
  { id: 'N1', text: lines(0, 5) },
  { id: 'N2', text: lines(3, 7) },
  { id: 'N3', text: `${lines(1, 2)}\n\n${lines(5, 3)}` },
  // Longer than the window: the wheel has something to do.
  { id: 'N4', text: lines(2, 60) },
  { id: 'N5', text: lines(7, 1) },
  { id: 'N6', text: lines(4, 6).replaceAll(' and ', ' 🧸 ') },
]

export const CODES: readonly StudyCode[] = NAMES.map((name, at) => ({
  id: `code-${at}`,
  name,
  colour: COLOURS[at] as string,
  key: KEYS[at] as string,
}))

export const AMARA = coderId('amara')
export const BEN = coderId('ben')

/** Makes the file; Amara, who walks, has coded nothing yet, Ben every note: nothing of his may be counted as hers. */
export async function makeStudy(): Promise<string> {
  const file = path.join(await temporaryFolder('walk'), 'walk.understory')
  const project = Project.create(file, PASSPHRASE, { title: 'A walk' })
  try {
    fill(project)
  } finally {
    project.close()
  }
  return file
}

export const titleOf = (id: string): string => `Visit ${id.slice(1)}`

function fill(project: Project): void {
  project.change(AMARA, 'coder.add', { id: AMARA, name: 'Amara' })
  project.change(AMARA, 'coder.add', { id: BEN, name: 'Ben' })
  addNotes(project, AMARA, Object.fromEntries(NOTES.map(({ id, text }) => [id, text])), 'YP1', titleOf)
  const codes = CODES.map(({ id, name, colour, key }) => ({
    ...newCode(name, null, codeId(id)),
    colour,
    shortcut: key,
  }))
  project.change(AMARA, 'codes.add', { source: 'a walk', codes })
  const codings = NOTES.map(({ id, text }, at) => ({
    id: codingId(uuid()),
    note: id,
    code: codeId(CODES[at]?.id ?? ''),
    start: 0,
    end: text.indexOf(' '),
  }))
  project.change(BEN, 'codings.apply', { codings })
  project.activate(AMARA)
}
