/** The check for identifiers: what is being looked at of what it found, and what is done about it. */
import { useMemo } from 'react'
import { create } from 'zustand'
import type { IdentifierWords } from '../../shared/contract/identifiers.ts'
import type { ResultOf } from '../../shared/contract/index.ts'
import { type Cut, moveSpan } from '../../shared/redaction.ts'
import { longQuestion } from '../queries/long-question.ts'
import { useJob } from '../queries/use-job.ts'
import { jumpToNote, undo } from '../state/coding.ts'
import { announce, coderId, complain, saving, say, useSession } from '../state/session.ts'
import { client, store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { type Finding, KIND_NAMES, type Kind, nothingLeft } from './identifier-labels.ts'

export type ListTexts = Record<keyof IdentifierWords, string>
export type PlaceInNote = ResultOf<'identifiers.places'>[number]
/** A redaction that waits for a yes; of all like it once they are counted. */
export type Asked = { isAll: boolean; finding: Finding; time: number }

/** What the check found and is left of it: what is done about findings is taken from it at once. */
export type Check = {
  notes: number
  found: number
  findings: readonly Finding[]
  /** How long it took, in ms: a quick one is run again by itself. */
  cost: number
  /** Something else has changed since what it would find. */
  isOld: boolean
}

type ReviewState = {
  tab: 'review' | 'words'
  /** Place among the findings of the kind that is shown. */
  active: number
  kind: Kind | ''
  mask: string
  asked: Asked | null
  /** The person has read in this session that a redaction is for good. */
  hasAgreed: boolean
  /** Lists as they are typed, not yet saved. */
  draft: ListTexts | null
}

const BLANK: ReviewState = {
  tab: 'review',
  active: 0,
  kind: '',
  mask: 'ZZZZZ',
  asked: null,
  hasAgreed: false,
  draft: null,
}

export const useReview = create<ReviewState>(() => BLANK)

const { setState, getState } = useReview

export const MOST_FINDINGS = 20_000
const QUICK = 2_000

/** Own changes in flight: what they announce is no news. */
let acting = 0
let isRedacting = false

const NO_FINDINGS: readonly Finding[] = []
const ofKind = (findings: readonly Finding[], kind: Kind | ''): readonly Finding[] =>
  kind === '' ? findings : findings.filter((finding) => finding.kind === kind)

export const keyOf = ({ noteId, start, end }: PlaceInNote): string => `${noteId}:${start}-${end}`

/** The next check begins at its first finding, or stays at the same place, as after an undo. */
let isQuiet = false

const question = longQuestion<Check>({
  name: 'identifiers',
  run: async ({ signal, onProgress }) => {
    const stays = isQuiet
    const start = performance.now()
    const scan = await store.identifiers.scan({ limit: MOST_FINDINGS }, { signal, onProgress })
    if (!signal.aborted) {
      setState(({ kind, active }) => ({
        kind: kind !== '' && scan.kinds[kind] ? kind : '',
        active: stays ? active : 0,
        asked: null,
      }))
      if (!stays) announce(scan.total === 0 ? nothingLeft(scan.notes) : `${formatCount(scan.total)} found`)
    }
    const { notes, total, findings } = scan
    return { notes, found: total, findings, cost: performance.now() - start, isOld: false }
  },
})

/** The check as far as it was gone through; null until it has run. It runs when somebody asks for it. */
export function useCheck() {
  const kind = useReview((state) => state.kind)
  const active = useReview((state) => state.active)
  const { data: check, ...work } = question.useAnswer(false)
  const findings = check?.findings ?? NO_FINDINGS
  const shown = useMemo(() => ofKind(findings, kind), [findings, kind])
  return { ...work, check, findings, shown, active: Math.max(0, Math.min(active, shown.length - 1)) }
}

const shownNow = (): readonly Finding[] => ofKind(question.peek()?.findings ?? NO_FINDINGS, getState().kind)

const activeFinding = (): Finding | undefined => {
  const shown = shownNow()
  return shown[Math.min(getState().active, shown.length - 1)]
}

/** `quietly`: the same place stays in sight, as after an undo. */
export function runCheck(quietly = false): void {
  isQuiet = quietly
  setState({ asked: null, tab: 'review' })
  question.ask()
}

export const stopCheck = question.cancel

export function goToFinding(index: number): void {
  setState({ active: Math.max(0, Math.min(shownNow().length - 1, index)), asked: null })
}

export const stepFinding = (step: 1 | -1): void => goToFinding(getState().active + step)

export function showKind(kind: Kind | ''): void {
  setState({ kind, active: 0, asked: null })
}

const markOld = (): void => question.amend((check) => ({ ...check, isOld: true }))
const leaveFindings = (findings: readonly Finding[]): void => {
  question.amend((check) => ({ ...check, findings }))
  goToFinding(getState().active)
}

function keepOnly(isLeft: (finding: Finding) => boolean): void {
  const check = question.peek()
  if (!check) return
  const left = check.findings.filter(isLeft)
  leaveFindings(left)
  if (left.length === 0) announce(nothingLeft(check.notes))
}

/** Runs a change of our own; when it fails the list may be wrong and says so. */
async function act<T>(work: () => Promise<T>): Promise<T | null> {
  acting++
  try {
    return await saving(work())
  } catch {
    markOld()
    return null
  } finally {
    acting--
  }
}

/**
 * The finding that is looked at, where its place in the note is certain: not while a redaction moves the text, nor
 * when something else has changed since the check.
 */
function actable(): Finding | undefined {
  if (isRedacting || question.isRunning()) return undefined
  if (!question.peek()?.isOld) return activeFinding()
  say('The project has changed since this check. Run it again first.')
  return undefined
}

const UNDO = { label: 'Undo', run: () => void undo() }

export async function keepFinding(): Promise<void> {
  const finding = actable()
  if (!finding) return
  const { noteId, start, end } = finding
  keepOnly((other) => other !== finding)
  const done = await act(() => store.identifiers.keep({ coderId: coderId(), noteId, span: { start, end } }))
  if (done) say(`Kept “${finding.text}”`, UNDO)
}

const fold = (words: string) => words.trim().toLocaleLowerCase('en-GB')

export async function ignoreEverywhere(): Promise<void> {
  const finding = actable()
  if (!finding) return
  const word = fold(finding.text)
  const left = () => question.peek()?.findings.length ?? 0
  const before = left()
  keepOnly((other) => fold(other.text) !== word)
  const places = before - left()
  const done = await act(async () => {
    const { allow } = await store.identifiers.words({})
    return store.identifiers.setWords({
      coderId: coderId(),
      words: { allow: [...new Set([...allow, finding.text])] },
    })
  })
  if (done) say(`“${finding.text}” is no longer reported (${counted(places, 'place')})`, UNDO)
}

let times = 0
const ask = (finding: Finding, isAll: boolean): void => setState({ asked: { isAll, finding, time: ++times } })

/** The first redaction of a session says what it does; after that one key is enough for one place. */
export function redactOne(): void {
  const finding = actable()
  if (!finding) return
  if (getState().hasAgreed) void redact([placeOf(finding)], finding)
  else ask(finding, false)
}

/** Always counts first: what goes is seen before it goes. */
export function redactAll(): void {
  const finding = actable()
  if (finding) ask(finding, true)
}

/** The places a redaction that is asked about takes out; null while they are counted, once for each time it is asked. */
export function usePlaces({ isAll, finding, time }: Asked): {
  places: readonly PlaceInNote[] | null
  problem: string | null
} {
  const { data, problem } = useJob(isAll ? `places ${time}` : null, (options) =>
    store.identifiers.places({ text: finding.text }, options),
  )
  const places = useMemo(() => {
    if (!isAll) return [placeOf(finding)]
    return data && withOwn(data, finding)
  }, [isAll, finding, data])
  return { places, problem }
}

const placeOf = ({ noteId, start, end }: PlaceInNote): PlaceInNote => ({ noteId, start, end })

/** A finding that is glued to other letters is no word of its own, but it is meant all the same. */
const withOwn = (places: readonly PlaceInNote[], finding: Finding): readonly PlaceInNote[] =>
  places.some((place) => keyOf(place) === keyOf(finding)) ? places : [...places, placeOf(finding)]

export const notesOf = (places: readonly PlaceInNote[]): number =>
  new Set(places.map(({ noteId }) => noteId)).size

export function confirmRedaction(places: readonly PlaceInNote[], finding: Finding): void {
  setState({ hasAgreed: true })
  void redact(places, finding)
}

export const cancelRedaction = (): void => setState({ asked: null })

/** What stands there must be what was read, for it cannot be brought back. */
async function isStill({ noteId, start, end, text }: Finding): Promise<boolean> {
  const note = await store.notes.get({ noteId })
  return note.text.slice(start, end) === text
}

async function redact(places: readonly PlaceInNote[], finding: Finding): Promise<void> {
  if (isRedacting) return
  isRedacting = true
  const { mask } = getState()
  setState({ asked: null })
  try {
    if (!(await isStill(finding))) return markOld()
    const done = await act(() => store.identifiers.redact({ coderId: coderId(), ranges: [...places], mask }))
    if (!done) return
    const left = afterRedaction(question.peek()?.findings ?? NO_FINDINGS, places, mask.length)
    const titles = await titlesOf(left, places)
    leaveFindings(left.map((each) => ({ ...each, noteTitle: titles.get(each.noteId) ?? each.noteTitle })))
    say(redactedWords(places, mask, done))
  } catch (error) {
    complain(error)
  } finally {
    isRedacting = false
  }
}

/** An untitled note is called by its first words, and those may be what was taken out. */
async function titlesOf(
  left: readonly Finding[],
  places: readonly PlaceInNote[],
): Promise<Map<string, string>> {
  const changed = new Set(places.map(({ noteId }) => noteId))
  const shown = [...new Set(left.map(({ noteId }) => noteId))].filter((id) => changed.has(id))
  const rows = await Promise.all(shown.map((noteId) => store.notes.row({ coderId: coderId(), noteId })))
  return new Map(rows.flatMap((row) => (row ? [[row.id, row.title] as const] : [])))
}

/** Never the words themselves: they are gone. */
function redactedWords(
  places: readonly PlaceInNote[],
  mask: string,
  { words: listed, isErased }: ResultOf<'identifiers.redact'>,
): string {
  const where = places.length === 1 ? 'One place' : counted(places.length, 'place')
  const notes = notesOf(places)
  const left = mask === '' ? 'Nothing replaces it.' : `Replaced with ${mask}.`
  const lists = listed === 0 ? '' : ` ${counted(listed, 'word')} removed from your lists.`
  const rest = isErased
    ? ''
    : ' The file could not be cleaned yet (a full disk, or another program has it open): what was taken out may still be found in it with special tools. Make room and close the project, which cleans it.'
  return `${where} redacted${notes > 1 ? ` in ${counted(notes, 'note')}` : ''}. ${left}${lists}${rest}`
}

/** Findings that were taken out are gone; those after them in the same note move with the text. */
export function afterRedaction(
  findings: readonly Finding[],
  places: readonly PlaceInNote[],
  mask: number,
): Finding[] {
  const cuts = new Map<string, Cut[]>()
  for (const { noteId, start, end } of [...places].sort((a, b) => a.start - b.start))
    cuts.set(noteId, [...(cuts.get(noteId) ?? []), { start, end, mask }])
  return findings.flatMap((finding) => {
    const own = cuts.get(finding.noteId)
    if (!own) return [finding]
    if (own.some((cut) => cut.start < finding.end && finding.start < cut.end)) return []
    const span = moveSpan(own, finding)
    return span ? [{ ...finding, ...span }] : []
  })
}

export function openFinding(): void {
  const finding = activeFinding()
  if (finding) jumpToNote(finding.noteId, { start: finding.start, end: finding.end })
}

/** How many of each kind are left, most first. */
export function kindsOf(findings: readonly Finding[]): { kind: Kind; count: number }[] {
  const counts = new Map<Kind, number>()
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || KIND_NAMES[a.kind].localeCompare(KIND_NAMES[b.kind]))
}

/** Something else changed what the check would find: an undo, an import, the lists. */
client.onChange(({ topics }) => {
  if (acting > 0) return
  if (topics.some((topic) => topic === 'identifiers' || topic === 'notes' || topic === 'project')) markOld()
})

export function catchUp({ isOld, cost }: Check): void {
  if (isOld && !question.isRunning() && cost < QUICK) runCheck(true)
}

useSession.subscribe((now, before) => {
  if (before.phase !== 'open') return
  if (now.phase !== 'open') setState(BLANK)
  else if (now.coderId !== before.coderId) setState({ active: 0, kind: '', asked: null })
})
