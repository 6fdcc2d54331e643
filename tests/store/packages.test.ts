/** What travels between laptops: who gets what, and what is refused. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Decrypter } from 'age-encryption'
import { afterEach, describe, expect, it } from 'vitest'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { readLines, writeLines } from '../../electron/store/exchange/packages/lines.ts'
import { seal } from '../../electron/store/exchange/packages/sealed.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { mergePackage } from '../../electron/store/merging/merge.ts'
import { makePackage, openPackage, type PackageOrder } from '../../electron/store/merging/package.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import { Project } from '../../electron/store/project.ts'
import { ownIdentities } from '../../electron/store/team/laptops.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CodeId, CoderId, MemoId, RoundId } from '../../shared/contract/basics.ts'
import { memoFromText } from '../../shared/memo.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const open: Project[] = []
afterEach(() => {
  for (const project of open.splice(0)) project.close(false)
})

const NOTES = {
  N1: 'Mum shouted at him again. Police came twice in the night.',
  N2: 'A settled week at home. No thoughts of harm.',
  N3: 'School rang about sleep. Home alone most nights.',
}
/** What Chloe has coded and thought must be nowhere in what goes to Ben. */
const CHLOES = 'Chloe thinks that this is a question of the tone.'

type Study = {
  folder: string
  lead: Project
  amara: CoderId
  ben: CoderId
  chloe: CoderId
  neglect: CodeId
  violence: CodeId
}

/** Amara leads; a blind round gives N1 and N3 to Ben and Chloe, and Chloe has begun. */
function study(): Study {
  const folder = temporaryFolder()
  const ids = {} as Omit<Study, 'folder' | 'lead'>
  const lead = Project.create(
    join(folder, 'amara.understory'),
    PASSPHRASE,
    { title: 'A study' },
    (project) => {
      ids.amara = project.addCoder('Amara').id
      ids.ben = project.addCoder('Ben').id
      ids.chloe = project.addCoder('Chloe').id
      addNotes(project, ids.amara, NOTES)
      ids.neglect = addCode(project, ids.amara, 'Neglect')
      ids.violence = addCode(project, ids.amara, 'Violence')
      project.change(ids.amara, 'round.add', {
        ...{ id: newId<RoundId>(), name: 'One', coders: [ids.ben, ids.chloe], notes: ['N1', 'N3'] },
        ...{ isBlind: true, drawn: null },
      })
    },
  )
  lead.compareWithMark({ settingsFolder: join(folder, 'settings of amara') })
  open.push(lead)
  return { folder, lead, ...ids }
}

function chloeCodes({ lead, chloe, amara, neglect, violence }: Study): string[] {
  const coding = applyCode(lead, chloe, 'N1', neglect, [0, 11])
  const moved = applyCode(lead, chloe, 'N3', neglect, [0, 6])
  lead.change(chloe, 'memo.add', {
    ...{ id: newId<MemoId>(), about: { kind: 'coding', id: coding }, type: null, title: '' },
    body: memoFromText(CHLOES),
  })
  lead.change(chloe, 'note.setStatus', { notes: ['N1'], status: 'finished' })
  // A lead's act on the codebook that names codings of everybody.
  lead.change(amara, 'codings.reassign', {
    ...{ how: 'move', from: neglect },
    moves: [{ coding: moved, code: violence }],
  })
  return [coding, moved]
}

let count = 0
async function send(from: Project, folder: string, order: Partial<PackageOrder> & { receiver: CoderId }) {
  const file = join(folder, `package ${count++}.age`)
  const made = await makePackage(from, { hasTexts: null, passphrase: 'of the package', ...order })
  writeFileSync(file, made.file)
  made.sent()
  return { file, report: made.report }
}

async function joinWith(file: string, folder: string, name: string): Promise<Project> {
  const content = await openPackage(file, null, 'of the package')
  const project = await Project.join(join(folder, `${name}.understory`), PASSPHRASE, content, 'package')
  project.compareWithMark({ settingsFolder: join(folder, `settings of ${name}`) })
  open.push(project)
  return project
}

async function take(into: Project, file: string) {
  return mergePackage(into, await openPackage(file, into.db, 'of the package'), 'package')
}

const whole = ({ db }: Project) => expect(verify(db)).toMatchObject({ ok: true, problems: [] })
const inside = async (file: string, project: Project | null = null): Promise<string> => {
  const decrypter = new Decrypter()
  decrypter.addPassphrase('of the package')
  for (const identity of project ? ownIdentities(project.db) : []) decrypter.addIdentity(identity)
  return Buffer.from(await decrypter.decrypt(readFileSync(file))).toString('utf8')
}

describe('a package for a coder', () => {
  it('makes their project: the notes of their rounds, the codebook, and nothing of another coder', async () => {
    const all = study()
    const { folder, lead, ben, chloe } = all
    const codings = chloeCodes(all)
    lead.seal('export')
    const { file, report } = await send(lead, folder, { receiver: ben })
    expect(report).toMatchObject({ texts: 2, isForKeys: false })
    const words = await inside(file)
    for (const text of [NOTES.N1, NOTES.N3]) expect(words).toContain(text)
    expect(words).not.toContain('settled week')
    for (const each of [CHLOES, 'finished', ...codings]) expect(words).not.toContain(each)
    expect(readFileSync(file).toString('latin1')).not.toMatch(/Mum|Neglect|Ben/)
    const bens = await joinWith(file, folder, 'ben')
    whole(bens)
    expect(bens.activeCoder().name).toBe('Ben')
    expect(getNote(bens.db, 'N1').text).toBe(NOTES.N1)
    expect(() => getNote(bens.db, 'N2')).toThrow(/not on this laptop/)
    expect(codingsOfNote(bens.db, 'N1', [chloe])).toEqual([])
    expect(bens.db.prepare('SELECT count(*) FROM void').pluck().get()).toBe(0)
  })

  it('is of one size, however much another has coded', async () => {
    const all = study()
    const { folder, lead, ben, chloe, neglect } = all
    const before = readFileSync((await send(lead, folder, { receiver: ben })).file).length
    for (let at = 0; at < 30; at++) applyCode(lead, chloe, 'N1', neglect, [at, at + 5])
    expect(readFileSync((await send(lead, folder, { receiver: ben })).file).length).toBe(before)
    expect(before).toBeGreaterThan(2 ** 16)
  })

  it('has no text for a laptop that is known, and only its key opens it', async () => {
    const { folder, lead, ben, amara, neglect } = study()
    const bens = await joinWith((await send(lead, folder, { receiver: ben })).file, folder, 'ben')
    await take(lead, (await send(bens, folder, { receiver: amara })).file)
    lead.change(amara, 'codes.update', { changes: [{ id: neglect, fields: { definition: 'Needs.' } }] })
    const { file, report } = await send(lead, folder, { receiver: ben })
    expect(report).toMatchObject({ texts: 0, isForKeys: true })
    const words = await inside(file, bens)
    for (const text of Object.values(NOTES)) expect(words).not.toContain(text.slice(0, 12))
    await expect(openPackage(file, null, 'of the package')).rejects.toThrow(/for somebody else/)
    expect((await take(bens, file)).entries).toMatchObject({ new: 1, void: [] })
    whole(bens)
    // An older one than what is there has nothing to bring.
    expect((await take(bens, file)).entries.new).toBe(0)
  })
})

describe('the way back', () => {
  it('holds what was done on the laptop and no text, and comes in once', async () => {
    const all = study()
    const { folder, lead, ben, amara, neglect, violence } = all
    chloeCodes(all)
    const bens = await joinWith((await send(lead, folder, { receiver: ben })).file, folder, 'ben')
    applyCode(bens, ben, 'N1', violence, [0, 11])
    bens.change(ben, 'note.setStatus', { notes: ['N1'], status: 'finished' })
    bens.seal('export')
    const { file } = await send(bens, folder, { receiver: amara })
    const words = await inside(file)
    for (const text of Object.values(NOTES)) expect(words).not.toContain(text.slice(0, 12))
    expect(words).not.toContain(neglect)
    const before = fingerprint(lead.db)
    expect((await take(lead, file)).coders).toMatchObject({ Ben: 3 })
    expect(codingsOfNote(lead.db, 'N1', [ben])).toHaveLength(1)
    whole(lead)
    expect((await take(lead, file)).entries.new).toBe(0)
    lead.undo(PROJECT_ACTOR)
    expect(fingerprint(lead.db)).toBe(before)
    lead.redo(PROJECT_ACTOR)
    expect(codingsOfNote(lead.db, 'N1', [ben])).toHaveLength(1)
    whole(lead)
  })

  it('maps what was coded through words that the lead has taken out meanwhile, and takes them out there', async () => {
    const { folder, lead, ben, amara, violence } = study()
    const bens = await joinWith((await send(lead, folder, { receiver: ben })).file, folder, 'ben')
    redact(lead, amara, [{ noteId: 'N1', cuts: [{ start: 0, end: 3, mask: '[name]' }] }])
    applyCode(bens, ben, 'N1', violence, [0, 11])
    await take(lead, (await send(bens, folder, { receiver: amara })).file)
    const [coding] = codingsOfNote(lead.db, 'N1', [ben])
    expect(getNote(lead.db, 'N1').text.slice(coding?.span?.start, coding?.span?.end)).toBe('[name] shouted')
    await take(bens, (await send(lead, folder, { receiver: ben })).file)
    expect(bens.db.prepare(`SELECT count(*) FROM note_text WHERE body LIKE '%Mum%'`).pluck().get()).toBe(0)
    whole(bens)
  })

  it('holds what was done before the laptop went on as another copy, too', async () => {
    const { folder, lead, ben, amara, neglect, violence } = study()
    const bens = await joinWith((await send(lead, folder, { receiver: ben })).file, folder, 'ben')
    applyCode(bens, ben, 'N1', violence, [0, 11])
    bens.close()
    // Put elsewhere as it is: nothing is known of that place.
    const path = join(folder, 'elsewhere.understory')
    copyFileSync(bens.path, path)
    const again = Project.open(path, PASSPHRASE, { settingsFolder: join(folder, 'settings of another') })
    open.push(again)
    applyCode(again, ben, 'N1', neglect, [0, 11])
    expect(again.journal.replica).not.toBe(bens.journal.replica)
    expect((await take(lead, (await send(again, folder, { receiver: amara })).file)).entries.void).toEqual([])
    expect(codingsOfNote(lead.db, 'N1', [ben])).toHaveLength(2)
    whole(lead)
  })

  it('writes for nobody else: what a coder’s laptop says in another’s name is void', async () => {
    const { folder, lead, ben, amara, neglect } = study()
    const bens = await joinWith((await send(lead, folder, { receiver: ben })).file, folder, 'ben')
    expect(() => applyCode(bens, amara, 'N1', neglect, [0, 11])).toThrow(/nobody else works in it/)
    expect(() => bens.change(PROJECT_ACTOR, 'codebook.freeze', { isFrozen: true })).toThrow(/nobody else/)
    // With its own file changed so that it lets anybody write.
    bens.db.exec(`UPDATE coder SET role = 'lead' WHERE name = 'Ben'`)
    applyCode(bens, amara, 'N1', neglect, [0, 11])
    bens.change(PROJECT_ACTOR, 'codebook.freeze', { isFrozen: true })
    const { entries } = await take(lead, (await send(bens, folder, { receiver: amara })).file)
    expect(entries.void.map(({ reason }) => reason)).toEqual([
      'This copy of the project is Ben’s: nobody else works in it.',
      'This copy of the project is Ben’s: nobody else works in it.',
    ])
    expect(codingsOfNote(lead.db, 'N1', [amara])).toEqual([])
  })
})

describe('a package that is not what was written', () => {
  const refuses = async (change: (file: Buffer) => Uint8Array | Promise<Uint8Array>, words: RegExp) => {
    const { folder, lead, ben, amara, neglect } = study()
    const bens = await joinWith((await send(lead, folder, { receiver: ben })).file, folder, 'ben')
    applyCode(bens, ben, 'N1', neglect, [0, 11])
    applyCode(bens, ben, 'N1', neglect, [12, 20])
    bens.seal('export')
    const { file } = await send(bens, folder, { receiver: amara })
    writeFileSync(file, await change(readFileSync(file)))
    const before = [fingerprint(lead.db), verify(lead.db).entries]
    await expect(take(lead, file)).rejects.toThrow(words)
    expect([fingerprint(lead.db), verify(lead.db).entries]).toEqual(before)
    whole(lead)
  }
  type Content = ReturnType<typeof readLines>
  const rewritten = async (file: Buffer, change: (content: Content) => void): Promise<Uint8Array> => {
    const decrypter = new Decrypter()
    decrypter.addPassphrase('of the package')
    const content = readLines(await decrypter.decrypt(file), 'package')
    change(content)
    const { package: _package, form: _form, ...head } = content.head
    const lines = [
      ...content.entries.map((entry) => ({ entry })),
      ...content.seals.map((each) => ({ seal: each })),
    ]
    return seal(writeLines(head, lines), { passphrase: 'of the package' })
  }

  it.each([
    ['a flipped byte', (file: Buffer) => flipped(file, file.length - 5_000), /damaged|changed after/],
    ['a flipped byte of its head', (file: Buffer) => flipped(file, 60), /damaged|somebody else/],
    ['a cut end', (file: Buffer) => file.subarray(0, file.length - 40), /damaged|changed after/],
  ])('is refused: %s', (_what, change, words) => refuses(change, words))

  it('is refused whoever has the passphrase: entries in each other’s place, one missing, another’s seal', async () => {
    const change = (work: (content: Content) => void) => (file: Buffer) => rewritten(file, work)
    await refuses(
      change(({ entries }) => entries.splice(1, 2, ...(entries.slice(1, 3).reverse() as typeof entries))),
      /stands without the one before it/,
    )
    await refuses(
      change(({ entries }) => entries.splice(1, 1)),
      /stands without the one before it/,
    )
    await refuses(
      change(({ entries }) => Object.assign(entries[1] ?? {}, { payload: '{"codings":[]}' })),
      /was changed after it was written/,
    )
    await refuses(
      change(({ seals }) => Object.assign(seals[0] ?? {}, { entries: 1 })),
      /is no good/,
    )
    await refuses(
      change(({ head }) => Object.assign(head.project, { id: 'another' })),
      /another study/,
    )
  })

  it('is refused kindly where a newer program made it, and where it is something else', async () => {
    const { lead } = study()
    const folder = temporaryFolder()
    const inPackage = async (words: string) => {
      const file = join(folder, 'package.age')
      writeFileSync(file, await seal(Buffer.from(words), { passphrase: 'of the package' }))
      return file
    }
    await expect(take(lead, await inPackage('{"package":"understory","form":2}\n'))).rejects.toThrow(
      /newer version/,
    )
    await expect(take(lead, await inPackage('Dear Amara,\n'))).rejects.toThrow(/is not a package/)
  })

  it('is refused with another text than the one that its entry names', async () => {
    const { folder, lead, ben } = study()
    const { file } = await send(lead, folder, { receiver: ben })
    const content = await openPackage(file, null, 'of the package')
    const [hash] = content.texts.keys()
    const texts = new Map([...content.texts, [hash as string, 'Nobody wrote this.']])
    const path = join(folder, 'ben.understory')
    await expect(Project.join(path, PASSPHRASE, { ...content, texts }, 'package')).rejects.toThrow(
      /package cannot be merged: a text in it is not the one that was imported/,
    )
    expect(existsSync(path)).toBe(false)
  })

  it('is refused by whoever it is not for', async () => {
    const { folder, lead, ben, chloe } = study()
    const bens = await joinWith((await send(lead, folder, { receiver: ben })).file, folder, 'ben')
    const { file } = await send(lead, folder, { receiver: chloe })
    await expect(take(bens, file)).rejects.toThrow(
      'a package for Chloe, and this copy of the project is Ben’s',
    )
    await expect(
      joinWith((await send(lead, folder, { receiver: ben, hasTexts: false })).file, folder, 'other'),
    ).rejects.toThrow(/no texts of notes/)
  })

  const flipped = (file: Buffer, at: number): Buffer => {
    const changed = Buffer.from(file)
    changed[at] = (changed[at] as number) ^ 1
    return changed
  }
})

it('three laptops that meet by packages come to the same', async () => {
  const all = study()
  const { folder, lead, amara, ben, chloe, neglect, violence } = all
  const [bens, chloes] = (await Promise.all(
    [ben, chloe].map(async (receiver) =>
      joinWith((await send(lead, folder, { receiver })).file, folder, receiver),
    ),
  )) as [Project, Project]
  applyCode(bens, ben, 'N1', neglect, [0, 11])
  applyCode(chloes, chloe, 'N1', violence, [0, 11])
  applyCode(chloes, chloe, 'N3', violence, [0, 11])
  for (const back of [chloes, bens]) await take(lead, (await send(back, folder, { receiver: amara })).file)
  expect([ben, chloe].map((coder) => codingsOfNote(lead.db, 'N1', [coder]).length)).toEqual([1, 1])
  const before = fingerprint(lead.db)
  // What goes out again is known there, and brings nobody another's work.
  await take(bens, (await send(lead, folder, { receiver: ben })).file)
  expect(codingsOfNote(bens.db, 'N1', [chloe])).toEqual([])
  expect(codingsOfNote(bens.db, 'N1', [ben])).toHaveLength(1)
  bens.undo(ben)
  await take(lead, (await send(bens, folder, { receiver: amara })).file)
  expect(codingsOfNote(lead.db, 'N1', [ben])).toEqual([])
  expect(fingerprint(lead.db)).not.toBe(before)
  for (const each of [lead, bens, chloes]) whole(each)
})
