import { ShieldCheck } from 'lucide-react'
import { useMemo, useState } from 'react'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract.ts'
import type { JournalRow, VerifyReport } from '../../shared/model.ts'
import { asProblem } from '../../shared/problem.ts'
import { useStore } from '../queries.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { counted, formatCount, ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { type Column, Table } from '../ui/Table.tsx'
import './journal.css'

const PAGE = 200

const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

const sentence = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1)

const COLUMNS: readonly Column<JournalRow>[] = [
  {
    id: 'label',
    head: 'What',
    name: 'what',
    width: 'minmax(320px, 1fr)',
    cell: (row) => (
      <span className="truncate" title={row.label}>
        {sentence(row.label)}
      </span>
    ),
  },
  {
    id: 'undone',
    head: 'State',
    name: 'state',
    width: '96px',
    cell: (row) => (row.isUndone ? 'undone' : ''),
  },
  { id: 'coder', head: 'Who', name: 'who', width: '160px', cell: (row) => row.coder },
  {
    id: 'at',
    head: 'When',
    name: 'when',
    width: '190px',
    isNumber: true,
    cell: (row) => when.format(new Date(row.at)),
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

/** Who did and undid what, newest first; and the proof that nobody changed it behind the program's back. */
export function JournalPlace() {
  const [limit, setLimit] = useState(PAGE)
  const { data, problem } = useStore('journal.list', { before: null, limit })
  const rows = useMemo(() => data?.rows ?? [], [data])
  return (
    <section className="pane" aria-label="Journal" data-pane="journal">
      <div className="place-head">
        <h1>Journal</h1>
        {data && (
          <span className="place-facts number">{counted(data.total, 'entry', 'entries')}, newest first</span>
        )}
        <span className="spacer" />
        <Verify />
      </div>
      {problem && (
        <div className="place-line">
          <ProblemNote>{problem.message}</ProblemNote>
        </div>
      )}
      <Table
        label="Journal"
        columns={COLUMNS}
        rows={rows}
        keyOf={(row) => row.id}
        rowClass={(row) => (row.isUndone ? 'journal-undone' : '')}
      />
      {data && data.total > rows.length && limit < 1000 && (
        <div className="place-foot">
          <Button
            size="small"
            kind="plain"
            onClick={() => setLimit((before) => Math.min(1000, before + PAGE))}
          >
            Show older entries
          </Button>
        </div>
      )}
    </section>
  )
}

function Verify() {
  const [state, setState] = useState<{
    report: VerifyReport | null
    token: CancelToken | null
    progress: Progress | null
    problem: string | null
  }>({ report: null, token: null, progress: null, problem: null })
  const verify = async () => {
    const token = new CancelToken()
    setState({ report: null, token, progress: null, problem: null })
    try {
      const report = await store.project.verify(
        {},
        { signal: token, onProgress: (progress) => setState((before) => ({ ...before, progress })) },
      )
      setState({ report, token: null, progress: null, problem: null })
    } catch (error) {
      const { code, message } = asProblem(error)
      setState({ report: null, token: null, progress: null, problem: code === 'cancelled' ? null : message })
    }
  }
  const { report, token, progress, problem } = state
  return (
    <div className="verify">
      {token && <ProgressBar progress={progress} onCancel={() => token.cancel()} />}
      {report && (
        <p className={report.ok ? 'verify-good number' : 'verify-bad number'} role="status">
          {report.ok
            ? `In order: ${counted(report.entries, 'entry', 'entries')} replayed, ${counted(report.codings, 'coding')} and ${counted(report.notes, 'note')} as recorded.`
            : `Not in order: ${report.problems[0] ?? 'the journal and the tables differ'}. Keep this file as it is and open a backup.`}
        </p>
      )}
      {problem && (
        <p className="verify-bad" role="status">
          {problem}
        </p>
      )}
      <Button icon={ShieldCheck} disabled={token !== null} onClick={() => void verify()}>
        Verify the project
      </Button>
    </div>
  )
}
