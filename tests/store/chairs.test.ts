/** Who may sit down where: PINs, leads, blind rounds, and what is left behind of each. Real encrypted files. */
import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../../electron/store/file/new-id.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { removePin } from '../../electron/store/team/chairs.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type { CodeId, CoderId, RoundId } from '../../shared/contract/basics.ts'
import type { ArgsOf, ResultOf, VerbName } from '../../shared/contract/index.ts'
import { contract } from '../../shared/contract/index.ts'
import { coderId } from '../ids.ts'
import { asking, openHandlers } from './open-handlers.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const PINS = { amara: 'grey heron 41', ben: '2718281828', chloe: 'Ä quiet würd' }

type Study = { path: string; folder: string; amara: CoderId; ben: CoderId; chloe: CoderId; code: CodeId }

/** Amara leads; Ben and Chloe code. Amara sat there last. */
function makeStudy(fill: (project: Project, study: Study) => void = () => {}): Study {
  const folder = temporaryFolder()
  const path = join(folder, 'study.understory')
  const project = Project.create(path, PASSPHRASE, { title: 'Chairs' })
  const [amara, ben, chloe] = ['Amara', 'Ben', 'Chloe'].map((name) => project.addCoder(name).id) as [
    CoderId,
    CoderId,
    CoderId,
  ]
  addNotes(project, amara, { N1: 'Mum shouted.', N2: 'Police came.' })
  const study = { path, folder, amara, ben, chloe, code: addCode(project, amara, 'Neglect') }
  project.activate(amara)
  fill(project, study)
  project.close()
  return study
}

const addRound = (project: Project, by: CoderId, coders: CoderId[], id: RoundId = newId()) =>
  project.change(by, 'round.add', {
    id,
    name: 'Blind one',
    coders,
    notes: ['N1'],
    isBlind: true,
    drawn: null,
  })

type Ask = <V extends VerbName>(verb: V, args: ArgsOf<V>) => Promise<ResultOf<V>>
const closing: (() => void)[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const close of closing.splice(0)) close()
})

async function open(
  path: string,
  exportTo = path,
): Promise<{ ask: Ask; close(): void; opened: ResultOf<'project.open'> }> {
  const handlers = openHandlers((ticket) => [ticket === 'the study' ? path : exportTo])
  const ask = asking(handlers)
  closing.push(() => handlers.closeProject())
  const opened = await ask('project.open', { ticket: 'the study', passphrase: PASSPHRASE })
  return { ask, close: () => handlers.closeProject(), opened }
}

/** Each sits down on their own first, sets their PIN, and Amara sits there at the end. */
async function setPins(study: Study, who: readonly (keyof typeof PINS)[]): Promise<void> {
  const { ask, close } = await open(study.path)
  for (const name of who) {
    await ask('coders.activate', { coderId: study[name] })
    await ask('coders.setPin', { coderId: study[name], current: null, pin: PINS[name] })
  }
  await ask('coders.activate', {
    coderId: study.amara,
    pin: who.includes('amara') ? PINS.amara : null,
  })
  close()
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: CodeId; message: string }) => `${error.code}: ${error.message}`,
  )
const rowsOf = async (ask: Ask) =>
  (await ask('journal.list', { before: null, limit: 50, subject: 'coders' })).rows.map(
    ({ coder, label }) => `${coder} ${label}`,
  )
const sitsThere = async (ask: Ask) => (await ask('coders.chairs', {})).sitting

describe('another’s place', () => {
  it('is open where there is no PIN, and the journal says so', async () => {
    const study = makeStudy()
    const { ask } = await open(study.path)
    await ask('coders.activate', { coderId: study.ben })
    expect(await sitsThere(ask)).toBe(study.ben)
    expect((await rowsOf(ask))[0]).toBe('Amara made room for Ben, who has no PIN')
  })

  it('asks for that person’s PIN where there is one, and takes nothing else', async () => {
    const study = makeStudy()
    await setPins(study, ['ben'])
    const { ask } = await open(study.path)
    const become = (pin: string | null) => refusal(ask('coders.activate', { coderId: study.ben, pin }))
    expect(await become(null)).toBe('wrong-pin: The PIN of Ben is needed. Nothing was changed.')
    expect(await become('2718281829')).toMatch(/^wrong-pin: This is not the PIN of Ben/)
    expect(await become('271828')).toMatch(/^wrong-pin/)
    expect(await sitsThere(ask)).toBe(study.amara)
    expect(await become(PINS.ben)).toBe('done')
    expect(await sitsThere(ask)).toBe(study.ben)
    expect((await rowsOf(ask))[0]).toBe('Amara made room for Ben, who gave their PIN')
  })

  it('is the same PIN however its letters are put together', async () => {
    const study = makeStudy()
    await setPins(study, ['chloe'])
    const { ask } = await open(study.path)
    const pin = PINS.chloe.normalize('NFD')
    expect(pin).not.toBe(PINS.chloe)
    expect(await refusal(ask('coders.activate', { coderId: study.chloe, pin }))).toBe('done')
  })

  it('opens to a lead with the lead’s own PIN, not to one without and not to anybody else', async () => {
    const study = makeStudy()
    await setPins(study, ['ben'])
    const asLead = (ask: Ask, pin: string | null) =>
      refusal(ask('coders.activate', { coderId: study.ben, pin, asLead: true }))
    const first = await open(study.path)
    expect(await asLead(first.ask, null)).toMatch(/^not-allowed: Only a lead with a PIN of their own/)
    first.close()
    await setPins(study, ['amara'])
    const { ask } = await open(study.path)
    await ask('coders.activate', { coderId: study.amara, pin: PINS.amara })
    expect(await asLead(ask, null)).toMatch(/^wrong-pin: The PIN of Amara is needed/)
    expect(await asLead(ask, PINS.ben)).toMatch(/^wrong-pin: This is not the PIN of Amara/)
    expect(await asLead(ask, PINS.amara)).toBe('done')
    expect((await rowsOf(ask))[0]).toBe('Amara opened the place of Ben, as a lead')
    await ask('coders.activate', { coderId: study.chloe })
    await ask('coders.setPin', { coderId: study.chloe, current: null, pin: PINS.chloe })
    expect(await asLead(ask, PINS.chloe)).toMatch(/^not-allowed/)
  })

  it('is not one’s own second pass, which takes nothing and is not told', async () => {
    const study = makeStudy()
    await setPins(study, ['amara', 'ben'])
    const { ask } = await open(study.path)
    await ask('coders.activate', { coderId: study.amara, pin: PINS.amara })
    const before = await rowsOf(ask)
    const { id } = await ask('coders.codeAgain', {
      coderId: study.amara,
      person: study.amara,
      id: newId<CoderId>(),
    })
    await ask('coders.activate', { coderId: id })
    await ask('coders.activate', { coderId: study.amara })
    expect((await rowsOf(ask)).slice(1)).toEqual(before)
    const bens = await ask('coders.codeAgain', {
      coderId: study.amara,
      person: study.ben,
      id: newId<CoderId>(),
    })
    expect(await refusal(ask('coders.activate', { coderId: bens.id }))).toMatch(/^wrong-pin/)
  })

  it('is not reached by undoing a second pass that somebody else began', async () => {
    const study = makeStudy()
    await setPins(study, ['amara', 'ben'])
    const { ask } = await open(study.path)
    await ask('coders.activate', { coderId: study.amara, pin: PINS.amara })
    const { id } = await ask('coders.codeAgain', {
      coderId: study.amara,
      person: study.ben,
      id: newId<CoderId>(),
    })
    await ask('coders.activate', { coderId: id, pin: PINS.ben })
    await ask('history.undo', { coderId: id })
    expect(await sitsThere(ask)).toBe(study.ben)
  })

  it('leaves what was undone there to be done again', async () => {
    const study = makeStudy((project, { ben, code }) => {
      applyCode(project, ben, 'N1', code, [0, 3])
    })
    const { ask } = await open(study.path)
    await ask('coders.activate', { coderId: study.ben })
    await ask('history.undo', { coderId: study.ben })
    await ask('coders.activate', { coderId: study.amara })
    await ask('coders.activate', { coderId: study.ben })
    expect((await ask('history.state', { coderId: study.ben })).redo).toMatch(/^applied Neglect/)
  })
})

describe('a blind round under way', () => {
  const blind = (coders: ('amara' | 'ben' | 'chloe')[]) => (project: Project, study: Study) =>
    void addRound(
      project,
      study.amara,
      coders.map((name) => study[name]),
    )

  it('opens no place without a PIN to whoever codes in it, also none outside it', async () => {
    const study = makeStudy(blind(['amara', 'ben']))
    const { ask } = await open(study.path)
    for (const coderId of [study.ben, study.chloe])
      expect(await refusal(ask('coders.activate', { coderId }))).toMatch(
        /^not-allowed: While the blind round Blind one is under way, only (Ben|Chloe)’s own PIN/,
      )
    const mallory = await ask('coders.add', { coderId: study.amara, name: 'Mallory' })
    expect(await refusal(ask('coders.activate', { coderId: mallory.id }))).toMatch(/^not-allowed/)
    expect(await sitsThere(ask)).toBe(study.amara)
    expect((await rowsOf(ask))[0]).toBe('Amara added the coder Mallory')
  })

  it('opens no place of those who code in it to a lead outside it', async () => {
    const study = makeStudy()
    await setPins(study, ['amara', 'ben'])
    const project = Project.open(study.path, PASSPHRASE)
    addRound(project, study.amara, [study.ben, study.chloe])
    project.close()
    const { ask } = await open(study.path)
    await ask('coders.activate', { coderId: study.amara, pin: PINS.amara })
    const asLead = { coderId: study.ben, pin: PINS.amara, asLead: true }
    expect(await refusal(ask('coders.activate', asLead))).toMatch(
      /^not-allowed.*in a blind round nobody does/,
    )
    const clear = { coderId: study.amara, id: study.ben, pin: PINS.amara }
    expect(await refusal(ask('coders.clearPin', clear))).toMatch(/^not-allowed.*remove the round first/)
    expect(await refusal(ask('coders.activate', { coderId: study.chloe }))).toMatch(/^not-allowed/)
    expect(await refusal(ask('coders.activate', { coderId: study.ben, pin: PINS.ben }))).toBe('done')
  })

  it('is over for this when everybody finished its notes, or a lead removed it', async () => {
    const round: RoundId = newId()
    const study = makeStudy((project, { amara, ben }) => void addRound(project, amara, [amara, ben], round))
    const { ask } = await open(study.path)
    const become = () => refusal(ask('coders.activate', { coderId: study.ben }))
    expect(await become()).toMatch(/^not-allowed/)
    await ask('rounds.remove', { coderId: study.amara, id: round })
    expect(await become()).toBe('done')
    const finished = makeStudy((project, { amara, ben }) => {
      addRound(project, amara, [amara, ben])
      for (const by of [amara, ben])
        project.change(by, 'note.setStatus', { notes: ['N1'], status: 'finished' })
    })
    const other = await open(finished.path)
    expect(await refusal(other.ask('coders.activate', { coderId: finished.ben }))).toBe('done')
  })

  it('counts for whoever codes in it as a second pass', async () => {
    const study = makeStudy((project, { amara, chloe }) => {
      const pass = project.codeAgain(amara, amara, newId()).id
      addRound(project, amara, [pass, chloe])
    })
    const { ask } = await open(study.path)
    expect(await refusal(ask('coders.activate', { coderId: study.ben }))).toMatch(/^not-allowed/)
  })

  it('lets nobody without a PIN sit down where nobody sits', async () => {
    const study = makeStudy()
    await setPins(study, ['amara'])
    const project = Project.open(study.path, PASSPHRASE)
    addRound(project, study.amara, [study.amara, study.ben])
    project.close()
    const { ask } = await open(study.path)
    for (const coderId of [study.ben, study.chloe])
      expect(await refusal(ask('coders.activate', { coderId }))).toMatch(/^not-allowed/)
  })

  it('does not tell whoever codes in it when the others came and went', async () => {
    const study = makeStudy((project, { amara, ben, chloe }) => {
      addRound(project, amara, [amara, ben])
      project.change(chloe, 'coder.sitDown', { from: chloe, to: ben, by: 'pin' })
      project.change(ben, 'coder.sitDown', { from: ben, to: amara, by: 'pin' })
    })
    const { ask } = await open(study.path)
    const told = (await rowsOf(ask)).filter((words) => words.includes('made room'))
    expect(told).toEqual(['Ben made room for Amara, who gave their PIN'])
  })
})

describe('opening a project', () => {
  it('seats whoever sat there last unless they have a PIN', async () => {
    const study = makeStudy()
    const { opened } = await open(study.path)
    expect(opened).toMatchObject({ title: 'Chairs', activeCoderId: study.amara })
  })

  it('answers nothing and changes nothing before somebody sits there', async () => {
    const study = makeStudy()
    await setPins(study, ['amara'])
    const { ask, opened } = await open(study.path)
    expect(opened).toEqual({
      sitting: null,
      remembered: study.amara,
      chairs: [
        { coderId: study.amara, name: 'Amara', hasPin: true, needs: 'pin', mayLead: false, whyNot: null },
        { coderId: study.ben, name: 'Ben', hasPin: false, needs: 'nothing', mayLead: false, whyNot: null },
        {
          coderId: study.chloe,
          name: 'Chloe',
          hasPin: false,
          needs: 'nothing',
          mayLead: false,
          whyNot: null,
        },
      ],
      notices: [],
    })
    const answered = [
      'project.create',
      'project.open',
      'project.openSample',
      'project.close',
      'coders.chairs',
      'coders.activate',
    ]
    const handlers = openHandlers(() => [study.path])
    closing.push(() => handlers.closeProject())
    await asking(handlers)('project.open', { ticket: 'the study', passphrase: PASSPHRASE })
    for (const verb of Object.keys(contract) as VerbName[]) {
      if (answered.includes(verb)) continue
      const anything = { coderId: study.amara, noteId: 'N1', id: study.ben, ticket: 'anything' }
      const call = async () => (handlers[verb] as (args: object, context: object) => unknown)(anything, {})
      expect(await refusal(call()), verb).toMatch(/^not-seated: Nobody sits here yet/)
    }
    expect(await refusal(ask('coders.activate', { coderId: study.amara, pin: 'something' }))).toMatch(
      /^wrong-pin/,
    )
    expect(await refusal(ask('notes.get', { noteId: 'N1' }))).toMatch(/^not-seated/)
    await ask('coders.activate', { coderId: study.amara, pin: PINS.amara })
    expect(await ask('notes.get', { noteId: 'N1' })).toMatchObject({ text: 'Mum shouted.' })
    // Whoever comes back took nobody's place.
    expect((await rowsOf(ask)).filter((words) => words.includes('sat down'))).toEqual([])
  })

  it('tells the journal of whoever sits down in place of who sat there last', async () => {
    const study = makeStudy()
    await setPins(study, ['amara', 'ben'])
    const { ask } = await open(study.path)
    await ask('coders.activate', { coderId: study.ben, pin: PINS.ben })
    expect((await rowsOf(ask))[0]).toBe('Ben sat down, with their PIN')
  })

  it('asks for the PIN of a second pass and of who spoke for the consensus too', async () => {
    const study = makeStudy((project, { amara }) => {
      project.addConsensus(amara)
      project.change(amara, 'coder.setRole', { id: project.addCoder('Dora').id, role: 'adjudicator' })
    })
    await setPins(study, ['ben'])
    const first = await open(study.path)
    const { chairs } = await first.ask('coders.chairs', {})
    const id = (name: string) => chairs.find((chair) => chair.name === name)?.coderId ?? coderId('')
    await first.ask('coders.activate', { coderId: id('Dora') })
    await first.ask('coders.setPin', { coderId: id('Dora'), current: null, pin: 'dora dora' })
    await first.ask('coders.activate', { coderId: id('Consensus') })
    first.close()
    const { opened, ask } = await open(study.path)
    expect(opened).toMatchObject({ sitting: null, remembered: id('Dora') })
    expect(await refusal(ask('coders.activate', { coderId: id('Consensus') }))).toMatch(/^not-allowed/)
    await ask('coders.activate', { coderId: study.ben, pin: PINS.ben })
    const pass = await ask('coders.codeAgain', {
      coderId: study.ben,
      person: study.ben,
      id: newId<CoderId>(),
    })
    await ask('coders.activate', { coderId: pass.id })
    expect((await open(study.path)).opened).toMatchObject({ sitting: null, remembered: pass.id })
  })
})

describe('a PIN', () => {
  it('is at least six characters, not one over and over, and set, changed and removed by its person alone', async () => {
    const study = makeStudy()
    const { ask } = await open(study.path)
    const set = (current: string | null, pin: string | null) =>
      refusal(ask('coders.setPin', { coderId: study.amara, current, pin }))
    expect(await set(null, '12345')).toMatch(/^bad-arguments: A PIN has at least 6 characters/)
    expect(await set(null, '111111')).toMatch(/^bad-arguments: This PIN is one character over and over/)
    expect(await set(null, '🙂🙂🙂')).toMatch(/^bad-arguments: A PIN has at least 6 characters/)
    expect(await set(null, 'half \ud83d a face')).toMatch(/^bad-arguments/)
    expect(await set(null, '123456')).toBe('done')
    expect(await set(null, '654321')).toBe('wrong-pin: The PIN of Amara is needed. Nothing was changed.')
    expect(await set('000000', null)).toMatch(/^wrong-pin/)
    expect(await set('123456', '654321')).toBe('done')
    expect(await set('123456', null)).toMatch(/^wrong-pin/)
    expect(await set('654321', null)).toBe('done')
    expect((await ask('coders.chairs', {})).chairs[0]).toMatchObject({ hasPin: false })
    expect((await rowsOf(ask)).slice(0, 3)).toEqual([
      'Amara removed the PIN of Amara',
      'Amara set the PIN of Amara',
      'Amara set the PIN of Amara',
    ])
    const other = { coderId: study.ben, current: null, pin: '123456' }
    expect(await refusal(ask('coders.setPin', other))).toMatch(/^not-allowed/)
  })

  it('can be tried five times, then after waits that grow and outlast the program', async () => {
    const study = makeStudy()
    await setPins(study, ['ben'])
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    const first = await open(study.path)
    const tryAs = (ask: Ask, pin: string) => refusal(ask('coders.activate', { coderId: study.ben, pin }))
    for (let wrong = 1; wrong < 5; wrong++)
      expect(await tryAs(first.ask, `00000${wrong}`)).toBe('wrong-pin: This is not the PIN of Ben.')
    expect(await tryAs(first.ask, '000005')).toMatch(/The next can be tried in 30 seconds\.$/)
    expect(await tryAs(first.ask, PINS.ben)).toMatch(
      /given 5 times for Ben\. The next can be tried in 30 seconds\.$/,
    )
    first.close()
    const { ask } = await open(study.path)
    expect(await tryAs(ask, PINS.ben)).toMatch(/30 seconds\.$/)
    vi.setSystemTime(Date.now() + 30_001)
    expect(await tryAs(ask, '000006')).toMatch(/in 60 seconds\.$/)
    // A clock that is set back makes no wait longer.
    vi.setSystemTime(Date.now() - 86_400_000)
    expect(await tryAs(ask, PINS.ben)).toMatch(/in 60 seconds\.$/)
    vi.setSystemTime(Date.now() + 86_400_000 + 60_001)
    const { words } = await ask('coders.activate', { coderId: study.ben, pin: PINS.ben })
    expect(words).toBe('A wrong PIN was given 6 times for Ben since the last right one.')
    await ask('coders.activate', { coderId: study.amara })
    expect(await tryAs(ask, '000007')).toBe('wrong-pin: This is not the PIN of Ben.')
  })

  it('goes with every copy of the file', async () => {
    const study = makeStudy()
    await setPins(study, ['amara'])
    const copy = join(study.folder, 'copy.understory')
    copyFileSync(study.path, copy)
    const backup = join(study.folder, 'backup.understory')
    const { ask } = await open(study.path, backup)
    await ask('coders.activate', { coderId: study.amara, pin: PINS.amara })
    await ask('project.backup', { ticket: 'the backup' })
    for (const path of [copy, backup]) {
      const other = await open(path)
      expect(other.opened).toMatchObject({ sitting: null })
      expect(await refusal(other.ask('coders.activate', { coderId: study.amara }))).toMatch(/^wrong-pin/)
    }
  })

  it('costs whoever tries one 32 MB and some tenth of a second, in what is shipped', async () => {
    const project = makeProject()
    const { id } = project.addCoder('Amara')
    const keptBy = ({ writePin }: typeof import('../../electron/store/team/pins.ts')) => {
      writePin(project.db, id, PINS.amara)
      const kept = project.db.prepare(`SELECT value FROM local WHERE name LIKE 'pin:%'`).pluck().get()
      return JSON.parse(String(kept))
    }
    // By another name it is not what the tests put in its place (`vitest.config.ts`).
    const shipped = '../../electron/store/team/pins.ts?shipped'
    expect(keptBy(await import(shipped))).toMatchObject({ N: 2 ** 15, r: 8, p: 1 })
    expect(keptBy(await import('../../electron/store/team/pins.ts'))).toMatchObject({
      N: 2 ** 10,
      r: 8,
      p: 1,
    })
  })

  it('is in no journal, table but its own, export or plain byte', async () => {
    const study = makeStudy((project, { amara, code }) => void applyCode(project, amara, 'N1', code, [0, 3]))
    await setPins(study, ['amara', 'ben'])
    const project = Project.open(study.path, PASSPHRASE)
    const kept = project.db
      .prepare(`SELECT value FROM local WHERE name LIKE 'pin%'`)
      .pluck()
      .all() as string[]
    const secrets = [
      ...Object.values(PINS).slice(0, 2),
      ...kept.flatMap((value) => {
        const { salt, hash } = JSON.parse(value) as { salt: string; hash: string }
        return [salt, hash, Buffer.from(hash, 'hex').toString('latin1')]
      }),
    ]
    expect(kept).toHaveLength(2)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
    const tables = project.db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
      .pluck()
      .all() as string[]
    const content = tables
      .filter((name) => name !== 'local' && !name.startsWith('note_fts'))
      .map((name) => JSON.stringify(project.db.prepare(`SELECT * FROM ${name}`).all()))
      .join('\n')
    project.close()
    const exported = join(study.folder, 'exported.csv')
    const { ask } = await open(study.path, exported)
    await ask('coders.activate', { coderId: study.amara, pin: PINS.amara })
    await ask('journal.exportFile', { ticket: 'an export' })
    const answers = JSON.stringify([
      await ask('journal.list', { before: null, limit: 1_000 }),
      await ask('coders.chairs', {}),
      await ask('coders.list', {}),
      await ask('project.info', {}),
    ])
    const files = readdirSync(study.folder).map((name) => readFileSync(join(study.folder, name), 'latin1'))
    expect(files.length).toBeGreaterThan(1)
    for (const secret of secrets)
      for (const text of [content, answers, ...files]) expect(text.includes(secret)).toBe(false)
  })

  it('that was forgotten is removed by a lead with theirs, and its person is told once', async () => {
    const study = makeStudy()
    await setPins(study, ['ben'])
    const first = await open(study.path)
    const clear = (ask: Ask, pin: string) =>
      refusal(ask('coders.clearPin', { coderId: study.amara, id: study.ben, pin }))
    expect(await clear(first.ask, 'anything')).toMatch(/^not-allowed: A lead who removes a PIN has one/)
    first.close()
    await setPins(study, ['amara'])
    const { ask } = await open(study.path)
    await ask('coders.activate', { coderId: study.amara, pin: PINS.amara })
    expect(await clear(ask, PINS.ben)).toMatch(/^wrong-pin/)
    expect(await clear(ask, PINS.amara)).toBe('done')
    expect((await rowsOf(ask))[0]).toBe('Amara removed the PIN of Ben')
    expect((await ask('coders.activate', { coderId: study.ben })).words).toMatch(
      /^Your PIN was removed by Amara on \d+ \w+\. Set a new one/,
    )
    await ask('coders.activate', { coderId: study.amara, pin: PINS.amara })
    expect((await ask('coders.activate', { coderId: study.ben })).words).toBeNull()
    const lead = { coderId: study.ben, id: study.amara, pin: PINS.amara }
    expect(await refusal(ask('coders.clearPin', lead))).toMatch(/^not-allowed/)
  })

  it('that was removed by whoever has the passphrase is told when the project is opened', async () => {
    const study = makeStudy()
    await setPins(study, ['amara'])
    const project = Project.open(study.path, PASSPHRASE)
    removePin(project, PROJECT_ACTOR, study.amara)
    project.close()
    const { opened, ask } = await open(study.path)
    expect(opened.notices).toEqual([
      { words: expect.stringMatching(/^Your PIN was removed from the command line on/), isLoss: false },
    ])
    expect((await rowsOf(ask))[0]).toBe('Project removed the PIN of Amara')
  })
})
