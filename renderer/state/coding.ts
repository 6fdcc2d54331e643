/**
 * What a coder is doing in a note: which note, what is selected, and its codings as they are on screen. A coding
 * is painted at once with an id made here and taken back when the store refuses it; everything else on screen is
 * what the store has said.
 */
import { create } from 'zustand'
import { covering } from '../../shared/intervals.ts'
import { memoFromText } from '../../shared/memo.ts'
import type { CodeRow, Coding, Note, NoteRow, NoteStatus } from '../../shared/model.ts'
import { splitsPair } from '../../shared/offsets.ts'
import { asProblem, type Problem } from '../../shared/problem.ts'
import { amendRow, loadRow, type NoteOrder, peekRow } from '../note-list.ts'
import { peekAnswer } from '../queries.ts'
import { client, store } from '../store.ts'
import { announce, coderId, complain, goTo, saving, say, useSession } from './session.ts'

/** Direction matters: `focus` is where the caret is. */
export type TextSelection = { anchor: number; focus: number }
export type Range = { start: number; end: number }

type CodingState = {
  noteId: string | null
  note: Note | null
  problem: Problem | null
  codings: readonly Coding[]
  selection: TextSelection | null
  /** The coding that is looked at. */
  activeId: string | null
  /** Codes go to the whole note instead of the selection. */
  isWholeNote: boolean
  isQuickCodeOpen: boolean
  /** A place to scroll to once the note is shown. */
  target: Range | null
  /** Codes used last, newest first. */
  recent: readonly string[]
}

export const useCoding = create<CodingState>(() => ({
  noteId: null,
  note: null,
  problem: null,
  codings: [],
  selection: null,
  activeId: null,
  isWholeNote: false,
  isQuickCodeOpen: false,
  target: null,
  recent: [],
}))

const { setState, getState } = useCoding
/** On screen but not yet confirmed, and gone from the screen but not yet confirmed. */
const adding = new Map<string, Coding>()
const removing = new Set<string>()

const inOrder = (codings: Iterable<Coding>): Coding[] =>
  [...codings].sort(
    (a, b) =>
      (a.span?.start ?? -1) - (b.span?.start ?? -1) ||
      (b.span?.end ?? 0) - (a.span?.end ?? 0) ||
      a.createdAt.localeCompare(b.createdAt),
  )

function showCodings(fromStore: Iterable<Coding>): void {
  const byId = new Map<string, Coding>()
  for (const coding of fromStore) byId.set(coding.id, coding)
  for (const coding of adding.values()) if (coding.noteId === getState().noteId) byId.set(coding.id, coding)
  for (const id of removing) byId.delete(id)
  const codings = inOrder(byId.values())
  const { activeId } = getState()
  setState({ codings, activeId: codings.some((coding) => coding.id === activeId) ? activeId : null })
}

async function fetchCodings(noteId: string): Promise<void> {
  const coder = coderId()
  try {
    const codings = await store.codings.ofNote({ noteId, coderIds: [coder] })
    if (getState().noteId === noteId && coderId() === coder) showCodings(codings)
  } catch (error) {
    complain(error)
  }
}

/** A redaction changes the text and moves its codings: both come on screen together. */
async function fetchChangedText(noteId: string): Promise<void> {
  const coder = coderId()
  const [note, codings] = await Promise.all([
    store.notes.get({ noteId }),
    store.codings.ofNote({ noteId, coderIds: [coder] }),
  ])
  const now = getState()
  if (now.noteId !== noteId || coderId() !== coder || now.note?.textHash === note.textHash) return
  setState({ note, codings: [], selection: null, target: null })
  showCodings(codings)
}

client.onChange((event) => {
  const { noteId } = getState()
  if (noteId === null || (event.noteIds !== null && !event.noteIds.includes(noteId))) return
  if (event.topics.includes('codings')) void fetchCodings(noteId)
  // A note that is gone (its import was undone) stays on screen as it was.
  if (event.topics.includes('notes')) fetchChangedText(noteId).catch(() => {})
})

useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') closeNote()
  else if (now.coderId !== before.coderId && getState().noteId) {
    setState({ codings: [], activeId: null })
    void fetchCodings(getState().noteId as string)
  }
})

export function closeNote(): void {
  adding.clear()
  removing.clear()
  setState({
    noteId: null,
    note: null,
    problem: null,
    codings: [],
    selection: null,
    activeId: null,
    recent: [],
  })
}

export async function openNote(noteId: string, target: Range | null = null): Promise<void> {
  const state = getState()
  if (state.noteId === noteId && state.note) {
    if (target) setState({ target, selection: { anchor: target.start, focus: target.end } })
    return
  }
  setState({ noteId, problem: null, selection: null, activeId: null, isWholeNote: false, target: null })
  try {
    const [note, codings] = await Promise.all([
      store.notes.get({ noteId }),
      store.codings.ofNote({ noteId, coderIds: [coderId()] }),
    ])
    if (getState().noteId !== noteId) return
    const selection = target ? { anchor: target.start, focus: target.end } : null
    setState({ note, target, selection, codings: [] })
    showCodings(codings)
  } catch (error) {
    if (getState().noteId === noteId) setState({ note: null, codings: [], problem: asProblem(error) })
  }
}

/** Opens a note at a passage from another place; Alt+Left leads back there. */
export function jumpToNote(noteId: string, span: Range | null): void {
  useSession.setState((session) => ({
    cameFrom: session.place === 'code' ? session.cameFrom : session.place,
  }))
  goTo('code')
  void openNote(noteId, span)
}

export function selectText(selection: TextSelection | null): void {
  setState({ selection })
}

/** The range of the selection, never through the middle of a surrogate pair; null when it is empty. */
export function selectedRange(state: Pick<CodingState, 'note' | 'selection'> = getState()): Range | null {
  const { note, selection } = state
  if (!note || !selection || selection.anchor === selection.focus) return null
  let start = Math.min(selection.anchor, selection.focus)
  let end = Math.max(selection.anchor, selection.focus)
  if (splitsPair(note.text, start)) start -= 1
  if (splitsPair(note.text, end)) end += 1
  return { start, end: Math.min(end, note.text.length) }
}

/** Leaves out blanks at the ends: nobody means to code the space after a sentence. */
export function trimmed(text: string, range: Range): Range {
  let { start, end } = range
  while (start < end && /\s/.test(text[start] as string)) start++
  while (end > start && /\s/.test(text[end - 1] as string)) end--
  return start < end ? { start, end } : range
}

const nameOf = (codeId: string) =>
  peekAnswer('codes.list', {})?.find((code) => code.id === codeId)?.name ?? 'code'

/** Applies a code to the selection, or to the whole note; says what is missing where it cannot. */
export async function applyCode(
  code: Pick<CodeRow, 'id' | 'name' | 'isFolder' | 'isRetired'>,
): Promise<void> {
  const { note, isWholeNote, codings } = getState()
  if (!note) return
  if (code.isFolder) return say(`“${code.name}” is a folder. Choose a code inside it.`)
  if (code.isRetired) return say(`“${code.name}” is retired. Restore it in the codebook to use it again.`)
  const range = isWholeNote ? null : selectedRange()
  if (!isWholeNote && !range) return say('Select some text first, or tick “Whole note”.')
  const span = range && trimmed(note.text, range)
  const twin = codings.find(
    (coding) =>
      coding.codeId === code.id && coding.span?.start === span?.start && coding.span?.end === span?.end,
  )
  if (twin) {
    setState({ activeId: twin.id })
    return say(`“${code.name}” is already here.`)
  }
  await addCoding(note.id, code.id, span)
}

async function addCoding(noteId: string, codeId: string, span: Range | null): Promise<void> {
  const coding: Coding = {
    id: crypto.randomUUID(),
    noteId,
    coderId: coderId(),
    codeId,
    span,
    memo: '',
    qualifiers: {},
    codebookVersion: 0,
    createdAt: new Date().toISOString(),
  }
  adding.set(coding.id, coding)
  setState((state) => ({
    activeId: coding.id,
    isWholeNote: false,
    recent: [codeId, ...state.recent.filter((id) => id !== codeId)].slice(0, 9),
  }))
  showCodings(getState().codings)
  announce(`Applied ${nameOf(codeId)}`)
  countCodings(noteId, 1)
  try {
    const [saved] = await saving(
      store.codings.apply({ coderId: coding.coderId, noteId, span, codings: [{ id: coding.id, codeId }] }),
    )
    adding.delete(coding.id)
    if (saved && getState().noteId === noteId && !removing.has(saved.id)) replaceCoding(saved)
  } catch {
    adding.delete(coding.id)
    countCodings(noteId, -1)
    if (getState().noteId === noteId)
      showCodings(getState().codings.filter((other) => other.id !== coding.id))
  }
}

function replaceCoding(coding: Coding): void {
  showCodings([...getState().codings.filter((other) => other.id !== coding.id), coding])
}

/** The note list shows a new count without its own answer; but the coding is painted first. */
function countCodings(noteId: string, change: number): void {
  window.setTimeout(() =>
    amendRow(coderId(), noteId, (row) => ({
      ...row,
      codings: Math.max(0, row.codings + change),
      status: row.status === 'not started' && change > 0 ? 'in progress' : row.status,
    })),
  )
}

export async function removeCoding(id: string): Promise<void> {
  const { codings, noteId } = getState()
  const coding = codings.find((other) => other.id === id)
  if (!coding || !noteId) return
  removing.add(id)
  showCodings(codings)
  countCodings(noteId, -1)
  const name = nameOf(coding.codeId)
  try {
    await saving(store.codings.remove({ coderId: coderId(), ids: [id] }))
    say(`Removed “${name}”`, { label: 'Undo', run: () => void undo() })
    removing.delete(id)
  } catch {
    removing.delete(id)
    countCodings(noteId, 1)
    if (getState().noteId === noteId) replaceCoding(coding)
  }
}

export async function setMemo(id: string, memo: string): Promise<void> {
  const about = { kind: 'coding', id } as const
  const body = memoFromText(memo)
  const { rows } = await store.memos.list({ about, coderIds: [coderId()], offset: 0, limit: 1 })
  const own = rows[0]
  await saving(
    own
      ? store.memos.update({ coderId: coderId(), id: own.id, body })
      : store.memos.add({ coderId: coderId(), id: crypto.randomUUID(), about, type: null, title: '', body }),
  ).catch(() => null)
  const coding = getState().codings.find((other) => other.id === id)
  if (coding) replaceCoding({ ...coding, memo })
}

async function step(direction: 'undo' | 'redo'): Promise<void> {
  try {
    const { label, noteId } = await store.history[direction]({ coderId: coderId() })
    const words = `${direction === 'undo' ? 'Undone' : 'Done again'}: ${label}`
    const isElsewhere = noteId !== null && noteId !== getState().noteId
    say(words, isElsewhere ? { label: 'Show note', run: () => jumpToNote(noteId, null) } : null)
  } catch (error) {
    const problem = asProblem(error)
    if (problem.code === 'nothing-to-undo') say('There is nothing to undo.')
    else if (problem.code === 'nothing-to-redo') say('There is nothing to do again.')
    else complain(problem)
  }
}
export const undo = (): Promise<void> => step('undo')
export const redo = (): Promise<void> => step('redo')

export async function setStatus(noteId: string, status: NoteStatus): Promise<void> {
  amendRow(coderId(), noteId, (row) => ({ ...row, status }))
  await saving(store.notes.setStatus({ coderId: coderId(), noteId, status })).catch(() => {})
}

export const currentRow = (): NoteRow | null => {
  const { noteId } = getState()
  return noteId === null ? null : peekRow(coderId(), noteId)
}

export async function toggleFinished(): Promise<void> {
  const row = currentRow()
  if (!row) return
  const status = row.status === 'finished' ? 'in progress' : 'finished'
  await setStatus(row.id, status)
  announce(status === 'finished' ? 'Marked finished' : 'Not finished any more')
}

/** Opens the note at a place of a list. */
export async function openListed(order: NoteOrder, index: number): Promise<void> {
  const num = order[index]
  const row = num === undefined ? null : await loadRow(coderId(), num)
  if (row) await openNote(row.id)
}

/** `order` is how the notes are listed, so that "next" is what a person sees as next. */
export function openNeighbour(order: NoteOrder, step: 1 | -1): void {
  const row = currentRow()
  const next = (row ? order.indexOf(row.num) : -1) + step
  if (next >= 0 && next < order.length) void openListed(order, next)
  else announce(step === 1 ? 'This is the last note' : 'This is the first note')
}

/** Selects what lies at a position; pressed again there, the next one of those that overlap. */
export function activateAt(position: number): void {
  const { codings, activeId } = getState()
  const spans = codings.flatMap((coding) => (coding.span ? [{ ...coding.span, id: coding.id }] : []))
  const here = covering(spans, position)
  const at = here.findIndex((span) => span.id === activeId)
  activate(here[(at + 1) % Math.max(1, here.length)]?.id ?? null)
}

export function activate(id: string | null): void {
  setState({ activeId: id })
  const coding = getState().codings.find((other) => other.id === id)
  if (coding) announce(`Selected ${nameOf(coding.codeId)}`)
}

/** Goes to the coding before or after the caret and shows it. */
export function stepCoding(direction: 1 | -1): void {
  const { codings, activeId, selection } = getState()
  const spans = codings.filter((coding) => coding.span)
  if (spans.length === 0) {
    announce('No codings in this note yet')
    return
  }
  const at = spans.findIndex((coding) => coding.id === activeId)
  let next = at + direction
  if (at === -1) {
    const caret = selection?.focus ?? 0
    const after = spans.findIndex((coding) => (coding.span?.start ?? 0) >= caret)
    next = direction === 1 ? after : after === -1 ? spans.length - 1 : after - 1
  }
  const coding = spans[(next + spans.length) % spans.length] as Coding
  showCoding(coding)
}

export function showCoding(coding: Coding): void {
  activate(coding.id)
  if (coding.span)
    setState({ target: coding.span, selection: { anchor: coding.span.start, focus: coding.span.start } })
}

export const codesAt = (position: number): string[] =>
  covering(
    getState().codings.flatMap((coding) => (coding.span ? [{ ...coding.span, codeId: coding.codeId }] : [])),
    position,
  ).map((span) => nameOf(span.codeId))
