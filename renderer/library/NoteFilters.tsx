import { Columns3, ListFilter, Search, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { RoundId } from '../../shared/contract/basics.ts'
import type { Attribute, NoteStatus } from '../../shared/contract/notes.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import type { AttributeName } from '../queries/note-rows.ts'
import { useStore } from '../queries/use-store.ts'
import { Button, IconButton, Tip } from '../ui/Button.tsx'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { Select } from '../ui/Field.tsx'
import { type Anchor, Floating } from '../ui/Floating.tsx'
import { useMenu } from '../ui/Menu.tsx'
import { PickList } from '../ui/PickList.tsx'
import { inWords } from './attribute-labels.ts'
import { Checklist } from './Checklist.tsx'
import {
  type AttributeFilter,
  clearFilters,
  columnIdOf,
  filterByValues,
  isFiltered,
  isSame,
  type PlainColumn,
  setView,
  useNoteView,
} from './note-view.ts'

const STATUSES: readonly { value: NoteStatus | ''; label: string }[] = [
  { value: '', label: 'Any status' },
  { value: 'not started', label: 'Not started' },
  { value: 'in progress', label: 'In progress' },
  { value: 'finished', label: 'Finished' },
]

/** The row above the table: which notes, how many, and which columns. */
export function NoteFilters({
  shown,
  total,
  attributes,
}: {
  shown: number
  total: number
  attributes: readonly Attribute[]
}) {
  const view = useNoteView()
  return (
    <search className="place-bar note-filters" aria-label="Filters">
      <div className="search-box">
        <Search size={14} aria-hidden="true" />
        <input
          className="filter-input"
          aria-label="Filter notes"
          placeholder="Title, case, date or note id"
          value={view.query}
          onChange={(event) => setView({ query: event.target.value })}
          onKeyDown={(event) => event.key === 'Escape' && setView({ query: '' })}
        />
      </div>
      <Select
        label="Status"
        isLabelHidden
        value={view.status ?? ''}
        options={STATUSES}
        onValue={(status) => setView({ status: status === '' ? null : status })}
      />
      <CaseFilter caseId={view.caseId} />
      <RoundFilter roundId={view.roundId} />
      {view.attributes.map((filter) => (
        <AttributeChip key={columnIdOf(filter)} filter={filter} />
      ))}
      {attributes.length > 0 && <AddFilter attributes={attributes} />}
      <span className="spacer" />
      {isFiltered(view) && (
        <>
          <span className="filter-count number" role="status">
            {formatCount(shown)} of {counted(total, 'note')}
          </span>
          <Button size="small" kind="plain" onClick={clearFilters}>
            Clear filters
          </Button>
        </>
      )}
    </search>
  )
}

/** What is set, with a way to change it and a way to drop it. */
function Chip({
  children,
  label,
  onOpen,
  onDrop,
}: {
  children: ReactNode
  /** What is filtered by, for the button that drops it. */
  label: string
  onOpen(element: HTMLElement): void
  onDrop(): void
}) {
  return (
    <span className="filter-chip">
      <button type="button" className="filter-chip-words" onClick={(event) => onOpen(event.currentTarget)}>
        {children}
      </button>
      <IconButton icon={X} label={`Do not filter by ${label}`} onClick={onDrop} />
    </span>
  )
}

function CaseFilter({ caseId }: { caseId: string | null }) {
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const open = (element: HTMLElement) => setAnchor(element.getBoundingClientRect())
  return (
    <>
      {caseId === null ? (
        <Button onClick={(event) => open(event.currentTarget)}>Case</Button>
      ) : (
        <Chip label="case" onOpen={open} onDrop={() => setView({ caseId: null })}>
          Case: {caseId}
        </Chip>
      )}
      {anchor && (
        <Floating anchor={anchor} label="Choose a case" width={280} onClose={() => setAnchor(null)}>
          <CaseList
            onPick={(caseId) => {
              setView({ caseId })
              setAnchor(null)
            }}
          />
        </Floating>
      )}
    </>
  )
}

const MOST_CASES = 1_000
const MOST_SHOWN = 100

function CaseList({ onPick }: { onPick(caseId: string): void }) {
  const [query, setQuery] = useState('')
  const wanted = query.trim().toLowerCase()
  // Where all of them fit they are looked through here, so that what is typed is never a moment behind.
  const { data: all } = useStore('cases.list', { query: '', limit: MOST_CASES })
  const isAll = all !== undefined && all.total <= MOST_CASES
  const { data: found } = useStore('cases.list', isAll ? null : { query: wanted, limit: MOST_CASES })
  const data = isAll ? all : found
  const cases = data?.cases.filter(({ id }) => id.toLowerCase().includes(wanted)) ?? []
  const items = cases.slice(0, MOST_SHOWN).map(({ id, notes }) => ({
    id,
    group: '',
    name: id,
    content: (
      <span className="checklist-label">
        <span>{id}</span>
        <span className="checklist-count number">{counted(notes, 'note')}</span>
      </span>
    ),
    onPick: () => onPick(id),
  }))
  return (
    <PickList
      label="Case"
      placeholder="Type a case id"
      query={query}
      onQuery={setQuery}
      items={items}
      empty={data ? 'No case with this id.' : 'Reading the cases'}
    />
  )
}

/** Where there are rounds: the notes of one of them. */
function RoundFilter({ roundId }: { roundId: RoundId | null }) {
  const { data: rounds } = useStore('rounds.list', {})
  const { menu, open } = useMenu('Choose a round', () =>
    (rounds ?? []).map(({ id, name }) => ({
      id,
      label: name,
      onSelect: () => setView({ roundId: id }),
    })),
  )
  // A round that was removed, here or by undo, has no notes to show any more.
  const isGone = rounds !== undefined && roundId !== null && !rounds.some(({ id }) => id === roundId)
  useEffect(() => {
    if (isGone) setView({ roundId: null })
  }, [isGone])
  if (!rounds || rounds.length === 0) return null
  const name = rounds.find(({ id }) => id === roundId)?.name
  return (
    <>
      {name === undefined ? (
        <Button onClick={(event) => open(event.currentTarget)}>Round</Button>
      ) : (
        <Chip label="round" onOpen={open} onDrop={() => setView({ roundId: null })}>
          Round: {name}
        </Chip>
      )}
      {menu}
    </>
  )
}

function AddFilter({ attributes }: { attributes: readonly Attribute[] }) {
  const opener = useRef<HTMLButtonElement>(null)
  const [asked, setAsked] = useState<AttributeName | null>(null)
  const { menu, open } = useMenu('Filter by an attribute', () =>
    attributes.map((attribute) => ({
      id: columnIdOf(attribute),
      label: attribute.of === 'case' ? `${inWords(attribute.name)} (case)` : inWords(attribute.name),
      onSelect: () => setAsked(attribute),
    })),
  )
  return (
    <>
      <Button ref={opener} icon={ListFilter} onClick={(event) => open(event.currentTarget)}>
        Attribute
      </Button>
      {menu}
      {asked && opener.current && (
        <ValueChoice
          attribute={asked}
          anchor={opener.current.getBoundingClientRect()}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

function AttributeChip({ filter }: { filter: AttributeFilter }) {
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const words = filter.values.map((value) => value ?? 'missing')
  const some =
    words.length > 2 ? `${words.slice(0, 2).join(', ')} and ${words.length - 2} more` : words.join(', ')
  return (
    <>
      <Chip
        label={inWords(filter.name)}
        onOpen={(element) => setAnchor(element.getBoundingClientRect())}
        onDrop={() => filterByValues(filter, [])}
      >
        {inWords(filter.name)}: {some}
      </Chip>
      {anchor && <ValueChoice attribute={filter} anchor={anchor} onClose={() => setAnchor(null)} />}
    </>
  )
}

const MISSING = 'missing'
/** The store lists no more of them. */
const MOST_VALUES = 200
const idOf = (value: string | null) => (value === null ? MISSING : `= ${value}`)

/** Which values of an attribute to show; the missing ones are a value to ask for like any other. */
function ValueChoice({
  attribute,
  anchor,
  onClose,
}: {
  attribute: AttributeName
  anchor: Anchor
  onClose(): void
}) {
  const { data } = useStore('attributes.list', {})
  const filters = useNoteView((state) => state.attributes)
  const chosen = filters.find((each) => isSame(each, attribute))?.values ?? []
  const known = data?.find((each) => isSame(each, attribute))?.values ?? []
  const values: (string | null)[] = [null, ...known]
  const toggle = (id: string) => {
    const isOn = chosen.some((value) => idOf(value) === id)
    const value = values.find((each) => idOf(each) === id)
    if (value === undefined) return
    filterByValues(attribute, isOn ? chosen.filter((each) => idOf(each) !== id) : [...chosen, value])
  }
  return (
    <Checklist
      anchor={anchor}
      label={`Values of ${inWords(attribute.name)}`}
      items={values.map((value) => ({
        id: idOf(value),
        label: value ?? '(missing)',
        isDim: value === null,
      }))}
      chosen={new Set(chosen.map(idOf))}
      onToggle={toggle}
      onClose={onClose}
      foot={
        <>
          {known.length >= MOST_VALUES && (
            <p className="checklist-group">The {MOST_VALUES} most frequent values are listed.</p>
          )}
          <Button
            size="small"
            kind="plain"
            onClick={() => {
              onClose()
              setView({ side: { kind: 'attributes', attribute: { of: attribute.of, name: attribute.name } } })
            }}
          >
            Group values
          </Button>
        </>
      }
    />
  )
}

const PLAIN_NAMES: Record<PlainColumn, string> = {
  id: 'Note id',
  case: 'Case',
  date: 'Date',
  length: 'Characters',
  status: 'Status',
  codings: 'My codings',
}
/** The store gives as many attributes with a list. */
export const MOST_ATTRIBUTES = 12

/** Which columns the table has, kept on this computer. */
export function ColumnChoice({ attributes }: { attributes: readonly Attribute[] }) {
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  useCommand('noteColumns', () => setAnchor(button.current?.getBoundingClientRect() ?? null))
  const shown = usePreferences((state) => state.noteColumns)
  const items = [
    ...Object.entries(PLAIN_NAMES).map(([id, label]) => ({ id, label, group: 'Notes' })),
    ...attributes.map((attribute) => ({
      id: columnIdOf(attribute),
      label: inWords(attribute.name),
      group: attribute.of === 'note' ? 'Attributes of the note' : 'Attributes of the case',
    })),
  ]
  const toggle = (id: string) =>
    setPreferences({
      noteColumns: shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id],
    })
  return (
    <>
      <Tip words="Choose the columns" keys={keyLabel('noteColumns')}>
        <Button
          ref={button}
          icon={Columns3}
          kind="plain"
          onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
        >
          Columns
        </Button>
      </Tip>
      {anchor && (
        <Checklist
          anchor={anchor}
          align="end"
          label="Columns"
          items={items}
          chosen={new Set(shown)}
          onToggle={toggle}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  )
}
