import { Scale } from 'lucide-react'
import { RoundsView } from '../rounds/RoundsView.tsx'
import { useSession } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState, ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { TabPanel, Tabs } from '../ui/Tabs.tsx'
import './agreement.css'
import { AgreementExport } from './AgreementExport.tsx'
import { ConfusionView } from './ConfusionView.tsx'
import { DefinitionPane } from './DefinitionPane.tsx'
import { PassagePane } from './PassagePane.tsx'
import { ReadingPane } from './ReadingPane.tsx'
import { Results } from './Results.tsx'
import { SetupBar } from './SetupBar.tsx'
import { useAgreement, type View } from './work.ts'

/** Confused codes are a question about two coders only. */
const viewsOf = (hasConfusion: boolean): { id: View; label: string }[] => [
  { id: 'codes', label: 'By code' },
  ...(hasConfusion ? [{ id: 'confused' as const, label: 'Confused codes' }] : []),
  { id: 'rounds', label: 'Rounds' },
]

export function AgreementPlace() {
  const agreement = useAgreement()
  const { setup, work, compute, compare, view, show, beside, open, close } = agreement
  const { report, confusion, token } = work
  const shown = view === 'confused' && !confusion ? 'codes' : view
  return (
    <div className="place">
      <section className="pane" aria-label="Agreement" data-pane="agreement">
        <div className="place-head">
          <h1>Agreement</h1>
          <Tabs label="Agreement" tabs={viewsOf(confusion !== null)} value={shown} onValue={show} />
          <span className="spacer" />
          {shown !== 'rounds' && (
            <>
              {report && <AgreementExport setup={setup} />}
              <Button
                kind="primary"
                disabled={setup.coderIds.length < 2 || token !== null}
                onClick={() => void compute()}
              >
                {report ? 'Compute again' : 'Compute agreement'}
              </Button>
            </>
          )}
        </div>
        <TabPanel label="Agreement" value={shown}>
          {shown === 'rounds' ? (
            <RoundsView onCompare={compare} />
          ) : (
            <Compared agreement={agreement} isConfusion={shown === 'confused'} />
          )}
        </TabPanel>
      </section>
      {beside?.kind === 'passages' && (
        <PassagePane key={JSON.stringify(beside.asked.behind)} asked={beside.asked} onClose={close} />
      )}
      {beside?.kind === 'definition' && (
        <DefinitionPane
          measure={beside.measure}
          onMeasure={(measure) => open({ kind: 'definition', measure })}
          onClose={close}
        />
      )}
      {beside?.kind === 'reading' && report && (
        <ReadingPane
          key={beside.codeId}
          report={report}
          confusion={confusion}
          codeId={beside.codeId}
          onAsk={(asked) => open({ kind: 'passages', asked, readingOf: beside.codeId })}
          onClose={close}
        />
      )}
    </div>
  )
}

/** What is compared, and what came of it. */
function Compared({
  agreement,
  isConfusion,
}: {
  agreement: ReturnType<typeof useAgreement>
  isConfusion: boolean
}) {
  const coders = useSession((state) => state.project?.coders ?? [])
  const { setup, change, work, compute, beside, open, lines, setLines } = agreement
  const { report, confusion, token, problem } = work
  return (
    <>
      <SetupBar setup={setup} onChange={change} lines={lines} onLines={setLines} />
      {token && (
        <div className="place-line">
          <ProgressBar progress={work.progress} onCancel={() => token.cancel()} />
        </div>
      )}
      {problem && (
        <div className="place-line">
          <ProblemNote>{problem}</ProblemNote>
        </div>
      )}
      {work.isOld && report && !token && (
        <div className="place-line old">
          These figures are older than the last change. Compute again to bring them up to date.
        </div>
      )}
      {isConfusion && confusion ? (
        <ConfusionView
          report={confusion}
          asked={beside?.kind === 'passages' ? beside.asked : null}
          onAsk={(asked) => open({ kind: 'passages', asked, readingOf: null })}
        />
      ) : report ? (
        <Results report={report} beside={beside} lines={lines} onOpen={open} />
      ) : coders.length < 2 ? (
        <EmptyState icon={Scale}>
          Agreement needs two coders. Add the second coder at the top right.
        </EmptyState>
      ) : (
        !token && (
          <EmptyState icon={Scale} action={{ label: 'Compute agreement', onClick: () => void compute() }}>
            Compare what coders applied to the notes that all of them marked finished.
          </EmptyState>
        )
      )}
    </>
  )
}
