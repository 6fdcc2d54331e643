/** What people and programs that keep folders alike do to a project's file and folder, while it is open and while it is closed. */
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { readSetting } from '../../../electron/store/file/values.ts'
import { verify } from '../../../electron/store/verify/verify.ts'
import { type Chance, chance, report } from '../soak.ts'
import { type Left, worked } from './damage.ts'
import { begunIn, type Facts, type Model } from './facts.ts'
import { judge, type Verdict } from './judge.ts'
import { Person } from './person.ts'
import { makeStudy, openedStudy } from './study.ts'

/** What is done to the path of a project; `older` is a copy from the beginning. */
type Deed = {
  name: string
  do(path: string, older: string): void
  undo?(path: string): void
  isProtection?: boolean
  isOther?: boolean
  /** Of what was in the file nothing may be left while somebody has it open: what counts is that they are told. */
  isDestruction?: boolean
}

const inPlace = (from: string, to: string) => copyFileSync(from, to)
function replace(from: string, to: string): void {
  copyFileSync(from, `${to}.new`)
  renameSync(`${to}.new`, to)
}

const DEEDS: readonly Deed[] = [
  { name: 'removed', do: (path) => rmSync(path) },
  { name: 'replaced by an older copy', do: (path, older) => replace(older, path) },
  {
    name: 'overwritten by an older copy',
    isDestruction: true,
    do: (path, older) => inPlace(older, path),
  },
  {
    name: 'replaced by another project',
    isOther: true,
    do: (path) => {
      const other = join(mkdtempSync(join(dirname(path), 'other-')), 'other.understory')
      makeStudy(other, 'Another')
      replace(other, path)
    },
  },
  { name: 'renamed', do: (path) => renameSync(path, `${path.slice(0, -11)} renamed.understory`) },
  {
    name: 'made read-only',
    do: (path) => chmodSync(path, 0o444),
    undo: (path) => chmodSync(path, 0o600),
    isProtection: true,
  },
  {
    name: 'in a folder made read-only',
    do: (path) => chmodSync(dirname(path), 0o555),
    undo: (path) => chmodSync(dirname(path), 0o755),
    isProtection: true,
  },
]

const isRoot = process.getuid?.() === 0

const STATES = ['open', 'closed', 'with a log beside it'] as const

/** Every deed in every state, so many times; with `some`, only so many of them, drawn. */
export async function places(folder: string, rounds: number, seed: number, some = Infinity): Promise<void> {
  const draw = chance(seed)
  const cases = DEEDS.flatMap((deed) => STATES.map((state) => ({ deed, state })))
  while (cases.length > some) cases.splice(draw.below(cases.length), 1)
  for (const { deed, state } of cases) {
    const wrongs: string[] = []
    const outcomes = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const own = mkdtempSync(join(folder, 'places-'))
      const found = await (state === 'open'
        ? whileOpen(own, deed, draw)
        : whileClosed(own, deed, draw, state === 'closed'))
      wrongs.push(...found.wrongs)
      outcomes.add(found.outcome.replaceAll(/\d+ \w+ 20\d\d, \d\d:\d\d/g, '…'))
      rmSync(own, { recursive: true, force: true })
    }
    report(`file ${deed.name}, ${state} ${rounds}: ${[...outcomes].join('; ')}`, wrongs)
  }
}

type Found = { outcome: string; wrongs: string[] }

/** Everything in the folder that opens as a project, with what it holds. */
function projectsIn(folder: string, model: Model): { name: string; verdict: Verdict }[] {
  return readdirSync(folder)
    .filter(
      (name) => name.endsWith('.understory') && name !== 'older.understory' && name !== 'backup.understory',
    )
    .map((name) => ({ name, verdict: judge(join(folder, name), model) }))
}

const holds = (model: Model, facts: Facts | null) => facts !== null && model.missingIn(facts) === 0

/**
 * Somebody works, the deed is done under their hands, they go on, save a copy and close. What was confirmed is whole in
 * some project of the folder, and they were told.
 */
async function whileOpen(folder: string, deed: Deed, draw: Chance): Promise<Found> {
  const { path, older, settingsFolder, model } = begunIn(folder)
  if (isRoot) giveAway(folder)
  const person = new Person(model, isRoot)
  const work = () => person.tell({ do: 'work', acts: 6, seed: draw.below(1_000_000) })
  await person.tell({ do: 'open', path, settingsFolder })
  await work()
  const before = model.confirmed
  deed.do(path, older)
  if (isRoot && !deed.isProtection) giveAway(folder)
  await work()
  const after = model.confirmed - before
  const refused = person.refusals.length
  const isSaved = draw.below(2) === 0
  if (isSaved) await person.tell({ do: 'backup', path: join(folder, 'saved.understory') })
  await person.tell({ do: 'close' })
  await person.kill()
  deed.undo?.(path)
  const wrongs = person.broken ? [person.broken] : []
  for (const { code, sentence } of person.refusals)
    if (code === 'internal') wrongs.push(`a refusal without a sentence: ${sentence}`)
  const found = projectsIn(folder, model)
  const whole = found.filter(({ verdict }) => holds(model, verdict.facts)).map(({ name }) => name)
  const isTold = deed.isDestruction === true && person.refusals.some(({ code }) => code === 'file-lost')
  // A copy that somebody asked for is whole, or was refused.
  const saved = found.find(({ name }) => name === 'saved.understory')
  const isCopyRefused = person.refusals.some(({ code }) => code === 'project-damaged')
  if (saved?.verdict.outcome === 'WRONG' && !isCopyRefused) wrongs.push(`the copy: ${saved.verdict.words}`)
  if (whole.length === 0 && !isTold) {
    const there = found.map(({ name, verdict }) => `${name}: ${verdict.outcome} ${verdict.words}`)
    wrongs.push(`${model.confirmed} confirmed (${after} after it), in no project there: ${there.join('; ')}`)
  }
  if (existsSync(path) && !deed.isOther && !isTold) {
    const { outcome, words } = judge(path, model, settingsFolder)
    if (outcome === 'WRONG') wrongs.push(`what is in its place: ${words}`)
  }
  const places = whole.map((name) => name.replace(/ \d.*\)/, ')'))
  return {
    outcome: `${refused > 0 ? 'refused with a sentence' : 'went on'}, ${places.length > 0 ? `whole in ${places.join(', ')}` : 'told that it was written over'}`,
    wrongs,
  }
}

/** The deed is done to a project nobody has open; opening it is judged, and work after it. */
async function whileClosed(folder: string, deed: Deed, draw: Chance, isClosed: boolean): Promise<Found> {
  const left: Left = await worked(folder, draw, !isClosed)
  const { path, settingsFolder, model } = left
  if (isRoot) giveAway(folder)
  const backed = judge(left.backup, model)
  deed.do(path, left.older)
  const wrongs: string[] = []
  const asRoot = deed.isProtection ? null : judge(path, model, settingsFolder)
  if (asRoot?.outcome === 'WRONG' && !deed.isOther) wrongs.push(asRoot.words)
  if (backed.facts === null) wrongs.push(`the backup: ${backed.words}`)
  if (asRoot && deed.isOther) {
    const isOther = openedStudy(path, (db) => verify(db).ok && readSetting(db, 'title') === 'Another')
    return { outcome: 'opens as that', wrongs: isOther ? wrongs : [...wrongs, asRoot.words] }
  }
  if (asRoot) return { outcome: `${asRoot.outcome} (${asRoot.words})`, wrongs }
  const person = new Person(model, isRoot)
  await person.tell({ do: 'open', path, settingsFolder })
  await person.tell({ do: 'work', acts: 3, seed: draw.below(1_000_000) })
  await person.tell({ do: 'close' })
  await person.kill()
  for (const { code, sentence } of person.refusals)
    if (code === 'internal') wrongs.push(`a refusal without a sentence: ${sentence}`)
  if (person.broken) wrongs.push(person.broken)
  deed.undo?.(path)
  const verdict = judge(path, model, settingsFolder)
  if (!holds(model, verdict.facts)) wrongs.push(`writable again: ${verdict.outcome} ${verdict.words}`)
  return { outcome: person.refusals[0]?.sentence ?? 'opened and went on', wrongs }
}

function giveAway(folder: string): void {
  chownSync(folder, 65_534, 65_534)
  for (const name of readdirSync(folder, { recursive: true }) as string[])
    chownSync(join(folder, name), 65_534, 65_534)
}
