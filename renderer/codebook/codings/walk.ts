/** The codings of one code while they are looked through, to send some of them to other codes. Kept until that is done. */
import { create } from 'zustand'
import type { CodeId, CodingId } from '../../../shared/contract/basics.ts'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import type { Segment } from '../../../shared/contract/codings.ts'
import { idFromPage } from '../../ids.ts'
import { longQuestion } from '../../queries/long-question.ts'
import { announce, useSession } from '../../state/session.ts'
import { store } from '../../store.ts'
import { counted } from '../../ui/Feedback.tsx'
import { moveCodings } from '../tree-acts.ts'

export type WalkMode = 'walk' | 'list'

type Walk = {
  codeId: CodeId | null
  mode: WalkMode
  /** The coding looked at, by its place; past the last once all were. */
  at: number
  /** Where each coding goes; null: it stays. */
  decided: ReadonlyMap<CodingId, CodeId | null>
  /** The codes with a number, 1 first; a code just made may not be in the codebook of the screen yet. */
  targets: readonly Pick<CodeRow, 'id' | 'name'>[]
  ticked: ReadonlySet<CodingId>
}

const FRESH: Walk = {
  codeId: null,
  mode: 'walk',
  at: 0,
  decided: new Map(),
  targets: [],
  ticked: new Set(),
}
const PAGE = 500
/** As many as have a digit. */
export const MOST_TARGETS = 9

export const useWalk = create<Walk>(() => FRESH)
const { setState, getState } = useWalk

/** The codings of a code, as far as they are read, and how many there are. */
type Codings = { codeId: CodeId; segments: readonly Segment[]; total: number }

/** They stand as they were when the walk began: what is moved meanwhile keeps its place in it. */
const question = longQuestion<Codings>({
  name: 'codings-of-code',
  run: async ({ signal, show }) => {
    const codeId = getState().codeId ?? idFromPage<CodeId>('')
    const asked = { codeId, includeChildren: false, coderIds: null, attribute: null, limit: PAGE }
    let read: Codings = { codeId, segments: [], total: 1 }
    for (let offset = 0; offset < read.total && !signal.aborted; offset += PAGE) {
      const { total, segments } = await store.codings.segments({ ...asked, offset })
      read = { codeId, total, segments: [...read.segments, ...segments] }
      show(read)
    }
    return read
  },
})

const NOTHING_READ = { segments: [], total: null }

/** What is gone through; `total` is null until the first of them are read. */
export function useCodings(): {
  segments: readonly Segment[]
  total: number | null
  problem: string | null
} {
  const codeId = useWalk((state) => state.codeId)
  const { data, problem } = question.useAnswer(codeId !== null)
  const { segments, total } = data?.codeId === codeId ? data : NOTHING_READ
  return { segments, total, problem }
}

const codingsNow = (): Pick<Codings, 'segments'> & { total: number | null } => question.peek() ?? NOTHING_READ

/** Reads the codings of a code; a walk through the same code goes on where it was. */
export function openWalk(codeId: CodeId): void {
  const before = getState()
  if (before.codeId === codeId && before.decided.size > 0) return
  const targets = before.codeId === codeId ? before.targets : []
  setState({ ...FRESH, codeId, mode: before.mode, targets })
  question.forget()
  question.ask()
}

export function addTarget({ id, name }: Pick<CodeRow, 'id' | 'name'>): void {
  const { targets, codeId } = getState()
  if (id === codeId || targets.some((other) => other.id === id)) return
  setState({ targets: [...targets, { id, name }].slice(0, MOST_TARGETS) })
}

/** Sends the coding looked at to a code, or leaves it (null), and goes on to the next. */
export function decide(target: CodeId | null, words: string): void {
  const { at, decided } = getState()
  const { segments, total } = codingsNow()
  const segment = segments[at]
  if (!segment) return
  setState({ decided: new Map(decided).set(segment.codingId, target), at: at + 1 })
  announce(at + 1 === total ? `${words}. All reviewed` : `${words}. ${at + 2} of ${total}`)
}

export const goBack = (): void => setState(({ at }) => ({ at: Math.max(0, at - 1) }))

/** What the store would be asked to move. */
export const movesOf = (decided: ReadonlyMap<CodingId, CodeId | null>) =>
  [...decided].flatMap(([codingId, codeId]) => (codeId === null ? [] : [{ codingId, codeId }]))

/** Moves what was decided, as one step, and starts again with what is left. */
export async function finishWalk(code: CodeRow): Promise<boolean> {
  const moves = movesOf(getState().decided)
  if (moves.length === 0 || !(await moveCodings('split', code, moves))) return false
  forgetWalk()
  return true
}

export function forgetWalk(): void {
  const { mode } = getState()
  setState({ ...FRESH, mode })
  question.forget()
}

export function tick(codingId: CodingId): void {
  const next = new Set(getState().ticked)
  if (!next.delete(codingId)) next.add(codingId)
  setState({ ticked: next })
}

/** All, or none where all are ticked already. */
export function tickAll(): void {
  const { segments } = codingsNow()
  const isAll = getState().ticked.size === segments.length
  setState({ ticked: isAll ? new Set() : new Set(segments.map(({ codingId }) => codingId)) })
  announce(isAll ? 'None ticked' : `${counted(segments.length, 'coding')} ticked`)
}

export async function moveTicked(code: CodeRow, to: CodeId): Promise<void> {
  const { ticked, mode } = getState()
  const moves = codingsNow()
    .segments.filter(({ codingId }) => ticked.has(codingId))
    .map(({ codingId }) => ({ codingId, codeId: to }))
  if (moves.length === 0 || !(await moveCodings('move', code, moves))) return
  setState({ ...FRESH, mode })
  openWalk(code.id)
}

/** What whoever sat here had decided and not sent yet, by coder: theirs when they come back. */
const left = new Map<string, Walk>()

/** The codings are read again by whoever sits down: a blind round keeps other ones from them. */
function changeSeat(from: string, to: string): void {
  const { codeId, mode } = getState()
  left.set(from, getState())
  setState(left.get(to) ?? { ...FRESH, codeId, mode })
}

useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') {
    left.clear()
    setState(FRESH)
  } else if (now.phase === 'open' && before.phase === 'open' && now.coderId !== before.coderId)
    changeSeat(before.coderId, now.coderId)
})
