/**
 * Files on their way out: what is being written, and an export that the identifier check has stopped until the person
 * says what to do. They live outside the screen: the findings may be looked at in their notes, and the question is
 * still there on the way back. What was found belongs to this one attempt to write, so that it is no answer to a query.
 */
import { create } from 'zustand'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import type { ExportCheck, ExportChoice, ExportFinding } from '../../shared/contract/exports.ts'
import { asProblem } from '../../shared/problem.ts'
import type { CallOptions } from '../../shared/rpc.ts'
import { showCode } from '../codebook/selection.ts'
import { jumpToNote } from '../state/coding.ts'
import { announce, complain, goTo, type Place, say, useSession } from '../state/session.ts'
import { client } from '../store.ts'
import { counted } from '../ui/Feedback.tsx'

/** What an export verb answers: whether the file is there, and what the check found. */
export type ExportAnswer = { isWritten: boolean; check: ExportCheck }

type FileOrder = {
  place: Place
  /** The file's name, for show. */
  file: string
}

/** One export of one place. `run` calls the store with the choice; the store writes nothing that was not decided on. */
export type ExportOrder<A extends ExportAnswer = ExportAnswer> = FileOrder & {
  /** What the check looks through: "quote", "text". */
  unit: string
  run(choice: ExportChoice, options: CallOptions): Promise<A>
  /** In words when the file is there. */
  done(answer: A): string
}

type Stopped = { order: ExportOrder; check: ExportCheck; isOld: boolean }
type Running = { place: Place; token: CancelToken; progress: Progress | null }
type Exporting = { stopped: Stopped | null; running: Running | null }

export const useExporting = create<Exporting>(() => ({ stopped: null, running: null }))
const { setState, getState } = useExporting

/** What is said once a file is there, with what it could not hold. */
export const writtenWords = (written: string, warnings: readonly string[]): string =>
  warnings.length === 0 ? written : [`${written}.`, ...warnings].join(' ')

/** Runs an export; where possible identifiers are found it stops, and the bar of the place asks. */
export async function startExport<A extends ExportAnswer>(order: ExportOrder<A>): Promise<void> {
  await run(order, 'ask')
}

/** Writes a file that holds no words of notes, which nothing needs to be asked about. */
export async function writeOut<A>(
  order: FileOrder & { run(options: CallOptions): Promise<A>; done(answer: A): string },
): Promise<void> {
  const answer = await underWay(order, order.run)
  if (answer !== null) say(order.done(answer))
}

async function run(order: ExportOrder, choice: ExportChoice): Promise<void> {
  const answer = await underWay(order, (options) => order.run(choice, options))
  if (answer === null) return
  if (answer.isWritten) {
    setState({ stopped: null })
    say(`${order.done(answer)}${fateOf(answer.check, choice, order.unit)}`)
  } else {
    setState({ stopped: { order, check: answer.check, isOld: false } })
    announce(`${foundWords(answer.check, order.unit)}. ${order.file} has not been written.`)
  }
}

/** One file at a time. Null where it came to nothing, which has been said. */
async function underWay<A>(
  { place, file }: FileOrder,
  write: (options: CallOptions) => Promise<A>,
): Promise<A | null> {
  if (getState().running) {
    say('Another export is running. Wait for it, or cancel it where you started it.')
    return null
  }
  const token = new CancelToken()
  const show = (progress: Progress | null) => setState({ running: { place, token, progress } })
  show(null)
  try {
    return await write({ signal: token, onProgress: show })
  } catch (error) {
    if (asProblem(error).code === 'cancelled') say(`Export cancelled. ${file} has not been written.`)
    else complain(error)
    return null
  } finally {
    setState({ running: null })
  }
}

export const foundWords = ({ total, withFindings }: ExportCheck, unit: string): string =>
  `${counted(total, 'possible identifier')} in ${counted(withFindings, unit)}`

function fateOf({ checked, total }: ExportCheck, choice: ExportChoice, unit: string): string {
  if (checked === 0) return ''
  if (total === 0) return `. Checked ${counted(checked, unit)} for possible identifiers: none found`
  const found = counted(total, 'possible identifier')
  return choice === 'mask'
    ? `, with ${found} masked`
    : `, with ${found} as ${total === 1 ? 'it is' : 'they are'}`
}

export function decide(choice: ExportChoice): void {
  const { stopped } = getState()
  if (stopped) void run(stopped.order, choice)
}

export function cancelExport(): void {
  const { stopped } = getState()
  setState({ stopped: null })
  if (stopped) say(`Export cancelled. ${stopped.order.file} has not been written.`)
}

/** Leads to where a finding stands: in its note, or in the entry of its code. */
export function showFinding({ place, codeId }: ExportFinding): void {
  if (place) jumpToNote(place.noteId, { start: place.start, end: place.end })
  else if (codeId !== null) {
    showCode(codeId)
    goTo('codebook')
  }
}

/** What was found may have been redacted, kept or rewritten since. */
client.onChange((event) => {
  const { stopped } = getState()
  if (!stopped || stopped.isOld) return
  if (event.topics.some((topic) => ['notes', 'codes', 'codings', 'identifiers', 'project'].includes(topic)))
    setState({ stopped: { ...stopped, isOld: true } })
})

useSession.subscribe((now, before) => {
  const isOther = now.coderId !== before.coderId || now.project?.id !== before.project?.id
  if (isOther || now.phase !== before.phase) setState({ stopped: null })
})
