/** The codings of one code while they are looked through, to send some of them to other codes. Kept until that is done. */
import { create } from 'zustand'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import type { Segment } from '../../../shared/contract/codings.ts'
import { asProblem } from '../../../shared/problem.ts'
import { announce, coderId, useSession } from '../../state/session.ts'
import { store } from '../../store.ts'
import { counted } from '../../ui/Feedback.tsx'
import { moveCodings } from '../tree-acts.ts'

export type WalkMode = 'walk' | 'list'

type Walk = {
  codeId: string | null
  segments: readonly Segment[]
  /** Null until the first of them are read. */
  total: number | null
  problem: string | null
  mode: WalkMode
  /** The coding looked at, by its place; past the last once all were. */
  at: number
  /** Where each coding goes; null: it stays. */
  decided: ReadonlyMap<string, string | null>
  /** The codes with a number, 1 first; a code just made may not be in the codebook of the screen yet. */
  targets: readonly Pick<CodeRow, 'id' | 'name'>[]
  ticked: ReadonlySet<string>
}

const FRESH: Walk = {
  codeId: null,
  segments: [],
  total: null,
  problem: null,
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

/** Reads the codings of a code; a walk through the same code goes on where it was. */
export function openWalk(codeId: string): void {
  const before = getState()
  if (before.codeId === codeId && before.decided.size > 0) return
  const targets = before.codeId === codeId ? before.targets : []
  setState({ ...FRESH, codeId, mode: before.mode, targets })
  void readAll(codeId)
}

async function readAll(codeId: string): Promise<void> {
  const coder = coderId()
  const isMine = () => getState().codeId === codeId && coderId() === coder
  const asked = { codeId, includeChildren: false, coderIds: null, attribute: null, limit: PAGE }
  try {
    for (let offset = 0, total = 1; offset < total; offset += PAGE) {
      const page = await store.codings.segments({ ...asked, offset })
      if (!isMine()) return
      total = page.total
      setState(({ segments }) => ({ total, segments: [...segments.slice(0, offset), ...page.segments] }))
    }
  } catch (error) {
    if (isMine()) setState({ problem: asProblem(error).message })
  }
}

export function addTarget({ id, name }: Pick<CodeRow, 'id' | 'name'>): void {
  const { targets, codeId } = getState()
  if (id === codeId || targets.some((other) => other.id === id)) return
  setState({ targets: [...targets, { id, name }].slice(0, MOST_TARGETS) })
}

/** Sends the coding looked at to a code, or leaves it (null), and goes on to the next. */
export function decide(target: string | null, words: string): void {
  const { segments, at, decided, total } = getState()
  const segment = segments[at]
  if (!segment) return
  setState({ decided: new Map(decided).set(segment.codingId, target), at: at + 1 })
  announce(at + 1 === total ? `${words}. All reviewed` : `${words}. ${at + 2} of ${total}`)
}

export const goBack = (): void => setState(({ at }) => ({ at: Math.max(0, at - 1) }))

/** What the store would be asked to move. */
export const movesOf = (decided: ReadonlyMap<string, string | null>) =>
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
}

export function tick(codingId: string): void {
  const next = new Set(getState().ticked)
  if (!next.delete(codingId)) next.add(codingId)
  setState({ ticked: next })
}

/** All, or none where all are ticked already. */
export function tickAll(): void {
  const { segments, ticked } = getState()
  const isAll = ticked.size === segments.length
  setState({ ticked: isAll ? new Set() : new Set(segments.map(({ codingId }) => codingId)) })
  announce(isAll ? 'None ticked' : `${counted(segments.length, 'coding')} ticked`)
}

export async function moveTicked(code: CodeRow, to: string): Promise<void> {
  const { segments, ticked, mode } = getState()
  const moves = segments
    .filter(({ codingId }) => ticked.has(codingId))
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
  left.set(from, { ...getState(), segments: [], total: null })
  const walk = left.get(to) ?? { ...FRESH, codeId, mode }
  setState(walk)
  if (walk.codeId !== null) void readAll(walk.codeId)
}

useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') {
    left.clear()
    setState(FRESH)
  } else if (now.phase === 'open' && before.phase === 'open' && now.coderId !== before.coderId)
    changeSeat(before.coderId, now.coderId)
})
