import { Download, Scale } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract.ts'
import type {
  AgreementCell,
  AgreementReport,
  AgreementStatistic,
  AgreementUnit,
  CodeAgreement,
} from '../../shared/model.ts'
import { asProblem } from '../../shared/problem.ts'
import { complain, say, useSession } from '../state/session.ts'
import { client, store } from '../store.ts'
import { Button, Tip } from '../ui/Button.tsx'
import { counted, EmptyState, formatCount, ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { Checkbox, Segmented, Select } from '../ui/Field.tsx'
import { type Column, Table } from '../ui/Table.tsx'
import './agreement.css'
import { DEFINITIONS, figureWords, SHOWN, twoDecimals } from './figures.ts'
import { IntervalPlot } from './IntervalPlot.tsx'
import { type Asked, PassagePane } from './PassagePane.tsx'

type Setup = { coderIds: string[]; unit: AgreementUnit; replicates: string }
type Work = {
  report: AgreementReport | null
  progress: Progress | null
  token: CancelToken | null
  problem: string | null
  isOld: boolean
}

const IDLE: Work = { report: null, progress: null, token: null, problem: null, isOld: false }
/** The same draws each time, so that two people see the same interval. */
const SEED = 1
/** Kept while the person looks at a passage in a note and comes back. */
let kept: { setup: Setup; work: Work; asked: Asked | null; project: string } | null = null

export function AgreementPlace() {
  const project = useSession((state) => state.project)
  const coders = project?.coders ?? []
  const mine = kept && kept.project === project?.id ? kept : null
  const [setup, setSetup] = useState<Setup>(
    mine?.setup ?? {
      coderIds: coders.slice(0, 2).map((coder) => coder.id),
      unit: 'note',
      replicates: '1000',
    },
  )
  const [work, setWork] = useState<Work>(mine?.work ?? IDLE)
  const [asked, setAsked] = useState<Asked | null>(mine?.asked ?? null)
  useEffect(() => {
    kept = { setup, work: { ...work, token: null }, asked, project: project?.id ?? '' }
  }, [setup, work, asked, project])
  useEffect(
    () =>
      client.onChange((event) => {
        if (event.topics.some((topic) => ['codings', 'status', 'codes'].includes(topic))) {
          setWork((before) => (before.report ? { ...before, isOld: true } : before))
        }
      }),
    [],
  )
  const change = (changes: Partial<Setup>) => {
    setSetup((before) => ({ ...before, ...changes }))
    setWork((before) => ({ ...before, isOld: true }))
    setAsked(null)
  }

  const compute = async () => {
    const token = new CancelToken()
    setWork((before) => ({ ...before, token, progress: null, problem: null }))
    setAsked(null)
    try {
      const report = await store.agreement.compute(
        {
          coderIds: setup.coderIds,
          unit: setup.unit,
          codeIds: null,
          replicates: Number(setup.replicates),
          seed: SEED,
        },
        { signal: token, onProgress: (progress) => setWork((before) => ({ ...before, progress })) },
      )
      setWork({ ...IDLE, report })
    } catch (error) {
      const { code, message } = asProblem(error)
      setWork((before) => ({ ...before, token: null, problem: code === 'cancelled' ? null : message }))
    }
  }

  const { report, token, problem } = work
  return (
    <div className="place">
      <section className="pane" aria-label="Agreement" data-pane="agreement">
        <div className="place-head">
          <h1>Agreement</h1>
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
        {report ? (
          <Results report={report} asked={asked} onAsk={setAsked} />
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
      {asked && <PassagePane asked={asked} onClose={() => setAsked(null)} />}
    </div>
  )
}

function SetupBar({ setup, onChange }: { setup: Setup; onChange(changes: Partial<Setup>): void }) {
  const coders = useSession((state) => state.project?.coders ?? [])
  return (
    <div className="setup">
      <fieldset className="setup-coders">
        <legend>Coders</legend>
        {coders.map((coder) => (
          <Checkbox
            key={coder.id}
            label={coder.name}
            checked={setup.coderIds.includes(coder.id)}
            onChecked={(isIn) =>
              onChange({
                coderIds: coders
                  .map((other) => other.id)
                  .filter((id) => (id === coder.id ? isIn : setup.coderIds.includes(id))),
              })
            }
          />
        ))}
      </fieldset>
      <Segmented
        label="Unit of comparison"
        value={setup.unit}
        options={[
          { value: 'note', label: 'By note' },
          { value: 'character', label: 'By character' },
        ]}
        onValue={(unit) => onChange({ unit })}
      />
      <Select
        label="Interval from"
        isLabelHidden
        value={setup.replicates}
        options={[
          { value: '0', label: 'No interval' },
          { value: '1000', label: '1,000 resamples' },
          { value: '10000', label: '10,000 resamples' },
        ]}
        onValue={(replicates) => onChange({ replicates })}
      />
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

function Results({
  report,
  asked,
  onAsk,
}: {
  report: AgreementReport
  asked: Asked | null
  onAsk(asked: Asked): void
}) {
  const columns = useMemo(() => columnsOf(report, asked, onAsk), [report, asked, onAsk])
  const [isNotesShown, setNotesShown] = useState(false)
  const { counted: inside, left } = report.notes
  const alpha = report.overall.krippendorff
  return (
    <>
      <div className="place-line agreement-facts number">
        <button
          type="button"
          className="link"
          aria-expanded={isNotesShown}
          onClick={() => setNotesShown(!isNotesShown)}
        >
          {counted(inside.length, 'note')} counted, {formatCount(left.length)} left out
        </button>
        <span>{report.coders.map((coder) => coder.name).join(' and ')}</span>
        <span>unit: {report.unit}</span>
        {alpha?.mean !== null && alpha !== undefined && (
          <span>
            mean alpha {twoDecimals(alpha.mean)} over {counted(alpha.codes, 'code')} where it is defined
          </span>
        )}
      </div>
      {isNotesShown && <NotesBehind report={report} />}
      <Table
        label="Agreement by code"
        columns={columns}
        rows={report.codes}
        keyOf={(row) => row.codeId}
        rowHeight={30}
      />
    </>
  )
}

function NotesBehind({ report }: { report: AgreementReport }) {
  const { counted: inside, left } = report.notes
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="notes-behind" aria-label="Notes behind the figures" tabIndex={0}>
      <div>
        <h3>Counted</h3>
        <p className="number">
          {inside.length === 0
            ? 'None: no note is marked finished by all of these coders.'
            : inside.slice(0, 500).join(', ')}
        </p>
      </div>
      <div>
        <h3>Left out</h3>
        <ul>
          {left.slice(0, 500).map((note) => (
            <li key={note.note}>
              <span className="number">{note.note}</span> {note.reason}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

const SHORT_NAMES: Partial<Record<AgreementStatistic, string>> = {
  percent: 'Agreement',
  cohen: 'Kappa',
  krippendorff: 'Alpha',
  ac1: 'AC1',
  prevalence: 'Prevalence',
}

const CELL_NAMES: Record<AgreementCell, string> = {
  both: 'Both',
  first: 'Only first',
  second: 'Only second',
  neither: 'Neither',
}

function columnsOf(
  report: AgreementReport,
  asked: Asked | null,
  onAsk: (asked: Asked) => void,
): Column<CodeAgreement>[] {
  const [first, second] = report.coders
  const isPair = report.coders.length === 2 && first !== undefined && second !== undefined
  const heads: Record<AgreementCell, string> = {
    ...CELL_NAMES,
    first: `Only ${first?.name ?? ''}`,
    second: `Only ${second?.name ?? ''}`,
  }
  const counts = (cell: AgreementCell): Column<CodeAgreement> => ({
    id: cell,
    head: heads[cell],
    name: heads[cell],
    width: '104px',
    isNumber: true,
    sortBy: (row) => row.counts?.[cell] ?? null,
    cell: (row) => {
      const count = row.counts?.[cell] ?? 0
      const isAsked = asked?.codeId === row.codeId && asked.cell === cell
      if (count === 0 || !isPair) return <span className="zero">{formatCount(count)}</span>
      return (
        <button
          type="button"
          className="cell-button"
          aria-pressed={isAsked}
          aria-label={`${row.code}, ${heads[cell]}: ${count}. Show the passages`}
          onClick={() =>
            onAsk({
              coderIds: [first.id, second.id],
              unit: report.unit,
              codeId: row.codeId,
              code: row.code,
              cell,
              words: heads[cell],
              count,
            })
          }
        >
          {formatCount(count)}
        </button>
      )
    },
  })
  const statistics = SHOWN.map((statistic): Column<CodeAgreement> => {
    const definition = DEFINITIONS[statistic]
    return {
      id: statistic,
      head: SHORT_NAMES[statistic] ?? statistic,
      help: (
        <>
          <strong>{definition?.name}.</strong> {definition?.words}
        </>
      ),
      name: definition?.name ?? statistic,
      width: statistic === 'krippendorff' ? '200px' : '112px',
      isNumber: true,
      sortBy: (row) => row.figures[statistic]?.value ?? null,
      cell: (row) => <FigureCell row={row} statistic={statistic} />,
    }
  })
  return [
    {
      id: 'code',
      head: 'Code',
      name: 'code',
      width: 'minmax(200px, 1fr)',
      sortBy: (row) => row.code,
      cell: (row) => <CodePath path={row.code} />,
    },
    {
      id: 'n',
      head: 'n',
      name: 'number of units',
      width: '76px',
      isNumber: true,
      sortBy: (row) => row.n,
      cell: (row) => formatCount(row.n),
    },
    ...(isPair ? (['both', 'first', 'second', 'neither'] as const).map(counts) : []),
    ...statistics.filter((column) => isPair || column.id !== 'cohen'),
  ]
}

/** The code's own name first: it is what is looked for, and the last to be cut off. */
function CodePath({ path }: { path: string }) {
  const parts = path.split(' > ')
  return (
    <span className="truncate" title={path}>
      {parts.at(-1)} <span className="zero">{parts.slice(0, -1).join(' › ')}</span>
    </span>
  )
}

function FigureCell({ row, statistic }: { row: CodeAgreement; statistic: (typeof SHOWN)[number] }) {
  const { words, reason } = figureWords(row, statistic)
  if (reason) {
    return (
      <Tip words={reason} isDescription>
        <button type="button" className="cell-button undefined-figure" aria-label={`undefined: ${reason}`}>
          undefined
        </button>
      </Tip>
    )
  }
  if (statistic !== 'krippendorff') return words
  return (
    <span className="alpha">
      <IntervalPlot value={row.figures.krippendorff.value as number} interval={row.interval.krippendorff} />
      <span>{words}</span>
    </span>
  )
}
