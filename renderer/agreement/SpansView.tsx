import { useMemo } from 'react'
import { asPercent, rowName, twoDecimals } from '../../shared/agreement-words.ts'
import type { AgreementBehind } from '../../shared/contract/agreement.ts'
import type { CodeUnitizing, UnitizingReport, UnitizingStatistic } from '../../shared/contract/unitizing.ts'
import { useJob } from '../queries/use-job.ts'
import { store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { type Column, Table } from '../ui/Table.tsx'
import { CodePart } from './CodePart.tsx'
import { CodePath } from './CodePath.tsx'
import type { Context } from './context.ts'
import { namesOf } from './counts.ts'
import { FigureCell } from './FigureCell.tsx'
import { DEFINITIONS, LINES } from './figures.ts'
import { JobFrame } from './JobFrame.tsx'
import { intervalsOf, scopeOf } from './setup.ts'

type Shown = {
  statistic: UnitizingStatistic
  head: string
  measure: keyof typeof DEFINITIONS
  isPlotted?: true
}
const SHOWN: readonly Shown[] = [
  { statistic: 'uAlpha', head: 'u-alpha', measure: 'uAlpha', isPlotted: true },
  { statistic: 'f1', head: 'F1', measure: 'spanF1', isPlotted: true },
  { statistic: 'f1Exact', head: 'F1, same words', measure: 'spanF1' },
  { statistic: 'precision', head: 'Precision', measure: 'spanPrecision' },
  { statistic: 'recall', head: 'Recall', measure: 'spanRecall' },
  { statistic: 'alphaU', head: 'alpha-U', measure: 'alphaU' },
  { statistic: 'boundary', head: 'Boundaries', measure: 'boundarySimilarity' },
]

/** How far coders agree on where what they coded begins and ends, without any unit given beforehand. */
export function SpansView({ context }: { context: Context }) {
  const { setup, key } = context
  const job = useJob<UnitizingReport>(`${key}spans`, (options) =>
    store.agreement.unitizing(
      { ...scopeOf(setup), ...intervalsOf(setup), codeIds: null, least: setup.least },
      options,
    ),
  )
  return <JobFrame job={job}>{(report) => <Spans report={report} context={context} />}</JobFrame>
}

function Spans({ report, context }: { report: UnitizingReport; context: Context }) {
  const columns = useMemo(() => columnsOf(report, context), [report, context])
  const matching =
    report.least === 0
      ? 'overlap at all'
      : report.least === 1
        ? 'cover the same text'
        : `share at least ${asPercent(report.least)} of what both cover`
  return (
    <>
      <div className="place-line agreement-facts number">
        <span>
          {counted(report.notes, 'note')}, {counted(report.characters, 'character')}
        </span>
        <span>{namesOf(report)}</span>
        <span>Two spans of a code match when they {matching}.</span>
      </div>
      <Table
        label="Agreement on spans"
        columns={columns}
        rows={report.codes}
        keyOf={rowName}
        rowHeight={30}
      />
      {report.domains.length > 0 && <Domains report={report} />}
    </>
  )
}

function columnsOf(report: UnitizingReport, { lines, beside, onOpen }: Context): Column<CodeUnitizing>[] {
  const names = report.coders.map(({ name }) => name)
  const behind = beside?.kind === 'segments' ? beside.asked.behind : null
  const spans = names.map(
    (name, g): Column<CodeUnitizing> => ({
      id: `spans-${name}`,
      head: name,
      name: `Spans of ${name}`,
      width: '84px',
      isNumber: true,
      sortBy: (row) => row.spans[g] ?? 0,
      cell: (row) => formatCount(row.spans[g] ?? 0),
    }),
  )
  const matched = (cell: 'both' | 'first' | 'second', head: string): Column<CodeUnitizing> => ({
    id: cell,
    head,
    name: head,
    width: '112px',
    isNumber: true,
    sortBy: (row) => row.matched?.[cell] ?? null,
    cell: (row) => {
      const count = row.matched?.[cell] ?? 0
      if (count === 0) return <span className="zero">0</span>
      const asked: AgreementBehind = {
        kind: 'spans',
        codeId: row.codeId,
        cell,
        least: report.least,
        part: row.part,
      }
      return (
        <button
          type="button"
          className="cell-button"
          aria-pressed={behind?.kind === 'spans' && behind.codeId === row.codeId && behind.cell === cell}
          aria-label={`${rowName(row)}, ${head}: ${count}. Show the segments`}
          onClick={() =>
            onOpen({
              kind: 'segments',
              readingOf: null,
              asked: { scope: report.scope, behind: asked, title: rowName(row), words: head, count },
            })
          }
        >
          {formatCount(count)}
        </button>
      )
    },
  })
  const figures = SHOWN.filter(
    ({ statistic }) => names.length === 2 || !['precision', 'recall', 'boundary'].includes(statistic),
  ).map(({ statistic, head, measure, isPlotted = false }): Column<CodeUnitizing> => {
    const definition = DEFINITIONS[measure]
    return {
      id: statistic,
      head,
      name: head,
      help: (
        <span>
          <strong>{definition.name}.</strong> {definition.words}
          <span className="tip-more">Click for the definition and a worked example.</span>
        </span>
      ),
      onHelp: () => onOpen({ kind: 'definition', measure }),
      width: isPlotted ? '148px' : '116px',
      isNumber: true,
      sortBy: (row) => row.figures[statistic].value,
      cell: (row) => {
        const { value, reason } = row.figures[statistic]
        return (
          <FigureCell
            value={value}
            reason={reason}
            words={value === null ? '' : twoDecimals(value)}
            interval={row.interval[statistic]}
            marks={LINES[lines].marks}
            isPlotted={isPlotted}
          />
        )
      },
    }
  })
  return [
    {
      id: 'code',
      head: 'Code',
      name: 'code',
      width: 'minmax(180px, 1fr)',
      sortBy: rowName,
      cell: (row) => (row.part === null ? <CodePath path={row.code} /> : <CodePart row={row} />),
    },
    ...spans,
    ...(names.length === 2
      ? [
          matched('both', 'Matched'),
          matched('first', `Only ${names[0]}`),
          matched('second', `Only ${names[1]}`),
        ]
      : []),
    ...figures,
  ]
}

/** Codes below one another as values of one question: which of them a stretch of text is, if any. */
function Domains({ report }: { report: UnitizingReport }) {
  const defined = report.domains.filter(({ uAlpha }) => uAlpha.value !== null)
  const refused = report.domains.length - defined.length
  const words = (value: number | null) => (value === null ? '–' : twoDecimals(value))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="domains" aria-label="Codes below one parent together" tabIndex={0}>
      <h3 className="domains-head">Codes below one parent together</h3>
      {defined.length > 0 && (
        <table className="plain-table number">
          <thead>
            <tr>
              <th scope="col">Parent</th>
              <th scope="col">u-alpha</th>
              <th scope="col">|u-alpha, coded or not</th>
              <th scope="col">cu-alpha, which code</th>
              <th scope="col">of the text</th>
            </tr>
          </thead>
          <tbody>
            {defined.map(({ codeId, code, uAlpha, barUAlpha, cuAlpha, cuCoverage }) => (
              <tr key={codeId}>
                <th scope="row">{code}</th>
                <td>{words(uAlpha.value)}</td>
                <td>{words(barUAlpha.value)}</td>
                <td>{words(cuAlpha.value)}</td>
                <td>{cuCoverage.value === null ? '–' : asPercent(cuCoverage.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {refused > 0 && (
        <p>
          Not measured together: {counted(refused, 'parent')} with codes that one coder applied to the same
          text.
        </p>
      )}
    </section>
  )
}
