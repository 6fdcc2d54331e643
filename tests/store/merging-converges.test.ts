/** Laptops that meet: whatever each has done, and in whatever order they meet, they come to hold the same. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { kinds } from '../../electron/store/kinds.ts'
import { Project } from '../../electron/store/project.ts'
import { listPeople } from '../../electron/store/team/coders.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import { isProblem } from '../../shared/problem.ts'
import { fewOf } from '../random.ts'
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
  // Of what a power cut would lose nothing is asked here.
  project.db.pragma('synchronous = OFF')
  open.push(project)
  return { name, path, project }
}

/** A project with a lead, two coders, a codebook and notes, as every history begins. */
const BEGINNING = join(mkdtempSync(join(tmpdir(), 'understory-beginning-')), 'study.understory')
beforeAll(() => {
  const made = Project.create(BEGINNING, PASSPHRASE, { title: 'A study' }, (project) => {
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
  // A laptop is known of it: each that opens a copy goes on as another.
  made.compareWithMark({ settingsFolder: join(dirname(BEGINNING), 'settings') })
  made.close(false)
})
afterAll(() => rmSync(dirname(BEGINNING), { recursive: true }))

function team(count: number): Laptop[] {
  const folder = temporaryFolder()
  return Array.from({ length: count }, (_, at) => {
    copyFileSync(BEGINNING, join(folder, `${at}.understory`))
    return openOn(folder, String(at))
  })
}

/** One laptop takes in what another holds. A refusal is none of these. */
const meet = (taker: Laptop, giver: Laptop) => taker.project.merge(giver.path, PASSPHRASE)

const statesOf = (laptops: readonly Laptop[]) =>
  new Set(laptops.map(({ project }) => fingerprint(project.db))).size

/** All meet the first, and the first meets all; once more where words were taken out anew at a meeting. */
function settle(laptops: readonly Laptop[]): void {
  const [first, ...others] = laptops as [Laptop, ...Laptop[]]
  for (let pass = 0; pass < 2; pass++) {
    for (const other of others) meet(first, other)
    for (const other of others) meet(other, first)
    if (statesOf(laptops) === 1) return
  }
}

function history(seed: number): void {
  const random = randomFrom(seed)
  const laptops = team(2 + random.below(4))
  const acts = 12 + random.below(36)
  for (let at = 0; at < acts; at++) {
    const laptop = random.pick(laptops)
    if (random.below(6) === 0) meetAtRandom(laptops, laptop, random)
    else {
      const by = random.pick(listPeople(laptop.project.db)).id
      actAtRandom(laptop.project, random, by, `${seed}.${at}`)
    }
  }
  settle(laptops)
  expect(statesOf(laptops), `seed ${seed}`).toBe(1)
  // What one of them holds, all do: it is what a fold from nothing gives.
  expect(verify(random.pick(laptops).project.db)).toMatchObject({ ok: true, problems: [] })
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

  it.each(Array.from({ length: fewOf(200, 5_000) / 10 }, (_, at) => at))(
    'hold the same in the end, whatever they did (tens of histories from %i0)',
    (ten) => {
      for (let seed = ten * 10; seed < ten * 10 + 10; seed++) {
        history(seed)
        for (const project of open.splice(0)) project.close(false)
      }
    },
  )
})
