import { Download, Table2 } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract.ts'
import type { ThemeReport, ThemeRow } from '../../shared/model.ts'
import { asProblem } from '../../shared/problem.ts'
import { useAskedExport } from '../export/asked.ts'
import { useStore } from '../queries.ts'
import { complain, say, useSession } from '../state/session.ts'
import { client, store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { counted, EmptyState, formatCount, ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { Segmented, Select } from '../ui/Field.tsx'
import { type Column, Table } from '../ui/Table.tsx'
import { type AskedQuotes, QuotePane } from './QuotePane.tsx'
import './themes.css'

type By = { name: string; of: 'note' | 'case' } | null
type Setup = { by: By; coder: string; count: 'notes' | 'cases' }
let kept: { setup: Setup; asked: AskedQuotes | null; project: string } | null = null

export function ThemesPlace() {
  const project = useSession((state) => state.project)
  const mine = kept && kept.project === project?.id ? kept : null
  const [setup, setSetup] = useState<Setup>(mine?.setup ?? { by: null, coder: 'all', count: 'notes' })
  const [asked, setAsked] = useState<AskedQuotes | null>(mine?.asked ?? null)
  const { data: attributes = [] } = useStore('attributes.list', {})
  const coderIds = useMemo(() => (setup.coder === 'all' ? null : [setup.coder]), [setup.coder])
  const { report, progress, problem, cancel } = useThemes(setup.by, coderIds)
  useEffect(() => {
    kept = { setup, asked, project: project?.id ?? '' }
  }, [setup, asked, project])
  useAskedExport('themes', () => void exportThemes(setup.by, coderIds), report !== null)
  const change = (changes: Partial<Setup>) => {
    setSetup((before) => ({ ...before, ...changes }))
    setAsked(null)
  }
  const columns = useMemo(
    () => (report ? columnsOf(report, setup, coderIds, asked, setAsked) : []),
    [report, setup, coderIds, asked],
  )
  const rows = useMemo(() => report?.rows ?? [], [report])
  return (
    <div className="place">
      <section className="pane" aria-label="Themes" data-pane="themes">
        <div className="place-head">
          <h1>Themes</h1>
          {report && (
            <span className="place-facts number">
              {counted(report.notes, 'note')}, {counted(report.cases, 'case')}
            </span>
          )}
          <span className="spacer" />
          <Button
            kind="plain"
            icon={Download}
            disabled={!report}
            onClick={() => void exportThemes(setup.by, coderIds)}
          >
            Export CSV
          </Button>
        </div>
        <div className="setup">
          <Select
            label="Columns"
            isLabelHidden
            value={setup.by ? `${setup.by.of}:${setup.by.name}` : ''}
            options={[
              { value: '', label: 'No columns' },
              ...attributes.map(({ name, of }) => ({
                value: `${of}:${name}`,
                label: `By ${name.replaceAll('_', ' ')} (${of})`,
              })),
            ]}
            onValue={(value) => {
              const [of, ...name] = value.split(':')
              change({ by: value === '' ? null : { of: of as 'note' | 'case', name: name.join(':') } })
            }}
          />
          <Select
            label="Coder"
            isLabelHidden
            value={setup.coder}
            options={[
              { value: 'all', label: 'All coders' },
              ...(project?.coders ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onValue={(coder) => change({ coder })}
          />
          {setup.by && (
            <Segmented
              label="What the columns count"
              value={setup.count}
              options={[
                { value: 'notes', label: 'Notes' },
                { value: 'cases', label: 'Cases' },
              ]}
              onValue={(count) => setSetup((before) => ({ ...before, count }))}
            />
          )}
          {progress && <ProgressBar progress={progress} onCancel={cancel} />}
        </div>
        {problem && (
          <div className="place-line">
            <ProblemNote>{problem}</ProblemNote>
          </div>
        )}
        {report && rows.length === 0 ? (
          <EmptyState icon={Table2}>
            Nothing is coded yet. Codes appear here with the notes and cases that carry them.
          </EmptyState>
        ) : (
          report && (
            <Table
              label="Codes and where they occur"
              columns={columns}
              rows={rows}
              keyOf={(row) => row.codeId}
              rowClass={(row) => (row.isFolder ? 'theme-folder' : '')}
            />
          )
        )}
      </section>
      {asked && <QuotePane key={JSON.stringify(asked)} asked={asked} onClose={() => setAsked(null)} />}
    </div>
  )
}

/** The table for these choices; computed again, after a pause, when codings change. */
function useThemes(by: By, coderIds: string[] | null) {
  const [state, setState] = useState<{
    report: ThemeReport | null
    progress: Progress | null
    problem: string | null
    token: CancelToken | null
  }>({ report: null, progress: null, problem: null, token: null })
  const compute = useCallback(async () => {
    const token = new CancelToken()
    setState((before) => {
      before.token?.cancel()
      return { ...before, token, problem: null }
    })
    try {
      const report = await store.themes.compute(
        { by, coderIds },
        { signal: token, onProgress: (progress) => setState((before) => ({ ...before, progress })) },
      )
      setState((before) =>
        before.token === token ? { report, progress: null, problem: null, token: null } : before,
      )
    } catch (error) {
      const { code, message } = asProblem(error)
      setState((before) =>
        before.token === token
          ? { ...before, progress: null, token: null, problem: code === 'cancelled' ? null : message }
          : before,
      )
    }
  }, [by, coderIds])
  useEffect(() => {
    void compute()
    let timer = 0
    const stop = client.onChange((event) => {
      if (!event.topics.some((topic) => ['codings', 'codes', 'notes'].includes(topic))) return
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void compute(), 600)
    })
    return () => {
      window.clearTimeout(timer)
      stop()
    }
  }, [compute])
  return {
    report: state.report,
    progress: state.progress,
    problem: state.problem,
    cancel: () => state.token?.cancel(),
  }
}

async function exportThemes(by: By, coderIds: string[] | null) {
  const picked = await window.bridge.pickSave('themes-csv', 'themes')
  if (!picked) return
  store.themes
    .exportFile({ ticket: picked.ticket, by, coderIds })
    .then(() => say(`Table written to ${picked.name}`), complain)
}

const share = (part: number, whole: number) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`)

function columnsOf(
  report: ThemeReport,
  { by, count }: Setup,
  coderIds: string[] | null,
  asked: AskedQuotes | null,
  onAsk: (asked: AskedQuotes) => void,
): Column<ThemeRow>[] {
  const open = (
    row: ThemeRow,
    words: string,
    value: string | null | undefined,
    shown: React.ReactNode,
    number: number,
  ) => {
    if (number === 0) return <span className="zero">{shown}</span>
    const attribute = by && value !== undefined ? { name: by.name, of: by.of, value } : null
    const isAsked =
      asked?.codeId === row.codeId &&
      JSON.stringify(asked.attribute) === JSON.stringify(attribute) &&
      asked.column === words
    return (
      <button
        type="button"
        className="cell-button"
        aria-pressed={isAsked}
        aria-label={`${row.code}, ${words}: ${number}. Show the quotes`}
        onClick={() =>
          onAsk({
            codeId: row.codeId,
            code: row.code,
            includeChildren: row.isFolder,
            coderIds,
            attribute,
            column: words,
          })
        }
      >
        {shown}
      </button>
    )
  }
  const plain = (id: 'notes' | 'cases' | 'codings', head: string): Column<ThemeRow> => ({
    id,
    head,
    name: head,
    width: '92px',
    isNumber: true,
    sortBy: (row) => row[id],
    cell: (row) => open(row, head, undefined, formatCount(row[id]), row[id]),
  })
  const groups = report.groups.map((group, index): Column<ThemeRow> => {
    const words = group.value ?? 'not recorded'
    const whole = group[count]
    return {
      id: `group-${index}`,
      head: (
        <span className="group-head">
          <span>{words}</span>
          <span className="group-n">n = {formatCount(whole)}</span>
        </span>
      ),
      name: words,
      width: '148px',
      isNumber: true,
      sortBy: (row) => (whole === 0 ? null : (row.cells[index]?.[count] ?? 0) / whole),
      cell: (row) => {
        const number = row.cells[index]?.[count] ?? 0
        return open(
          row,
          words,
          group.value,
          <>
            {formatCount(number)} <span className="share">{share(number, whole)}</span>
          </>,
          number,
        )
      },
    }
  })
  return [
    {
      id: 'code',
      head: 'Code',
      name: 'code',
      width: 'minmax(260px, 1fr)',
      sortBy: (row) => row.code,
      cell: (row) => (
        <span className="truncate" title={row.code} style={{ paddingLeft: row.depth * 16 }}>
          {row.code}
        </span>
      ),
    },
    plain('notes', 'Notes'),
    plain('cases', 'Cases'),
    plain('codings', 'Codings'),
    ...groups,
  ]
}
