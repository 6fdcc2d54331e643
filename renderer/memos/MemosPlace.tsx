import { NotebookPen, Plus, Search } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useRef } from 'react'
import type { CoderId, MemoId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Memo, MemoRow } from '../../shared/contract/memos.ts'
import { MEMO_TYPES } from '../../shared/memo.ts'
import { byIdOf } from '../codes/codes.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { useStore } from '../queries/use-store.ts'
import { useCoder, useSession } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { counted, EmptyState, ProblemNote } from '../ui/Feedback.tsx'
import { Select } from '../ui/Field.tsx'
import { Divider } from '../ui/Split.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/VirtualList.tsx'
import { useWriting } from './drafts.ts'
import { SUBJECT_ICONS } from './LinkPicker.tsx'
import { MemoCard, when } from './MemoCard.tsx'
import { useMemoFocus, wantMemo } from './memo-focus.ts'
import { openSubject } from './navigate.ts'
import './place.css'
import {
  beginMemo,
  clearFilters,
  isFiltered,
  type KindFilter,
  listArgs,
  type MemoSort,
  MOST_MEMOS,
  nameOfMemo,
  nameOfSubject,
  sorted,
  type TypeFilter,
  useMemoView,
} from './view.ts'

const NO_ROWS: MemoRow[] = []
const NO_CODES: CodeRow[] = []

/** Every memo of the project: looked through, read, written, and left for what it is about. */
export function MemosPlace() {
  const coder = useCoder()
  const view = useMemoView()
  const words = useDeferredValue(view.words)
  const { data, problem } = useStore('memos.list', listArgs(coder, { ...view, words }))
  const { data: codes = NO_CODES } = useStore('codes.list', {})
  const byId = useMemo(() => byIdOf(codes), [codes])
  const rows = useMemo(() => sorted(data?.rows ?? NO_ROWS, view.sort), [data, view.sort])
  const width = usePreferences((state) => state.memoListWidth)
  const isNone = data?.total === 0 && !isFiltered(view) && view.activeId === null
  return (
    <div className="place">
      <section className="pane memo-list" aria-label="Memos" data-pane="memos" style={{ width }}>
        <div className="place-head">
          <h1>Memos</h1>
          <span className="place-facts number">{data && counted(data.total, 'memo')}</span>
          <span className="spacer" />
          <Button size="small" icon={Plus} onClick={newMemo}>
            New project memo
          </Button>
        </div>
        {problem && (
          <div className="place-problem">
            <ProblemNote>{problem.message}</ProblemNote>
          </div>
        )}
        {!isNone && <MemoFilters />}
        {isNone ? (
          <EmptyState icon={NotebookPen} action={{ label: 'Write a project memo', onClick: newMemo }}>
            There are no memos yet. Write your thoughts on a coding (M), a note (Ctrl+M), a code, a case or
            the whole project.
          </EmptyState>
        ) : data && rows.length === 0 ? (
          <EmptyState action={{ label: 'Clear filters', onClick: clearFilters }}>
            No memo matches these filters.
          </EmptyState>
        ) : (
          <MemoList rows={rows} codes={byId} />
        )}
        {data && data.total > rows.length && (
          <p className="place-foot">The first {counted(MOST_MEMOS, 'memo')}; search to see others.</p>
        )}
      </section>
      <Divider
        label="Width of the list of memos"
        axis="x"
        of="before"
        size={width}
        min={300}
        max={720}
        onSize={(memoListWidth) => setPreferences({ memoListWidth })}
      />
      <section className="pane memo-pane" aria-label="Memo" data-pane="memo">
        <MemoPane
          key={view.activeId}
          id={view.activeId}
          isBegun={view.activeId === view.begunId}
          codes={byId}
        />
      </section>
    </div>
  )
}

function newMemo(): void {
  beginMemo()
  wantMemo(PANE)
}

/** What the pane's memo is asked for by. */
const PANE = 'memos place'

const TYPES: readonly { value: TypeFilter; label: string }[] = [
  { value: '', label: 'All types' },
  ...MEMO_TYPES.map((type) => ({ value: type, label: type.charAt(0).toUpperCase() + type.slice(1) })),
  { value: 'none', label: 'No type' },
]
const KINDS: readonly { value: KindFilter; label: string }[] = [
  { value: '', label: 'All subjects' },
  { value: 'project', label: 'The project' },
  { value: 'case', label: 'Cases' },
  { value: 'note', label: 'Notes' },
  { value: 'code', label: 'Codes' },
  { value: 'coding', label: 'Codings' },
]
const SORTS: readonly { value: MemoSort; label: string }[] = [
  { value: 'changed', label: 'Last changed first' },
  { value: 'created', label: 'Newest first' },
  { value: 'title', label: 'Title A to Z' },
]

function MemoFilters() {
  const { words, type, kind, coderId, sort } = useMemoView()
  const coders = useSession((state) => state.project?.coders)
  const set = useMemoView.setState
  return (
    <div className="memo-filters">
      <div className="search-box">
        <Search size={14} aria-hidden="true" />
        <input
          className="filter-input"
          aria-label="Search memos"
          placeholder="Search memos"
          value={words}
          spellCheck={false}
          onChange={(event) => set({ words: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && words !== '') set({ words: '' })
            else if (event.key === 'ArrowDown')
              event.currentTarget.closest('section')?.querySelector<HTMLElement>('[role=listbox]')?.focus()
            else return
            event.preventDefault()
          }}
        />
      </div>
      <Select
        label="Sort memos"
        isLabelHidden
        value={sort}
        options={SORTS}
        onValue={(sort) => set({ sort })}
      />
      <Select
        label="Type of memo"
        isLabelHidden
        value={type}
        options={TYPES}
        onValue={(type) => set({ type })}
      />
      <Select label="Subject" isLabelHidden value={kind} options={KINDS} onValue={(kind) => set({ kind })} />
      <Select<CoderId | ''>
        label="Written by"
        isLabelHidden
        value={coderId}
        options={[
          { value: '', label: 'All coders' },
          ...(coders ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onValue={(coderId) => set({ coderId })}
      />
    </div>
  )
}

function MemoList({ rows, codes }: { rows: readonly MemoRow[]; codes: ReadonlyMap<string, CodeRow> }) {
  const activeId = useMemoView((state) => state.activeId)
  const list = useRef<VirtualListHandle>(null)
  const at = rows.findIndex((row) => row.id === activeId)
  const isAsked = useMemoFocus((state) => state.wanted !== null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: on coming here, not on every change
  useEffect(() => {
    if (!isAsked) list.current?.focus()
  }, [])
  const open = (index: number) => {
    const row = rows[index]
    if (row) useMemoView.setState({ activeId: row.id })
  }
  return (
    <VirtualList
      ref={list}
      label="Memos"
      count={rows.length}
      rowHeight={50}
      active={at}
      keyOf={(index) => rows[index]?.id ?? String(index)}
      onActive={open}
      onKeyDown={(event) => {
        const row = rows[at]
        if (!row || event.key !== 'Enter') return
        event.preventDefault()
        // Enter writes on; with Ctrl it goes to what the memo is about.
        if (event.ctrlKey || event.metaKey) openSubject(row.about)
        else wantMemo(PANE)
      }}
      row={(index) => <MemoListRow row={rows[index] as MemoRow} codes={codes} />}
    />
  )
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

function MemoListRow({ row, codes }: { row: MemoRow; codes: ReadonlyMap<string, CodeRow> }) {
  const coder = useSession((state) => state.project?.coders.find(({ id }) => id === row.coderId)?.name)
  const Icon = SUBJECT_ICONS[row.about.kind]
  return (
    <div className="memo-row">
      <div className="memo-row-line">
        <span className="memo-row-name">{nameOfMemo(row)}</span>
        {row.type && (
          <span className={row.type === 'to do' ? 'memo-tag memo-tag-todo' : 'memo-tag'}>{row.type}</span>
        )}
      </div>
      <div className="memo-row-line memo-row-about">
        <Icon size={12} aria-hidden="true" />
        <span className="memo-row-subject">{nameOfSubject(row, codes)}</span>
        <span className="number">
          {coder}, {day.format(new Date(row.changedAt))}
        </span>
      </div>
    </div>
  )
}

function MemoPane({
  id,
  isBegun,
  codes,
}: {
  id: MemoId | null
  isBegun: boolean
  codes: ReadonlyMap<string, CodeRow>
}) {
  const isKept = useWriting((state) => id !== null && state.kept[id] === true)
  const isAsked = id !== null && (!isBegun || isKept)
  const { data: memo, problem } = useStore('memos.get', isAsked ? { id } : null)
  if (id === null) return <EmptyState>Select a memo to read it, or write one on the project.</EmptyState>
  if (problem?.code === 'not-found')
    return <EmptyState>This memo was removed. If you removed it, Ctrl+Z restores it.</EmptyState>
  if (isAsked && !memo && !isBegun) return null
  return (
    <div className="memo-page">
      {memo ? <MemoSubjectLine memo={memo} codes={codes} /> : <p className="memo-about">On the project</p>}
      {memo?.about.kind === 'coding' && <MemoQuote memo={memo} />}
      <MemoCard
        id={id}
        about={memo?.about ?? { kind: 'project' }}
        row={memo ?? null}
        placeholder="What do the data seem to say, how do we work, what do I bring to it?"
        hasTitle
        focusKey={PANE}
        onEscape={() => document.querySelector<HTMLElement>('.memo-list [role=listbox]')?.focus()}
      />
      {memo && (
        <p className="memo-dates number">
          Written {when(memo.createdAt)}
          {memo.changedAt !== memo.createdAt && `, changed ${when(memo.changedAt)}`}
        </p>
      )}
    </div>
  )
}

function MemoSubjectLine({ memo, codes }: { memo: Memo; codes: ReadonlyMap<string, CodeRow> }) {
  const Icon = SUBJECT_ICONS[memo.about.kind]
  if (memo.about.kind === 'project') return <p className="memo-about">On the project</p>
  return (
    <p className="memo-about">
      <Icon size={14} aria-hidden="true" />
      On the {memo.about.kind}{' '}
      <button type="button" className="link" onClick={() => openSubject(memo.about)}>
        {nameOfSubject(memo, codes)}
      </button>
    </p>
  )
}

const QUOTE = 400

/** The words that a memo on a coding is about. */
function MemoQuote({ memo }: { memo: Memo }) {
  const { data: note } = useStore('notes.get', memo.noteId === null ? null : { noteId: memo.noteId })
  if (!note) return null
  const quote = memo.span ? note.text.slice(memo.span.start, memo.span.end) : note.text
  return (
    <blockquote className="memo-segment">
      {quote.length > QUOTE ? `${quote.slice(0, QUOTE).trimEnd()}…` : quote}
    </blockquote>
  )
}
