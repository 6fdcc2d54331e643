/** The columns of the table of codes. */
import { asPercent, prevalenceOf, rowName } from '../../shared/agreement-words.ts'
import type {
  AgreementCell,
  AgreementReport,
  AgreementStatistic,
  CodeAgreement,
} from '../../shared/contract/agreement.ts'
import { formatCount } from '../ui/Feedback.tsx'
import type { Column } from '../ui/Table.tsx'
import { CodePart } from './CodePart.tsx'
import { CodePath } from './CodePath.tsx'
import type { Context } from './context.ts'
import { askedOf, cellNames, cellsOf, countOf } from './counts.ts'
import { FigureCell } from './FigureCell.tsx'
import { DEFINITIONS, figureWords, LINES, SHORT_NAMES, shownOf } from './figures.ts'

/** One row a code: counts that open their segments, then the figures. */
export function columnsOf(report: AgreementReport, context: Context): Column<CodeAgreement>[] {
  return [
    codeColumn(context),
    {
      id: 'n',
      head: 'n',
      name: 'number of units',
      width: '76px',
      isNumber: true,
      sortBy: (row) => row.n,
      cell: (row) => formatCount(row.n),
    },
    ...cellsOf(report).map((cell) => countColumn(report, cell, context)),
    {
      id: 'prevalence',
      head: 'Prevalence',
      name: 'prevalence',
      help: 'Share of the units that carry the code, on average over the coders. Of 20 notes, 6 by one and 5 by the other: (6 + 5) / (2 · 20) = 27.5 %.',
      width: '100px',
      isNumber: true,
      sortBy: prevalenceOf,
      cell: (row) => {
        const share = prevalenceOf(row)
        return share === null ? <span className="zero">–</span> : asPercent(share)
      },
    },
    ...shownOf(report.coders.length).map((statistic) => figureColumn(statistic, context)),
  ]
}

function codeColumn({ beside, onOpen }: Context): Column<CodeAgreement> {
  return {
    id: 'code',
    head: 'Code',
    name: 'code',
    width: 'minmax(180px, 1fr)',
    sortBy: rowName,
    cell: (row) =>
      row.part === null ? (
        <button
          type="button"
          className="cell-button"
          aria-pressed={beside?.kind === 'reading' && beside.codeId === row.codeId}
          title={`${row.code}. Read its figures in words`}
          onClick={() => onOpen({ kind: 'reading', codeId: row.codeId })}
        >
          <CodePath path={row.code} />
        </button>
      ) : (
        <CodePart row={row} />
      ),
  }
}

function countColumn(
  report: AgreementReport,
  cell: AgreementCell,
  { beside, onOpen }: Context,
): Column<CodeAgreement> {
  const head = cellNames(report)[cell]
  const behind = beside?.kind === 'segments' ? beside.asked.behind : null
  const isAsked = (row: CodeAgreement) =>
    behind?.kind === 'count' &&
    behind.codeId === row.codeId &&
    behind.cell === cell &&
    behind.part?.value === row.part?.value
  return {
    id: cell,
    head,
    name: head,
    width: '96px',
    isNumber: true,
    sortBy: (row) => countOf(row, cell),
    cell: (row) => {
      const count = countOf(row, cell)
      if (count === 0) return <span className="zero">{formatCount(count)}</span>
      return (
        <button
          type="button"
          className="cell-button"
          aria-pressed={isAsked(row)}
          aria-label={`${rowName(row)}, ${head}: ${count}. Show the segments`}
          onClick={() =>
            onOpen({ kind: 'segments', readingOf: null, asked: askedOf(report, row, cell, head) })
          }
        >
          {formatCount(count)}
        </button>
      )
    },
  }
}

function figureColumn(statistic: AgreementStatistic, { lines, onOpen }: Context): Column<CodeAgreement> {
  const definition = DEFINITIONS[statistic]
  const isPlotted = statistic !== 'percent'
  return {
    id: statistic,
    head: SHORT_NAMES[statistic] ?? statistic,
    help: (
      <span>
        <strong>{definition.name}.</strong> {definition.words}
        <span className="tip-more">Click for the definition and a worked example.</span>
      </span>
    ),
    onHelp: () => onOpen({ kind: 'definition', measure: statistic }),
    name: definition.name,
    width: isPlotted ? '148px' : '108px',
    isNumber: true,
    sortBy: (row) => row.figures[statistic]?.value ?? null,
    cell: (row) => (
      <FigureCell
        value={row.figures[statistic].value}
        reason={row.figures[statistic].reason}
        words={figureWords(row, statistic).words}
        interval={row.interval[statistic]}
        marks={LINES[lines].marks}
        isPlotted={isPlotted}
      />
    ),
  }
}
