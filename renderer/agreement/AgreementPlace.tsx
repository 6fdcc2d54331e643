import { Scale } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { AgreementReport, ConfusionReport } from '../../shared/contract/agreement.ts'
import { ExportBar } from '../export/ExportBar.tsx'
import { RoundsView } from '../rounds/RoundsView.tsx'
import { announce, useCoders } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/Feedback.tsx'
import { Tabbed, TabPanel, Tabs } from '../ui/Tabs.tsx'
import './agreement.css'
import { type Job, useJob } from '../queries/use-job.ts'
import { AgreementExport } from './AgreementExport.tsx'
import { useAgreement } from './agreement-view.ts'
import type { View } from './asked-view.ts'
import { ConfusionView } from './ConfusionView.tsx'
import type { Context } from './context.ts'
import { DefinitionPane } from './DefinitionPane.tsx'
import { JobFrame } from './JobFrame.tsx'
import { PairsView } from './PairsView.tsx'
import { ReadingPane } from './ReadingPane.tsx'
import { Results } from './Results.tsx'
import { SegmentsPane } from './SegmentsPane.tsx'
import { SeriesView } from './SeriesView.tsx'
import { SetupBar } from './SetupBar.tsx'
import { SpansView } from './SpansView.tsx'
import { intervalsOf, scopeOf } from './setup.ts'

const VIEWS: readonly { id: View; label: string }[] = [
  { id: 'codes', label: 'By code' },
  { id: 'spans', label: 'Free spans' },
  { id: 'confused', label: 'Confused codes' },
  { id: 'pairs', label: 'Pairs of coders' },
  { id: 'series', label: 'Over time' },
  { id: 'rounds', label: 'Rounds' },
]

export function AgreementPlace() {
  const place = useAgreement()
  const { setup, computed, view, beside, lines, open, close, compute } = place
  const ran = computed?.setup ?? null
  const report = useJob(keyOf(place, 'codes'), (options) =>
    store.agreement.compute(
      { ...scopeOf(ran ?? setup), ...intervalsOf(ran ?? setup), codeIds: null },
      options,
    ),
  )
  const wasRunning = useRef(false)
  useEffect(() => {
    if (wasRunning.current && !report.isRunning && !report.wasCancelled && !report.problem)
      announce('Agreement computed')
    wasRunning.current = report.isRunning
  }, [report.isRunning, report.wasCancelled, report.problem])
  const isPair = ran?.coderIds.length === 2
  const isConfusionAsked = isPair && (view === 'confused' || beside?.kind === 'reading')
  const confusion = useJob<ConfusionReport>(isConfusionAsked ? keyOf(place, 'confusion') : null, (options) =>
    store.agreement.confusion(scopeOf(ran ?? setup), options),
  )
  const context = ran && { setup: ran, key: keyOf(place, '') ?? '', beside, lines, onOpen: open }
  return (
    <div className="place">
      <section className="pane" aria-label="Agreement" data-pane="agreement">
        <Tabbed value={view} onValue={place.show}>
          <div className="place-head">
            <h1>Agreement</h1>
            <Tabs label="Agreement" tabs={VIEWS} />
            <span className="spacer" />
            {view !== 'rounds' && (
              <>
                {report.data && <AgreementExport report={report.data} />}
                <Button
                  kind="primary"
                  disabled={setup.coderIds.length < 2 || report.isRunning}
                  onClick={() => compute()}
                >
                  {computed ? 'Compute again' : 'Compute agreement'}
                </Button>
              </>
            )}
          </div>
          <ExportBar place="agreement" />
          <TabPanel value={view}>
            {view === 'rounds' ? (
              <RoundsView
                onCompare={({ id, coders }) =>
                  compute({ ...setup, roundId: id, coderIds: coders.map(({ coderId }) => coderId) }, 'codes')
                }
              />
            ) : (
              <>
                <SetupBar setup={setup} onChange={place.change} lines={lines} onLines={place.setLines} />
                {place.old && !report.isRunning && report.begunAt < place.old.at && (
                  <div className="place-line old">
                    {place.old.why === 'project' ? 'The project' : 'The setting'} has changed since. Compute
                    again to update the figures.
                  </div>
                )}
                {context ? (
                  <Compared place={place} context={context} report={report} confusion={confusion} />
                ) : (
                  <NothingYet onCompute={() => compute()} />
                )}
              </>
            )}
          </TabPanel>
        </Tabbed>
      </section>
      {beside?.kind === 'segments' && (
        <SegmentsPane key={JSON.stringify(beside.asked.behind)} asked={beside.asked} onClose={close} />
      )}
      {beside?.kind === 'definition' && (
        <DefinitionPane
          measure={beside.measure}
          onMeasure={(measure) => open({ kind: 'definition', measure })}
          onClose={close}
        />
      )}
      {beside?.kind === 'reading' && report.data && context && (
        <ReadingPane
          key={beside.codeId}
          report={report.data}
          confusion={isPair ? confusion.data : null}
          codeId={beside.codeId}
          context={context}
          onUnit={(unit) => compute({ ...context.setup, unit })}
          onAsk={(asked) => open({ kind: 'segments', asked, readingOf: beside.codeId })}
          onClose={close}
        />
      )}
    </div>
  )
}

/** The calculation a view shows, anew for each time it was asked for. */
const keyOf = ({ project, computed }: ReturnType<typeof useAgreement>, view: string): string | null =>
  computed && `${project} ${computed.run} ${view}`

function NothingYet({ onCompute }: { onCompute(): void }) {
  const coders = useCoders()
  return coders.length < 2 ? (
    <EmptyState icon={Scale}>Agreement needs two coders. Add the second coder at the top right.</EmptyState>
  ) : (
    <EmptyState icon={Scale} action={{ label: 'Compute agreement', onClick: onCompute }}>
      Compare what coders applied to the notes that all of them marked finished.
    </EmptyState>
  )
}

/** What came of the comparison, looked at in one way. */
function Compared({
  place: { view, beside, open, compute },
  context,
  report,
  confusion,
}: {
  place: ReturnType<typeof useAgreement>
  context: Context
  report: Job<AgreementReport>
  confusion: Job<ConfusionReport>
}) {
  const { setup } = context
  if (view === 'spans') return <SpansView context={context} />
  if (view === 'pairs')
    return <PairsView context={context} onCompare={(coderIds) => compute({ ...setup, coderIds }, 'codes')} />
  if (view === 'series')
    return <SeriesView context={context} onRound={(roundId) => compute({ ...setup, roundId }, 'codes')} />
  if (view === 'codes')
    return (
      <JobFrame job={report}>
        {(data) => <Results report={data} isDone={!report.isRunning} context={context} />}
      </JobFrame>
    )
  if (setup.coderIds.length > 2)
    return (
      <EmptyState icon={Scale}>
        Which codes are confused between coders is shown for two of them. Choose two, or open a pair under
        Pairs of coders.
      </EmptyState>
    )
  return (
    <JobFrame job={confusion}>
      {(data) => (
        <ConfusionView
          report={data}
          asked={beside?.kind === 'segments' ? beside.asked : null}
          onAsk={(asked) => open({ kind: 'segments', asked, readingOf: null })}
        />
      )}
    </JobFrame>
  )
}
