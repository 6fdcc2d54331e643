/** The columns of the table of codes. */
import type { AgreementCell, AgreementReport, AgreementStatistic, CodeAgreement } from '../../shared/model.ts'
import { Tip } from '../ui/Button.tsx'
import { formatCount } from '../ui/Feedback.tsx'
import type { Column } from '../ui/Table.tsx'
import { CodePath } from './CodePath.tsx'
import { askedOf, cellNames } from './counts.ts'
import { DEFINITIONS, figureWords, LINES, type Lines, SHOWN } from './figures.ts'
import { IntervalPlot } from './IntervalPlot.tsx'
import type { Beside } from './work.ts'

const SHORT_NAMES: Partial<Record<AgreementStatistic, string>> = {
  percent: 'Agreement',
  cohen: 'Kappa',
  krippendorff: 'Alpha',
  ac1: 'AC1',
  prevalence: 'Prevalence',
}

/** One row a code: counts that open their passages for two coders, then the figures. */
export function columnsOf(
  report: AgreementReport,
  { beside, lines, onOpen }: { beside: Beside | null; lines: Lines; onOpen(next: Beside): void },
): Column<CodeAgreement>[] {
  const asked = beside?.kind === 'passages' ? beside.asked : null
  const isPair = report.coders.length === 2
  const heads = cellNames(report)
  const counts = (cell: AgreementCell): Column<CodeAgreement> => ({
    id: cell,
    head: heads[cell],
    name: heads[cell],
    width: '104px',
    isNumber: true,
    sortBy: (row) => row.counts?.[cell] ?? null,
    cell: (row) => {
      const count = row.counts?.[cell] ?? 0
      const isAsked =
        asked?.behind.kind === 'count' && asked.behind.codeId === row.codeId && asked.behind.cell === cell
      if (count === 0 || !isPair) return <span className="zero">{formatCount(count)}</span>
      return (
        <button
          type="button"
          className="cell-button"
          aria-pressed={isAsked}
          aria-label={`${row.code}, ${heads[cell]}: ${count}. Show the passages`}
          onClick={() =>
            onOpen({
              kind: 'passages',
              readingOf: null,
              asked: askedOf(report, row, cell, heads[cell]),
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
        <span>
          <strong>{definition.name}.</strong> {definition.words}
          <span className="tip-more">Press for the definition and a worked example.</span>
        </span>
      ),
      onHelp: () => onOpen({ kind: 'definition', measure: statistic }),
      name: definition.name,
      width: statistic === 'krippendorff' ? '200px' : '112px',
      isNumber: true,
      sortBy: (row) => row.figures[statistic]?.value ?? null,
      cell: (row) => <FigureCell row={row} statistic={statistic} marks={LINES[lines].marks} />,
    }
  })
  return [
    {
      id: 'code',
      head: 'Code',
      name: 'code',
      width: 'minmax(200px, 1fr)',
      sortBy: (row) => row.code,
      cell: (row) => (
        <button
          type="button"
          className="cell-button"
          aria-pressed={beside?.kind === 'reading' && beside.codeId === row.codeId}
          title={`${row.code}. Read its figures in words`}
          onClick={() => onOpen({ kind: 'reading', codeId: row.codeId })}
        >
          <CodePath path={row.code} />
        </button>
      ),
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

function FigureCell({
  row,
  statistic,
  marks,
}: {
  row: CodeAgreement
  statistic: (typeof SHOWN)[number]
  marks: readonly number[]
}) {
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
      <IntervalPlot
        value={row.figures.krippendorff.value as number}
        interval={row.interval.krippendorff}
        marks={marks}
      />
      <span>{words}</span>
    </span>
  )
}
