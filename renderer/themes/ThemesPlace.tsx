import { Download, Table2 } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { Topic } from '../../shared/contract/events.ts'
import type { ThemeReport, ThemeScope } from '../../shared/contract/themes.ts'
import { heldBackInWords, setAsideInWords } from '../../shared/theme-words.ts'
import { useAskedExport } from '../export/asked-export.ts'
import { useFigures } from '../queries/use-job.ts'
import { complain, say, useCoder, useCoders, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { ComputedFrame } from '../ui/ComputedFrame.tsx'
import { counted, EmptyState } from '../ui/Feedback.tsx'
import { Table } from '../ui/Table.tsx'
import { type Counted, columnsOf } from './columns.tsx'
import { type AskedSegments, SegmentsPane } from './SegmentsPane.tsx'
import { SetupBar } from './SetupBar.tsx'
import { FIRST_SETUP, type Setup, scopeOf, TOGETHER } from './setup.ts'
import './themes.css'

/** What makes a table old: also who looks, for blind rounds, and which qualifiers there are. */
const TOPICS: readonly Topic[] = ['codings', 'codes', 'notes', 'status', 'rounds', 'coders', 'project']

let kept: { setup: Setup; asked: AskedSegments | null; project: string } | null = null

export function ThemesPlace() {
  const project = useSession((state) => state.project)
  const mine = kept && kept.project === project?.id ? kept : null
  const [setup, setSetup] = useState<Setup>(mine?.setup ?? FIRST_SETUP)
  const [asked, setAsked] = useState<AskedSegments | null>(mine?.asked ?? null)
  const computed = useThemes(setup)
  const { data } = computed
  useEffect(() => {
    kept = { setup, asked, project: project?.id ?? '' }
  }, [setup, asked, project])
  useAskedExport('themes', () => data && void exportThemes(data.scope), data !== null)
  const change = (changes: Partial<Setup>) => {
    setSetup((before) => ({ ...before, ...changes }))
    setAsked(null)
  }
  const columns = useMemo(
    () => (data ? columnsOf(data, setup.count, asked, setAsked) : []),
    [data, setup.count, asked],
  )
  return (
    <div className="place">
      <section className="pane" aria-label="Themes" data-pane="themes">
        <div className="place-head">
          <h1>Themes</h1>
          {data && (
            <span className="place-facts number">
              {counted(data.report.notes, 'note')}, {counted(data.report.cases, 'case')}
            </span>
          )}
          <span className="spacer" />
          <Button
            kind="plain"
            icon={Download}
            disabled={!data}
            onClick={() => data && void exportThemes(data.scope)}
          >
            Export CSV
          </Button>
        </div>
        <SetupBar setup={setup} hasAssertion={data?.report.base.hasAssertion ?? false} onChange={change} />
        <ComputedFrame computed={computed} />
        {data && <WhatCounts report={data.report} />}
        {data && data.report.rows.length === 0 && (
          <EmptyState icon={Table2}>
            Nothing is coded yet. Codes appear here with the notes and cases that carry them.
          </EmptyState>
        )}
        {data && data.report.rows.length > 0 && data.report.notes === 0 && (
          <NothingCounts report={data.report} onAll={() => change({ notes: 'all' })} />
        )}
        {data && data.report.rows.length > 0 && data.report.notes > 0 && (
          <Table
            label="Codes and where they occur"
            columns={columns}
            rows={data.report.rows}
            keyOf={(row) => row.codeId}
            rowClass={(row) => (row.isFolder ? 'theme-folder' : '')}
          />
        )}
      </section>
      {asked && data && (
        <SegmentsPane key={JSON.stringify(asked)} asked={asked} onClose={() => setAsked(null)} />
      )}
    </div>
  )
}

/** The table for these choices, with the choices it is for. */
function useThemes(setup: Setup) {
  const viewer = useCoder()
  const coders = useCoders()
  // A coder that was undone is nobody's choice any more.
  const isThere = setup.whose === TOGETHER || coders.some(({ id }) => id === setup.whose)
  const scope = scopeOf(isThere ? setup : { ...setup, whose: TOGETHER })
  return useFigures(
    JSON.stringify([viewer, scope]),
    TOPICS,
    async (options): Promise<Counted> => ({ scope, report: await store.themes.compute(scope, options) }),
  )
}

/** The heading of the table: whose codings, of which notes, saying what; then how that is meant and what is left out. */
function WhatCounts({ report }: { report: ThemeReport }) {
  const { words, rule, setAside, heldBack } = report.base
  const codings = setAside.reduce((sum, each) => sum + each.codings, 0)
  return (
    <div className="themes-base">
      <h2>{words}</h2>
      <p>{rule}</p>
      {codings > 0 && (
        <p className="number">
          {counted(codings, 'coding')} set aside: {setAsideInWords(setAside)}.
        </p>
      )}
      {heldBack > 0 && <p className="number">{heldBackInWords(heldBack)}</p>}
    </div>
  )
}

function NothingCounts({ report, onAll }: { report: ThemeReport; onAll(): void }) {
  const { base } = report
  if (base.heldBack > 0) return <EmptyState icon={Table2}>{heldBackInWords(base.heldBack)}</EmptyState>
  if (base.notes === 'all')
    return <EmptyState icon={Table2}>There are no notes in this project yet.</EmptyState>
  return (
    <EmptyState icon={Table2} action={{ label: 'Count all notes', onClick: onAll }}>
      None of {counted(base.outOf.notes, 'note')} is marked finished here, so nothing can be counted as a
      share yet. Mark notes finished, or count all of them.
    </EmptyState>
  )
}

async function exportThemes(scope: ThemeScope) {
  const picked = await window.bridge.pickSave('themes-csv', 'themes')
  if (!picked) return
  store.themes
    .exportFile({ ticket: picked.ticket, ...scope })
    .then(() => say(`Table written to ${picked.name}`), complain)
}
