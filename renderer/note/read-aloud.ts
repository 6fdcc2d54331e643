/** What a screen reader hears of the codes under the caret: they are painted, which it does not learn of. */
import { type ReadCodes, setPreferences, usePreferences } from '../preferences.ts'
import { nameOf } from '../state/coding.ts'
import { codingsAt } from '../state/go-through.ts'
import { segmentLabel } from '../state/segment-label.ts'
import { announce, useSession } from '../state/session.ts'
import { othersAt } from './others.ts'

/** In ms: the caret rests for this long before anything is said. */
const REST = 200

function wordsAt(offset: number, readCodes: ReadCodes): string {
  const own = codingsAt(offset).map(({ codeId, span }) =>
    readCodes === 'quotes' ? `${nameOf(codeId)}, ${segmentLabel(span)}` : nameOf(codeId),
  )
  return [...own, ...othersAt(offset)].join(readCodes === 'quotes' ? '; ' : ', ')
}

let announced = ''
let timer = 0
/** Says which codings cover the caret when that changes, as much as the person wants to hear. */
export function tellCodesAt(offset: number): void {
  const { readCodes } = usePreferences.getState()
  if (readCodes === 'nothing') return
  const words = wordsAt(offset, readCodes)
  if (words === announced) return
  announced = words
  window.clearTimeout(timer)
  const before = useSession.getState().announcement
  timer = window.setTimeout(() => {
    // What was done meanwhile is worth more than what lies under the caret.
    if (useSession.getState().announcement === before)
      announce(words === '' ? 'No code here' : `Coded: ${words}`)
  }, REST)
}

export const READ_CODES: readonly { value: ReadCodes; label: string }[] = [
  { value: 'nothing', label: 'Nothing' },
  { value: 'names', label: 'Code names' },
  { value: 'quotes', label: 'Names and words' },
]

/** The next of: nothing, the names of codes, names and words. */
export function stepReadCodes(): void {
  const { readCodes } = usePreferences.getState()
  const at = READ_CODES.findIndex(({ value }) => value === readCodes)
  const next = READ_CODES[(at + 1) % READ_CODES.length]
  if (!next) return
  setPreferences({ readCodes: next.value })
  announced = ''
  announce(`Read aloud over codes: ${next.label.toLowerCase()}`)
}
