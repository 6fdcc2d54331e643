/** What the mouse does in the text besides what every text does by itself. */
import type { MouseEvent } from 'react'
import { paragraphAt, sentenceAt } from '../../shared/sentences.ts'
import { selectText } from '../state/coding.ts'
import { writeSelection } from './caret.ts'
import { offsetAtPoint } from './hit.ts'
import type { OffsetMap } from './offset-map.ts'

/** The third press on a spot selects the sentence there, the fourth the paragraph; the second is the page's own. */
export function pressAgain(event: MouseEvent, map: OffsetMap): void {
  if (event.button !== 0 || event.detail < 3) return
  const offset = offsetAtPoint(map, event.clientX, event.clientY)
  const unit = offset === null ? null : (event.detail === 3 ? sentenceAt : paragraphAt)(map.text, offset)
  if (!unit) return
  event.preventDefault()
  writeSelection(map, { anchor: unit.start, focus: unit.end })
  selectText({ anchor: unit.start, focus: unit.end })
}
