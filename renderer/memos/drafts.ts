/**
 * What is being written and not yet in the project file. Words are sent after a pause, when the editor is left, and
 * before the project or the window closes; until the store has taken them they stay here, whatever is on screen.
 */
import { create } from 'zustand'
import type { CoderId, MemoId } from '../../shared/contract/basics.ts'
import { type MemoDocument, type MemoSubject, type MemoType, memoText } from '../../shared/memo.ts'
import { amendAnswer } from '../queries/answers.ts'
import { renewAnswers } from '../queries/invalidation.ts'
import { beforeLeaving } from '../state/leaving.ts'
import { coderId, saving, useSession } from '../state/session.ts'
import { store } from '../store.ts'

export type Writing = { type: MemoType | null; title: string; body: MemoDocument }
export type WritingState = 'waiting' | 'saving' | 'failed'

type Draft = {
  id: MemoId
  about: MemoSubject
  coderId: CoderId
  projectId: string
  /** Whether the project file has this memo already. */
  isKept: boolean
  /** Said since the last save. */
  changes: Partial<Writing>
  /** Said since it was last all in the file. */
  words: Partial<Writing>
  timer: number
  sending: Promise<void>
}

const PAUSE = 1_500
const TRY_AGAIN = 15_000
const drafts = new Map<MemoId, Draft>()

/** What is not saved yet, by memo (nothing here means saved), and which memos were begun and saved here. */
export const useWriting = create<{
  states: Readonly<Record<string, WritingState>>
  kept: Readonly<Record<string, true>>
}>(() => ({ states: {}, kept: {} }))

function setWriting(id: MemoId, state: WritingState | null): void {
  useWriting.setState(({ states: { [id]: _, ...others } }) => ({
    states: state === null ? others : { ...others, [id]: state },
  }))
}

export const isUnsaved = (id: MemoId): boolean => drafts.has(id)

/** What was said of a memo and may not be in the file yet: who comes back to it goes on from there. */
export const unsavedOf = (id: MemoId): Partial<Writing> => drafts.get(id)?.words ?? {}

/** The memo on a thing that is being written and that no list has yet: who comes back to the thing goes on with it. */
export const begunOn = (about: MemoSubject): MemoId | undefined =>
  [...drafts.values()].find((draft) => !draft.isKept && isSameSubject(draft.about, about))?.id

const isSameSubject = (one: MemoSubject, other: MemoSubject): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

export const isBlank = ({ title = '', body = [] }: Partial<Writing>): boolean =>
  title.trim() === '' && memoText(body).trim() === ''

/** Takes down a change; it is sent after the next pause. `isKept` says whether the memo is in the file. */
export function write(id: MemoId, about: MemoSubject, isKept: boolean, changes: Partial<Writing>): void {
  const draft = drafts.get(id) ?? {
    id,
    about,
    coderId: coderId(),
    projectId: useSession.getState().project?.id ?? '',
    isKept: isKept || useWriting.getState().kept[id] === true,
    changes: {},
    words: {},
    timer: 0,
    sending: Promise.resolve(),
  }
  drafts.set(id, draft)
  Object.assign(draft.changes, changes)
  Object.assign(draft.words, changes)
  window.clearTimeout(draft.timer)
  draft.timer = window.setTimeout(() => void flush(id), PAUSE)
  setWriting(id, 'waiting')
}

/** Sends what is not saved yet of one memo. Resolves when nothing is left to send, or it could not be sent. */
export function flush(id: MemoId): Promise<void> {
  const draft = drafts.get(id)
  if (!draft) return Promise.resolve()
  window.clearTimeout(draft.timer)
  draft.sending = draft.sending.then(() => send(draft))
  return draft.sending
}

async function send(draft: Draft): Promise<void> {
  const { id, about, changes } = draft
  if (Object.keys(changes).length === 0) return settle(draft)
  // A memo begins with its first word, not with an empty line.
  if (!draft.isKept && isBlank(changes)) return setWriting(id, null)
  draft.changes = {}
  setWriting(id, 'saving')
  try {
    const memo = await saving(
      draft.isKept
        ? store.memos.update({ coderId: draft.coderId, id, ...changes })
        : store.memos.add({ coderId: draft.coderId, id, about, type: null, title: '', body: [], ...changes }),
    )
    if (!draft.isKept) useWriting.setState(({ kept }) => ({ kept: { ...kept, [id]: true } }))
    if (!draft.isKept) renewAnswers('memos.list')
    draft.isKept = true
    amendAnswer('memos.get', { id }, memo)
    settle(draft)
  } catch {
    draft.changes = { ...changes, ...draft.changes }
    setWriting(id, 'failed')
    if (useSession.getState().phase === 'open')
      draft.timer = window.setTimeout(() => void flush(id), TRY_AGAIN)
  }
}

function settle(draft: Draft): void {
  if (Object.keys(draft.changes).length > 0) return
  drafts.delete(draft.id)
  setWriting(draft.id, null)
}

/** When an editor is left: sends the rest, and takes away a memo whose words were all taken out. */
export async function leave(id: MemoId, isKept: boolean, now: Writing): Promise<void> {
  const draft = drafts.get(id)
  if (draft && !draft.isKept && isBlank(now)) {
    window.clearTimeout(draft.timer)
    drafts.delete(id)
    return setWriting(id, null)
  }
  const coder = draft?.coderId ?? coderId()
  const wasKept = draft?.isKept ?? (isKept || useWriting.getState().kept[id] === true)
  await flush(id)
  if (wasKept && isBlank(now) && !drafts.has(id))
    await saving(store.memos.remove({ coderId: coder, id })).catch(() => {})
}

/** Sends everything; false when something could not be saved. */
export async function flushAll(): Promise<boolean> {
  await Promise.all([...drafts.keys()].map(flush))
  return [...drafts.values()].every((draft) => !draft.isKept && isBlank(draft.changes))
}

export const hasUnsaved = (): boolean =>
  [...drafts.values()].some((draft) => draft.isKept || !isBlank(draft.changes))

beforeLeaving(flushAll)

useSession.subscribe((now, before) => {
  if (now.phase === 'open' && before.phase !== 'open') {
    // The store was started again under us: what it did not take is offered to it again.
    for (const draft of drafts.values()) if (draft.projectId === now.project?.id) void flush(draft.id)
  } else if (now.coderId !== before.coderId) void flushAll()
})

let isLeaving = false
/** The window closes once the words are in the file; a second try closes it whatever happens. */
export function guardWindow(): void {
  window.addEventListener('beforeunload', (event) => {
    if (isLeaving || !hasUnsaved()) return
    isLeaving = true
    event.preventDefault()
    void flushAll().then((isSaved) => {
      if (isSaved) window.close()
    })
  })
}
