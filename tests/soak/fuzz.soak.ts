/**
 * Whoever speaks to the store may send what they like: a million messages through the real handlers, from people of every
 * role, some of them about what is others'. Nothing crashes, every refusal is a sentence and changes nothing, nobody
 * changes what their role does not allow, and the file stays what its journal says.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createHandlers } from '../../electron/store/handlers/handlers.ts'
import { type Analyst, contextOf, type JobCall } from '../../electron/store/jobs/analyst.ts'
import { type JobArgs, type JobName, type JobResult, runJobOn } from '../../electron/store/jobs/jobs.ts'
import type { Project } from '../../electron/store/project.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Coder } from '../../shared/contract/coders.ts'
import { contract, type VerbName } from '../../shared/contract/index.ts'
import type { ProjectInfo } from '../../shared/contract/project.ts'
import { PROBLEM_CODES, type ProblemMessage } from '../../shared/problem.ts'
import { MAY_CHANGE, mayChange } from '../../shared/roles.ts'
import { serve } from '../../shared/rpc.ts'
import { coderId } from '../ids.ts'
import { differencesBackwards } from '../store/replay-backwards.ts'
import { type House, makeHouse, PASSPHRASE } from './fuzz/house.ts'
import { envelope, messageOf, spoilt } from './fuzz/shapes.ts'
import { Watch } from './fuzz/watch.ts'
import { asSoak, chance, isShort, report, seed } from './soak.ts'

const MESSAGES = Number(process.env.UNDERSTORY_MESSAGES ?? (isShort ? 8_000 : 1_000_000))
/** Then a new project: one in which everybody is a reader and nothing is left has little to say. */
const PER_PROJECT = 2_500
/** Full looks at all tables, one in so many messages that were refused. */
const LOOKS = 40

const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url))
const VERBS = Object.keys(contract) as VerbName[]
/** These take a passphrase through 256,000 rounds, or copy the whole file. */
const SLOW: readonly VerbName[] = [
  'project.create',
  'project.open',
  'project.openSample',
  'project.backup',
  'project.verify',
]
const RARELY = 250
/** After many of these there is nothing left to speak about. */
const TAKING: readonly VerbName[] = [
  'notes.remove',
  'codes.delete',
  'codes.merge',
  'rounds.remove',
  'codebook.freeze',
]

/** Whoever sits down is somebody else than who sat there; an undo may be of a layer that goes with it. */
const OTHERS: readonly VerbName[] = ['coders.activate', 'history.undo', 'history.goTo']

/** By these something leaves the project. */
const LEAVES = /\.(export[A-Z]\w*|printable|backup)$/

type Reply = { id?: unknown; value?: unknown; problem?: ProblemMessage; progress?: unknown; event?: unknown }

/** On the connection there is. */
const analyst: Analyst = {
  run: async <J extends JobName>(project: Project, name: J, args: JobArgs<J>, call: JobCall) =>
    (await runJobOn(project.db, name, args, contextOf(project, call))) as JobResult<J>,
  release: async () => {},
}

const wrongs: string[] = []
const counts = { answered: 0, refused: 0, changed: 0, envelopes: 0, looks: 0 }
const crash = (error: unknown) => wrongs.push(`a crash: ${error instanceof Error ? error.stack : error}`)
process.on('uncaughtException', crash)
process.on('unhandledRejection', crash)

/** Not a person's to read: what libraries and the runtime say of themselves. */
const RAW =
  /SQLITE|constraint failed|no such (table|column)|Cannot read|is not a function|is not iterable|undefined|\[object|Invalid (input|UUID)|expected \w+, received|"code":|\bJSON\b/

function isFit({ code, sentence }: ProblemMessage): boolean {
  const isCode = PROBLEM_CODES.includes(code) && code !== 'internal'
  return isCode && /[.)”]$/.test(sentence) && sentence.includes(' ') && !RAW.test(sentence)
}

class Session {
  readonly #house: House
  readonly #draw = chance(0)
  readonly #handlers
  readonly #waiting = new Map<unknown, (reply: Reply) => void>()
  #listener: (message: unknown) => void = () => {}
  #nextId = 1
  #watch: Watch | null = null
  #sits: Coder | null = null
  /** Whose place it is: the consensus layer has no person of its own, but whoever took it up. */
  #person: CoderId | null = null

  constructor(house: House, draw: ReturnType<typeof chance>) {
    this.#house = house
    this.#draw = draw
    this.#handlers = createHandlers({
      ...{ resourcesFolder: RESOURCES, sampleFile: join(house.folder, 'none', 'sample.understory') },
      analyst,
      pathsOf: (ticket, purposes) => house.tickets.pathsOf(ticket, purposes),
      announce: () => {},
    })
    serve(
      {
        postMessage: (message) => {
          const reply = message as Reply
          if (reply.progress === undefined) this.#waiting.get(reply.id)?.(reply)
        },
        onMessage: (listener) => {
          this.#listener = listener
        },
      },
      this.#handlers,
    )
  }

  #ask(verb: string, args: unknown): Promise<Reply> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#waiting.set(id, (reply) => {
        this.#waiting.delete(id)
        resolve(reply)
      })
      this.#listener({ id, verb, args })
    })
  }

  async #look(): Promise<void> {
    const { value } = await this.#ask('project.info', {})
    const info = value as ProjectInfo | null
    this.#sits = info?.coders.find(({ id }) => id === info.activeCoderId) ?? null
    if (this.#sits?.layer !== 'consensus') this.#person = this.#sits && (this.#sits.person ?? this.#sits.id)
  }

  async open(): Promise<void> {
    this.#watch?.close()
    this.#watch = null
    const { problem } = await this.#ask('project.open', { ticket: 'the-study', passphrase: PASSPHRASE })
    if (problem) throw new Error(problem.sentence)
    this.#watch = new Watch(this.#house.path, PASSPHRASE)
    await this.#look()
  }

  async envelope(): Promise<void> {
    counts.envelopes++
    this.#listener(envelope(this.#draw))
    await null
  }

  /** One message, and what came of it. */
  async send(): Promise<void> {
    const draw = this.#draw
    let verb = draw.pick(VERBS)
    if (verb === 'project.close' || SLOW.includes(verb)) {
      if (draw.below(RARELY) > 0) return this.send()
      if (verb !== 'project.backup' && verb !== 'project.verify') return this.open()
    }
    if (TAKING.includes(verb) && draw.below(6) > 0) return this.send()
    if (draw.below(60) === 0) verb = 'coders.activate'
    let args = messageOf(contract[verb].args, draw, this.#house.words, [verb])
    // Most speak for themselves; others are refused at the door.
    const isOwn = draw.below(5) > 0 && verb !== 'coders.activate' && verb !== 'journal.list'
    if (isOwn && this.#sits && typeof args === 'object' && args !== null && 'coderId' in args)
      args = { ...args, coderId: this.#sits.id }
    if (draw.below(5) < 2) args = spoilt(args, draw)
    await this.#judge(verb, args)
  }

  async #judge(verb: VerbName, args: unknown): Promise<void> {
    const watch = this.#watch
    const sits = this.#sits
    const person = this.#person
    if (!watch) return
    const before = watch.state
    const isLook = this.#draw.below(LOOKS) === 0
    const looked = isLook ? watch.fingerprint : ''
    const others = isLook && verb.startsWith('codings.') ? watch.codingsBut(sits?.id ?? coderId('')) : ''
    const { problem } = await this.#ask(verb, args)
    const after = watch.state
    const about = () => `${verb} ${shown(args)} by ${sits ? `${sits.name} (${sits.role})` : 'nobody'}`
    if (problem) {
      counts.refused++
      if (!isFit(problem)) wrongs.push(`${problem.code}: ${problem.sentence.slice(0, 200)} <- ${about()}`)
      if (after.head !== before.head || after.local !== before.local)
        wrongs.push(`a refusal changed the file: ${problem.sentence} <- ${about()}`)
      if (isLook) counts.looks++
      if (isLook && looked !== watch.fingerprint) wrongs.push(`a refusal changed tables: ${about()}`)
      return
    }
    counts.answered++
    if (others !== '' && others !== watch.codingsBut(sits?.id ?? coderId('')))
      wrongs.push(`others’ codings were changed: ${about()}`)
    if (/^(coders|history|project)\./.test(verb)) await this.#look()
    if (after.head === before.head) return
    counts.changed++
    const written = watch.writtenSince(before.seq)
    // What leaves is sealed, and a key is made known when it first seals.
    if (LEAVES.test(verb) && written.every(({ kind }) => kind === 'coder.key')) return
    const isSelf = typeof args === 'object' && args !== null && 'id' in args && args.id === sits?.id
    if (!Object.hasOwn(MAY_CHANGE, verb)) wrongs.push(`what only reads wrote: ${about()}`)
    if (sits ? !mayChange(sits.role, verb, isSelf) : verb !== 'coders.activate')
      wrongs.push(`it was not theirs to change: ${about()}`)
    for (const { coder, kind } of written)
      if (kind !== 'coder.key' && coder !== sits?.id && coder !== person && !OTHERS.includes(verb))
        wrongs.push(`${kind} was written as ${coder}: ${about()}`)
  }

  close(): string[] {
    const problems = this.#watch
      ? [...verify(this.#watch.db).problems, ...differencesBackwards(this.#watch.db)]
      : []
    this.#watch?.close()
    this.#handlers.closeProject()
    return problems.map((problem) => `the project is not what its journal says: ${problem}`)
  }
}

function shown(args: unknown): string {
  try {
    return JSON.stringify(args).slice(0, 300)
  } catch {
    return String(args)
  }
}

await asSoak('fuzz', async (folder) => {
  for (let sent = 0, number = 0; sent < MESSAGES; number++) {
    // Each project by itself: what was wrong in one is found again without those before it.
    const draw = chance(seed + number)
    const known = wrongs.length
    const house = makeHouse(join(folder, String(number)), draw)
    const session = new Session(house, draw)
    await session.open()
    for (let each = 0; each < PER_PROJECT && sent < MESSAGES; each++, sent++)
      await (draw.below(20) === 0 ? session.envelope() : session.send())
    wrongs.push(...session.close())
    for (const wrong of wrongs.slice(known)) console.log(`     seed ${seed + number}: ${wrong}`)
    if (!isShort && number % 40 === 39) console.log(`     ${sent} sent, ${wrongs.length} wrong`)
    rmSync(house.folder, { recursive: true, force: true })
  }
  const { answered, refused, changed, envelopes, looks } = counts
  report(
    `messages ${MESSAGES}: ${answered} answered, ${changed} changed something, ${refused} refused, ${envelopes} no calls; ${looks} looks at all tables`,
    [...new Set(wrongs)],
  )
})
