import { Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Coder } from '../../shared/contract/coders.ts'
import { useStore } from '../queries/use-store.ts'
import { useSession } from '../state/session.ts'
import { Asking } from '../ui/Asking.tsx'
import { Button } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { leaveRemoval, removalWords, removeNow, useRemoval } from './removal.ts'

const NO_CODERS: Coder[] = []

/** What removing the notes asked for takes along, before it is done. `toList` gives the keyboard back: to the row it was on, unless that goes. */
export function RemovalBar({ in: where, toList }: { in: 'table' | 'list'; toList(isGoing: boolean): void }) {
  const asked = useRemoval((state) => state.asked)
  if (asked?.in !== where) return null
  return <Bar key={asked.nums.join()} nums={asked.nums} toList={toList} />
}

function Bar({ nums, toList }: { nums: readonly number[]; toList(isGoing: boolean): void }) {
  const coders = useSession((state) => state.project?.coders ?? NO_CODERS)
  const { data } = useStore('notes.previewRemoval', { nums: [...nums] })
  const act = useRef<HTMLButtonElement>(null)
  const isKnown = data !== undefined
  useEffect(() => {
    if (isKnown) act.current?.focus()
  }, [isKnown])
  const leave = () => {
    toList(false)
    leaveRemoval()
  }
  const isRefused = data !== undefined && data.refusal !== null
  const words = counted(nums.length, 'note')
  return (
    <Asking label="Remove notes" onLeave={leave}>
      <Trash2 size={16} strokeWidth={1.75} aria-hidden="true" />
      <p className="asking-words number">
        {data && (
          <>
            <strong>{data.refusal ?? removalWords(nums.length, data, coders)}</strong>{' '}
            {!isRefused && 'Undo restores everything; for that, the text stays in the project file.'}
          </>
        )}
      </p>
      <div className="asking-acts">
        {!isRefused && (
          <Button
            ref={act}
            size="small"
            kind="danger"
            disabled={!data}
            onClick={() => {
              toList(true)
              void removeNow(nums, data)
            }}
          >
            Remove {words}
          </Button>
        )}
        <Button {...(isRefused ? { ref: act } : {})} size="small" kind="plain" onClick={leave}>
          Cancel
        </Button>
      </div>
    </Asking>
  )
}
