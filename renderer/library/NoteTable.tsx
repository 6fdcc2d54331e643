import { ArrowDown, ArrowUp, Check, FileText, Info, RotateCcw, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react'
import type { Attribute, NoteRow } from '../../shared/contract/notes.ts'
import { StatusDot, shortDate } from '../coding/NoteList.tsx'
import { commandFor, keyLabel } from '../keys/own-keys.ts'
import { runCommand } from '../keys/use-command.ts'
import {
  type AttributeName,
  loadRow,
  type NoteOrder,
  peekRow,
  type RowAt,
  useRows,
} from '../queries/note-rows.ts'
import { jumpToNote, setStatus } from '../state/coding.ts'
import { coderId, useCoder } from '../state/session.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { type MenuItem, useMenu } from '../ui/Menu.tsx'
import { type Column, type SortOrder, Table } from '../ui/Table.tsx'
import { TickBox } from '../ui/Tick.tsx'
import { inWords } from './attribute-labels.ts'
import {
  columnIdOf,
  nextSort,
  PLAIN_COLUMNS,
  type PlainColumn,
  setView,
  useNoteView,
  type ViewSort,
} from './note-view.ts'
import { askToRemove } from './removal.ts'
import { reachRow, tick, tickAll, tickedOf, untickAll, useTicks } from './ticks.ts'

export function NoteTable({
  order,
  shownColumns,
  attributes,
}: {
  order: NoteOrder
  /** Columns to show besides the title, by id. */
  shownColumns: readonly string[]
  attributes: readonly Attribute[]
}) {
  const sort = useNoteView((state) => state.sort)
  const chosen = useNoteView((state) => (state.side?.kind === 'facts' ? state.side.noteId : null))
  const coder = useCoder()
  const rowAt = useRows(coder, order, attributes)
  const ticked = useTicks((state) => state.ticked)
  const places = useMemo(() => [...order.keys()], [order])
  const columns = useMemo(
    () =>
      [
        titleColumn(sort, chosen, order, ticked),
        ...PLAIN_COLUMNS.filter((id) => shownColumns.includes(id)).map((id) => plainColumn(id, sort)),
        ...attributes.map((attribute, at) => attributeColumn(attribute, at, sort)),
      ].map((column) => inPlace(column, rowAt)),
    [sort, chosen, order, ticked, shownColumns, attributes, rowAt],
  )
  const menuRow = useRef<NoteRow | null>(null)
  const menu = useMenu('Note', () => (menuRow.current ? menuItems(menuRow.current, order) : []))
  return (
    <>
      <Table
        label="Notes"
        columns={columns}
        rows={places}
        keyOf={(place) => String(order[place])}
        activeKey={chosen === null ? null : String(peekRow(coder, chosen)?.num)}
        onOpen={(place) =>
          void loadRow(coderId(), order[place] ?? 0).then((row) => {
            if (row) jumpToNote(row.id, null)
          })
        }
        onPress={(place) => {
          const row = rowAt(place)
          if (row) showFacts(row)
        }}
        onMenu={(place, x, y) => {
          menuRow.current = rowAt(place) ?? null
          if (menuRow.current) menu.openAt(x, y)
        }}
        onKeyDown={onKeys}
      />
      {menu.menu}
    </>
  )
}

const showFacts = (row: NoteRow) => setView({ side: { kind: 'facts', noteId: row.id } })

function onKeys(event: KeyboardEvent<HTMLElement>): void {
  const command = commandFor(event, 'notes')
  if (command && runCommand(command)) event.preventDefault()
}

/** Of ticked notes, removing takes all of them. */
function menuItems(row: NoteRow, order: NoteOrder): MenuItem[] {
  const { ticked } = useTicks.getState()
  const nums = ticked.has(row.num) ? tickedOf(order, ticked) : [row.num]
  const isFinished = row.status === 'finished'
  return [
    { id: 'code', label: 'Code this note', icon: FileText, onSelect: () => jumpToNote(row.id, null) },
    { id: 'facts', label: 'About this note', icon: Info, onSelect: () => showFacts(row) },
    {
      id: 'status',
      label: isFinished ? 'Reopen' : 'Mark finished',
      icon: isFinished ? RotateCcw : Check,
      onSelect: () => void setStatus(row.id, isFinished ? 'in progress' : 'finished'),
    },
    'line',
    {
      id: 'remove',
      label: nums.length === 1 ? 'Remove this note…' : `Remove ${counted(nums.length, 'note')}…`,
      icon: Trash2,
      isDanger: true,
      keys: keyLabel('removeNotes'),
      onSelect: () => askToRemove(nums, 'table'),
    },
  ]
}

/** Cells stay empty for the blink until their row comes. The store sorts, so no column says what it is sorted by. */
const inPlace = (
  { id, head, name, width, isNumber = false, cell }: Column<NoteRow>,
  rowAt: RowAt,
): Column<number> => ({
  id,
  head,
  name,
  width,
  isNumber,
  cell: (place) => {
    const row = rowAt(place)
    return row && cell(row)
  },
})

const Missing = () => <span className="missing">missing</span>

/** The table's own sorting knows only the rows it has; here the store sorts, and the head asks for it. */
function SortHead({
  id,
  name,
  sort,
  isNumber = false,
  children,
}: {
  id: string
  name: string
  sort: ViewSort | null
  isNumber?: boolean
  children: ReactNode
}) {
  const isSorted = sort?.column === id
  const order = !isSorted ? '' : sort.isDown ? ', now descending' : ', now ascending'
  const Arrow = sort?.isDown ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      className="table-sort"
      aria-label={`Sort by ${name}${order}`}
      onClick={() => setView({ sort: nextSort(sort, id, isNumber) })}
    >
      <span>{children}</span>
      {isSorted && <Arrow size={12} aria-hidden="true" />}
    </button>
  )
}

const orderOf = (sort: ViewSort | null, id: string): SortOrder =>
  sort?.column !== id ? 'none' : sort.isDown ? 'descending' : 'ascending'

function titleColumn(
  sort: ViewSort | null,
  chosen: string | null,
  order: NoteOrder,
  ticked: ReadonlySet<number>,
): Column<NoteRow> {
  const shown = tickedOf(order, ticked).length
  const state = shown === 0 ? 'none' : shown === order.length ? 'all' : 'some'
  return {
    id: 'title',
    order: orderOf(sort, 'title'),
    head: (
      <>
        <TickBox
          label={`All ${counted(order.length, 'note')}`}
          state={state}
          onPress={() => (state === 'all' ? untickAll() : tickAll(order))}
        />
        <SortHead id="title" name="title" sort={sort}>
          Title
        </SortHead>
      </>
    ),
    name: 'title',
    width: 'minmax(220px, 1fr)',
    cell: (row) => (
      <>
        <TickBox
          label={`Tick ${row.title}`}
          state={ticked.has(row.num) ? 'all' : 'none'}
          onPress={(isRange) => tick(order, row.num, isRange)}
        />
        <button
          type="button"
          className="cell-button"
          aria-current={row.id === chosen}
          title={row.title}
          data-note={row.num}
          onFocus={() => reachRow(row.num)}
          onClick={(event) => {
            // Enter goes on from what is known of a note to its text; a click is the first half of a double one.
            if (event.detail === 0 && row.id === chosen) jumpToNote(row.id, null)
            else showFacts(row)
          }}
        >
          {row.title}
        </button>
      </>
    ),
  }
}

/** Ids of one extract differ at their end: what is too long loses its middle. */
const ID_END = 7
/** As many characters as the column surely has room for. */
const FITS = 12

const NoteId = ({ id }: { id: string }) =>
  id.length <= FITS ? (
    <span>{id}</span>
  ) : (
    <span className="note-id" title={id}>
      <span className="visually-hidden">{id}</span>
      <span className="truncate" aria-hidden="true">
        {id.slice(0, -ID_END)}
      </span>
      <span aria-hidden="true">{id.slice(-ID_END)}</span>
    </span>
  )

type Plain = { head: string; name: string; width: string; isNumber?: boolean; cell(row: NoteRow): ReactNode }

const PLAIN: Record<PlainColumn, Plain> = {
  id: {
    head: 'Note',
    name: 'note id',
    width: '136px',
    cell: (row) => <NoteId id={row.id} />,
  },
  case: {
    head: 'Case',
    name: 'case',
    width: '96px',
    cell: (row) =>
      row.caseId === null ? (
        <Missing />
      ) : (
        <span className="truncate" title={row.caseId}>
          {row.caseId}
        </span>
      ),
  },
  date: {
    head: 'Date',
    name: 'date',
    width: '116px',
    isNumber: true,
    cell: (row) => (row.date === null ? <Missing /> : shortDate(row.date)),
  },
  length: {
    head: 'Characters',
    name: 'number of characters',
    width: '112px',
    isNumber: true,
    cell: (row) => formatCount(row.length),
  },
  status: {
    head: 'Status',
    name: 'status',
    width: '124px',
    cell: (row) => (
      <span className="cell-status">
        <StatusDot status={row.status} />
        {row.status}
      </span>
    ),
  },
  codings: {
    head: 'My codings',
    name: 'number of my codings',
    width: '96px',
    isNumber: true,
    cell: (row) => <span className={row.codings === 0 ? 'zero' : undefined}>{formatCount(row.codings)}</span>,
  },
}

function plainColumn(id: PlainColumn, sort: ViewSort | null): Column<NoteRow> {
  const { head, isNumber = false, ...column } = PLAIN[id]
  return {
    ...column,
    id,
    order: orderOf(sort, id),
    isNumber,
    head: (
      <SortHead id={id} name={column.name} sort={sort} isNumber={isNumber}>
        {head}
      </SortHead>
    ),
  }
}

function attributeColumn(
  attribute: AttributeName & Pick<Attribute, 'kind'>,
  at: number,
  sort: ViewSort | null,
): Column<NoteRow> {
  const id = columnIdOf(attribute)
  const isNumber = attribute.kind === 'number'
  const words = inWords(attribute.name)
  return {
    id,
    order: orderOf(sort, id),
    name: words,
    width: isNumber ? '112px' : '148px',
    isNumber,
    head: (
      <SortHead id={id} name={words} sort={sort} isNumber={isNumber}>
        {words}
      </SortHead>
    ),
    cell: (row) => {
      const value = row.cells ? row.cells[at] : ''
      return value === null || value === undefined ? (
        <Missing />
      ) : (
        <span className="truncate" title={value}>
          {value}
        </span>
      )
    },
  }
}
