import { Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { MemoId } from '../../shared/contract/basics.ts'
import type { MemoRow } from '../../shared/contract/memos.ts'
import type { MemoSubject } from '../../shared/memo.ts'
import { newId } from '../ids.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { useStore } from '../queries/use-store.ts'
import { useCoder } from '../state/session.ts'
import { Tip } from '../ui/Button.tsx'
import { begunOn, useWriting } from './drafts.ts'
import { MemoCard } from './MemoCard.tsx'
import { wantMemo } from './memo-focus.ts'
import { keyOfSubject } from './navigate.ts'

const NO_ROWS: MemoRow[] = []
/** More memos than this on one thing are found in the Memos place. */
const MOST = 50

/**
 * The memos on one thing, oldest first: the coder's own to write, those of others to read, and a line to begin one.
 * Of codings only the coder's own are shown.
 */
export function Memos({
  about,
  placeholder,
  onEscape,
}: {
  about: MemoSubject
  placeholder: string
  onEscape?: () => void
}) {
  const coder = useCoder()
  const { data } = useStore('memos.list', { about, codingMemosOf: coder, offset: 0, limit: MOST })
  const rows = data?.rows ?? NO_ROWS
  const { next, isBegun, isWanted, want } = useNextMemo(about, rows)
  const isBeingWritten = useWriting(({ states }) => states[next] !== undefined)
  const hasOwn = rows.some((row) => row.coderId === coder)
  const canBegin = hasOwn && (isBegun || !isWanted)
  useCommand('anotherMemo', want, canBegin)
  if (!data) return null
  const written = rows.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
  const ids = written.map((row) => row.id)
  // What is being written stays, whatever a list says that knows nothing of it yet.
  if (!isBegun && (!hasOwn || isWanted || isBeingWritten)) ids.push(next)
  const leaveByEscape = onEscape ?? (() => (document.activeElement as HTMLElement | null)?.blur())
  // Who asks for the memo of this thing means the first one of their own.
  const first = written.find((row) => row.coderId === coder)?.id ?? next
  return (
    <div className="memos">
      {ids.map((id) => (
        <MemoCard
          key={id}
          id={id}
          about={about}
          row={rows.find((row) => row.id === id) ?? null}
          placeholder={placeholder}
          focusKey={id === first ? keyOfSubject(about) : id}
          onEscape={leaveByEscape}
        />
      ))}
      {canBegin && (
        <Tip words="Another memo on the same" keys={keyLabel('anotherMemo')} isDescription>
          <button type="button" className="memo-another" onClick={want}>
            <Plus size={12} aria-hidden="true" /> Another memo
          </button>
        </Tip>
      )}
    </div>
  )
}

/** The id of the memo that is begun next: it stays while the memo is written and saved, so that the keyboard does too. */
function useNextMemo(about: MemoSubject, rows: readonly MemoRow[]) {
  const [next, setNext] = useState<MemoId>(() => begunOn(about) ?? newId())
  const [isWanted, setWanted] = useState(false)
  const isBegun = rows.some((row) => row.id === next)
  const wasBegun = useRef(false)
  const renew = (wanted: boolean) => {
    const id: MemoId = newId()
    setNext(id)
    setWanted(wanted)
    if (wanted) wantMemo(id)
  }
  useEffect(() => {
    // An undo took it out of the file: what is written next is another memo.
    if (wasBegun.current && !isBegun) {
      setNext(newId())
      setWanted(false)
    }
    wasBegun.current = isBegun
  }, [isBegun])
  return { next, isBegun, isWanted, want: () => renew(true) }
}
