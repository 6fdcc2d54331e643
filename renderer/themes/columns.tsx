/** The columns of the table: every figure with its share, and the way to the segments it counts. */
import type { ReactNode } from 'react'
import type { ThemeReport, ThemeRow, ThemeScope } from '../../shared/contract/themes.ts'
import { formatCount } from '../ui/Feedback.tsx'
import type { Column } from '../ui/Table.tsx'
import type { AskedSegments } from './SegmentsPane.tsx'
import type { Setup } from './setup.ts'

/** A table with what it was asked to count: what is chosen meanwhile may be something else. */
export type Counted = { scope: ThemeScope; report: ThemeReport }

type Figure = {
  row: ThemeRow
  what: 'notes' | 'cases' | 'codings'
  /** The head of the column in words. */
  words: string
  /** The column's value of the attribute; left out in columns of everything. */
  value?: string | null
  number: number
  /** What the number is a share of, if of anything. */
  whole?: number
}

const share = (part: number, whole: number) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`)

function askedOf({ scope, report }: Counted, { row, what, words, value }: Figure): AskedSegments {
  const { base } = report
  return {
    codeId: row.codeId,
    code: row.code,
    includeChildren: row.isFolder,
    coderIds: scope.coderIds,
    attribute: scope.by && value !== undefined ? { ...scope.by, value } : null,
    counted: { notes: base.notes, qualifiers: base.qualifiers, inCases: what === 'cases' },
    column: words,
    base: base.words,
  }
}

const isSame = (one: AskedSegments | null, other: AskedSegments) =>
  JSON.stringify(one) === JSON.stringify(other)

function FigureCell({
  figure,
  asked,
  chosen,
  onAsk,
}: {
  figure: Figure
  asked: AskedSegments
  chosen: AskedSegments | null
  onAsk(asked: AskedSegments): void
}) {
  const { row, words, number, whole } = figure
  const shown: ReactNode =
    whole === undefined ? (
      formatCount(number)
    ) : (
      <>
        {formatCount(number)} <span className="share">{share(number, whole)}</span>
      </>
    )
  if (number === 0) return <span className="zero">{shown}</span>
  // What is seen is part of what is read out: "17 25 % of 68".
  const of = whole === undefined ? '' : ` ${share(number, whole)} of ${formatCount(whole)}`
  return (
    <button
      type="button"
      className="cell-button"
      aria-pressed={isSame(chosen, asked)}
      aria-label={`${row.code}, ${words}: ${formatCount(number)}${of}. Show the segments`}
      onClick={() => onAsk(asked)}
    >
      {shown}
    </button>
  )
}

const Head = ({ words, whole }: { words: string; whole: number }) => (
  <span className="group-head">
    <span>{words}</span> <span className="group-n">n = {formatCount(whole)}</span>
  </span>
)

export function columnsOf(
  counted: Counted,
  count: Setup['count'],
  chosen: AskedSegments | null,
  onAsk: (asked: AskedSegments) => void,
): Column<ThemeRow>[] {
  const { report } = counted
  const cell = (figure: Figure) => (
    <FigureCell figure={figure} asked={askedOf(counted, figure)} chosen={chosen} onAsk={onAsk} />
  )
  const plain = (what: 'notes' | 'cases', words: string): Column<ThemeRow> => ({
    id: what,
    head: <Head words={words} whole={report[what]} />,
    name: `${words} n = ${formatCount(report[what])}`,
    width: '124px',
    isNumber: true,
    sortBy: (row) => row[what],
    cell: (row) => cell({ row, what, words, number: row[what], whole: report[what] }),
  })
  const groups = report.groups.map((group, index): Column<ThemeRow> => {
    const words = group.value ?? 'missing'
    const whole = group[count]
    const numberOf = (row: ThemeRow) => row.cells[index]?.[count] ?? 0
    return {
      id: `group-${index}`,
      head: <Head words={words} whole={whole} />,
      name: `${words} n = ${formatCount(whole)}`,
      width: '148px',
      isNumber: true,
      sortBy: (row) => (whole === 0 ? null : numberOf(row) / whole),
      cell: (row) => cell({ row, what: count, words, value: group.value, number: numberOf(row), whole }),
    }
  })
  return [
    {
      id: 'code',
      head: 'Code',
      name: 'code',
      width: 'minmax(260px, 1fr)',
      sortBy: (row) => row.code,
      cell: (row) => (
        <span className="truncate" title={row.path} style={{ paddingLeft: row.depth * 16 }}>
          {row.code}
        </span>
      ),
    },
    plain('notes', 'Notes'),
    plain('cases', 'Cases'),
    {
      id: 'codings',
      head: 'Codings',
      name: 'Codings',
      width: '92px',
      isNumber: true,
      sortBy: (row) => row.codings,
      cell: (row) => cell({ row, what: 'codings', words: 'Codings', number: row.codings }),
    },
    ...groups,
  ]
}
