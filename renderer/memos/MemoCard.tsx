import { Trash2 } from 'lucide-react'
import { type FocusEvent, useEffect, useRef, useState } from 'react'
import type { MemoId } from '../../shared/contract/basics.ts'
import type { Memo, MemoRow } from '../../shared/contract/memos.ts'
import { lazily } from '../../shared/lazily.ts'
import { MEMO_TYPES, type MemoDocument, type MemoSubject, type MemoType } from '../../shared/memo.ts'
import { useStore } from '../queries/use-store.ts'
import { undo } from '../state/coding.ts'
import { coderId, save, say, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { IconButton } from '../ui/Button.tsx'
import { flush, leave, unsavedOf, useWriting, type Writing, type WritingState, write } from './drafts.ts'
import { MemoReading } from './MemoReading.tsx'
import { MemoText } from './MemoText.tsx'
import { keyOfSubject } from './navigate.ts'
import './memos.css'

const moment = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }))
export const when = (at: string): string => moment().format(new Date(at))

const NOTHING: Writing = { type: null, title: '', body: [] }

type CardProps = {
  id: MemoId
  about: MemoSubject
  /** Null for a memo that nobody has begun. */
  row: MemoRow | null
  placeholder: string
  hasTitle?: boolean
  focusKey?: string
  onEscape(): void
}

/** One memo: the coder's own to write, another coder's to read. */
export function MemoCard(props: CardProps) {
  const { id, row } = props
  const coder = useSession((state) => state.coderId)
  const { data: memo } = useStore('memos.get', row ? { id } : null)
  // A memo begun here is on screen already when the file first knows of it.
  const isBegunHere = useRef(row === null).current
  if (row && !memo && !isBegunHere) return <div className="memo-card memo-card-wait" />
  if (row && memo && row.coderId !== coder) return <OthersMemo memo={memo} />
  return <OwnMemo {...props} memo={memo ?? null} />
}

function OthersMemo({ memo }: { memo: Memo }) {
  const name = useSession((state) => state.project?.coders.find(({ id }) => id === memo.coderId)?.name)
  return (
    <div className="memo-card memo-card-read">
      {memo.title && <p className="memo-card-title">{memo.title}</p>}
      <MemoReading body={memo.body} label={`Memo by ${name ?? 'another coder'}`} />
      <div className="memo-foot">
        <span>
          {name}, {when(memo.changedAt)}
          {memo.type && `, ${memo.type}`}
        </span>
      </div>
    </div>
  )
}

function OwnMemo({
  id,
  about,
  memo,
  placeholder,
  hasTitle = false,
  focusKey = keyOfSubject(about),
  onEscape,
}: CardProps & { memo: Memo | null }) {
  const [begun] = useState(() => unsavedOf(id))
  const now = useRef<Writing>({ ...(memo ?? NOTHING), ...begun })
  const isKept = useRef(memo !== null)
  isKept.current = memo !== null
  const [type, setType] = useState(now.current.type)
  const [title, setTitle] = useState(now.current.title)
  const state = useWriting(({ states }) => states[id])
  const isQuiet = state === undefined
  useEffect(() => {
    if (!memo || !isQuiet) return
    now.current = memo
    setType(memo.type)
    setTitle(memo.title)
  }, [memo, isQuiet])

  const change = (changes: Partial<Writing>) => {
    now.current = { ...now.current, ...changes }
    write(id, about, isKept.current, changes)
  }
  // Another thing may be chosen, or the place left, while the words still have the keyboard.
  useEffect(() => () => void leave(id, isKept.current, now.current), [id])
  const onBlur = (event: FocusEvent<HTMLDivElement>) => {
    if (event.currentTarget.contains(event.relatedTarget)) return
    // A window that is left comes back to the same words; a picker belongs to the memo.
    if (event.relatedTarget === null || (event.relatedTarget as HTMLElement).closest('.floating'))
      void flush(id)
    else void leave(id, isKept.current, now.current)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears that what is in it was left
    <div className="memo-card" onBlur={onBlur}>
      {hasTitle && (
        <input
          className="memo-title"
          aria-label="Title of the memo"
          placeholder="Title"
          maxLength={300}
          value={title}
          spellCheck={false}
          onChange={(event) => {
            setTitle(event.target.value)
            change({ title: event.target.value })
          }}
        />
      )}
      <MemoText
        id={id}
        body={memo?.body ?? begun.body ?? NO_WORDS}
        begun={begun.body}
        label="Memo"
        placeholder={placeholder}
        focusKey={focusKey}
        onText={(body) => change({ body })}
        onEscape={onEscape}
      />
      <div className="memo-foot">
        <TypeChoice
          type={type}
          onType={(next) => {
            setType(next)
            change({ type: next })
          }}
        />
        <span className="spacer" />
        <span className="memo-state" data-testid="memo-state">
          {stateWords(state, memo)}
        </span>
        {memo && <IconButton icon={Trash2} label="Remove this memo" onClick={() => remove(id)} />}
      </div>
    </div>
  )
}

const NO_WORDS: MemoDocument = []

const STATES: Record<WritingState, string> = {
  waiting: 'Saving…',
  saving: 'Saving…',
  failed: 'Not saved: ',
}

function stateWords(state: WritingState | undefined, memo: Memo | null): string {
  if (state) return STATES[state] + (state === 'failed' ? useSession.getState().saveProblem : '')
  return memo ? 'Saved' : ''
}

function remove(id: MemoId): void {
  void flush(id).then(() =>
    save(store.memos.remove({ coderId: coderId(), id }), () =>
      say('Removed the memo', { label: 'Undo', run: () => void undo() }),
    ),
  )
}

/** Small and quiet: most memos need no type, and a few are looked for by it. */
function TypeChoice({ type, onType }: { type: MemoType | null; onType(type: MemoType | null): void }) {
  return (
    <select
      className="memo-type"
      aria-label="Type of memo"
      value={type ?? ''}
      onChange={(event) => onType((event.target.value || null) as MemoType | null)}
    >
      <option value="">No type</option>
      {MEMO_TYPES.map((each) => (
        <option key={each} value={each}>
          {each.charAt(0).toUpperCase() + each.slice(1)}
        </option>
      ))}
    </select>
  )
}
