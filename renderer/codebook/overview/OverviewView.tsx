import { useMemo, useState } from 'react'
import type { CodebookOverview, CodeRow } from '../../../shared/model.ts'
import { byIdOf, pathOf } from '../../coding/codes.ts'
import { useStore } from '../../queries.ts'
import { useSession } from '../../state/session.ts'
import { counted, EmptyState, ProblemNote, ProgressBar } from '../../ui/Feedback.tsx'
import { Segmented, Select } from '../../ui/Field.tsx'
import { Table } from '../../ui/Table.tsx'
import './overview.css'
import { isBroad, isUnused, type Use, useOverview, usesOf, type Which } from './report.ts'
import { confusedColumns, togetherColumns, usageColumns } from './tables.tsx'

type Shown = 'use' | 'together' | 'confused'
const NO_CODES: CodeRow[] = []

const SHARES = ['30', '50', '70', '90'] as const
type Share = (typeof SHARES)[number]

/** Whether the codebook fits the notes: how each code is used, what comes together, what is taken for one another. */
export function OverviewView() {
  const coders = useSession((state) => state.project?.coders ?? [])
  const { data: codes = NO_CODES } = useStore('codes.list', {})
  const [shown, setShown] = useState<Shown>('use')
  const [coder, setCoder] = useState('all')
  const [which, setWhich] = useState<Which>('all')
  const [share, setShare] = useState<Share>('50')
  const { report, progress, problem, cancel } = useOverview(coder === 'all' ? null : coder)
  const byId = useMemo(() => byIdOf(codes), [codes])
  const uses = useMemo(
    () => (report ? usesOf(report, codes, (code) => pathOf(code, byId)) : []),
    [report, codes, byId],
  )
  const threshold = Number(share) / 100
  const unused = uses.filter((use) => isUnused(use) && !use.code.isRetired)
  const broad = uses.filter((use) => isBroad(use, report?.notesCoded ?? 0, threshold))
  const rows = which === 'unused' ? unused : which === 'broad' ? broad : uses
  return (
    <section className="pane" aria-label="Overview of the codebook" data-pane="overview">
      <div className="setup">
        <Segmented
          label="What is shown"
          value={shown}
          options={[
            { value: 'use', label: 'Use' },
            { value: 'together', label: 'Come together' },
            { value: 'confused', label: 'Taken for one another' },
          ]}
          onValue={(value) => setShown(value)}
        />
        <Select
          label="Coder"
          isLabelHidden
          value={coder}
          options={[
            { value: 'all', label: 'All coders' },
            ...coders.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onValue={setCoder}
        />
        {shown === 'use' && (
          <>
            <Segmented
              label="Which codes"
              value={which}
              options={[
                { value: 'all', label: 'All codes' },
                { value: 'unused', label: `Unused ${unused.length}` },
                { value: 'broad', label: `Over-broad ${broad.length}` },
              ]}
              onValue={(value) => setWhich(value)}
            />
            <Select
              label="Over-broad means"
              isLabelHidden
              value={share}
              options={SHARES.map((value) => ({ value, label: `Broad: over ${value} % of notes` }))}
              onValue={(value) => setShare(value)}
            />
          </>
        )}
        {progress && <ProgressBar progress={progress} onCancel={cancel} />}
        <span className="spacer" />
        {report && (
          <span className="place-facts number">
            {report.notesCoded} of {counted(report.notes, 'note')} coded
          </span>
        )}
      </div>
      {problem && (
        <div className="place-line">
          <ProblemNote>{problem}</ProblemNote>
        </div>
      )}
      {report && (
        <ShownTable
          report={report}
          shown={shown}
          rows={rows}
          byId={byId}
          coder={coder === 'all' ? null : coder}
          nothing={NOTHING_WORDS[which]}
        />
      )}
    </section>
  )
}

const NOTHING_WORDS: Record<Which, string> = {
  all: 'There are no codes yet.',
  unused: 'Every code is used.',
  broad: 'No code is in so many notes.',
}

function ShownTable({
  report,
  shown,
  rows,
  byId,
  coder,
  nothing,
}: {
  report: CodebookOverview
  shown: Shown
  rows: readonly Use[]
  byId: ReadonlyMap<string, CodeRow>
  coder: string | null
  nothing: string
}) {
  const coders = useSession((state) => state.project?.coders ?? [])
  if (shown === 'use')
    return rows.length === 0 ? (
      <EmptyState>{nothing}</EmptyState>
    ) : (
      <Table
        key="use"
        label="Use of codes"
        columns={usageColumns(report, coders, coder)}
        rows={rows}
        keyOf={({ code }) => code.id}
      />
    )
  if (shown === 'together')
    return report.together.length === 0 ? (
      <EmptyState>No note has two codes yet.</EmptyState>
    ) : (
      <Table
        key="together"
        label="Codes that come together"
        columns={togetherColumns(byId, coder)}
        rows={report.together}
        keyOf={({ first, second }) => `${first} ${second}`}
        initialSort={{ column: 'both', isDown: true }}
      />
    )
  return report.confused.length === 0 ? (
    <EmptyState>
      No words were given different codes by two coders. This needs two coders in the same notes.
    </EmptyState>
  ) : (
    <Table
      key="confused"
      label="Codes taken for one another"
      columns={confusedColumns(byId)}
      rows={report.confused}
      keyOf={({ first, second }) => `${first} ${second}`}
      initialSort={{ column: 'times', isDown: true }}
    />
  )
}
