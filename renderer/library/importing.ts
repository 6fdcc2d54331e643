/**
 * The import that is being prepared or runs. It lives outside the screen: the sheet may be left while notes come in,
 * and shows how far they are when somebody comes back. What the store says on the way is a step of this one act, asked
 * for by a press and never made old by a change, so that it is no answer to a query.
 */
import { create } from 'zustand'
import type { Picked } from '../../shared/bridge.ts'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import type { ArgsOf } from '../../shared/contract/index.ts'
import type { ImportPreview, ImportReport } from '../../shared/contract/note-import.ts'
import { asProblem } from '../../shared/problem.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { coderId, goTo, save, say, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { counted } from '../ui/Feedback.tsx'
import {
  areSame,
  mapOf,
  type RoleName,
  type Roles,
  recalledRoles,
  rolesOf,
  withMapping,
  withRole,
} from './mapping.ts'
import { chosenRows, type RowChoice } from './row-choice.ts'

export type IdentifierChoice = NonNullable<ArgsOf<'notes.import'>['identifiers']>

/** `look` reads the first rows, `try` is the dry run. */
export type Work = {
  kind: 'look' | 'try' | 'import'
  token: CancelToken
  startedAt: number
  progress: Progress | null
}

/** `label` is what the journal calls it, to tell whether it can still be undone. */
export type ImportResult = { report: ImportReport; label: string | null }

export type Importing = {
  picked: Picked | null
  preview: ImportPreview | null
  roles: Roles
  /** The row of the file that holds the names of the columns, where somebody chose it. */
  heading: number | null
  rowChoice: RowChoice
  /** True while the mapping shown is the one used last for such a table. */
  isRecalled: boolean
  identifiers: IdentifierChoice
  work: Work | null
  trial: ImportReport | null
  /** Rows in all, known from a trial; they do not depend on the mapping. */
  rows: number | null
  result: ImportResult | null
  problem: string | null
}

const START: Importing = {
  picked: null,
  preview: null,
  roles: {},
  heading: null,
  rowChoice: {},
  isRecalled: false,
  identifiers: 'report',
  work: null,
  trial: null,
  rows: null,
  result: null,
  problem: null,
}

export const useImporting = create<Importing>(() => START)
const { setState, getState } = useImporting

export const isImportRunning = (): boolean => getState().work?.kind === 'import'

// Another project has nothing to do with what was prepared for this one.
useSession.subscribe((now, before) => {
  if (now.phase === before.phase && now.project?.id === before.project?.id) return
  getState().work?.token.cancel()
  setState(START)
})

/** Asks the person for files or a folder. */
export async function pickImport(from: 'files' | 'folder'): Promise<void> {
  const picked = await (from === 'files' ? window.bridge.pickImportFiles() : window.bridge.pickImportFolder())
  if (picked) prepareImport(picked)
}

/** Opens the sheet for what was picked or dropped. A running import is never thrown out by another one. */
export function prepareImport(picked: Picked): void {
  goTo('notes')
  if (isImportRunning()) {
    say('An import is running. Choose these files again when it has finished; nothing was read from them.')
    return
  }
  getState().work?.token.cancel()
  setState({ ...START, identifiers: getState().identifiers, picked })
  void look({})
}

/** Another sheet has headings of its own. */
async function look({ sheet, heading }: { sheet?: string; heading?: number }): Promise<void> {
  const { picked } = getState()
  if (!picked) return
  const args = {
    ticket: picked.ticket,
    ...(sheet === undefined ? {} : { sheet }),
    ...(heading === undefined ? {} : { heading }),
  }
  const preview = await working('look', (token) =>
    store.notes.previewImport(args, {
      signal: token,
      onProgress: (progress) => showProgress(token, progress),
    }),
  )
  if (!preview) return
  const recalled =
    preview.kind === 'table' ? recalledRoles(usePreferences.getState().mappings, preview.columns) : null
  const guess = rolesOf(preview)
  setState({
    preview,
    roles: recalled ?? guess,
    isRecalled: recalled !== null && !areSame(recalled, guess),
    heading: heading ?? null,
    rowChoice: {},
    trial: null,
    rows: null,
  })
}

export function chooseSheet(sheet: string): void {
  void look({ sheet })
}

export function chooseHeading(heading: number): void {
  const { preview } = getState()
  void look({ heading, ...(preview?.guess?.sheet === undefined ? {} : { sheet: preview.guess.sheet }) })
}

export function chooseRow(row: number, isTaken: boolean): void {
  setState({ rowChoice: { ...getState().rowChoice, [row]: isTaken }, trial: null })
}

export function chooseRole(column: string, name: RoleName): void {
  setState({ roles: withRole(getState().roles, column, name), trial: null, problem: null })
}

/** Takes rows that look like no notes, wherever they stand. */
export function takeRows(rows: readonly number[]): void {
  const taken = Object.fromEntries(rows.map((row) => [row, true]))
  setState({ rowChoice: { ...getState().rowChoice, ...taken } })
  void tryIt()
}

export function takeGuess(): void {
  const { preview } = getState()
  if (preview) setState({ roles: rolesOf(preview), isRecalled: false, trial: null, problem: null })
}

export function chooseIdentifiers(identifiers: IdentifierChoice): void {
  setState({ identifiers, trial: null })
}

export function cancelWork(): void {
  getState().work?.token.cancel()
}

export function closeImport(): void {
  if (isImportRunning()) return
  cancelWork()
  setState({ ...START, identifiers: getState().identifiers })
}

export const isReady = ({ preview, roles, work }: Importing): boolean =>
  preview !== null && work === null && (preview.kind === 'texts' || mapOf(roles) !== null)

const STOPPED: Record<Work['kind'], string> = {
  look: 'Reading the files was cancelled. Nothing was imported.',
  try: 'The trial was cancelled. Nothing was stored.',
  import: 'The import was cancelled. Nothing was imported.',
}

/** One job at a time; what fails is said on the sheet. Null when it failed or the sheet has gone. */
async function working<T>(kind: Work['kind'], run: (token: CancelToken) => Promise<T>): Promise<T | null> {
  getState().work?.token.cancel()
  const token = new CancelToken()
  const isMine = () => getState().work?.token === token
  setState({ work: { kind, token, startedAt: performance.now(), progress: null }, problem: null })
  try {
    const value = await run(token)
    return isMine() ? value : null
  } catch (error) {
    const { code, message } = asProblem(error)
    if (isMine()) setState({ problem: code === 'cancelled' ? STOPPED[kind] : message })
    return null
  } finally {
    if (isMine()) setState({ work: null })
  }
}

/** A file is looked through before its rows are read: each has its own pace, so each is timed by itself. */
function showProgress(token: CancelToken, progress: Progress): void {
  const { work } = getState()
  if (work?.token !== token) return
  const isNewPart = work.progress !== null && work.progress.words !== progress.words
  setState({ work: { ...work, progress, startedAt: isNewPart ? performance.now() : work.startedAt } })
}

function runImport(dryRun: boolean): Promise<ImportReport | null> {
  const { picked, preview, roles, identifiers, heading, rowChoice } = getState()
  if (!picked || !preview) return Promise.resolve(null)
  const mapped = preview.kind === 'table' ? mapOf(roles) : null
  const chosen = mapped && { ...mapped, ...(heading === null ? {} : { heading }), ...chosenRows(rowChoice) }
  // The sheet is named only where there is a choice, as the store's own guess does.
  const map =
    chosen && preview.guess?.sheet !== undefined ? { ...chosen, sheet: preview.guess.sheet } : chosen
  return working(dryRun ? 'try' : 'import', (token) =>
    store.notes.import(
      { coderId: coderId(), ticket: picked.ticket, map, dryRun, identifiers },
      { signal: token, onProgress: (progress) => showProgress(token, progress) },
    ),
  )
}

export const rowsOf = ({ notes }: ImportReport): number =>
  notes.added + notes.duplicate + notes.rejected.length + notes.leftOut.length

export async function tryIt(): Promise<void> {
  setState({ trial: null })
  const trial = await runImport(true)
  if (trial) setState({ trial, rows: rowsOf(trial) })
}

export async function importNow(): Promise<void> {
  const { preview, roles } = getState()
  const report = await runImport(false)
  if (!report) {
    if (useSession.getState().place !== 'notes' && getState().problem) tellElsewhere(getState().problem ?? '')
    return
  }
  if (preview?.kind === 'table')
    setPreferences({ mappings: withMapping(usePreferences.getState().mappings, roles) })
  const history = await store.history.state({ coderId: coderId() }).catch(() => null)
  setState({
    result: { report, label: report.notes.added > 0 ? (history?.undo ?? null) : null },
    trial: null,
  })
  const words = `${counted(report.notes.added, 'note')} imported`
  if (useSession.getState().place === 'notes') say(words)
  else tellElsewhere(words)
}

function tellElsewhere(words: string): void {
  say(words, { label: 'Show the import', run: () => goTo('notes') })
}

export function undoImport(): void {
  save(store.history.undo({ coderId: coderId() }), () => say('The import has been undone.'))
}
