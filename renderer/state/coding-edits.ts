/** Changing codings that are there, and applying codes without naming them: again, by number, from the words. */
import type { CodeId, CodingId, NoteId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import type { Qualifiers } from '../../shared/contract/qualifiers.ts'
import { splitPlace } from '../../shared/sentences.ts'
import { inVivoName, newColour } from '../codes/codes.ts'
import { newId } from '../ids.ts'
import { peekAnswer } from '../queries/answers.ts'
import { store } from '../store.ts'
import {
  type Applicable,
  applyCode,
  applyCodesTo,
  leaveWords,
  nameOf,
  trimmed,
  undo,
  whyNot,
  wordsInHand,
} from './coding.ts'
import { askAboutNote, beforeCoding, finishedWords } from './finished.ts'
import { codingsAt } from './go-through.ts'
import { type Patch, paintAhead, type Range, useCoding } from './on-screen.ts'
import { rememberCode, useRecentCodes } from './recent-codes.ts'
import { announce, coderId, saving, say } from './session.ts'

const { setState, getState } = useCoding

/** The coding that is meant: the one looked at, else the shortest at the caret, which then is looked at. */
export function codingInHand(): Coding | null {
  const { codings, activeId, selection } = getState()
  const active = codings.find((coding) => coding.id === activeId)
  const found = active ?? (selection ? codingsAt(selection.focus)[0] : undefined) ?? null
  if (found && !active) setState({ activeId: found.id })
  return found
}

export type CodingChange = {
  id: CodingId
  span?: Range | null
  codeId?: CodeId
  qualifiers?: Qualifiers
}

/**
 * Codings as they will be. One that then says the same of the same words as another takes it in, as in the store;
 * contradicting qualifiers keep both.
 */
function changed(changes: readonly CodingChange[]): Patch {
  const { noteId, codings } = getState()
  const after = new Map(codings.map((coding) => [coding.id, coding]))
  for (const { id, ...change } of changes) {
    const before = after.get(id)
    if (before) after.set(id, { ...before, ...change })
  }
  const gone: CodingId[] = []
  for (const { id, qualifiers } of changes) {
    const own = after.get(id)
    if (!own || qualifiers) continue
    for (const twin of [...after.values()].filter((other) => saysTheSame(other, own))) {
      gone.push(twin.id)
      after.delete(twin.id)
      after.set(id, { ...own, qualifiers: { ...own.qualifiers, ...twin.qualifiers } })
    }
  }
  const put = changes.flatMap(({ id }) => after.get(id) ?? [])
  return { noteId: noteId ?? '', put, gone }
}

const saysTheSame = (other: Coding, own: Coding): boolean =>
  other.id !== own.id &&
  other.codeId === own.codeId &&
  other.span?.start === own.span?.start &&
  other.span?.end === own.span?.end &&
  Object.entries(own.qualifiers).every(([name, value]) => (other.qualifiers[name] ?? value) === value)

/** Changes codings of the open note as one undoable step, painted at once. Answers whether the store took it. */
export async function changeCodings(changes: readonly CodingChange[]): Promise<boolean> {
  const patch = changed(changes)
  return paintAhead(patch, () =>
    store.codings.change({ coderId: coderId(), changes: changes.map((change) => ({ ...change })) }),
  )
}

/** Gives a coding another code; its stretch, memos and qualifiers stay. */
export async function recode(coding: Coding, code: Applicable): Promise<void> {
  const refusal = whyNot(code)
  if (refusal) return say(refusal)
  if (coding.codeId === code.id) return say(`It has the code “${code.name}” already.`)
  const before = nameOf(coding.codeId)
  rememberCode(code.id)
  announce(`Recoded from ${before} to ${code.name}`)
  if (await changeCodings([{ id: coding.id, codeId: code.id }]))
    say(`Recoded “${before}” to “${code.name}”.${finishedWords(coding.noteId)}`, {
      label: 'Undo',
      run: () => void undo(),
    })
}

/** Cuts the coding at the caret in two, before the word that begins nearest to the caret. */
export async function splitAtCaret(): Promise<void> {
  const { note, noteId, codings, activeId, selection } = getState()
  if (!note || !noteId) return
  const caret = selection?.focus ?? -1
  const inside = (coding: Coding | undefined) =>
    coding?.span && coding.span.start < caret && caret < coding.span.end ? coding : undefined
  const coding = inside(codings.find(({ id }) => id === activeId)) ?? codingsAt(caret).find(inside)
  if (!coding?.span) return say('Put the caret inside a coding to split it there.')
  const at = splitPlace(note.text, coding.span, caret)
  if (at === null) return say('This coding holds only one word. Nothing was changed.')
  const first = { ...coding, span: { start: coding.span.start, end: at } }
  const second = {
    ...coding,
    id: newId<CodingId>(),
    span: { start: at, end: coding.span.end },
    memo: '',
    createdAt: new Date().toISOString(),
  }
  const isKept = paintAhead({ noteId, put: [first, second], gone: [] }, () =>
    store.codings.split({ coderId: coderId(), id: coding.id, at, newId: second.id }),
  )
  setState({ activeId: second.id })
  if (await isKept) announce(`Split ${nameOf(coding.codeId)} in two`)
}

/** The codings of the same code that overlap a coding or adjoin it with only blanks between, in turn; with it first. */
export function adjoining(coding: Coding, codings: readonly Coding[], text: string): Coding[] {
  if (!coding.span) return [coding]
  const others = codings.filter((other) => other.codeId === coding.codeId && other.span && other !== coding)
  const found = [coding]
  let { start, end } = coding.span
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false
    for (const other of others) {
      const span = other.span as Range
      if (found.includes(other) || !meets(text, { start, end }, span)) continue
      found.push(other)
      start = Math.min(start, span.start)
      end = Math.max(end, span.end)
      isGrowing = true
    }
  }
  return found
}

const meets = (text: string, one: Range, other: Range): boolean => {
  const from = Math.min(one.end, other.end)
  const to = Math.max(one.start, other.start)
  return from >= to || text.slice(from, to).trim() === ''
}

/** Makes one coding of the one in hand and those of its code that adjoin or overlap it. */
export async function uniteInHand(): Promise<void> {
  const { note, codings } = getState()
  const coding = codingInHand()
  if (!note || !coding?.span) return say('Select a coding first: click it, or go to it with [ and ].')
  const all = adjoining(coding, codings, note.text)
  const name = nameOf(coding.codeId)
  if (all.length === 1) return say(`No other coding of “${name}” overlaps or touches this one.`)
  const spans = all.map(({ span }) => span as Range)
  const span = {
    start: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(...spans.map(({ end }) => end)),
  }
  const qualifiers = Object.assign({}, ...all.toReversed().map((other) => other.qualifiers))
  const gone = all.slice(1).map(({ id }) => id)
  const isKept = paintAhead({ noteId: note.id, put: [{ ...coding, span, qualifiers }], gone }, () =>
    store.codings.unite({ coderId: coderId(), ids: all.map(({ id }) => id) }),
  )
  setState({ activeId: coding.id })
  if (await isKept) announce(`United ${all.length} codings of ${name}`)
}

const codeOf = (id: string | undefined): CodeRow | undefined =>
  peekAnswer('codes.list', {})?.find((code) => code.id === id)

/** Applies the code used last. */
export function applyAgain(): void {
  const code = codeOf(useRecentCodes.getState().newest[0])
  if (code) void applyCode(code)
  else say('No code has been used yet. Type the name of one with /.')
}

/** Applies the recent code with this number, 1 to 9. */
export function applyNumbered(number: number): void {
  const code = codeOf(useRecentCodes.getState().numbered[number - 1])
  if (code) void applyCode(code)
  else say(`No recent code has the number ${number} yet.`)
}

/** The selected words become the name of a code and are its first coding; a code of that name is used as it is. */
export async function codeInVivo(): Promise<void> {
  const { note } = getState()
  const range = wordsInHand()
  if (!note || !range) return say('Select the words for the new code first.')
  const span = trimmed(note.text, range)
  const name = inVivoName(note.text.slice(span.start, span.end))
  if (name === '') return say('The selection has no words to name a code. Select some words.')
  const codes = peekAnswer('codes.list', {}) ?? []
  const same = codes.find((code) => !whyNot(code) && code.name.toLowerCase() === name.toLowerCase())
  if (same) return applyCodesTo([same], span)
  await applyNewCode(name, span)
}

/** Makes a code and applies it to a stretch of the open note (null: all of it), as one step that one undo takes back. */
export async function applyNewCode(name: string, span: Range | null): Promise<void> {
  const { note } = getState()
  if (!note) return
  const rule = beforeCoding(note.id)
  if (rule !== 'ask') return addNewCode(note.id, name, span, rule === 'reopen')
  askAboutNote(note.id, `This note is marked finished. “${name}” is not applied yet.`, (isReopening) => {
    if (getState().noteId === note.id) void addNewCode(note.id, name, span, isReopening)
  })
}

async function addNewCode(noteId: NoteId, name: string, span: Range | null, reopens: boolean): Promise<void> {
  const [id, codeId]: [CodingId, CodeId] = [newId(), newId()]
  const colour = newColour(peekAnswer('codes.list', {}) ?? [], null)
  const work = store.codings.applyNew({
    coderId: coderId(),
    noteId,
    span,
    id,
    code: { id: codeId, name, colour },
    ...(reopens ? { reopens } : {}),
  })
  if (!(await saving(work).catch(() => null))) return
  rememberCode(codeId)
  say(`New code “${name}”`)
  if (getState().noteId !== noteId) return
  leaveWords(span)
  setState({ activeId: id, isWholeNote: false })
}
