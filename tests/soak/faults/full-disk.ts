/** A disk that fills up under somebody's hands, in small steps, so that it is full at another place of a change each time. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chance, report } from '../soak.ts'
import { factsOf, Model } from './facts.ts'
import { judge, tally, type Verdict, wrongsOf } from './judge.ts'
import { Person } from './person.ts'
import { makeStudy, openedStudy } from './study.ts'

const canMount = process.platform === 'linux' && process.getuid?.() === 0
const run = (command: string, ...args: string[]) => {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}

const SIZE = 3_000_000
const LEAST_ROOM = 4_096
const MOST_ROOM = 500_000

export async function fullDisks(folder: string, count: number, seed: number): Promise<void> {
  if (!canMount) {
    console.log(`skipped: full disk ${count} (only root may mount a small one)`)
    return
  }
  const draw = chance(seed)
  const verdicts: Verdict[] = []
  const wrongs: string[] = []
  let confirmed = 0
  let refused = 0
  for (let round = 0; round < count; round++) {
    const own = mkdtempSync(join(folder, 'disk-'))
    const disk = join(own, 'disk')
    const settingsFolder = join(own, 'settings')
    for (const made of [disk, settingsFolder]) mkdirSync(made)
    run('mount', '-t', 'tmpfs', '-o', `size=${SIZE}`, 'none', disk)
    try {
      const path = join(disk, 'study.understory')
      makeStudy(path)
      const model = new Model(openedStudy(path, factsOf))
      const person = new Person(model)
      await person.tell({ do: 'open', path, settingsFolder })
      fill(disk, LEAST_ROOM + draw.below(MOST_ROOM))
      await person.tell({ do: 'work', acts: 40, seed: draw.below(1_000_000) })
      if (draw.below(2) === 0) await person.tell({ do: 'close' })
      await person.kill()
      confirmed += model.confirmed
      refused += person.refusals.length
      if (person.broken) wrongs.push(person.broken)
      for (const { code, sentence } of person.refusals)
        if (!['disk-full', 'write-failed'].includes(code)) wrongs.push(`a refusal: ${code}: ${sentence}`)
      // What it is on the full disk, and once there is room.
      verdicts.push(judge(path, model, settingsFolder))
      rmSync(join(disk, 'filler'))
      run('mount', '-o', 'remount,size=20m', disk)
      verdicts.push(judge(path, model, settingsFolder))
    } finally {
      run('umount', disk)
      rmSync(own, { recursive: true, force: true })
    }
  }
  const lost = verdicts.filter(({ outcome }) => outcome !== 'whole')
  report(
    `full disk ${count}: ${confirmed} confirmed, ${refused} refused, ${lost.length} lost (${tally(verdicts)})`,
    [
      ...wrongsOf(verdicts),
      ...lost
        .filter(({ outcome }) => outcome !== 'WRONG')
        .map(({ outcome, words }) => `${outcome}: ${words}`),
      ...wrongs,
    ],
  )
}

/** Leaves so many bytes of the disk free. */
function fill(disk: string, room: number): void {
  const name = join(disk, 'filler')
  const free = Number(
    spawnSync('df', ['--output=avail', '-B1', disk], { encoding: 'utf8' }).stdout.split('\n')[1],
  )
  writeFileSync(name, Buffer.alloc(Math.max(0, free - room)))
}
