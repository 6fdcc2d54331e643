// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not in the page, which a <table> cannot do; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: rows out of sight are not in the page, which a <table> cannot do; the roles say what it is
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: rows out of sight are not in the page, which a <table> cannot do; the roles say what it is
// biome-ignore-all lint/a11y/useKeyWithClickEvents: what a click on a row does, Enter does on the row's first button
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, HelpCircle } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, memo, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useRowHeight } from '../preferences.ts'
import { Tip } from './Button.tsx'
import { useKeptScroll, useKeptSort } from './kept-scroll.ts'
import './table.css'

export type SortOrder = 'none' | 'ascending' | 'descending'

export type Column<T> = {
  id: string
  /** Short words in the head. */
  head: ReactNode
  /** The head in plain words, for sorting and reading out. */
  name: string
  /** A track of the grid. Each row is a grid of its own, so at most one may depend on content or be a share. */
  width: string
  isNumber?: boolean
  /** What the figures are, behind a question mark. */
  help?: ReactNode
  /** The question mark leads on to more than its words. */
  onHelp?: () => void
  /** How the rows lie, where whoever gives them sorts them. */
  order?: SortOrder
  /** What it is sorted by; nulls go last either way. */
  sortBy?: (row: T) => number | string | null
  cell(row: T): ReactNode
}

/** So many rows before the last the next ones are asked for, so that scrolling does not wait. */
const NEAR_END = 60

type Sort = { column: string; isDown: boolean } | null

function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], sort: Sort): readonly T[] {
  const by = columns.find((column) => column.id === sort?.column)?.sortBy
  if (!sort || !by) return rows
  const sign = sort.isDown ? -1 : 1
  const words = new Intl.Collator('en-GB', { numeric: true })
  return [...rows].sort((a, b) => {
    const left = by(a)
    const right = by(b)
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right)
    return sign * words.compare(String(left), String(right))
  })
}

/** As a screen reader says it: a column that can be sorted and is not says so too. */
function sortOf<T>({ id, order, sortBy }: Column<T>, sort: Sort): SortOrder | undefined {
  if (!sortBy) return order
  if (sort?.column !== id) return 'none'
  return sort.isDown ? 'descending' : 'ascending'
}

type Props<T> = {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf(row: T): string
  rowHeight?: number
  activeKey?: string | null
  /** Double click on a row. */
  onOpen?: (row: T) => void
  /** A click anywhere on a row where no control takes it. The row's first button does the same by Enter. */
  onPress?: (row: T) => void
  /** The menu of a row is asked for, with the right button or the Menu key. */
  onMenu?: (row: T, x: number, y: number) => void
  /** Keys before the table's own; what it prevents the table leaves alone. */
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
  initialSort?: Sort
  rowClass?: (row: T) => string
  /** The last rows have come into sight: load more, where there are more. Called again for each new `endKey`. */
  onEnd?: () => void
  endKey?: string | number | null
}

/** A table with a head and a first column that stay in sight, sorted by its heads, of any length. */
export function Table<T>({
  label,
  columns,
  rows,
  keyOf,
  rowHeight: givenHeight,
  activeKey = null,
  onOpen,
  onPress,
  onMenu,
  onKeyDown,
  initialSort = null,
  rowClass,
  onEnd,
  endKey = null,
}: Props<T>) {
  const personsHeight = useRowHeight()
  const rowHeight = givenHeight ?? personsHeight
  const [sort, setSort] = useKeptSort(label, initialSort)
  const host = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => sorted(rows, columns, sort), [rows, columns, sort])
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => host.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    paddingStart: 32,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height makes every measure old
  useEffect(() => {
    virtual.measure()
  }, [rowHeight, virtual])
  useKeptScroll(host, label, shown.length > 0)
  const isAtEnd = (virtual.range?.endIndex ?? 0) >= shown.length - NEAR_END
  const reached = useRef(onEnd)
  reached.current = onEnd
  // biome-ignore lint/correctness/useExhaustiveDependencies: each end is reached once
  useEffect(() => {
    if (isAtEnd) reached.current?.()
  }, [isAtEnd, shown.length, endKey])
  const template = columns.map((column) => column.width).join(' ')
  const given = useRef({ onOpen, onPress, onMenu })
  given.current = { onOpen, onPress, onMenu }
  const acts = useMemo<RowActs>(
    () => ({
      onOpen: (row) => given.current.onOpen?.(row as T),
      onPress: (row) => given.current.onPress?.(row as T),
      askMenu: (row, event) => askMenu(given.current.onMenu, row as T, event),
    }),
    [],
  )
  const turn = (column: Column<T>) =>
    setSort((before) =>
      before?.column !== column.id
        ? { column: column.id, isDown: column.isNumber === true }
        : { column: column.id, isDown: !before.isDown },
    )
  return (
    <div
      ref={host}
      className="table"
      role="table"
      aria-label={label}
      aria-rowcount={shown.length + 1}
      tabIndex={0}
      onKeyDown={(event) => {
        onKeyDown?.(event)
        if (!event.defaultPrevented) moveBetweenCells(event)
      }}
    >
      <div className="table-head" role="rowgroup">
        <div className="table-row" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          {columns.map((column, index) => (
            <div
              key={column.id}
              role="columnheader"
              className={cellClass(column, index)}
              aria-sort={sortOf(column, sort)}
            >
              {column.sortBy ? (
                <button
                  type="button"
                  className="table-sort"
                  aria-label={`Sort by ${column.name}`}
                  onClick={() => turn(column)}
                >
                  <span>{column.head}</span>
                  {sort?.column === column.id &&
                    (sort.isDown ? (
                      <ArrowDown size={12} aria-hidden="true" />
                    ) : (
                      <ArrowUp size={12} aria-hidden="true" />
                    ))}
                </button>
              ) : (
                <span className="table-plain-head">{column.head}</span>
              )}
              {column.help && (
                <Tip words={column.help} isDescription>
                  <button
                    type="button"
                    className="table-help"
                    aria-label={`What is ${column.name}?`}
                    onClick={column.onHelp}
                  >
                    <HelpCircle size={12} aria-hidden="true" />
                  </button>
                </Tip>
              )}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="table-space" style={{ height: virtual.getTotalSize() - 32 }}>
        {virtual.getVirtualItems().map((item) => {
          const row = shown[item.index] as T
          const key = keyOf(row)
          return (
            <Row
              key={key}
              row={row}
              columns={columns as readonly Column<unknown>[]}
              at={item.index}
              top={item.start - 32}
              height={rowHeight}
              template={template}
              className={`table-row${key === activeKey ? ' table-row-active' : ''} ${rowClass?.(row) ?? ''}`}
              acts={acts}
            />
          )
        })}
      </div>
    </div>
  )
}

const cellClass = (column: { isNumber?: boolean }, index: number) =>
  `cell${column.isNumber ? ' cell-number' : ''}${index === 0 ? ' cell-first' : ''}`

type RowActs = {
  onOpen(row: unknown): void
  onPress(row: unknown): void
  askMenu(row: unknown, event: MouseEvent<HTMLElement>): void
}

function askMenu<T>(onMenu: Props<T>['onMenu'], row: T, event: MouseEvent<HTMLElement>): void {
  if (!onMenu) return
  event.preventDefault()
  const button = event.currentTarget.querySelector<HTMLElement>(FIRST_BUTTON)
  button?.focus()
  // The Menu key names no place: the menu stands under what has the keyboard.
  const box = event.clientX === 0 && event.clientY === 0 ? button?.getBoundingClientRect() : undefined
  onMenu(row, box?.left ?? event.clientX, box?.bottom ?? event.clientY)
}

/** What the arrow keys go to; boxes to tick beside a button leave the keyboard to it. */
const FIRST_BUTTON = 'button:not([tabindex="-1"])'

const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('button,a,input,select,textarea,label') !== null

/** While the table scrolls only the rows that come into sight are made. */
const Row = memo(function Row({
  row,
  columns,
  at,
  top,
  height,
  template,
  className,
  acts,
}: {
  row: unknown
  columns: readonly Column<unknown>[]
  at: number
  top: number
  height: number
  template: string
  className: string
  acts: RowActs
}) {
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      className={className}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${top}px)` }}
      onClick={(event) => {
        if (isControl(event.target) || !window.getSelection()?.isCollapsed) return
        // The keyboard goes on from the row that was pressed.
        event.currentTarget.querySelector<HTMLElement>(FIRST_BUTTON)?.focus()
        acts.onPress(row)
      }}
      onDoubleClick={(event) => {
        if (!isControl(event.target) || (event.target as HTMLElement).closest('.cell-button'))
          acts.onOpen(row)
      }}
      onContextMenu={(event) => acts.askMenu(row, event)}
    >
      {columns.map((column, index) => (
        <div key={column.id} role={index === 0 ? 'rowheader' : 'cell'} className={cellClass(column, index)}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
})

/** Arrow keys go from button to button as the cells lie, so that a table of counts needs no hundred Tabs. */
function moveBetweenCells(event: KeyboardEvent<HTMLElement>) {
  const from = (event.target as HTMLElement).closest<HTMLElement>(
    '[role=cell],[role=rowheader],[role=columnheader]',
  )
  if (!from && event.target === event.currentTarget && event.key === 'ArrowDown') {
    event.preventDefault()
    event.currentTarget.querySelector<HTMLElement>(`.table-space ${FIRST_BUTTON}`)?.focus()
  }
  if (!from || (event.target as HTMLElement).matches('input,select,textarea')) return
  const row = from.parentElement as HTMLElement
  const column = [...row.children].indexOf(from)
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=row]')].sort(
    (a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')),
  )
  const at = rows.indexOf(row)
  const find = (r: number, c: number) => rows[r]?.children[c]?.querySelector<HTMLElement>(FIRST_BUTTON)
  const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
  if (!step) return
  let r = at + (step[0] as number)
  let c = column + (step[1] as number)
  while (r >= 0 && r < rows.length && c >= 0 && c < row.children.length) {
    const target = find(r, c)
    if (target) {
      event.preventDefault()
      target.focus()
      target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      return
    }
    r += step[0] as number
    c += step[1] as number
  }
}
