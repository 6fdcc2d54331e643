import { Check, FileText, NotebookPen, RotateCcw, Search, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { NoteRow, NoteStatus } from '../../shared/contract/notes.ts'
import type { RoundRow } from '../../shared/contract/rounds.ts'
import { lazily } from '../../shared/lazily.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { RemovalBar } from '../library/RemovalBar.tsx'
import { askToRemove } from '../library/removal.ts'
import { openNoteMemo } from '../memos/note-memo.ts'
import { noteHandle } from '../note/handle.ts'
import { usePreferences } from '../preferences.ts'
import { NO_ORDER, type NoteOrder, useOrder, usePlaceOf, useRow, useRows } from '../queries/note-rows.ts'
import { chooseRound, goOnWith, useOwnRounds } from '../rounds/chosen.ts'
import { openNote, setStatus, useCoding } from '../state/coding.ts'
import { createKept } from '../state/kept-view.ts'
import { openListed } from '../state/open-listed.ts'
import { useCoder, useSession } from '../state/session.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { Select } from '../ui/Field.tsx'
import { type MenuItem, useMenu } from '../ui/Menu.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/VirtualList.tsx'

const DAY = lazily(
  () =>
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
)

export const shortDate = (date: string | null): string => {
  if (!date) return ''
  const day = date.slice(0, 10)
  const at = new Date(`${day}T00:00:00Z`)
  // What is no day of the calendar (30 February) is shown as it is written, not as the day that would follow.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) return date
  return DAY().format(at)
}

/** A shape for each status, so that colour is not needed to tell them apart. */
export function StatusDot({ status }: { status: NoteStatus }) {
  return (
    <svg
      className={`status-dot status-${status.replace(' ', '-')}`}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      role="img"
      aria-label={status}
    >
      <circle cx="6" cy="6" r="4.75" className="status-ring" />
      {status === 'in progress' && <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" className="status-fill" />}
      {status === 'finished' && (
        <>
          <circle cx="6" cy="6" r="5.25" className="status-fill" />
          <path d="M3.6 6.2l1.7 1.7 3.2-3.6" className="status-tick" />
        </>
      )}
    </svg>
  )
}

const ROW_HEIGHTS = { compact: 40, normal: 46, roomy: 54 }

/** What the list is filtered by, also after looking elsewhere. */
const useFilter = createKept('note-list', { query: '' })
const setQuery = (query: string) => useFilter.setState({ query })

export function NoteList({
  all,
  onOrder,
}: {
  /** Every note, in file order. */
  all: NoteOrder
  onOrder(order: NoteOrder): void
}) {
  const coderId = useCoder()
  const query = useFilter((state) => state.query)
  const wanted = query.trim()
  const density = usePreferences((state) => state.density)
  const noteId = useCoding((state) => state.noteId)
  const list = useRef<VirtualListHandle>(null)
  const { own: rounds, chosen: round } = useOwnRounds()
  const isAll = wanted === '' && round === null
  const found = useOrder(
    isAll
      ? null
      : {
          coderId,
          ...(wanted === '' ? {} : { query: wanted }),
          ...(round ? { filter: { roundId: round.id } } : {}),
        },
  )
  const shown = isAll ? all : (found.order ?? NO_ORDER)
  useEffect(() => onOrder(shown), [shown, onOrder])
  const rowAt = useRows(coderId, shown)
  const menuRow = useRef<NoteRow | null>(null)
  const menu = useMenu('Note', () => (menuRow.current ? menuItems(menuRow.current) : []))
  const active = usePlaceOf(shown, useRow(coderId, noteId))
  const openRow = useRow(coderId, noteId)
  useCommand('removeNotes', () => openRow && askToRemove([openRow.num], 'list'), openRow !== null)
  /** From the filter into the list, once it has what was asked for: the first note opens unless one of them is open. */
  const [isEntering, setEntering] = useState(false)
  const isReady = isAll || found.isCurrent
  useEffect(() => {
    if (!isEntering || !isReady) return
    setEntering(false)
    list.current?.focus()
    if (active === -1) void openListed(shown, 0)
  }, [isEntering, isReady, active, shown])
  return (
    <section className="pane note-list" aria-label="Note list" data-pane="list">
      <div className="filter">
        <Search size={14} aria-hidden="true" />
        <input
          className="filter-input"
          aria-label="Filter notes"
          placeholder="Filter notes"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') setQuery('')
            else if (event.key === 'ArrowDown' || event.key === 'Enter') setEntering(true)
            else return
            event.preventDefault()
          }}
        />
        <span className="filter-count number">
          {isAll ? formatCount(all.length) : `${formatCount(shown.length)} of ${formatCount(all.length)}`}
        </span>
      </div>
      <RemovalBar in="list" toList={() => list.current?.focus()} />
      {rounds.length > 0 && <RoundChoice rounds={rounds} chosen={round} coderId={coderId} />}
      {found.isCurrent && shown.length === 0 && all.length > 0 ? (
        <p className="pane-hint">No note matches “{wanted}”.</p>
      ) : (
        <VirtualList
          ref={list}
          label="Notes"
          count={shown.length}
          rowHeight={ROW_HEIGHTS[density]}
          active={active}
          keyOf={(index) => String(shown[index])}
          onActive={(index) => {
            // Who chooses a note here goes on from here: there is no way back left to offer.
            useSession.setState({ cameFrom: null })
            void openListed(shown, index)
          }}
          onOpen={() => noteHandle.current?.focus()}
          onMenu={(index, x, y) => {
            menuRow.current = rowAt(index) ?? null
            if (menuRow.current) menu.openAt(x, y)
          }}
          row={(index) => {
            const row = rowAt(index)
            return row && <NoteListRow row={row} />
          }}
        />
      )}
      {menu.menu}
    </section>
  )
}

/** All notes, or those of one of the coder's rounds, with how many of them are finished. */
function RoundChoice({
  rounds,
  chosen,
  coderId,
}: {
  rounds: readonly RoundRow[]
  chosen: RoundRow | null
  coderId: CoderId
}) {
  const done = ({ coders }: RoundRow) => coders.find((each) => each.coderId === coderId)?.finished ?? 0
  // The first that is not done yet; whoever works through a round needs no word of it.
  const waiting = chosen === null ? rounds.find((round) => done(round) < round.notes) : undefined
  return (
    <div className="note-list-round">
      <Select
        label="Notes of"
        isLabelHidden
        value={chosen?.id ?? ''}
        options={[
          { value: '', label: 'All notes' },
          ...rounds.map((round) => ({
            value: round.id,
            label: `${round.name}: ${formatCount(done(round))} of ${formatCount(round.notes)}`,
          })),
        ]}
        onValue={(id) => chooseRound(id === '' ? null : id)}
      />
      {waiting && (
        <button
          type="button"
          className="note-list-waiting"
          title={`Go on with ${waiting.name}`}
          onClick={() => void goOnWith(waiting.id)}
        >
          <span className="number">{counted(waiting.notes - done(waiting), 'note')}</span> to finish in{' '}
          {waiting.name}
        </button>
      )}
    </div>
  )
}

const menuItems = (row: NoteRow): MenuItem[] => [
  {
    id: 'open',
    label: 'Open',
    icon: FileText,
    onSelect: () => void openNote(row.id).then(() => noteHandle.current?.focus()),
  },
  {
    id: 'status',
    label: row.status === 'finished' ? 'Reopen' : 'Mark finished',
    icon: row.status === 'finished' ? RotateCcw : Check,
    keys: keyLabel('toggleFinished'),
    onSelect: () => void setStatus(row.id, row.status === 'finished' ? 'in progress' : 'finished'),
  },
  {
    id: 'memo',
    label: 'Write a memo on this note',
    icon: NotebookPen,
    keys: keyLabel('noteMemo'),
    onSelect: () => void openNote(row.id).then(openNoteMemo),
  },
  'line',
  {
    id: 'remove',
    label: 'Remove this note…',
    icon: Trash2,
    isDanger: true,
    onSelect: () => askToRemove([row.num], 'list'),
  },
]

function NoteListRow({ row }: { row: NoteRow }) {
  return (
    <div className="note-row">
      <StatusDot status={row.status} />
      <div className="note-row-words">
        <div className="note-row-title">{row.title}</div>
        <div
          className="note-row-meta number"
          title={[shortDate(row.date), row.caseId].filter(Boolean).join(' · ')}
        >
          <span>{shortDate(row.date)}</span>
          {row.caseId && <span>{row.caseId}</span>}
        </div>
      </div>
      {row.codings > 0 && (
        <span
          className="note-row-count number"
          role="img"
          aria-label={`${formatCount(row.codings)} of my codings`}
          title={`${formatCount(row.codings)} of my codings`}
        >
          {row.codings}
        </span>
      )}
    </div>
  )
}
