/** Each role against each verb that changes anything, as the one table says, and whoever does not sit there against all of them. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { CoderRole } from '../../shared/contract/coders.ts'
import { contract, type VerbName } from '../../shared/contract/index.ts'
import { isProblem } from '../../shared/problem.ts'
import { MAY_CHANGE, mayChange } from '../../shared/roles.ts'
import { coderId } from '../ids.ts'
import { CONTEXT, openHandlers } from './open-handlers.ts'
import { addCode, addNotes } from './project-content.ts'
import { PASSPHRASE } from './temporary-project.ts'

const WRITES = Object.keys(MAY_CHANGE) as VerbName[]
/** They name nobody who does them. */
const NAMELESS: readonly VerbName[] = [
  'project.close',
  'coders.activate',
  'reading.keepView',
  'reading.takeView',
]

let folder: string
let path: string
const people = new Map<CoderRole, CoderId>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'understory-roles-'))
  path = join(folder, 'study.understory')
  const project = Project.create(path, PASSPHRASE, { title: 'Roles' })
  for (const role of CoderRole.options) {
    const id = project.addCoder(`The ${role}`, PROJECT_ACTOR).id
    people.set(role, id)
    if (role !== 'lead') project.change(PROJECT_ACTOR, 'coder.setRole', { id, role })
  }
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice.' })
  for (const name of ['Neglect', 'Violence']) addCode(project, PROJECT_ACTOR, name)
  project.close()
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  expect(existsSync(folder)).toBe(false)
})

const whoIs = (role: CoderRole): CoderId => people.get(role) ?? coderId('')

function open() {
  const handlers = openHandlers(() => [path])
  const call = async (verb: VerbName, args: object): Promise<{ refused: string | null }> => {
    try {
      // Past the schemas: whoever speaks to the store may send what they like.
      await (handlers[verb] as (args: object, context: object) => unknown)(args, CONTEXT)
      return { refused: null }
    } catch (error) {
      return { refused: isProblem(error) ? error.code : 'broken' }
    }
  }
  return { call, close: () => handlers.closeProject() }
}

/** Says nothing that any verb could do: what is not refused for who asks fails for what is asked, or does nothing. */
const nothing = (coderId: CoderId) => ({
  coderId,
  id: 'nothing',
  ids: [],
  ranges: [],
  codings: [],
  changes: [],
  moves: [],
  nums: [],
  from: [],
  name: '',
  about: { kind: 'nothing' },
})

const state = () => {
  const project = Project.open(path, PASSPHRASE)
  try {
    return fingerprint(project.db)
  } finally {
    project.close()
  }
}

describe('what each role may change', () => {
  it('stands in the table for every verb of the contract that changes anything', () => {
    const changing = (Object.keys(contract) as VerbName[]).filter((verb) => contract[verb].kind === 'write')
    expect(WRITES.filter((verb) => contract[verb].kind === 'write').sort()).toEqual(changing.sort())
  })

  it.each(CoderRole.options)('%s: what the table forbids is refused before anything runs', async (role) => {
    const before = state()
    const { call, close } = open()
    try {
      await call('project.open', { ticket: 'the study', passphrase: PASSPHRASE })
      await call('coders.activate', { coderId: whoIs(role) })
      const forbidden = WRITES.filter((verb) => !mayChange(role, verb))
      for (const verb of forbidden)
        expect(await call(verb, nothing(whoIs(role))), verb).toEqual({ refused: 'not-allowed' })
      expect(forbidden.length === 0).toBe(role === 'lead')
    } finally {
      close()
    }
    expect(state()).toBe(before)
  })

  it('is asked of nobody but whoever sits there, be it a lead, a script or an unknown id', async () => {
    const before = state()
    const { call, close } = open()
    try {
      await call('project.open', { ticket: 'the study', passphrase: PASSPHRASE })
      await call('coders.activate', { coderId: whoIs('coder') })
      for (const other of [whoIs('lead'), PROJECT_ACTOR, ...['nobody', '', '\ud800', uuid()].map(coderId)])
        for (const verb of WRITES.filter((each) => !NAMELESS.includes(each)))
          expect(await call(verb, nothing(other)), `${verb} as ${other}`).toEqual({ refused: 'not-allowed' })
      expect(await call('coders.activate', { coderId: 'nobody' })).toEqual({ refused: 'not-found' })
      expect(await call('coders.activate', { coderId: '\ud800' })).toEqual({ refused: 'not-found' })
    } finally {
      close()
    }
    expect(state()).toBe(before)
  })

  it('lets everybody rename themselves, and only a lead rename others', async () => {
    const { call, close } = open()
    try {
      await call('project.open', { ticket: 'the study', passphrase: PASSPHRASE })
      const reader = whoIs('reader')
      await call('coders.activate', { coderId: reader })
      const rename = (id: string, name: string) => call('coders.rename', { coderId: reader, id, name })
      expect(await rename(whoIs('coder'), 'Mallory')).toEqual({ refused: 'not-allowed' })
      expect(await rename(reader, 'The quiet reader')).toEqual({ refused: null })
    } finally {
      close()
    }
  })

  it('knows an id that is no coder’s as nobody, in the journal itself', () => {
    const project = Project.open(path, PASSPHRASE)
    try {
      const before = fingerprint(project.db)
      for (const nobody of ['nobody', '\ud800', uuid()].map(coderId)) {
        expect(() => project.change(nobody, 'coder.setRole', { id: whoIs('coder'), role: 'lead' })).toThrow(
          'no coder of this project',
        )
        expect(() => project.change(nobody, 'codebook.freeze', { isFrozen: true })).toThrow(
          'no coder of this project',
        )
      }
      expect(fingerprint(project.db)).toBe(before)
    } finally {
      project.close()
    }
  })
})
