/** "Nothing was changed" is true: whatever verb is refused, tables, journal, what this copy keeps, and the folder are as before. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { sha256 } from '../../electron/store/file/hash.ts'
import { type Analyst, contextOf, type JobCall } from '../../electron/store/jobs/analyst.ts'
import { type JobArgs, type JobName, type JobResult, runJobOn } from '../../electron/store/jobs/jobs.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint } from '../../electron/store/verify/verify.ts'
import { contract, type VerbName } from '../../shared/contract/index.ts'
import { asProblem, isProblem } from '../../shared/problem.ts'
import { MAY_CHANGE, mayChange } from '../../shared/roles.ts'
import { messageOf, spoilt } from '../soak/fuzz/shapes.ts'
import { chance } from '../soak/soak.ts'
import { asking, openHandlers } from './open-handlers.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, PASSPHRASE } from './temporary-project.ts'

/** They close the project or put another in its place, which is what was asked. */
const OTHERWISE: readonly VerbName[] = [
  'project.close',
  'project.create',
  'project.open',
  'project.openSample',
]
const VERBS = (Object.keys(contract) as VerbName[]).filter((verb) => !OTHERWISE.includes(verb))

/** On the connection there is. */
const analyst: Analyst = {
  run: async <J extends JobName>(project: Project, name: J, args: JobArgs<J>, call: JobCall) =>
    (await runJobOn(project.db, name, args, contextOf(project, call))) as JobResult<J>,
  release: async () => {},
}

const closings: (() => void)[] = []
afterEach(() => {
  for (const close of closings.splice(0)) close()
})

async function study() {
  const project = makeProject()
  const { path } = project
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben', PROJECT_ACTOR).id
  project.change(PROJECT_ACTOR, 'coder.setRole', { id: ben, role: 'reader' })
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice.' })
  const code = addCode(project, PROJECT_ACTOR, 'Neglect')
  applyCode(project, amara, 'N1', code, [0, 3])
  project.activate(amara)
  project.close()
  const ask = asking(
    openHandlers((ticket) => [ticket === 'the-study' ? path : join(dirname(path), 'none', ticket)], analyst),
  )
  const call = async (verb: VerbName, args: unknown): Promise<string | null> => {
    try {
      await ask(verb, args as never)
      return null
    } catch (error) {
      const { code, message } = asProblem(error)
      return code === 'internal' && !isProblem(error) ? `(no sentence: ${error})` : message
    }
  }
  await call('project.open', { ticket: 'the-study', passphrase: PASSPHRASE })
  const beside = openReadOnly(path, PASSPHRASE)
  closings.push(() => {
    beside.close()
    void call('project.close', {})
  })
  const folder = dirname(path)
  const state = () => ({
    tables: fingerprint(beside),
    entries: beside.prepare('SELECT count(*) FROM journal').pluck().get(),
    kept: beside.prepare('SELECT name, value FROM local ORDER BY name').all(),
    texts: beside.prepare('SELECT hash FROM note_text ORDER BY hash').all(),
    files: readdirSync(folder, { recursive: true }),
    file: sha256(readFileSync(path).toString('latin1')),
  })
  return { call, state, amara, ben }
}

const WRITES = (Object.keys(MAY_CHANGE) as VerbName[]).filter((verb) => !OTHERWISE.includes(verb))

describe('a verb that is refused', () => {
  it('leaves everything as it was, for whatever is wrong with it', async () => {
    const { call, state, amara, ben } = await study()
    const before = state()
    const draw = chance(1)
    const refused = new Set<VerbName>()
    const asked = async (verb: VerbName, sits: string, isSpoilt: boolean) => {
      const about = (path: readonly string[]) => (path.at(-1) === 'coderId' ? sits : 'nothing like it')
      const args = messageOf(contract[verb].args, draw, about, [verb])
      const sentence = await call(verb, isSpoilt ? spoilt(args, draw) : args)
      if (sentence === null) return false
      refused.add(verb)
      expect(sentence, verb).toMatch(/^\S+ .*\.$/s)
      return true
    }
    for (const verb of VERBS)
      for (let each = 0; each < 4; each++) {
        const last = state()
        if (await asked(verb, amara, each % 2 === 1)) expect(state(), verb).toEqual(last)
      }
    // A reader is refused at the door, whatever it is.
    await call('coders.activate', { coderId: ben })
    const seated = state()
    const role = WRITES.filter((verb) => !mayChange('reader', verb))
    for (const verb of role) expect([verb, await asked(verb, ben, false)]).toEqual([verb, true])
    expect(state()).toEqual(seated)
    expect(seated.files).toEqual(before.files)
    expect(role.filter((verb) => !refused.has(verb))).toEqual([])
  })
})
