import { useMemo } from 'react'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { CodebookOverview } from '../../../shared/contract/codebook.ts'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import { keptInWords } from '../../../shared/theme-words.ts'
import { byIdOf, pathOf } from '../../codes/codes.ts'
import { useStore } from '../../queries/use-store.ts'
import { useCoders } from '../../state/session.ts'
import { ComputedFrame } from '../../ui/ComputedFrame.tsx'
import { counted, EmptyState } from '../../ui/Feedback.tsx'
import { Segmented, Select } from '../../ui/Field.tsx'
import { Table } from '../../ui/Table.tsx'
import { choose, SHARES, type Shown, useChoices } from './choices.ts'
import './overview.css'
import { isBroad, isUnused, type Use, useOverview, usesOf, type Which } from './report.ts'
import { confusedColumns, togetherColumns, usageColumns } from './tables.tsx'

const NO_CODES: CodeRow[] = []

/** Whether the codebook fits the notes: how each code is used, which co-occur, which are confused between coders. */
export function OverviewView() {
  const coders = useCoders()
  const { data: codes = NO_CODES } = useStore('codes.list', {})
  const { shown, coder, which, share } = useChoices()
  const computed = useOverview(coder === 'all' ? null : coder)
  const { data: report } = computed
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
            { value: 'together', label: 'Co-occur' },
            { value: 'confused', label: 'Confused between coders' },
          ]}
          onValue={(shown) => choose({ shown })}
        />
        <Select<CoderId | 'all'>
          label="Coder"
          isLabelHidden
          value={coder}
          options={[
            { value: 'all', label: 'All coders' },
            ...coders.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onValue={(coder) => choose({ coder })}
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
              onValue={(which) => choose({ which })}
            />
            <Select
              label="Over-broad means"
              isLabelHidden
              value={share}
              options={SHARES.map((value) => ({ value, label: `Broad: over ${value} % of notes` }))}
              onValue={(share) => choose({ share })}
            />
          </>
        )}
        <span className="spacer" />
        {report && (
          <span className="place-facts number">
            {report.notesCoded} of {counted(report.notes, 'note')} coded
          </span>
        )}
      </div>
      <ComputedFrame computed={computed} />
      {report && report.heldBack > 0 && <p className="place-line number">{keptInWords(report.heldBack)}</p>}
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
  coder: CoderId | null
  nothing: string
}) {
  const coders = useCoders()
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
      <EmptyState>No coder has given a note two codes yet.</EmptyState>
    ) : (
      <Table
        key="together"
        label="Codes that co-occur"
        columns={togetherColumns(byId, coder)}
        rows={report.together}
        keyOf={({ first, second }) => `${first} ${second}`}
        initialSort={{ column: 'both', isDown: true }}
      />
    )
  return report.confused.length === 0 ? (
    <EmptyState>
      No text has different codes from two coders. This needs two coders in the same notes.
    </EmptyState>
  ) : (
    <Table
      key="confused"
      label="Codes confused between coders"
      columns={confusedColumns(byId)}
      rows={report.confused}
      keyOf={({ first, second }) => `${first} ${second}`}
      initialSort={{ column: 'times', isDown: true }}
    />
  )
}
