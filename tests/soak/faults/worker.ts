/** A person at work on a project, in a process of its own that can be killed: codes, takes back, writes memos, redacts, imports. */
import { writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { v7 as uuid } from 'uuid'
import type { CoderId } from '../../../shared/contract/basics.ts'
import { memoFromText } from '../../../shared/memo.ts'
import { asProblem } from '../../../shared/problem.ts'
import { asking, openHandlers } from '../../store/open-handlers.ts'
import { type Chance, chance } from '../soak.ts'
import { codingFact, memoFact, noteFact } from './facts.ts'
import type { Effect, Order, Said } from './orders.ts'
import { CODES, PASSPHRASE, redactedText, SECRETS, TEXT } from './study.ts'

/** At once and whole, so that nothing that was said is lost with the process. */
function say(said: Said): void {
  const line = Buffer.from(`${JSON.stringify(said)}\n`)
  for (let sent = 0; sent < line.length; ) {
    try {
      sent += writeSync(1, line, sent)
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error
    }
  }
}

const paths = new Map<string, string>()
let settingsFolder: string | undefined
const ticketFor = (path: string) => {
  paths.set(path, path)
  return path
}
const newHandlers = () => openHandlers((ticket) => [paths.get(ticket) ?? ''], undefined, settingsFolder)
let handlers = newHandlers()
const ask = (...[verb, args]: Parameters<ReturnType<typeof asking>>) => asking(handlers)(verb, args)

type Act = { effect: Effect; verb: Parameters<typeof ask>[0]; args: object; isUndoable: boolean }
type Known = {
  coderId: CoderId
  folder: string
  codings: { id: string; fact: string }[]
  redacted: number
  /** What undo and redo would take back and bring again, as far as this process knows. */
  last: Act | null
  undone: Act | null
}
let known: Known | null = null

async function open({ path, settingsFolder: folder }: Order & { do: 'open' }): Promise<void> {
  settingsFolder = folder
  handlers = newHandlers()
  const info = await asking(handlers)('project.open', { ticket: ticketFor(path), passphrase: PASSPHRASE })
  if (!('activeCoderId' in info)) throw new Error('Nobody has a PIN in these projects.')
  const coderId = info.activeCoderId
  const codings = await asking(handlers)('codings.ofNote', { noteId: 'N1', coderIds: [coderId] })
  const { text } = await asking(handlers)('notes.get', { noteId: 'N2' })
  known = {
    coderId,
    folder: settingsFolder,
    codings: codings.map(({ id, codeId, span }) => ({
      id,
      fact: codingFact(id, 'N1', codeId, TEXT.slice(span?.start, span?.end)),
    })),
    redacted: (/^(# )*/.exec(text)?.[0].length ?? 0) / 2,
    last: null,
    undone: null,
  }
  say({ opened: info.notices })
}

const isSameButFor = (fact: string, id: string, other: string, otherId: string): boolean =>
  fact.replace(id, '') === other.replace(otherId, '')

const ACTS: Record<string, (now: Known, draw: Chance) => Act | null> = {
  code: ({ coderId, codings }, draw) => {
    const id = uuid()
    const codeId = draw.pick(CODES)
    const start = draw.below(TEXT.length - 40)
    const end = start + 1 + draw.below(39)
    // Whoever gives words a code that they have given them before adds no coding.
    const isThere = codings.some(({ id: known, fact }) =>
      isSameButFor(fact, known, codingFact(id, 'N1', codeId, TEXT.slice(start, end)), id),
    )
    if (isThere) return null
    const args = { coderId, noteId: 'N1', span: { start, end }, codings: [{ id, codeId }] }
    const add = [codingFact(id, 'N1', codeId, TEXT.slice(start, end))]
    return { effect: { add, remove: [] }, verb: 'codings.apply', args, isUndoable: true }
  },
  uncode: ({ coderId, codings }, draw) => {
    const gone = draw.pick(codings)
    if (!gone) return null
    const effect = { add: [], remove: [gone.fact] }
    return { effect, verb: 'codings.remove', args: { coderId, ids: [gone.id] }, isUndoable: true }
  },
  memo: ({ coderId }, draw) => {
    const id = uuid()
    const text = `Thought ${id} ${'and more '.repeat(draw.below(60))}`.trim()
    const args = {
      coderId,
      id,
      about: { kind: 'note', id: 'N1' },
      type: null,
      title: '',
      body: memoFromText(text),
    }
    return { effect: { add: [memoFact(id, text)], remove: [] }, verb: 'memos.add', args, isUndoable: true }
  },
  redact: ({ coderId, redacted }) => {
    if (redacted >= SECRETS) return null
    const ranges = [{ noteId: 'N2', start: 2 * redacted, end: 2 * redacted + 'Secret'.length }]
    const remove = [noteFact('N2', redactedText(redacted))]
    const add = [noteFact('N2', redactedText(redacted + 1))]
    const args = { coderId, ranges, mask: '#' }
    return { effect: { add, remove }, verb: 'identifiers.redact', args, isUndoable: false }
  },
  import: ({ coderId, folder }, draw) => {
    const notes = Array.from({ length: 1 + draw.below(30) }, () => {
      const id = uuid()
      return { id, text: `Visit ${id}. ${'Settled week at home. '.repeat(1 + draw.below(80))}`.trim() }
    })
    const file = join(folder, 'notes.csv')
    writeFileSync(file, `note_id,text\n${notes.map(({ id, text }) => `${id},${text}`).join('\n')}\n`)
    const args = { coderId, ticket: ticketFor(file), map: null, dryRun: false, identifiers: 'off' }
    const add = notes.map(({ id, text }) => noteFact(id, text))
    return { effect: { add, remove: [] }, verb: 'notes.import', args, isUndoable: true }
  },
  undo: ({ coderId, last }) =>
    last && {
      effect: { add: last.effect.remove, remove: last.effect.add },
      verb: 'history.undo',
      args: { coderId },
      isUndoable: false,
    },
  redo: ({ coderId, undone }) =>
    undone && { effect: undone.effect, verb: 'history.redo', args: { coderId }, isUndoable: false },
}
/** Coding is what is done most. */
const OFTEN = [
  'code',
  'code',
  'code',
  'code',
  'code',
  'uncode',
  'memo',
  'memo',
  'redact',
  'import',
  'undo',
  'undo',
  'redo',
]

function remember(now: Known, kind: string, act: Act): void {
  const { add, remove } = act.effect
  const isGone = ({ fact }: { fact: string }) => remove.includes(fact)
  now.codings = now.codings.filter((one) => !isGone(one))
  for (const fact of add) {
    const [what, id = ''] = fact.split(' ')
    if (what === 'coding') now.codings.push({ id, fact })
  }
  if (kind === 'redact') now.redacted++
  const done = kind === 'undo' ? now.last : null
  now.last = kind === 'redo' ? now.undone : act.isUndoable ? act : null
  now.undone = done
}

/** A refusal is said; the person goes on, as people do. */
async function work(acts: number, draw: Chance): Promise<void> {
  if (!known) return
  for (let done = 0; done !== acts; ) {
    const kind = draw.pick(OFTEN)
    const act = ACTS[kind]?.(known, draw)
    if (!act) continue
    done++
    say({ begun: act.effect })
    try {
      await ask(act.verb, act.args as never)
      remember(known, kind, act)
      say({ confirmed: true })
    } catch (error) {
      known.last = null
      known.undone = null
      say({ refused: asProblem(error).toMessage() })
    }
  }
}

async function carryOut(order: Order): Promise<void> {
  try {
    if (order.do === 'open') await open(order)
    else if (order.do === 'work') await work(order.acts, chance(order.seed))
    else if (order.do === 'backup') await ask('project.backup', { ticket: ticketFor(order.path) })
    else if (order.do === 'close') await ask('project.close', {})
    else process.exit(0)
  } catch (error) {
    say({ refused: asProblem(error).toMessage() })
  }
  say({ done: order.do })
}

for await (const line of createInterface({ input: process.stdin })) await carryOut(JSON.parse(line) as Order)
