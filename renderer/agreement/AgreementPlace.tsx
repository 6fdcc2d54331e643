import { Scale } from 'lucide-react'
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

const VIEWS: readonly { id: View; label: string }[] = [
  { id: 'codes', label: 'By code' },
  { id: 'confused', label: 'Confused codes' },
]

export function AgreementPlace() {
  const coders = useSession((state) => state.project?.coders ?? [])
  const { setup, change, work, compute, view, show, beside, open, close, lines, setLines } = useAgreement()
  const { report, confusion, token, problem } = work
  return (
    <div className="place">
      <section className="pane" aria-label="Agreement" data-pane="agreement">
        <div className="place-head">
          <h1>Agreement</h1>
          {report && confusion && <Tabs label="Agreement" tabs={VIEWS} value={view} onValue={show} />}
          <span className="spacer" />
          {report && <AgreementExport setup={setup} />}
          <Button
            kind="primary"
            disabled={setup.coderIds.length < 2 || token !== null}
            onClick={() => void compute()}
          >
            {report ? 'Compute again' : 'Compute agreement'}
          </Button>
        </div>
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
        {report && confusion ? (
          <TabPanel label="Agreement" value={view}>
            {view === 'codes' ? (
              <Results report={report} beside={beside} lines={lines} onOpen={open} />
            ) : (
              <ConfusionView
                report={confusion}
                asked={beside?.kind === 'passages' ? beside.asked : null}
                onAsk={(asked) => open({ kind: 'passages', asked, readingOf: null })}
              />
            )}
          </TabPanel>
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
