/** A shared folder: three laptops that never meet in another way. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { mergePackage } from '../../electron/store/merging/merge.ts'
import { makePackage, openPackage } from '../../electron/store/merging/package.ts'
import { meetInFolder } from '../../electron/store/merging/team-folder.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CodeId, CoderId, RoundId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const open: Project[] = []
afterEach(() => {
  for (const project of open.splice(0)) project.close(false)
})

type Team = {
  folder: string
  shared: string
  lead: Project
  bens: Project
  chloes: Project
  amara: CoderId
  ben: CoderId
  chloe: CoderId
  neglect: CodeId
}

async function team(): Promise<Team> {
  const folder = temporaryFolder()
  const shared = join(folder, 'shared')
  mkdirSync(shared)
  const ids = {} as Pick<Team, 'amara' | 'ben' | 'chloe' | 'neglect'>
  const lead = Project.create(
    join(folder, 'amara.understory'),
    PASSPHRASE,
    { title: 'A study' },
    (project) => {
      ids.amara = project.addCoder('Amara').id
      ids.ben = project.addCoder('Ben').id
      ids.chloe = project.addCoder('Chloe').id
      addNotes(project, ids.amara, {
        N1: 'Mum shouted at him again.',
        N2: 'A settled week.',
        N3: 'School rang.',
      })
      ids.neglect = addCode(project, ids.amara, 'Neglect')
      addRound(project, ids, 'One', ['N1', 'N2'])
    },
  )
  lead.compareWithMark({ settingsFolder: join(folder, 'settings of amara') })
  open.push(lead)
  const joinAs = async (receiver: CoderId, name: string) => {
    const file = join(folder, `${name}.age`)
    const made = await makePackage(lead, { receiver, hasTexts: null, passphrase: 'begin' })
    writeFileSync(file, made.file)
    made.sent()
    const content = await openPackage(file, null, 'begin')
    const project = await Project.join(join(folder, `${name}.understory`), PASSPHRASE, content, name)
    project.compareWithMark({ settingsFolder: join(folder, `settings of ${name}`) })
    open.push(project)
    // What a coder answers a first package with.
    const back = join(folder, `back of ${name}.age`)
    const order = { receiver: ids.amara, hasTexts: null, passphrase: 'begin' }
    writeFileSync(back, (await makePackage(project, order)).file)
    mergePackage(lead, await openPackage(back, lead.db, 'begin'), name)
    return project
  }
  const bens = await joinAs(ids.ben, 'ben')
  const chloes = await joinAs(ids.chloe, 'chloe')
  return { folder, shared, lead, bens, chloes, ...ids }
}

function addRound(
  project: Project,
  { amara, ben, chloe }: Pick<Team, 'amara' | 'ben' | 'chloe'>,
  name: string,
  notes: string[],
) {
  project.change(amara, 'round.add', {
    ...{ id: newId<RoundId>(), name, coders: [ben, chloe], notes, isBlind: true, drawn: null },
  })
}

const whole = ({ db }: Project) => expect(verify(db)).toMatchObject({ ok: true, problems: [] })

describe('a team folder', () => {
  it('brings the work of all to the lead and nobody’s to another coder, and comes to rest', async () => {
    const { shared, lead, bens, chloes, ben, chloe, neglect } = await team()
    await meetInFolder(lead, shared)
    for (const project of [bens, chloes])
      expect(await meetInFolder(project, shared)).toMatchObject({ waiting: [] })
    applyCode(bens, ben, 'N1', neglect, [0, 3])
    applyCode(chloes, chloe, 'N1', neglect, [4, 11])
    for (const project of [bens, chloes, lead, bens, chloes]) await meetInFolder(project, shared)
    expect([ben, chloe].map((coder) => codingsOfNote(lead.db, 'N1', [coder]).length)).toEqual([1, 1])
    expect(codingsOfNote(bens.db, 'N1', [chloe])).toEqual([])
    // Each writes files of its own: one for each person whose laptop it knows.
    expect(readdirSync(shared)).toHaveLength(5)
    for (const project of [lead, bens, chloes]) await meetInFolder(project, shared)
    for (const project of [lead, bens, chloes])
      expect(await meetInFolder(project, shared)).toMatchObject({ written: 0, unwritten: null })
    for (const project of [lead, bens, chloes]) whole(project)
  })

  it('holds nothing of a coder that another can open', async () => {
    const { shared, lead, bens, chloes, chloe, neglect } = await team()
    for (const project of [lead, bens, chloes]) await meetInFolder(project, shared)
    const coding = applyCode(chloes, chloe, 'N1', neglect, [4, 11])
    for (const project of [chloes, lead, lead]) await meetInFolder(project, shared)
    let opened = 0
    for (const file of readdirSync(shared)) {
      const path = join(shared, file)
      expect(readFileSync(path).toString('latin1')).not.toMatch(/Mum|Neglect|Chloe|Ben/)
      const content = await openPackage(path, bens.db, null).catch(() => null)
      if (!content) continue
      opened++
      expect(JSON.stringify(content.entries)).not.toContain(coding)
      expect([...content.texts]).toEqual([])
    }
    expect(opened).toBe(1)
  })

  it('brings the texts of notes that a new round gives, once', async () => {
    const both = await team()
    const { shared, lead, bens } = both
    for (const project of [lead, bens]) await meetInFolder(project, shared)
    expect(() => getNote(bens.db, 'N3')).toThrow(/not on this laptop/)
    addRound(lead, both, 'Two', ['N3'])
    for (const project of [lead, bens]) await meetInFolder(project, shared)
    expect(getNote(bens.db, 'N3').text).toBe('School rang.')
    whole(bens)
  })

  it('meets what is doubled, half copied, strange or from another study with a sentence, and goes on', async () => {
    const { folder, shared, lead, bens, ben, neglect } = await team()
    for (const project of [lead, bens]) await meetInFolder(project, shared)
    applyCode(bens, ben, 'N1', neglect, [0, 3])
    await meetInFolder(bens, shared)
    const names = readdirSync(shared)
    const whole_ = names.map((name) => readFileSync(join(shared, name)))
    names.forEach((name, at) => {
      copyFileSync(join(shared, name), join(shared, name.replace('.age', ' (1).age')))
      writeFileSync(join(shared, `half ${name}`), (whole_[at] as Buffer).subarray(0, 900))
    })
    writeFileSync(join(shared, 'minutes.docx'), 'Dear all,')
    writeFileSync(join(shared, 'strange.age'), 'Dear all,')
    const other = Project.create(
      join(folder, 'other.understory'),
      PASSPHRASE,
      { title: 'Another' },
      (project) => {
        project.addCoder('Zoe')
      },
    )
    open.push(other)
    await meetInFolder(other, shared)
    const report = await meetInFolder(lead, shared)
    expect(codingsOfNote(lead.db, 'N1', [ben])).toHaveLength(1)
    const taken = report.files.flatMap((each) => ('error' in each ? [] : [each.entries.new]))
    expect(taken.filter((count) => count > 0)).toHaveLength(1)
    expect(report.files.flatMap((each) => ('error' in each ? [each.error] : []))).toContain('project-damaged')
    whole(lead)
    // The same once more brings nothing.
    const before = fingerprint(lead.db)
    await meetInFolder(lead, shared)
    expect(fingerprint(lead.db)).toBe(before)
  })

  it('may be away for a week, and is gone on with when it is there again', async () => {
    const { shared, lead, bens, ben, neglect } = await team()
    for (const project of [lead, bens]) await meetInFolder(project, shared)
    rmSync(shared, { recursive: true })
    applyCode(bens, ben, 'N1', neglect, [0, 3])
    expect(await meetInFolder(bens, shared)).toMatchObject({
      written: 0,
      unwritten: expect.stringMatching(/folder/),
    })
    mkdirSync(shared)
    for (const project of [bens, lead]) expect((await meetInFolder(project, shared)).unwritten).toBeNull()
    expect(codingsOfNote(lead.db, 'N1', [ben])).toHaveLength(1)
  })

  it.skipIf(process.getuid?.() === 0)('may be read-only: what others wrote comes in', async () => {
    const { shared, lead, bens, ben, neglect } = await team()
    for (const project of [lead, bens]) await meetInFolder(project, shared)
    applyCode(bens, ben, 'N1', neglect, [0, 3])
    await meetInFolder(bens, shared)
    chmodSync(shared, 0o555)
    const report = await meetInFolder(lead, shared)
    chmodSync(shared, 0o755)
    expect(report.unwritten).not.toBeNull()
    expect(codingsOfNote(lead.db, 'N1', [ben])).toHaveLength(1)
  })
})
