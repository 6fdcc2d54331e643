import { Scale } from 'lucide-react'
import { useMemo } from 'react'
import { asPercent } from '../../shared/agreement-words.ts'
import type { AgreementUnit, ConfusionReport } from '../../shared/contract/agreement.ts'
import { EmptyState, formatCount } from '../ui/Feedback.tsx'
import { type Column, Table } from '../ui/Table.tsx'
import { CodePath } from './CodePath.tsx'
import { askedOfPair, type Pair, pairsOf } from './confused-pairs.ts'
import type { Asked } from './SegmentsPane.tsx'

const TOGETHER: Record<AgreementUnit, string> = {
  note: 'somewhere in the same note',
  paragraph: 'in the same paragraph',
  sentence: 'in the same sentence',
  character: 'over the same characters of the text',
}

/** Which codes the two coders took for one another, most first. */
export function ConfusionView({
  report,
  asked,
  onAsk,
}: {
  report: ConfusionReport
  asked: Asked | null
  onAsk(asked: Asked): void
}) {
  const pairs = useMemo(() => pairsOf(report), [report])
  const columns = useMemo(() => columnsOf(report, asked, onAsk), [report, asked, onAsk])
  const [first, second] = report.coders
  if (pairs.length === 0) {
    return (
      <EmptyState icon={Scale}>
        {`${first.name} and ${second.name} applied no different codes ${TOGETHER[report.unit]}.`}
      </EmptyState>
    )
  }
  return (
    <>
      <div className="place-line agreement-facts">
        <span>
          {first.name} applied one code and {second.name} another {TOGETHER[report.unit]}, and neither applied
          both.
          {report.unit === 'note' &&
            ' A note has many codes, so much of this is chance; the unit “character” is more exact.'}
        </span>
        {report.total > pairs.length && (
          <span className="number">
            The {formatCount(pairs.length)} most frequent of {formatCount(report.total)} pairs.
          </span>
        )}
      </div>
      <Table label="Confused codes" columns={columns} rows={pairs} keyOf={({ key }) => key} rowHeight={30} />
    </>
  )
}

function columnsOf(
  report: ConfusionReport,
  asked: Asked | null,
  onAsk: (asked: Asked) => void,
): Column<Pair>[] {
  const { coders, unit } = report
  const [first, second] = coders
  const share = (id: string, head: string, help: string, of: (pair: Pair) => number): Column<Pair> => ({
    id,
    head,
    name: head,
    help,
    width: '136px',
    isNumber: true,
    sortBy: (pair) => pair.units / of(pair),
    cell: (pair) => asPercent(pair.units / of(pair)),
  })
  const isAsked = ({ firstCodeId, secondCodeId }: Pair) =>
    asked?.behind.kind === 'confusion' &&
    asked.behind.firstCodeId === firstCodeId &&
    asked.behind.secondCodeId === secondCodeId
  return [
    {
      id: 'first',
      head: `${first.name} applied`,
      name: `${first.name} applied`,
      width: 'minmax(180px, 1fr)',
      sortBy: (pair) => pair.first,
      cell: (pair) => <CodePath path={pair.first} />,
    },
    {
      id: 'second',
      head: `${second.name} applied`,
      name: `${second.name} applied`,
      width: '260px',
      sortBy: (pair) => pair.second,
      cell: (pair) => <CodePath path={pair.second} />,
    },
    {
      id: 'units',
      head: `${unit.charAt(0).toUpperCase()}${unit.slice(1)}s`,
      name: `number of ${unit}s`,
      width: '104px',
      isNumber: true,
      sortBy: (pair) => pair.units,
      cell: (pair) => (
        <button
          type="button"
          className="cell-button"
          aria-pressed={isAsked(pair)}
          aria-label={`${first.name} ${pair.first}, ${second.name} ${pair.second}: ${pair.units}. Show the segments`}
          onClick={() => onAsk(askedOfPair(report, pair))}
        >
          {formatCount(pair.units)}
        </button>
      ),
    },
    ...(unit === 'note'
      ? []
      : [
          {
            id: 'notes',
            head: 'In notes',
            name: 'In notes',
            width: '96px',
            isNumber: true,
            sortBy: (pair: Pair) => pair.notes,
            cell: (pair: Pair) => formatCount(pair.notes),
          },
        ]),
    share(
      'shareFirst',
      `% of ${first.name}’s`,
      `Of the ${unit}s that ${first.name} gave the first code and ${second.name} did not, the share given the second by ${second.name}`,
      ({ firstAlone }) => firstAlone,
    ),
    share(
      'shareSecond',
      `% of ${second.name}’s`,
      `Of the ${unit}s that ${second.name} gave the second code and ${first.name} did not, the share given the first by ${first.name}`,
      ({ secondAlone }) => secondAlone,
    ),
  ]
}
