import { Download, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { CancelToken } from '../../shared/cancel.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Progress } from '../../shared/contract/events.ts'
import type { JournalRow, JournalSubject } from '../../shared/contract/history.ts'
import { useAskedExport } from '../export/asked-export.ts'
import { idFromPage } from '../ids.ts'
import { createKept } from '../state/kept-view.ts'
import { complain, say, useCoders, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { counted, formatCount, ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { Select } from '../ui/Field.tsx'
import { type Column, Table } from '../ui/Table.tsx'
import './journal.css'
import { useJournalPages } from '../queries/journal-pages.ts'
import { fullTime, sentence, withPlace } from './entry-labels.ts'
import { openPlace, showParts, useParts } from './navigate.ts'
import { PartsPane } from './PartsPane.tsx'
import { Verify } from './Verify.tsx'

const COLUMNS: readonly Column<JournalRow>[] = [
  {
    id: 'label',
    head: 'What',
    name: 'what',
    width: 'minmax(320px, 1fr)',
    cell: (row) => <What row={row} />,
  },
  {
    id: 'undone',
    head: 'State',
    name: 'state',
    width: '96px',
    cell: (row) => (row.isUndone ? 'undone' : ''),
  },
  { id: 'coder', head: 'Who', name: 'who', width: '160px', cell: (row) => <Cut words={row.coder} /> },
  {
    id: 'at',
    head: 'When',
    name: 'when',
    width: '190px',
    isNumber: true,
    cell: (row) => timeOf(row),
  },
  {
    id: 'seq',
    head: 'Entry',
    name: 'entry',
    width: '88px',
    isNumber: true,
    cell: (row) => formatCount(row.seq),
  },
]

/** A long name ends in a sign that there is more of it. */
const Cut = ({ words }: { words: string }) => (
  <span className="truncate" title={words}>
    {words}
  </span>
)

const isOpenable = ({ place, parts }: JournalRow): boolean => place !== null || parts > 1

/** A row that leads somewhere is a button, so that Enter opens what a click does. */
function What({ row }: { row: JournalRow }) {
  const words = (
    <>
      {sentence(row.label)}
      {row.where && <span className="journal-where"> {row.where}</span>}
    </>
  )
  if (!isOpenable(row))
    return (
      <span className="truncate" title={withPlace(row)}>
        {words}
      </span>
    )
  return (
    <button type="button" className="cell-button" title={withPlace(row)} onClick={() => openRow(row)}>
      {words}
    </button>
  )
}

/** What it touched; of several things each is listed, to be opened by itself. */
function openRow(row: JournalRow): void {
  if (row.place) openPlace(row.place)
  else if (row.parts > 1) showParts({ seq: row.seq, words: withPlace(row) })
}

const ANY = 'any'
/** As the journal names whoever is no coder: the making of a project and the command line. */
const PROJECT = idFromPage<CoderId>('project')

const SUBJECTS: readonly { value: JournalSubject | typeof ANY; label: string }[] = [
  { value: ANY, label: 'All changes' },
  { value: 'codings', label: 'Codings' },
  { value: 'codebook', label: 'Codebook' },
  { value: 'notes', label: 'Notes and cases' },
  { value: 'memos', label: 'Memos' },
  { value: 'coders', label: 'Coders' },
  { value: 'rounds', label: 'Rounds' },
  { value: 'project', label: 'Project' },
  { value: 'history', label: 'Undo and redo' },
]

type Filters = { coder: CoderId | typeof ANY; subject: JournalSubject | typeof ANY; query: string }
const NO_FILTERS: Filters = { coder: ANY, subject: ANY, query: '' }
const useFilters = createKept('journal', NO_FILTERS)
const setFilters = (changes: Partial<Filters>) => useFilters.setState(changes)

/** Who did and undid what, newest first. */
export function JournalPlace() {
  const coders = useCoders()
  const { coder, subject, query } = useFilters()
  const words = useDeferredValue(query.trim())
  const { rows, total, next, problem, isPartial, more } = useJournalPages({
    ...(coder === ANY ? {} : { coderId: coder }),
    ...(subject === ANY ? {} : { subject }),
    ...(words === '' ? {} : { words }),
  })
  const isFiltered = coder !== ANY || subject !== ANY || words !== ''
  const parts = useParts((state) => state.entry)
  return (
    <div className="place">
      <section className="pane" aria-label="Journal" data-pane="journal">
        <div className="place-head">
          <h1>Journal</h1>
          <span className="place-facts number">{countWords(rows.length, total, next, isPartial)}</span>
          <span className="spacer" />
          <Verify />
        </div>
        <div className="place-bar journal-bar">
          <Select<CoderId | typeof ANY>
            label="Who"
            isLabelHidden
            value={coder}
            options={[
              { value: ANY, label: 'All coders' },
              ...coders.map(({ id, name }) => ({ value: id, label: name })),
              { value: PROJECT, label: 'Project' },
            ]}
            onValue={(coder) => setFilters({ coder })}
          />
          <Select
            label="What was changed"
            isLabelHidden
            value={subject}
            options={SUBJECTS}
            onValue={(subject) => setFilters({ subject })}
          />
          <div className="journal-words">
            <Search size={14} aria-hidden="true" />
            <input
              className="input"
              aria-label="Words in the journal"
              placeholder="Words, such as the name of a code"
              value={query}
              maxLength={500}
              spellCheck={false}
              onChange={(event) => setFilters({ query: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === 'Escape' && query !== '') setFilters({ query: '' })
                else return
                event.preventDefault()
              }}
            />
          </div>
          {isFiltered && (
            <Button size="small" kind="plain" onClick={() => setFilters(NO_FILTERS)}>
              Clear filters
            </Button>
          )}
          <span className="spacer" />
          <Export />
        </div>
        {problem && (
          <div className="place-line">
            <ProblemNote>{problem}</ProblemNote>
          </div>
        )}
        {rows.length === 0 && next === null ? (
          <p className="pane-hint">No entry matches these filters.</p>
        ) : (
          <Table
            label="Journal"
            columns={COLUMNS}
            rows={rows}
            keyOf={(row) => row.id}
            rowClass={(row) =>
              `${row.isUndone ? 'journal-undone' : ''} ${isOpenable(row) ? 'table-row-opens' : ''}`
            }
            onPress={openRow}
            activeKey={parts && (rows.find(({ seq }) => seq === parts.seq)?.id ?? null)}
            onEnd={more}
            endKey={next ?? null}
          />
        )}
      </section>
      {parts && <PartsPane key={parts.seq} entry={parts} />}
    </div>
  )
}

/** Marked where the computer's clock and the order of entries are more than a day apart. */
const timeOf = ({ at, isClockOff }: JournalRow) =>
  isClockOff ? (
    <span title="A clock was far ahead once: this entry comes after others that say a later time.">
      {fullTime(at)} <span className="tag">clock off</span>
    </span>
  ) : (
    fullTime(at)
  )

function countWords(
  shown: number,
  total: number | null,
  next: number | null | undefined,
  isPartial: boolean,
): string {
  if (next === undefined) return ''
  const so = next === null ? '' : ' so far'
  if (isPartial)
    return `${counted(shown, 'entry', 'entries')}${so}, newest first; others’ work in your blind round is left out`
  if (total !== null) return `${counted(total, 'entry', 'entries')}, newest first`
  return `${counted(shown, 'entry', 'entries')} found${so}, newest first`
}

function Export() {
  const [work, setWork] = useState<{ token: CancelToken; progress: Progress | null } | null>(null)
  const title = useSession((state) => state.project?.title ?? 'project')
  const write = async () => {
    const picked = await window.bridge.pickSave('journal-csv', `${title} journal`)
    if (!picked) return
    const token = new CancelToken()
    setWork({ token, progress: null })
    try {
      const onProgress = (progress: Progress) => setWork({ token, progress })
      await store.journal.exportFile({ ticket: picked.ticket }, { signal: token, onProgress })
      say(`The whole journal was written to ${picked.name}`)
    } catch (error) {
      complain(error)
    } finally {
      setWork(null)
    }
  }
  useAskedExport('journal', () => void write())
  if (work)
    return (
      <div className="journal-export">
        <ProgressBar progress={work.progress} onCancel={() => work.token.cancel()} />
      </div>
    )
  return (
    <Button size="small" kind="plain" icon={Download} onClick={() => void write()}>
      Export the journal (.csv)
    </Button>
  )
}
