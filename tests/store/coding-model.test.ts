/**
 * Random acts of two coders, ten thousand of them in the soak, against a model that could not be simpler: arrays, and a
 * pile of copies of them for undo. The acts go through the same verbs as the screen's, on a real encrypted file; after
 * each, spans, codes, qualifiers and memos of both coders must be the model's, and what the model refuses must change
 * nothing.
 */
import { join } from 'node:path'
import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { describe, expect, it } from 'vitest'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import type { CodeId, CoderId, CodingId, NoteId } from '../../shared/contract/basics.ts'
import type { ArgsOf, ResultOf, VerbName } from '../../shared/contract/index.ts'
import type { Qualifiers } from '../../shared/contract/qualifiers.ts'
import { memoFromText } from '../../shared/memo.ts'
import { splitsPair } from '../../shared/offsets.ts'
import { isProblem } from '../../shared/problem.ts'
import { codingId, memoId } from '../ids.ts'
import { fewOf, someOf } from '../random.ts'
import { asking, openHandlers } from './open-handlers.ts'
import { addCode, addNotes } from './project-content.ts'
import { makeProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const LEAST_ACTS = someOf(10_000)
const RUNS = fewOf(3, 6)
/** Twice as many as are counted: some are refused. */
const ACTS_PER_RUN = Math.ceil((2 * LEAST_ACTS) / RUNS)
/** So many acts in turn are one coder's: to sit down is written to the disk too. */
const STREAK = 5

const NOTES: Record<string, string> = {
  N1: 'Mum shouted 🐕 again. Police came twice.',
  N2: 'Settled week, no 😀 thoughts of harm. Left home alone most nights, nobody asks about it at school or elsewhere.',
}
const NOTE_IDS = Object.keys(NOTES)
/** What a coding of each code says unless it is told something else. */
const USUAL: readonly Qualifiers[] = [{}, { time: 'past' }, {}, { time: 'now', who: 'sibling' }]

type Span = { start: number; end: number } | null
type ModelCoding = { id: CodingId; note: string; code: number; span: Span; qualifiers: Qualifiers }
type ModelMemo = { id: string; coding: CodingId; text: string }
type Work = { codings: ModelCoding[]; memos: ModelMemo[] }
type Desk = { now: Work; done: Work[]; undone: Work[] }

/** Numbers that say what to do; whom and what they mean depends on what is there at that moment. */
type Act = { kind: Kind; coder: number; a: number; b: number; c: number; d: number }
type Kind =
  | 'apply'
  | 'remove'
  | 'edge'
  | 'span'
  | 'whole'
  | 'recode'
  | 'qualify'
  | 'batch'
  | 'split'
  | 'unite'
  | 'memo'
  | 'unmemo'
  | 'undo'
  | 'redo'
  | 'theft'

const WEIGHTS: Record<Kind, number> = {
  apply: 9,
  remove: 6,
  edge: 5,
  span: 2,
  whole: 1,
  recode: 5,
  qualify: 3,
  batch: 3,
  split: 4,
  unite: 5,
  memo: 2,
  unmemo: 1,
  undo: 10,
  redo: 7,
  theft: 1,
}
const byte = fc.nat(10_000)
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.oneof(
    ...(Object.keys(WEIGHTS) as Kind[]).map((kind) => ({
      weight: WEIGHTS[kind],
      arbitrary: fc.constant(kind),
    })),
  ),
  coder: fc.nat(1),
  a: byte,
  b: byte,
  c: byte,
  d: byte,
})

class Refused extends Error {}

const copy = <T>(value: T): T => structuredClone(value)
const sameSpan = (a: Span, b: Span) => a?.start === b?.start && a?.end === b?.end

/** The whole of what the store is expected to do, for one coder's own work. */
class Model {
  readonly desks: Desk[] = [0, 1].map(() => ({ now: { codings: [], memos: [] }, done: [], undone: [] }))

  /** Changes a copy; a refusal leaves everything as it was, a change of nothing is no step. */
  change(coder: number, work: (now: Work) => void): void {
    const desk = this.desks[coder] as Desk
    const next = copy(desk.now)
    work(next)
    desk.done.push(desk.now)
    desk.now = next
    desk.undone = []
  }

  undo(coder: number): void {
    const desk = this.desks[coder] as Desk
    const before = desk.done.pop()
    if (!before) throw new Refused()
    desk.undone.push(desk.now)
    desk.now = before
  }

  redo(coder: number): void {
    const desk = this.desks[coder] as Desk
    const after = desk.undone.pop()
    if (!after) throw new Refused()
    desk.done.push(desk.now)
    desk.now = after
  }
}

type Change = { id: CodingId; span?: Span; code?: number; qualifiers?: Qualifiers }

const textOf = (note: string) => NOTES[note] as string
const find = (now: Work, id: string) => now.codings.find((coding) => coding.id === id)

function assertSpan(note: string, span: Span): void {
  const text = textOf(note)
  if (span && (span.end > text.length || splitsPair(text, span.start) || splitsPair(text, span.end)))
    throw new Refused()
}

function sayingTheSame(now: Work, coding: ModelCoding): ModelCoding | undefined {
  return now.codings.find(
    (other) =>
      other !== coding &&
      other.note === coding.note &&
      other.code === coding.code &&
      sameSpan(other.span, coding.span) &&
      Object.entries(other.qualifiers).every(([name, value]) => (coding.qualifiers[name] ?? value) === value),
  )
}

function takeIn(now: Work, coding: ModelCoding, other: ModelCoding): void {
  coding.qualifiers = { ...other.qualifiers, ...coding.qualifiers }
  for (const memo of now.memos) if (memo.coding === other.id) memo.coding = coding.id
  now.codings.splice(now.codings.indexOf(other), 1)
}

function changeInModel(model: Model, coder: number, changes: readonly Change[]): void {
  const { now } = model.desks[coder] as Desk
  const real = changes.filter(({ id, span, code, qualifiers }) => {
    const coding = find(now, id)
    if (!coding) throw new Refused()
    if (span) assertSpan(coding.note, span)
    const isSame =
      (span === undefined || sameSpan(span, coding.span)) &&
      (code === undefined || code === coding.code) &&
      (qualifiers === undefined ||
        JSON.stringify(sorted(qualifiers)) === JSON.stringify(sorted(coding.qualifiers)))
    return !isSame
  })
  if (real.length === 0) return
  model.change(coder, (next) => {
    for (const { id, span, code, qualifiers } of real) {
      const coding = find(next, id) as ModelCoding
      if (span !== undefined) coding.span = span
      if (code !== undefined) coding.code = code
      if (qualifiers !== undefined) coding.qualifiers = qualifiers
    }
    for (const { id, span, code } of real) {
      const coding = find(next, id)
      if (!coding || (span === undefined && code === undefined)) continue
      for (let twin = sayingTheSame(next, coding); twin; twin = sayingTheSame(next, coding))
        takeIn(next, coding, twin)
    }
  })
}

const sorted = (qualifiers: Qualifiers) => Object.entries(qualifiers).sort(([a], [b]) => (a < b ? -1 : 1))

/** The real thing: a project file and the verbs on it. What is there from the start is nobody's to undo. */
async function openStudy() {
  const path = join(temporaryFolder(), 'study.understory')
  const project = makeProject(path)
  const coders = [project.addCoder('Amara').id, project.addCoder('Ben').id]
  addNotes(project, PROJECT_ACTOR, NOTES)
  const codes = USUAL.map((qualifiers, index) => {
    const id = addCode(project, PROJECT_ACTOR, `Code ${index}`)
    project.change(PROJECT_ACTOR, 'codes.update', { changes: [{ id, fields: { qualifiers } }] })
    return id
  })
  project.close()
  const handlers = openHandlers(() => [path])
  const run = asking(handlers)
  let sitting: unknown
  /** Whoever acts sits down first. */
  const call = async <V extends VerbName>(verb: V, args: ArgsOf<V>): Promise<ResultOf<V>> => {
    const { coderId } = args as { coderId?: CoderId }
    if (coderId !== undefined && coderId !== sitting) await run('coders.activate', { coderId })
    sitting = coderId ?? sitting
    return run(verb, args)
  }
  const open = () => call('project.open', { ticket: 'the study', passphrase: PASSPHRASE })
  await open()
  return { coders, codes, call, open, close: () => handlers.closeProject() }
}
type Study = Awaited<ReturnType<typeof openStudy>>

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]

/** A range of a note; one in five ends beyond the text or cuts a character, as a careless caller's might. */
function rangeIn(note: string, from: number, length: number): { start: number; end: number } {
  const start = from % textOf(note).length
  return { start, end: start + 1 + (length % 24) }
}

/** One act, on the model and as the verb that does it; null when there is nothing to do it to. */
class Pair {
  readonly model = new Model()
  readonly #study: Study
  acts = 0
  refused = 0

  constructor(study: Study) {
    this.#study = study
  }

  async perform(act: Act): Promise<void> {
    const both = this.#prepare(act)
    if (!both) return
    const [isRefusedByModel, isRefusedByStore] = [refuses(both.model), await isRefused(both.store())]
    expect(isRefusedByStore, `${act.kind} is ${isRefusedByModel ? 'to be' : 'not to be'} refused`).toBe(
      isRefusedByModel,
    )
    this.acts++
    if (isRefusedByModel) this.refused++
  }

  #prepare(act: Act): { model(): void; store(): Promise<unknown> } | null {
    const { coder, a, b, c, d } = act
    const { model } = this
    const { call, coders, codes } = this.#study
    const by = { coderId: coders[coder] as CoderId }
    const { now } = model.desks[coder] as Desk
    const mine = pick(now.codings, a)
    const change = (changes: readonly Change[]) => ({
      model: () => changeInModel(model, coder, changes),
      store: () =>
        call('codings.change', {
          ...by,
          changes: changes.map(({ code, ...rest }) => ({
            ...rest,
            ...(code === undefined ? {} : { codeId: codes[code] as CodeId }),
          })),
        }),
    })
    if (act.kind === 'undo') return { model: () => model.undo(coder), store: () => call('history.undo', by) }
    if (act.kind === 'redo') return { model: () => model.redo(coder), store: () => call('history.redo', by) }
    if (act.kind === 'apply') return this.#apply(act)
    if (act.kind === 'theft') {
      const [theirs] = (model.desks[1 - coder] as Desk).now.codings
      if (!theirs) return null
      return { model: refuse, store: () => call('codings.remove', { ...by, ids: [theirs.id] }) }
    }
    if (act.kind === 'unmemo') {
      const memo = pick(now.memos, a)
      if (!memo) return null
      return {
        model: () =>
          model.change(coder, (next) =>
            next.memos.splice(
              next.memos.findIndex(({ id }) => id === memoId(memo.id)),
              1,
            ),
          ),
        store: () => call('memos.remove', { ...by, id: memoId(memo.id) }),
      }
    }
    if (!mine) return null
    switch (act.kind) {
      case 'remove': {
        const ids = [...new Set([mine.id, pick(now.codings, b)?.id ?? mine.id])]
        return {
          model: () =>
            model.change(coder, (next) => {
              next.codings = next.codings.filter(({ id }) => !ids.includes(id))
              next.memos = next.memos.filter(({ coding }) => !ids.includes(coding))
            }),
          store: () => call('codings.remove', { ...by, ids }),
        }
      }
      case 'edge': {
        if (!mine.span) return null
        const { start, end } = mine.span
        const by = (b % 9) - 4
        const span = c % 2 === 0 ? { start: Math.max(0, start + by), end } : { start, end: end + by }
        return span.start < span.end ? change([{ id: mine.id, span }]) : null
      }
      case 'span':
        return change([
          {
            id: mine.id,
            span: d % 4 === 0 ? (pick(now.codings, b)?.span ?? null) : rangeIn(mine.note, b, c),
          },
        ])
      case 'whole':
        return change([{ id: mine.id, span: null }])
      case 'recode':
        return change([{ id: mine.id, code: b % codes.length }])
      case 'qualify':
        return change([{ id: mine.id, qualifiers: USUAL[b % USUAL.length] as Qualifiers }])
      case 'batch': {
        const ids = [...new Set([a, b, c].map((index) => pick(now.codings, index)?.id ?? mine.id))]
        return change(ids.map((id) => ({ id, code: d % codes.length })))
      }
      case 'split':
        return this.#split(coder, mine, b)
      case 'unite': {
        const same = now.codings.filter(
          ({ code, note, span }) => span && code === mine.code && note === mine.note,
        )
        const ids = [
          ...new Set([
            mine.id,
            ...(c % 5 === 0 ? now.codings : same).slice(0, 1 + (b % 3)).map(({ id }) => id),
          ]),
        ]
        return ids.length < 2 ? null : this.#unite(coder, ids)
      }
      case 'memo': {
        const memo: ModelMemo = { id: uuid(), coding: mine.id, text: `memo ${this.acts}` }
        return {
          model: () => model.change(coder, (next) => next.memos.push(memo)),
          store: () =>
            call('memos.add', {
              ...by,
              id: memoId(memo.id),
              about: { kind: 'coding', id: mine.id },
              type: null,
              title: '',
              body: memoFromText(memo.text),
            }),
        }
      }
      default:
        return null
    }
  }

  #apply({ coder, a, b, c, d }: Act) {
    const { call, coders, codes } = this.#study
    const note = pick(NOTE_IDS, a) as string
    const span: Span = d % 12 === 0 ? null : rangeIn(note, b, c)
    const many = d % 7 === 0 ? 2 : 1
    const made = Array.from({ length: many }, (_, index): ModelCoding => {
      const code = (a + index) % codes.length
      return { id: codingId(uuid()), note, code, span, qualifiers: USUAL[code] as Qualifiers }
    })
    return {
      model: () => {
        assertSpan(note, span)
        const { now } = this.model.desks[coder] as Desk
        // What is there already is not applied again, and nothing new is no step.
        const wanted = made.filter(
          ({ code }) =>
            !now.codings.some(
              (other) => other.note === note && other.code === code && sameSpan(other.span, span),
            ),
        )
        if (wanted.length > 0) this.model.change(coder, (next) => next.codings.push(...copy(wanted)))
      },
      store: () =>
        call('codings.apply', {
          coderId: coders[coder] as CoderId,
          noteId: note,
          span,
          codings: made.map(({ id, code }) => ({ id, codeId: codes[code] as CodeId })),
        }),
    }
  }

  #split(coder: number, mine: ModelCoding, b: number) {
    const { call, coders } = this.#study
    const { id, note, span } = mine
    const at = span ? Math.max(1, span.start + (b % (span.end - span.start + 2))) : 3
    const newId = codingId(uuid())
    return {
      model: () => {
        if (!span || at <= span.start || at >= span.end || splitsPair(textOf(note), at)) throw new Refused()
        this.model.change(coder, (next) => {
          const first = find(next, id) as ModelCoding
          next.codings.push({ ...copy(first), id: newId, span: { start: at, end: span.end } })
          first.span = { start: span.start, end: at }
        })
      },
      store: () => call('codings.split', { coderId: coders[coder] as CoderId, id, at, newId }),
    }
  }

  #unite(coder: number, ids: CodingId[]) {
    const { call, coders } = this.#study
    return {
      model: () => {
        const { now } = this.model.desks[coder] as Desk
        const all = ids.map((id) => find(now, id) as ModelCoding)
        const [head] = all as [ModelCoding]
        if (all.some(({ code, note, span }) => !span || code !== head.code || note !== head.note))
          throw new Refused()
        this.model.change(coder, (next) => {
          const [first, ...others] = ids.map((id) => find(next, id)) as [ModelCoding, ...ModelCoding[]]
          const spans = [first, ...others].map(({ span }) => span as { start: number; end: number })
          first.span = {
            start: Math.min(...spans.map(({ start }) => start)),
            end: Math.max(...spans.map(({ end }) => end)),
          }
          for (const other of others) takeIn(next, first, other)
          for (let twin = sayingTheSame(next, first); twin; twin = sayingTheSame(next, first))
            takeIn(next, first, twin)
        })
      },
      store: () => call('codings.unite', { coderId: coders[coder] as CoderId, ids }),
    }
  }

  async compare(): Promise<void> {
    const { call, coders, codes } = this.#study
    for (const noteId of NOTE_IDS) {
      const stored = await call('codings.ofNote', { noteId, coderIds: coders })
      const inStore = stored.map(({ id, coderId, codeId, span, qualifiers, memo }) => ({
        id,
        coder: coders.indexOf(coderId),
        code: codes.indexOf(codeId),
        span: span && { start: span.start, end: span.end },
        qualifiers: sorted(qualifiers),
        memo,
      }))
      const expected = this.#expected(noteId).sort(byId)
      // Comparing texts first: it is asked ten thousand times.
      if (JSON.stringify(inStore.sort(byId)) !== JSON.stringify(expected)) expect(inStore).toEqual(expected)
    }
  }

  #expected(noteId: NoteId) {
    return this.model.desks.flatMap(({ now }, coder) =>
      now.codings
        .filter(({ note }) => note === noteId)
        .map(({ id, code, span, qualifiers }) => ({
          id,
          coder,
          code,
          span: span && { start: span.start, end: span.end },
          qualifiers: sorted(qualifiers),
          memo: now.memos.flatMap(({ coding, text }) => (coding === id ? [text] : [])).join('\n'),
        })),
    )
  }
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

const refuse = () => {
  throw new Refused()
}

function refuses(work: () => void): boolean {
  try {
    work()
    return false
  } catch (error) {
    if (error instanceof Refused) return true
    throw error
  }
}

/** Only a Problem is a refusal: what a person can read, not what a database throws. */
async function isRefused(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return false
  } catch (error) {
    if (isProblem(error) && error.code !== 'internal') return true
    throw error
  }
}

describe('coding', () => {
  it(`is what a naive model says after each of ${LEAST_ACTS} random acts of two coders`, async () => {
    let [acts, refused] = [0, 0]
    const run = async (steps: readonly Act[]) => {
      const study = await openStudy()
      const pair = new Pair(study)
      try {
        for (const [at, step] of steps.entries()) {
          await pair.perform({ ...step, coder: Math.floor(at / STREAK) % 2 })
          await pair.compare()
        }
        // And all of it is in the file: closed, opened, replayed.
        study.close()
        await study.open()
        await pair.compare()
        expect(await study.call('project.verify', {})).toMatchObject({ ok: true, replay: true, problems: [] })
      } finally {
        acts += pair.acts
        refused += pair.refused
        study.close()
      }
    }
    const steps = fc.array(act, { minLength: ACTS_PER_RUN, maxLength: ACTS_PER_RUN })
    await fc.assert(fc.asyncProperty(steps, run), {
      numRuns: RUNS,
      endOnFailure: true,
      // A thousand acts are no counterexample to read; the seed plays them again.
      reporter: ({ failed, seed, counterexamplePath, errorInstance }) => {
        if (failed)
          throw new Error(`failed with seed ${seed}, path "${counterexamplePath}"`, { cause: errorInstance })
      },
    })
    // Refusals are checked too, but they are not what is counted.
    expect(acts - refused).toBeGreaterThanOrEqual(LEAST_ACTS)
  }, 600_000)
})
