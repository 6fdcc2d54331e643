import { FileText, FolderInput, Search, Upload } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Picked } from '../../shared/bridge.ts'
import type { NoteRow } from '../../shared/model.ts'
import { filterNotes, StatusDot, shortDate } from '../coding/NoteList.tsx'
import { useStore } from '../queries.ts'
import { jumpToNote } from '../state/coding.ts'
import { useCoder, useSession } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { counted, EmptyState, formatCount, ProblemNote } from '../ui/Feedback.tsx'
import { type Column, Table } from '../ui/Table.tsx'
import { ImportSheet } from './ImportSheet.tsx'
import './library.css'

const NO_NOTES: NoteRow[] = []

export function LibraryPlace() {
  const coder = useCoder()
  const { data: rows = NO_NOTES, problem } = useStore('notes.list', { coderId: coder })
  const cases = useSession((state) => state.project?.cases ?? 0)
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  const [picked, setPicked] = useState<Picked | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = useMemo(() => filterNotes(rows, wanted), [rows, wanted])
  const columns = useMemo(() => columnsOf(setChosen, chosen), [chosen])
  const pick = async (from: 'files' | 'folder') => {
    const place = await (from === 'files'
      ? window.bridge.pickImportFiles()
      : window.bridge.pickImportFolder())
    if (place) setPicked(place)
  }
  if (problem)
    return (
      <div className="place-problem">
        <ProblemNote>{problem.message}</ProblemNote>
      </div>
    )
  return (
    <div className="place">
      <section className="pane" aria-label="Notes" data-pane="notes">
        <div className="place-head">
          <h1>Notes</h1>
          <span className="place-facts number">
            {counted(rows.length, 'note')}, {counted(cases, 'case')}
          </span>
          <span className="spacer" />
          <div className="search-box">
            <Search size={14} aria-hidden="true" />
            <input
              className="filter-input"
              aria-label="Filter notes"
              placeholder="Filter by title, case, date or status"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
            {wanted !== '' && <span className="filter-count number">{formatCount(shown.length)}</span>}
          </div>
          <Button icon={Upload} onClick={() => void pick('files')}>
            Import files
          </Button>
          <Button icon={FolderInput} onClick={() => void pick('folder')}>
            Import a folder
          </Button>
        </div>
        {picked && <ImportSheet key={picked.ticket} picked={picked} onClose={() => setPicked(null)} />}
        {rows.length === 0 ? (
          !picked && (
            <EmptyState icon={FileText} action={{ label: 'Import files', onClick: () => void pick('files') }}>
              This project has no notes yet. Import a table (CSV, Excel as CSV) or a folder of text files.
            </EmptyState>
          )
        ) : (
          <Table
            label="Notes"
            columns={columns}
            rows={shown}
            keyOf={(row) => row.id}
            activeKey={chosen}
            onOpen={(row) => jumpToNote(row.id, null)}
          />
        )}
      </section>
      {chosen !== null && <NoteFacts noteId={chosen} onClose={() => setChosen(null)} />}
    </div>
  )
}

function columnsOf(choose: (id: string) => void, chosen: string | null): Column<NoteRow>[] {
  return [
    {
      id: 'title',
      head: 'Title',
      name: 'title',
      width: 'minmax(240px, 1fr)',
      sortBy: (row) => row.title,
      cell: (row) => (
        <button
          type="button"
          className="cell-button"
          aria-current={row.id === chosen}
          onClick={() => choose(row.id)}
        >
          {row.title}
        </button>
      ),
    },
    {
      id: 'id',
      head: 'Note',
      name: 'note',
      width: '120px',
      sortBy: (row) => row.id,
      cell: (row) => <span className="truncate">{row.id}</span>,
    },
    {
      id: 'case',
      head: 'Case',
      name: 'case',
      width: '100px',
      sortBy: (row) => row.caseId,
      cell: (row) => row.caseId,
    },
    {
      id: 'date',
      head: 'Date',
      name: 'date',
      width: '120px',
      isNumber: true,
      sortBy: (row) => row.date,
      cell: (row) => shortDate(row.date),
    },
    {
      id: 'length',
      head: 'Characters',
      name: 'number of characters',
      width: '104px',
      isNumber: true,
      sortBy: (row) => row.length,
      cell: (row) => formatCount(row.length),
    },
    {
      id: 'status',
      head: 'Status',
      name: 'status',
      width: '124px',
      sortBy: (row) => row.status,
      cell: (row) => (
        <span className="cell-status">
          <StatusDot status={row.status} />
          {row.status}
        </span>
      ),
    },
    {
      id: 'codings',
      head: 'Codings',
      name: 'number of codings',
      width: '92px',
      isNumber: true,
      sortBy: (row) => row.codings,
      cell: (row) => formatCount(row.codings),
    },
  ]
}

/** What is known about one note, and the way to its text. */
function NoteFacts({ noteId, onClose }: { noteId: string; onClose(): void }) {
  const { data: note } = useStore('notes.get', { noteId })
  return (
    <aside className="facts" aria-label="About the note" data-pane="facts">
      {note && (
        <>
          <h2>{note.title}</h2>
          <div className="facts-buttons">
            <Button kind="primary" size="small" onClick={() => jumpToNote(note.id, null)}>
              Code this note
            </Button>
            <Button kind="plain" size="small" onClick={onClose}>
              Close
            </Button>
          </div>
          <Facts head="Note" facts={{ Note: note.id, Date: shortDate(note.date), ...note.attributes }} />
          <Facts head={`Case ${note.caseId ?? ''}`} facts={note.caseAttributes} />
          <p className="facts-text">{note.text.slice(0, 600)}</p>
        </>
      )}
    </aside>
  )
}

function Facts({ head, facts }: { head: string; facts: Record<string, string> }) {
  const pairs = Object.entries(facts).filter(([, value]) => value !== '')
  if (pairs.length === 0) return null
  return (
    <section>
      <h3>{head}</h3>
      <dl>
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name.replaceAll('_', ' ')}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
