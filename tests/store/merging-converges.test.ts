/** Laptops that meet: whatever each has done, and in whatever order they meet, they come to hold the same. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { memoryDatabase } from '../../electron/store/file/database.ts'
import { kinds } from '../../electron/store/kinds.ts'
import { Project } from '../../electron/store/project.ts'
import { listPeople } from '../../electron/store/team/coders.ts'
import { compareTables, fingerprint, replayAll, verify } from '../../electron/store/verify/verify.ts'
import { isProblem } from '../../shared/problem.ts'
import { someOf } from '../random.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { ACTS, actAtRandom, type Random, randomFrom } from './random-acts.ts'
import { PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const open: Project[] = []
afterEach(() => {
  for (const project of open.splice(0)) project.close(false)
})

type Laptop = { name: string; path: string; project: Project }

function openOn(folder: string, name: string): Laptop {
  const path = join(folder, `${name}.understory`)
  const project = Project.open(path, PASSPHRASE, { settingsFolder: join(folder, `settings of ${name}`) })
  open.push(project)
  return { name, path, project }
}

/** A project with a lead, two coders, a codebook, notes, and copies of it. */
function team(count: number): Laptop[] {
  const folder = temporaryFolder()
  const path = join(folder, '0.understory')
  const lead = Project.create(path, PASSPHRASE, { title: 'A study' }, (project) => {
    const amara = project.addCoder('Amara').id
    project.addCoder('Ben')
    project.addCoder('Chloe')
    addNotes(project, amara, {
      'N-a': 'Mum shouted at him again. Police came twice in the night. 👩‍👧 home alone.',
      'N-b': 'A settled week at home. No thoughts of harm. School rang about it.',
    })
    const code = addCode(project, amara, 'Neglect')
    addCode(project, amara, 'Violence')
    applyCode(project, amara, 'N-a', code, [0, 11])
  })
  lead.compareWithMark({ settingsFolder: join(folder, 'settings of 0') })
  lead.close(false)
  for (let at = 1; at < count; at++) copyFileSync(path, join(folder, `${at}.understory`))
  return Array.from({ length: count }, (_, at) => openOn(folder, String(at)))
}

/** One laptop takes in what another holds. A refusal is none of these. */
const meet = (taker: Laptop, giver: Laptop) => taker.project.merge(giver.path, PASSPHRASE)

/** All meet the first, and the first meets all; twice, as what is put right at a meeting travels too. */
function settle([first, ...others]: readonly Laptop[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const other of others) meet(first as Laptop, other)
    for (const other of others) meet(other, first as Laptop)
  }
}

function assertWhole({ project: { db } }: Laptop): void {
  expect(verify(db)).toMatchObject({ ok: true, problems: [] })
  const fresh = memoryDatabase()
  replayAll(db, fresh)
  expect(compareTables(db, fresh)).toEqual([])
  fresh.close()
}

function history(seed: number): void {
  const random = randomFrom(seed)
  const laptops = team(2 + random.below(4))
  const acts = 20 + random.below(50)
  for (let at = 0; at < acts; at++) {
    const laptop = random.pick(laptops)
    if (random.below(6) === 0) meetAtRandom(laptops, laptop, random)
    else {
      const by = random.pick(listPeople(laptop.project.db)).id
      actAtRandom(laptop.project, random, by, `${seed}.${at}`)
    }
  }
  settle(laptops)
  const prints = laptops.map(({ project }) => fingerprint(project.db))
  expect(new Set(prints).size, `seed ${seed}`).toBe(1)
  for (const laptop of laptops) assertWhole(laptop)
}

function meetAtRandom(laptops: readonly Laptop[], taker: Laptop, random: Random): void {
  const giver = random.pick(laptops.filter((each) => each !== taker))
  const { db } = taker.project
  const before = fingerprint(db)
  const { entries } = meet(taker, giver)
  if (entries.new === 0) return
  if (random.below(2) === 0) return
  const after = fingerprint(db)
  const actor = 'project' as Parameters<Project['undo']>[0]
  try {
    taker.project.undo(actor)
  } catch (error) {
    // A merge that brought a redaction stays.
    if (isProblem(error)) return
    throw error
  }
  expect(fingerprint(db)).toBe(before)
  taker.project.redo(actor)
  expect(fingerprint(db)).toBe(after)
}

describe('laptops that meet', () => {
  it('are tried with every kind of change there is', () => {
    expect(Object.keys(ACTS).sort()).toEqual([...Object.keys(kinds), 'undo', 'redo'].sort())
  })

  it.each(Array.from({ length: someOf(200) / 10 }, (_, at) => at))(
    'hold the same in the end, whatever they did (tens of histories from %i0)',
    (ten) => {
      for (let seed = ten * 10; seed < ten * 10 + 10; seed++) {
        history(seed)
        for (const project of open.splice(0)) project.close(false)
      }
    },
  )
})
