/** A process that works on a project is killed at any moment, also while it opens what the last kill has left. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Chance, chance, report } from '../soak.ts'
import { begunIn, type Model } from './facts.ts'
import { judge, tally, type Verdict, wrongsOf } from './judge.ts'
import { Person } from './person.ts'

/** Kills of one project, one after the other; then a new one, so that none grows too large to be looked through. */
const PER_PROJECT = 10
/** It is killed within so many ms after it began to open, or to work. */
const LONGEST = 350

type Killed = { verdicts: Verdict[]; confirmed: number; broken: string[] }

export async function kills(folder: string, count: number, seed: number): Promise<void> {
  const draw = chance(seed)
  const all: Killed = { verdicts: [], confirmed: 0, broken: [] }
  while (all.verdicts.length < count) {
    const own = mkdtempSync(join(folder, 'kills-'))
    const times = Math.min(PER_PROJECT, count - all.verdicts.length)
    const { verdicts, confirmed, broken } = await killOne(own, times, draw)
    all.verdicts.push(...verdicts)
    all.broken.push(...broken)
    all.confirmed += confirmed
    rmSync(own, { recursive: true, force: true })
  }
  const lost = all.verdicts.filter(({ outcome }) => outcome !== 'whole')
  report(`kills ${count}: ${all.confirmed} confirmed, ${lost.length} lost (${tally(all.verdicts)})`, [
    ...wrongsOf(all.verdicts),
    ...lost.filter(({ outcome }) => outcome !== 'WRONG').map(({ outcome, words }) => `${outcome}: ${words}`),
    ...all.broken,
  ])
}

async function killOne(folder: string, times: number, draw: Chance): Promise<Killed> {
  const { path, settingsFolder, model } = begunIn(folder)
  const killed: Killed = { verdicts: [], confirmed: 0, broken: [] }
  for (let kill = 0; kill < times; kill++) {
    const person = new Person(model)
    const isOpen = person.tell({ do: 'open', path, settingsFolder })
    // One in four is killed while it opens.
    if (draw.below(4) > 0) {
      await isOpen
      void person.tell({ do: 'work', acts: -1, seed: draw.below(1_000_000) })
    }
    await wait(draw.below(LONGEST))
    await person.kill()
    if (person.broken || person.refusals.length > 0)
      killed.broken.push(person.broken || JSON.stringify(person.refusals[0]))
    killed.verdicts.push(lookedAt(path, folder, model))
  }
  killed.confirmed = model.confirmed
  return killed
}

/** Looks at a copy: what the kill has left is for the next process to find. */
function lookedAt(path: string, folder: string, model: Model): Verdict {
  const copy = join(mkdtempSync(join(folder, 'copy-')), 'study.understory')
  for (const ending of ['', '-wal']) if (existsSync(path + ending)) copyFileSync(path + ending, copy + ending)
  const verdict = judge(copy, model)
  if (verdict.facts) model.settle(verdict.facts)
  return verdict
}
