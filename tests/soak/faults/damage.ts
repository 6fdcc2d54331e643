/** Single bits and cut ends, in the file and in the log that a killed run has left beside it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Chance, chance, report } from '../soak.ts'
import { begunIn, type Model } from './facts.ts'
import { judge, tally, type Verdict, wrongsOf } from './judge.ts'
import { Person } from './person.ts'

/** How far a project has come is written down within a second; only then is it known outside the project. */
const MARKED = 1_300
const SMALLEST_LOG = 40_000

/** A folder as it lay there when its project was worked on, and killed or closed. */
export type Left = {
  path: string
  settingsFolder: string
  backup: string
  /** A copy from before anybody worked on it. */
  older: string
  model: Model
  /** Puts everything back as it was. */
  restore(): void
}

/** Two sessions: the first is closed after a backup, the second ends as told. */
export async function worked(folder: string, draw: Chance, isKilled: boolean): Promise<Left> {
  const { path, older, settingsFolder, model } = begunIn(folder)
  const backup = join(folder, 'backup.understory')
  const person = new Person(model)
  for (const ending of ['close', isKilled ? 'kill' : 'close'] as const) {
    await person.tell({ do: 'open', path, settingsFolder })
    await person.tell({ do: 'work', acts: 30, seed: draw.below(1_000_000) })
    if (ending === 'close') {
      await wait(MARKED)
      rmSync(backup, { force: true })
      await person.tell({ do: 'backup', path: backup })
      await person.tell({ do: 'close' })
    } else {
      // A redaction folds the log in: there is to be one.
      for (let more = 0; statSync(`${path}-wal`).size < SMALLEST_LOG; more++)
        await person.tell({ do: 'work', acts: 4, seed: more })
      await wait(MARKED)
      await person.kill()
    }
  }
  await person.kill()
  if (person.broken || person.refusals.length > 0)
    throw new Error(person.broken || JSON.stringify(person.refusals[0]))
  const kept = snapshot(folder)
  return { path, settingsFolder, backup, older, model, restore: () => putBack(folder, kept) }
}

type Snapshot = Map<string, Buffer>

function snapshot(folder: string): Snapshot {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  // The index of the log is made anew by whoever opens the file.
  const paths = files.map((file) => join(file.parentPath, file.name)).filter((name) => !name.endsWith('-shm'))
  return new Map(paths.map((name) => [name, readFileSync(name)]))
}

function putBack(folder: string, kept: Snapshot): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const name = join(entry.parentPath, entry.name)
    if (entry.isFile() && !kept.has(name)) rmSync(name, { force: true })
  }
  for (const [name, bytes] of kept) writeFileSync(name, bytes)
}

type Harm = { name: string; of: '' | '-wal'; isKilled: boolean; harm(bytes: Buffer, draw: Chance): Buffer }

const flip = (bytes: Buffer, draw: Chance): Buffer => {
  const changed = Buffer.from(bytes)
  const at = draw.below(bytes.length)
  changed.writeUInt8(changed.readUInt8(at) ^ (1 << draw.below(8)), at)
  return changed
}
const cut = (bytes: Buffer, draw: Chance): Buffer => bytes.subarray(0, draw.below(bytes.length))

const HARMS: readonly Harm[] = [
  { name: 'flips of a closed file', of: '', isKilled: false, harm: flip },
  { name: 'flips of a file with a log beside it', of: '', isKilled: true, harm: flip },
  { name: 'flips of the log', of: '-wal', isKilled: true, harm: flip },
  { name: 'cuts of a closed file', of: '', isKilled: false, harm: cut },
  { name: 'cuts of a file with a log beside it', of: '', isKilled: true, harm: cut },
  { name: 'cuts of the log', of: '-wal', isKilled: true, harm: cut },
]
/** Cases per project that was worked on. */
const PER_PROJECT = 50

type Counts = { flips: number; cuts: number }
type Found = { verdicts: Verdict[]; wrongs: string[] }

/** How many cases of a kind there are: of the file as many as of the log, half of them closed. */
const countOf = ({ name, of }: Harm, { flips, cuts }: Counts): number => {
  const all = name.startsWith('flips') ? flips : cuts
  return of === '' ? Math.ceil(all / 2) : all
}

/** `flips` and `cuts`: of the file, and as many of the log. */
export async function damages(folder: string, counts: Counts, seed: number): Promise<void> {
  const draw = chance(seed)
  const found = new Map<Harm, Found>(HARMS.map((harm) => [harm, { verdicts: [], wrongs: [] }]))
  for (const isKilled of [false, true]) {
    const isOpen = ([harm, { verdicts }]: [Harm, Found]) =>
      harm.isKilled === isKilled && verdicts.length < countOf(harm, counts)
    for (let due = [...found].filter(isOpen); due.length > 0; due = [...found].filter(isOpen)) {
      const own = mkdtempSync(join(folder, 'damage-'))
      const left = await worked(own, draw, isKilled)
      for (const [harm, each] of due) harmOften(left, harm, each, countOf(harm, counts), draw)
      left.restore()
      const backed = judge(left.backup, left.model)
      if (backed.facts === null || backed.outcome === 'seen')
        for (const [, { wrongs }] of due) wrongs.push(`the backup: ${backed.words}`)
      rmSync(own, { recursive: true, force: true })
    }
    for (const [harm, { verdicts, wrongs }] of found) {
      if (harm.isKilled !== isKilled) continue
      const silent = wrongsOf(verdicts)
      report(`${harm.name} ${verdicts.length}: ${tally(verdicts)}, ${silent.length} silent`, [
        ...silent,
        ...wrongs,
      ])
    }
  }
}

function harmOften(left: Left, { of, harm }: Harm, { verdicts }: Found, count: number, draw: Chance): void {
  left.restore()
  const target = left.path + of
  const whole = readFileSync(target)
  for (let made = 0; made < PER_PROJECT && verdicts.length < count; made++) {
    left.restore()
    writeFileSync(target, harm(whole, draw))
    verdicts.push(judge(left.path, left.model, left.settingsFolder))
  }
}
