import type { CodeRow } from '../../shared/contract/codes.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { applyNumbered } from '../state/coding-edits.ts'
import { useRecentCodes } from '../state/recent-codes.ts'
import { Tip } from '../ui/Button.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { takesWords, useDrag } from './dragging.ts'
import './recent.css'

/** The codes used last with the numbers that apply them. A code keeps its number while it is among them. */
export function RecentCodes({ codes }: { codes: ReadonlyMap<string, CodeRow> }) {
  const numbered = useRecentCodes((state) => state.numbered)
  const last = useRecentCodes((state) => state.newest[0])
  const over = useDrag((state) => state.over)
  if (numbered.length === 0) return null
  return (
    <ul
      className="recent-codes"
      aria-label="Recent codes"
      // Only where they stand in one row is there anything to scroll.
      onWheel={(event) => event.currentTarget.scrollBy({ left: event.deltaY })}
    >
      {numbered.map((id, index) => {
        const code = codes.get(id)
        if (!code || code.isRetired) return null
        const keys = id === last ? `${index + 1} or ${keyLabel('codeAgain')}` : `${index + 1}`
        return (
          <li key={id}>
            <Tip words={code.name} keys={keys} isAtOnce>
              <button
                type="button"
                className={over === id ? 'recent-code drop-here' : 'recent-code'}
                // The selection in the note stays what it is.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => applyNumbered(index + 1)}
                {...takesWords(code)}
              >
                <kbd>{index + 1}</kbd>
                <Swatch colour={code.colour} />
                <span className="recent-code-name">{code.name}</span>
              </button>
            </Tip>
          </li>
        )
      })}
    </ul>
  )
}
