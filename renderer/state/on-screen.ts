/**
 * The note on screen and its codings as they look now: what the store has said, with the changes over it that it has
 * not confirmed yet. A change is painted at once and taken back when the store refuses it. No query: the paint is
 * outside React and hears of a coding before any screen does.
 */
import type { CodingId, NoteId } from '../../shared/contract/basics.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import type { Note } from '../../shared/contract/notes.ts'
import type { Problem } from '../../shared/problem.ts'
import { createPaintedStore } from './paint-first.ts'
import { saving } from './session.ts'

/** Direction matters: `focus` is where the caret is. */
export type TextSelection = { anchor: number; focus: number }
export type Range = { start: number; end: number }
/** Words that were just coded, and the selection that was left then: they are meant until there is another one. */
export type JustCoded = { span: Range; left: TextSelection | null }

export type CodingState = {
  noteId: NoteId | null
  note: Note | null
  problem: Problem | null
  codings: readonly Coding[]
  selection: TextSelection | null
  /** The coding that is looked at. */
  activeId: CodingId | null
  /** Without a new selection the next code goes to these words too. */
  justCoded: JustCoded | null
  /** Codes go to the whole note instead of the selection. */
  isWholeNote: boolean
  isQuickCodeOpen: boolean
  /** What the code that is picked by name becomes: a new coding, or the code of the active one. */
  pickFor: 'apply' | 'recode'
  /** A place to scroll to once the note is shown. */
  target: Range | null
  /** Where this coder had come in the note when it was opened: a text position. */
  readFrom: number
}

export const useCoding = createPaintedStore<CodingState>(() => ({
  noteId: null,
  note: null,
  problem: null,
  codings: [],
  selection: null,
  activeId: null,
  justCoded: null,
  isWholeNote: false,
  isQuickCodeOpen: false,
  pickFor: 'apply',
  target: null,
  readFrom: 0,
}))

const { setState, getState } = useCoding

/** Codings as they will be: `put` are new or changed, `gone` are ids. */
export type Patch = { noteId: NoteId; put: readonly Coding[]; gone: readonly CodingId[] }

let known: ReadonlyMap<string, Coding> = new Map()
const patches = new Set<Patch>()
/** A coding whose edge is being moved: shown so, but not sent. */
let draft: Patch | null = null

/** In the order of the text, whole-note codings first, the longer one before what it contains. */
export const inOrder = (codings: Iterable<Coding>): Coding[] =>
  [...codings].sort(
    (a, b) =>
      (a.span?.start ?? -1) - (b.span?.start ?? -1) ||
      (b.span?.end ?? 0) - (a.span?.end ?? 0) ||
      a.createdAt.localeCompare(b.createdAt),
  )

function patched(codings: ReadonlyMap<string, Coding>, patch: Patch): Map<string, Coding> {
  const next = new Map(codings)
  for (const coding of patch.put) next.set(coding.id, coding)
  for (const id of patch.gone) next.delete(id)
  return next
}

function show(): void {
  const { noteId, activeId } = getState()
  let shown = known
  for (const patch of patches) if (patch.noteId === noteId) shown = patched(shown, patch)
  // A coding that is gone by now is not brought back by what was being done to it.
  if (draft?.noteId === noteId && draft.put.every(({ id }) => shown.has(id))) shown = patched(shown, draft)
  setState({
    codings: inOrder(shown.values()),
    activeId: activeId !== null && shown.has(activeId) ? activeId : null,
  })
}

/** What the store says of the note on screen; changes under way stay painted over it. */
export function showCodings(codings: Iterable<Coding>): void {
  known = new Map([...codings].map((coding) => [coding.id, coding]))
  show()
}

/** Replaces one coding by what the store now holds. */
export function showCoding(coding: Coding): void {
  known = new Map(known).set(coding.id, coding)
  show()
}

export function forgetCodings(): void {
  known = new Map()
  patches.clear()
  draft = null
}

/** Shows a coding as it would be without sending anything; null shows it as it is. */
export function showDraft(coding: Coding | null): void {
  draft = coding && { noteId: coding.noteId, put: [coding], gone: [] }
  show()
}

/** Changes under way whose answer says all there is to say: what they announce needs no fetching. */
const answering = new Set<{ noteId: NoteId }>()

/** Whether an announcement about a note is that of a change whose own answer will say, or has said, what it did. */
export function isAnswered(noteId: NoteId): boolean {
  for (const change of answering) if (change.noteId === noteId) return answering.delete(change)
  return false
}

/**
 * Paints a change at once, sends it, and keeps or takes back what was painted. Answers whether the store took it; a
 * refusal has been shown to the person by then. `confirmed` may hold the codings as the store saved them.
 */
export async function paintAhead<T>(
  patch: Patch,
  send: () => Promise<T>,
  confirmed?: (result: T) => readonly Coding[],
): Promise<boolean> {
  patches.add(patch)
  useCoding.paintFirst(show)
  const change = { noteId: patch.noteId }
  // The store announces a change before it answers; a change that is refused announces nothing.
  if (confirmed) answering.add(change)
  try {
    const result = await saving(send())
    // Not any more among them: another coder or project is on screen by now.
    const isCurrent = patches.delete(patch)
    if (isCurrent && getState().noteId === patch.noteId)
      known = patched(known, { ...patch, put: confirmed?.(result) ?? patch.put })
    return true
  } catch {
    patches.delete(patch)
    return false
  } finally {
    answering.delete(change)
    useCoding.paintFirst(show)
  }
}
