import { Notebook, NotebookPen, Search } from 'lucide-react'
import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { CodingId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import { byIdOf } from '../codes/codes.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { openNoteMemo, useNoteMemo } from '../memos/note-memo.ts'
import { useStore } from '../queries/use-store.ts'
import { useCoding } from '../state/coding.ts'
import { showCoding } from '../state/go-through.ts'
import { useCoder } from '../state/session.ts'
import { IconButton } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/VirtualList.tsx'
import { CodingRow } from './CodingRow.tsx'
import { useCodingMenu } from './coding-menu.ts'
import { removeAndGoOn } from './codings-keyboard.ts'
import { OthersList } from './OthersList.tsx'
import './inspector.css'
import { pressQualifier, wordsOf } from '../codes/qualifiers.ts'

/** The codings of this note in order; the one that is looked at stands in the drawer. */
export function Inspector({ codes }: { codes: readonly CodeRow[] }) {
  const codings = useCoding((state) => state.codings)
  const activeId = useCoding((state) => state.activeId)
  const note = useCoding((state) => state.note)
  const byId = useMemo(() => byIdOf(codes), [codes])
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  const segmentLabel = (coding: Coding) =>
    coding.span && note ? note.text.slice(coding.span.start, coding.span.end) : 'Whole note'
  const shown = filtered(codings, wanted, segmentLabel)
  return (
    <section className="pane inspector" aria-label="Codings of this note" data-pane="inspector">
      <CodingFilter query={query} onQuery={setQuery} shown={shown.length} total={codings.length} />
      {codings.length === 0 ? (
        <p className="pane-hint">Select text, then press a code or type its name with /.</p>
      ) : shown.length === 0 ? (
        <p className="pane-hint">No coding of this note matches “{wanted}”.</p>
      ) : (
        <CodingList codings={shown} codes={byId} activeId={activeId} segmentLabel={segmentLabel} />
      )}
      <OthersList codes={byId} segmentLabel={segmentLabel} />
    </section>
  )
}

/** Those in which every word stands: in the code's name, what is said of it, "memo", or the text. */
function filtered(
  codings: readonly Coding[],
  query: string,
  segmentLabel: (coding: Coding) => string,
): readonly Coding[] {
  const words = query.toLocaleLowerCase('en-GB').split(/\s+/).filter(Boolean)
  if (words.length === 0) return codings
  return codings.filter((coding) => {
    const text = wordsOf(coding, segmentLabel(coding))
    return words.every((word) => text.includes(word))
  })
}

function CodingFilter({
  query,
  onQuery,
  shown,
  total,
}: {
  query: string
  onQuery(query: string): void
  shown: number
  total: number
}) {
  return (
    <div className="filter">
      <Search size={14} aria-hidden="true" />
      <input
        className="filter-input"
        aria-label="Filter codings by code, qualifier or words"
        placeholder="Filter codings"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && query !== '') onQuery('')
          else if (event.key === 'ArrowDown') focusList(event)
          else return
          event.preventDefault()
        }}
      />
      <NoteMemoButton />
      <span className="filter-count number">{query.trim() === '' ? total : `${shown} of ${total}`}</span>
    </div>
  )
}

/** Opens the memo on the note; filled where there is one. */
function NoteMemoButton() {
  const note = useCoding((state) => state.note)
  const coder = useCoder()
  const isOpen = useNoteMemo((state) => state.isOpen)
  const { data } = useStore(
    'memos.list',
    note && { about: { kind: 'note', id: note.id }, codingMemosOf: coder, offset: 0, limit: 50 },
  )
  const count = data?.total ?? 0
  return (
    <IconButton
      icon={count > 0 ? NotebookPen : Notebook}
      label={count > 0 ? `${counted(count, 'memo')} on this note` : 'Write a memo on this note'}
      keys={keyLabel('noteMemo')}
      isPressed={isOpen}
      onClick={() => (isOpen ? useNoteMemo.setState({ isOpen: false }) : openNoteMemo())}
    />
  )
}

const focusList = (event: KeyboardEvent<HTMLElement>) =>
  event.currentTarget.closest('section')?.querySelector<HTMLElement>('[role=listbox]')?.focus()

function CodingList({
  codings,
  codes,
  activeId,
  segmentLabel,
}: {
  codings: readonly Coding[]
  codes: ReadonlyMap<string, CodeRow>
  activeId: CodingId | null
  segmentLabel(coding: Coding): string
}) {
  const list = useRef<VirtualListHandle>(null)
  const menu = useCodingMenu()
  return (
    <>
      <VirtualList
        ref={list}
        label="Codings"
        count={codings.length}
        rowHeight={26}
        active={codings.findIndex((coding) => coding.id === activeId)}
        keyOf={(index) => codings[index]?.id ?? String(index)}
        onActive={(index) => codings[index] && useCoding.setState({ activeId: codings[index].id })}
        onOpen={(index) => codings[index] && showCoding(codings[index])}
        onMenu={(index, x, y) => codings[index] && menu.open(codings[index], x, y)}
        onKeyDown={(event) => {
          const isRemoval = event.key === 'Delete' || event.key === 'Backspace'
          if (isRemoval && activeId) removeAndGoOn(activeId, codings)
          else if (!pressQualifier(event)) return
          event.preventDefault()
        }}
        row={(index) => {
          const coding = codings[index] as Coding
          return <CodingRow coding={coding} code={codes.get(coding.codeId)} segment={segmentLabel(coding)} />
        }}
      />
      {menu.element}
    </>
  )
}
