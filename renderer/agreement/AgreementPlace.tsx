import { Download, Scale } from 'lucide-react'
import { complain, say, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState, ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { TabPanel, Tabs } from '../ui/Tabs.tsx'
import './agreement.css'
import { ConfusionView } from './ConfusionView.tsx'
import { PassagePane } from './PassagePane.tsx'
import { Results } from './Results.tsx'
import { SetupBar } from './SetupBar.tsx'
import { SEED, type Setup, useAgreement, type View } from './work.ts'

const VIEWS: readonly { id: View; label: string }[] = [
  { id: 'codes', label: 'By code' },
  { id: 'confused', label: 'Confused codes' },
]

export function AgreementPlace() {
  const coders = useSession((state) => state.project?.coders ?? [])
  const { setup, change, work, compute, view, setView, beside, setBeside } = useAgreement()
  const { report, confusion, token, problem } = work
  const show = (next: View) => {
    setView(next)
    setBeside(null)
  }
  return (
    <div className="place">
      <section className="pane" aria-label="Agreement" data-pane="agreement">
        <div className="place-head">
          <h1>Agreement</h1>
          {report && confusion && <Tabs label="Agreement" tabs={VIEWS} value={view} onValue={show} />}
          <span className="spacer" />
          {report && (
            <Button kind="plain" icon={Download} onClick={() => void exportReport(setup)}>
              Export CSV
            </Button>
          )}
          <Button
            kind="primary"
            disabled={setup.coderIds.length < 2 || token !== null}
            onClick={() => void compute()}
          >
            {report ? 'Compute again' : 'Compute agreement'}
          </Button>
        </div>
        <SetupBar setup={setup} onChange={change} />
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
              <Results report={report} asked={beside} onAsk={setBeside} />
            ) : (
              <ConfusionView report={confusion} asked={beside} onAsk={setBeside} />
            )}
          </TabPanel>
        ) : report ? (
          <Results report={report} asked={beside} onAsk={setBeside} />
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
      {beside && (
        <PassagePane key={JSON.stringify(beside.behind)} asked={beside} onClose={() => setBeside(null)} />
      )}
    </div>
  )
}

async function exportReport({ coderIds, unit, replicates }: Setup) {
  const picked = await window.bridge.pickSave('agreement-csv', 'agreement')
  if (!picked) return
  store.agreement
    .exportFile({ ticket: picked.ticket, coderIds, unit, replicates: Number(replicates), seed: SEED })
    .then(() => say(`Agreement written to ${picked.name}`), complain)
}
