/**
 * What a coder is doing in a note: which note, what is selected, which coding is looked at, and what is applied or
 * removed. How codings come on screen before the store has confirmed them is in on-screen.ts, how those that are
 * there are changed in coding-edits.ts.
 */
import type { CodeId, CodingId, NoteId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import type { NoteRow, NoteStatus } from '../../shared/contract/notes.ts'
import { splitsPair } from '../../shared/offsets.ts'
import { asProblem } from '../../shared/problem.ts'
import { newId } from '../ids.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { runCommand } from '../keys/use-command.ts'
import { flushAll } from '../memos/drafts.ts'
import { peekAnswer } from '../queries/answers.ts'
import { knowRow, peekRow } from '../queries/note-rows.ts'
import { client, store } from '../store.ts'
import { forgetTrips } from './caret-trips.ts'
import { askAboutNote, beforeCoding, finishedWords } from './finished.ts'
import {
  type CodingState,
  forgetCodings,
  isAnswered,
  paintAhead,
  type Range,
  showCodings,
  type TextSelection,
  useCoding,
} from './on-screen.ts'
import { rememberCode } from './recent-codes.ts'
import { segmentLabel } from './segment-label.ts'
import { announce, coderId, complain, leaveFor, saving, say, underWay, useSession } from './session.ts'

export { type Range, type TextSelection, useCoding } from './on-screen.ts'

const { setState, getState } = useCoding

async function fetchCodings(noteId: NoteId): Promise<void> {
  const coder = coderId()
  try {
    const codings = await store.codings.ofNote({ noteId, coderIds: [coder] })
    if (getState().noteId === noteId && coderId() === coder) showCodings(codings)
  } catch (error) {
    complain(error)
  }
}

/** A redaction changes the text and moves its codings: both come on screen together. */
async function fetchChangedText(noteId: NoteId): Promise<void> {
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
  const isOurs = event.noteIds?.length === 1 && isAnswered(noteId)
  if (!isOurs && (event.topics.includes('codings') || event.topics.includes('memos')))
    void fetchCodings(noteId)
  // A note that is gone (its import was undone) stays on screen as it was.
  if (event.topics.includes('notes')) fetchChangedText(noteId).catch(() => {})
})

useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') closeNote()
  else if (now.coderId !== before.coderId && getState().noteId) {
    forgetCodings()
    showCodings([])
    // Where somebody else stood is nobody's place to begin at, and may tell what they looked at.
    setState({ selection: null, activeId: null, justCoded: null, isWholeNote: false, target: null })
    void fetchCodings(getState().noteId as string)
  }
})

export function closeNote(): void {
  forgetCodings()
  setState({
    noteId: null,
    note: null,
    problem: null,
    codings: [],
    selection: null,
    activeId: null,
    justCoded: null,
  })
}

export async function openNote(noteId: NoteId, target: Range | null = null): Promise<void> {
  const state = getState()
  if (state.noteId === noteId && state.note) {
    if (target) setState({ target, selection: { anchor: target.start, focus: target.end } })
    return
  }
  setState({
    noteId,
    problem: null,
    selection: null,
    activeId: null,
    justCoded: null,
    isWholeNote: false,
    target: null,
  })
  const coder = coderId()
  try {
    const [note, codings, { position }] = await Promise.all([
      store.notes.get({ noteId }),
      store.codings.ofNote({ noteId, coderIds: [coder] }),
      store.reading.position({ coderId: coder, noteId }),
    ])
    if (getState().noteId !== noteId) return
    const readFrom = position < note.text.length ? position : 0
    const selection = target
      ? { anchor: target.start, focus: target.end }
      : readFrom > 0
        ? { anchor: readFrom, focus: readFrom }
        : null
    setState({ note, target, selection, readFrom, codings: [] })
    showCodings(codings)
  } catch (error) {
    if (getState().noteId === noteId) setState({ note: null, codings: [], problem: asProblem(error) })
  }
}

/** Opens a note at a segment from another place; Alt+Left leads back there. */
export function jumpToNote(noteId: NoteId, span: Range | null): void {
  leaveFor('code')
  forgetTrips()
  void openNote(noteId, span)
}

/**
 * Words that are selected are what the next code is meant for, also where the whole note was before. A coding of other
 * words is no longer the selected one: what is removed or changed by key is where the person is looking.
 */
export function selectText(selection: TextSelection | null): void {
  if (selection === null || selection.anchor === selection.focus) {
    setState({ selection })
    return
  }
  const { codings, activeId } = getState()
  const span = activeId === null ? null : codings.find(({ id }) => id === activeId)?.span
  const [start, end] = [
    Math.min(selection.anchor, selection.focus),
    Math.max(selection.anchor, selection.focus),
  ]
  const isThere = span != null && span.start < end && start < span.end
  setState({ selection, isWholeNote: false, ...(isThere ? {} : { activeId: null }) })
}

/** The range of the selection, never through the middle of a surrogate pair; null when it is empty. */
export function selectedRange(state: Pick<CodingState, 'note' | 'selection'> = getState()): Range | null {
  const { note, selection } = state
  if (!note || !selection || selection.anchor === selection.focus) return null
  let start = Math.min(selection.anchor, selection.focus)
  let end = Math.min(Math.max(selection.anchor, selection.focus), note.text.length)
  if (splitsPair(note.text, start)) start -= 1
  if (splitsPair(note.text, end)) end += 1
  return start < end ? { start, end } : null
}

type Meant = Pick<CodingState, 'note' | 'selection' | 'justCoded'>

/**
 * The words that the next code goes to: those selected, else those just coded, while nothing has been selected and the
 * caret has not been moved since. Null where no words are meant.
 */
export function wordsInHand(state: Meant = getState()): Range | null {
  const { selection, justCoded } = state
  return selectedRange(state) ?? (justCoded && justCoded.left === selection ? justCoded.span : null)
}

/** The words are coded: they are no longer selected, so that whatever is selected next begins anew. */
export function leaveWords(span: Range | null): void {
  const { selection } = getState()
  const left = selection && { anchor: selection.focus, focus: selection.focus }
  setState({ selection: left, justCoded: span && { span, left } })
}

/** What was just coded has been taken back: its words are selected again, where nothing else was done since. */
function takeWordsAgain(): void {
  const { justCoded, selection, codings } = getState()
  if (!justCoded || justCoded.left !== selection) return
  const { start, end } = justCoded.span
  if (codings.some(({ span }) => span?.start === start && span.end === end)) return
  setState({ selection: { anchor: start, focus: end }, justCoded: null })
}

/** Leaves out blanks at the ends: nobody means to code the space after a sentence. */
export function trimmed(text: string, range: Range): Range {
  let { start, end } = range
  while (start < end && /\s/.test(text[start] as string)) start++
  while (end > start && /\s/.test(text[end - 1] as string)) end--
  return start < end ? { start, end } : range
}

export const nameOf = (codeId: CodeId): string =>
  peekAnswer('codes.list', {})?.find((code) => code.id === codeId)?.name ?? 'code'

export type Applicable = Pick<CodeRow, 'id' | 'name' | 'isFolder' | 'isRetired'>

/** Why a code cannot be applied, in words; null when it can. */
export function whyNot(code: Applicable): string | null {
  if (code.isFolder) return `“${code.name}” is a folder. Choose a code in it.`
  if (code.isRetired) return `“${code.name}” is retired. Restore it in the codebook to use it again.`
  return null
}

export const applyCode = (code: Applicable): Promise<void> => applyCodes([code])

/** Applies codes to the words in hand, or to the whole note; says what is missing where it cannot. */
export async function applyCodes(codes: readonly Applicable[]): Promise<void> {
  const { note, isWholeNote } = getState()
  if (!note) return
  const range = isWholeNote ? null : wordsInHand()
  if (!isWholeNote && !range) return say('Select some text first, or tick “Whole note”.')
  await applyCodesTo(codes, range && trimmed(note.text, range))
}

/** Applies codes to a stretch of the open note (null: all of it) as one step; those that are there already stay. */
export async function applyCodesTo(codes: readonly Applicable[], span: Range | null): Promise<void> {
  const { note, codings } = getState()
  const refusal = codes.map(whyNot).find((words) => words !== null)
  if (refusal) return say(refusal)
  if (!note) return
  const twinOf = (code: Applicable) =>
    codings.find(
      (coding) =>
        coding.codeId === code.id && coding.span?.start === span?.start && coding.span?.end === span?.end,
    )
  const wanted = codes.filter((code) => !twinOf(code))
  if (wanted.length > 0) return addWhereAllowed(note.id, wanted, span)
  const [first] = codes
  const twin = first && twinOf(first)
  if (!twin) return
  leaveWords(span)
  setState({ activeId: twin.id, isWholeNote: false })
  say(`“${first.name}” is already here.`)
}

/** A note that is finished is coded only after a question, or as the project says. */
async function addWhereAllowed(
  noteId: NoteId,
  codes: readonly Applicable[],
  span: Range | null,
): Promise<void> {
  const ids = codes.map(({ id }) => id)
  if (!peekRow(coderId(), noteId)) await knowRow(coderId(), noteId)
  const rule = beforeCoding(noteId)
  if (rule !== 'ask') return addCodings(noteId, ids, span, rule === 'reopen')
  const names = codes.map(({ name }) => `“${name}”`).join(', ')
  askAboutNote(noteId, `This note is marked finished. ${names} is not applied yet.`, (isReopening) => {
    if (getState().noteId === noteId) void addCodings(noteId, ids, span, isReopening)
  })
}

async function addCodings(
  noteId: NoteId,
  codeIds: readonly CodeId[],
  span: Range | null,
  reopens: boolean,
): Promise<void> {
  const coder = coderId()
  const before = getState().codings
  const added = codeIds.map(
    (codeId): Coding => ({
      id: newId(),
      noteId,
      coderId: coder,
      codeId,
      span,
      memo: '',
      qualifiers: {},
      codebookVersion: 0,
      createdAt: new Date().toISOString(),
    }),
  )
  const isKept = paintAhead(
    { noteId, put: added, gone: [] },
    () =>
      store.codings.apply({
        coderId: coder,
        noteId,
        span,
        codings: added.map(({ id, codeId }) => ({ id, codeId })),
        ...(reopens ? { reopens } : {}),
      }),
    (saved) => saved,
  )
  const overlapped = span && codeIds.find((codeId) => overlapping(before, codeId, span).length > 0)
  useCoding.paintFirst(() => {
    for (const codeId of codeIds) rememberCode(codeId)
    leaveWords(span)
    setState({ activeId: added.at(-1)?.id ?? null, isWholeNote: false })
  })
  announce(`Applied ${codeIds.map(nameOf).join(', ')} to ${segmentLabel(span)}`)
  const last = added.at(-1)
  if (overlapped && last) tellOverlap(overlapped, last.id)
  await isKept
}

/** One's own codings of a code that share words with a stretch. */
export const overlapping = (codings: readonly Coding[], codeId: CodeId, { start, end }: Range): Coding[] =>
  codings.filter(
    (coding) => coding.codeId === codeId && coding.span && coding.span.start < end && start < coding.span.end,
  )

/** Two codings of one code over the same words count as two: said at once, and mended by one key. */
function tellOverlap(codeId: CodeId, id: CodingId): void {
  say(`Applied ${nameOf(codeId)}. Some of this text had it already and now has it twice.`, {
    label: `Unite (${keyLabel('uniteCodings')})`,
    run: () => {
      if (!getState().codings.some((coding) => coding.id === id)) return
      setState({ activeId: id })
      runCommand('uniteCodings')
    },
  })
}

export async function removeCoding(id: CodingId): Promise<void> {
  const { codings, noteId } = getState()
  const coding = codings.find((other) => other.id === id)
  if (!coding || !noteId) return
  const where = segmentLabel(coding.span)
  const isKept = await paintAhead(
    { noteId, put: [], gone: [id] },
    () => store.codings.remove({ coderId: coderId(), ids: [id] }),
    () => [],
  )
  if (!isKept) return
  takeWordsAgain()
  const words = `Removed “${nameOf(coding.codeId)}” from ${where}.${finishedWords(noteId)}`
  say(words, { label: 'Undo', run: () => void undo() })
}

/** Not done until the note on screen shows it: "Saved" beside a coding that is gone would be a lie. */
async function goBackOrForth(direction: 'undo' | 'redo') {
  // Words of a memo that are on their way belong to what is undone: sent after it, they would find no memo.
  await flushAll()
  const done = await store.history[direction]({ coderId: coderId() })
  const { noteId } = getState()
  if (noteId !== null && (done.noteId === null || done.noteId === noteId)) {
    await fetchCodings(noteId)
    takeWordsAgain()
  }
  return done
}

async function step(direction: 'undo' | 'redo'): Promise<void> {
  try {
    const { label, where, noteId } = await underWay(goBackOrForth(direction))
    const words = `${direction === 'undo' ? 'Undone' : 'Redone'}: ${[label, where].filter(Boolean).join(' ')}`
    const isElsewhere = noteId !== null && noteId !== getState().noteId
    say(words, isElsewhere ? { label: 'Show note', run: () => jumpToNote(noteId, null) } : null)
  } catch (error) {
    const problem = asProblem(error)
    if (problem.code === 'nothing-to-undo') say('There is nothing to undo.')
    else if (problem.code === 'nothing-to-redo') say('There is nothing to redo.')
    else complain(problem)
  }
}
export const undo = (): Promise<void> => step('undo')
export const redo = (): Promise<void> => step('redo')

export async function setStatus(noteId: NoteId, status: NoteStatus): Promise<void> {
  // A refusal has been shown; the row says what the store holds.
  await saving(store.notes.setStatus({ coderId: coderId(), noteId, status })).catch(() => {})
}

export const currentRow = (): NoteRow | null => {
  const { noteId } = getState()
  return noteId === null ? null : peekRow(coderId(), noteId)
}

export async function toggleFinished(): Promise<void> {
  const { noteId } = getState()
  const row = noteId === null ? null : await knowRow(coderId(), noteId)
  if (!row || getState().noteId !== noteId) return
  const status = row.status === 'finished' ? 'in progress' : 'finished'
  await setStatus(row.id, status)
  announce(status === 'finished' ? 'Marked finished' : 'Reopened')
}
