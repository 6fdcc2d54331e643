/** The check for identifiers: what it found, what is being looked at, and what is done about it. */
import { create } from 'zustand'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import type { IdentifierWords } from '../../shared/contract/identifiers.ts'
import type { ResultOf } from '../../shared/contract/index.ts'
import { asProblem } from '../../shared/problem.ts'
import { type Cut, moveSpan } from '../../shared/redaction.ts'
import { jumpToNote, undo } from '../state/coding.ts'
import { announce, coderId, complain, saving, say, useSession } from '../state/session.ts'
import { client, store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { type Finding, KIND_NAMES, type Kind, nothingLeft } from './identifier-labels.ts'

export type ListTexts = Record<keyof IdentifierWords, string>
export type PlaceInNote = ResultOf<'identifiers.places'>[number]
/** A redaction that waits for a yes. `places` is null while they are counted. */
export type Asked = { isAll: boolean; finding: Finding; places: readonly PlaceInNote[] | null }

type ReviewState = {
  tab: 'review' | 'words'
  /** Null until the check has run. */
  checked: { notes: number; found: number } | null
  findings: readonly Finding[]
  /** Place among the findings of the kind that is shown. */
  active: number
  kind: Kind | ''
  token: CancelToken | null
  progress: Progress | null
  problem: string | null
  /** How long the last check took, in ms: a quick one is run again by itself. */
  cost: number
  isOld: boolean
  mask: string
  asked: Asked | null
  /** The person has read in this session that a redaction is for good. */
  hasAgreed: boolean
  /** Lists as they are typed, not yet saved. */
  draft: ListTexts | null
}

const NO_FINDINGS: readonly Finding[] = []

const BLANK: ReviewState = {
  tab: 'review',
  checked: null,
  findings: NO_FINDINGS,
  active: 0,
  kind: '',
  token: null,
  progress: null,
  problem: null,
  cost: 0,
  isOld: false,
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

export const shownOf = ({ findings, kind }: Pick<ReviewState, 'findings' | 'kind'>): readonly Finding[] =>
  kind === '' ? findings : findings.filter((finding) => finding.kind === kind)

export const activeFinding = (): Finding | undefined => shownOf(getState())[getState().active]

export const keyOf = ({ noteId, start, end }: PlaceInNote): string => `${noteId}:${start}-${end}`

/** `isQuiet`: the same place stays in sight, as after an undo. */
export async function runCheck(isQuiet = false): Promise<void> {
  getState().token?.cancel()
  const token = new CancelToken()
  const kept = isQuiet ? getState().active : 0
  setState({ token, progress: null, problem: null, asked: null, tab: 'review' })
  const isMine = () => getState().token === token
  const start = performance.now()
  try {
    const scan = await store.identifiers.scan(
      { limit: MOST_FINDINGS },
      { signal: token, onProgress: (progress) => isMine() && setState({ progress }) },
    )
    if (!isMine()) return
    setState(({ kind }) => ({
      token: null,
      checked: { notes: scan.notes, found: scan.total },
      findings: scan.findings,
      kind: kind !== '' && scan.kinds[kind] ? kind : '',
      cost: performance.now() - start,
      isOld: false,
    }))
    goToFinding(kept)
    if (!isQuiet) announce(scan.total === 0 ? nothingLeft(scan.notes) : `${formatCount(scan.total)} found`)
  } catch (error) {
    if (!isMine()) return
    const { code, message } = asProblem(error)
    setState({ token: null, problem: code === 'cancelled' ? null : message })
  }
}

export const stopCheck = (): void => getState().token?.cancel()

export function goToFinding(index: number): void {
  const last = shownOf(getState()).length - 1
  setState({ active: Math.max(0, Math.min(last, index)), asked: null })
}

export const stepFinding = (step: 1 | -1): void => goToFinding(getState().active + step)

export function showKind(kind: Kind | ''): void {
  setState({ kind, active: 0, asked: null })
}

function keepOnly(isLeft: (finding: Finding) => boolean): void {
  setState(({ findings }) => ({ findings: findings.filter(isLeft), asked: null }))
  goToFinding(getState().active)
  const { findings, checked } = getState()
  if (findings.length === 0) announce(nothingLeft(checked?.notes ?? 0))
}

/** Runs a change of our own; when it fails the list may be wrong and says so. */
async function act<T>(work: () => Promise<T>): Promise<T | null> {
  acting++
  try {
    return await saving(work())
  } catch {
    setState({ isOld: true })
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
  const { isOld, token } = getState()
  if (isRedacting || token) return undefined
  if (!isOld) return activeFinding()
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
  const before = getState().findings.length
  keepOnly((other) => fold(other.text) !== word)
  const places = before - getState().findings.length
  const done = await act(async () => {
    const { allow } = await store.identifiers.words({})
    return store.identifiers.setWords({
      coderId: coderId(),
      words: { allow: [...new Set([...allow, finding.text])] },
    })
  })
  if (done) say(`“${finding.text}” is no longer reported (${counted(places, 'place')})`, UNDO)
}

/** The first redaction of a session says what it does; after that one key is enough for one place. */
export function redactOne(): void {
  const finding = actable()
  if (!finding) return
  const places = [placeOf(finding)]
  if (getState().hasAgreed) void redact(places, finding)
  else setState({ asked: { isAll: false, finding, places } })
}

/** Always counts first: what goes is seen before it goes. */
export async function redactAll(): Promise<void> {
  const finding = actable()
  if (!finding) return
  const asked: Asked = { isAll: true, finding, places: null }
  setState({ asked })
  try {
    const places = await store.identifiers.places({ text: finding.text })
    if (getState().asked === asked) setState({ asked: { ...asked, places: withOwn(places, finding) } })
  } catch (error) {
    if (getState().asked === asked) setState({ asked: null })
    complain(error)
  }
}

const placeOf = ({ noteId, start, end }: PlaceInNote): PlaceInNote => ({ noteId, start, end })

/** A finding that is glued to other letters is no word of its own, but it is meant all the same. */
const withOwn = (places: readonly PlaceInNote[], finding: Finding): readonly PlaceInNote[] =>
  places.some((place) => keyOf(place) === keyOf(finding)) ? places : [...places, placeOf(finding)]

export const notesOf = (places: readonly PlaceInNote[]): number =>
  new Set(places.map(({ noteId }) => noteId)).size

export function confirmRedaction(): void {
  const { asked } = getState()
  if (!asked?.places) return
  setState({ hasAgreed: true })
  void redact(asked.places, asked.finding)
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
    if (!(await isStill(finding))) return setState({ isOld: true })
    const done = await act(() => store.identifiers.redact({ coderId: coderId(), ranges: [...places], mask }))
    if (!done) return
    const left = afterRedaction(getState().findings, places, mask.length)
    const titles = await titlesOf(left, places)
    setState({
      findings: left.map((each) => ({ ...each, noteTitle: titles.get(each.noteId) ?? each.noteTitle })),
    })
    goToFinding(getState().active)
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
client.onChange((event) => {
  if (acting > 0 || !getState().checked) return
  if (event.topics.some((topic) => topic === 'identifiers' || topic === 'notes' || topic === 'project'))
    setState({ isOld: true })
})

export function catchUp(): void {
  const { isOld, token, cost } = getState()
  if (isOld && !token && cost < QUICK) void runCheck(true)
}

useSession.subscribe((now, before) => {
  if (now.phase === 'open' || before.phase !== 'open') return
  getState().token?.cancel()
  setState(BLANK)
})
