/**
 * An export that the identifier check has stopped, until the person says what to do. It lives outside the screen: the
 * findings may be looked at in their notes, and the question is still there on the way back.
 */
import { create } from 'zustand'
import type { ExportCheck, ExportChoice, ExportFinding } from '../../shared/model.ts'
import { showCode } from '../codebook/selection.ts'
import { jumpToNote } from '../state/coding.ts'
import { announce, complain, goTo, type Place, say, useSession } from '../state/session.ts'
import { client } from '../store.ts'
import { counted } from '../ui/Feedback.tsx'

/** What an export verb answers: whether the file is there, and what the check found. */
export type ExportAnswer = { isWritten: boolean; check: ExportCheck }

/** One export of one place. `run` calls the store with the choice; the store writes nothing that was not decided on. */
export type ExportOrder<A extends ExportAnswer = ExportAnswer> = {
  place: Place
  /** The file's name, for show. */
  file: string
  /** What the check looks through: "quote", "text". */
  unit: string
  run(choice: ExportChoice): Promise<A>
  /** In words when the file is there. */
  done(answer: A): string
}

type Stopped = { order: ExportOrder; check: ExportCheck; isOld: boolean }
type Exporting = { stopped: Stopped | null; isBusy: boolean }

export const useExporting = create<Exporting>(() => ({ stopped: null, isBusy: false }))
const { setState, getState } = useExporting

/** Runs an export; where possible identifiers are found it stops, and the bar of the place asks. */
export async function startExport<A extends ExportAnswer>(order: ExportOrder<A>): Promise<void> {
  await run(order, 'ask')
}

async function run(order: ExportOrder, choice: ExportChoice): Promise<void> {
  if (getState().isBusy) return
  setState({ isBusy: true })
  try {
    const answer = await order.run(choice)
    if (answer.isWritten) {
      setState({ stopped: null })
      say(`${order.done(answer)}${fateOf(answer.check, choice, order.unit)}`)
    } else {
      setState({ stopped: { order, check: answer.check, isOld: false } })
      announce(`${foundWords(answer.check, order.unit)}. ${order.file} has not been written.`)
    }
  } catch (error) {
    complain(error)
  } finally {
    setState({ isBusy: false })
  }
}

export const foundWords = ({ total, withFindings }: ExportCheck, unit: string): string =>
  `${counted(total, 'possible identifier')} in ${counted(withFindings, unit)}`

function fateOf({ passages, total }: ExportCheck, choice: ExportChoice, unit: string): string {
  if (passages === 0) return ''
  if (total === 0) return `. Checked ${counted(passages, unit)} for possible identifiers: none found`
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
  if (now.phase !== before.phase || now.project?.id !== before.project?.id) setState({ stopped: null })
})
