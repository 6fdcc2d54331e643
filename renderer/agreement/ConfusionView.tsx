import { Scale } from 'lucide-react'
import { useMemo } from 'react'
import type { AgreementUnit, ConfusionReport } from '../../shared/model.ts'
import { EmptyState, formatCount } from '../ui/Feedback.tsx'
import { type Column, Table } from '../ui/Table.tsx'
import { CodePath } from './CodePath.tsx'
import { asPercent } from './figures.ts'
import type { Asked } from './PassagePane.tsx'

type Pair = {
  key: string
  firstCodeId: string
  secondCodeId: string
  first: string
  second: string
  units: number
  notes: number
  /** Units where the first coder alone applied the first code, and the second coder alone the second. */
  firstAlone: number
  secondAlone: number
}

const TOGETHER: Record<AgreementUnit, string> = {
  note: 'somewhere in the same note',
  character: 'over the same characters of the text',
}

function pairsOf({ codes, confused }: ConfusionReport): Pair[] {
  const byId = new Map(codes.map((code) => [code.codeId, code]))
  return confused.map((cell) => {
    const [first, second] = [byId.get(cell.firstCodeId), byId.get(cell.secondCodeId)]
    return {
      ...cell,
      key: `${cell.firstCodeId} ${cell.secondCodeId}`,
      first: first?.code ?? '',
      second: second?.code ?? '',
      firstAlone: first?.onlyFirst ?? 0,
      secondAlone: second?.onlySecond ?? 0,
    }
  })
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
        {`Nowhere did ${first.name} apply one code and ${second.name} another ${TOGETHER[report.unit]}.`}
      </EmptyState>
    )
  }
  return (
    <>
      <div className="place-line agreement-facts">
        <span>
          {first.name} applied one code and {second.name} another {TOGETHER[report.unit]}, and neither applied
          both there.
          {report.unit === 'note' &&
            ' A note carries many codes, so much of this is chance: by character it is sharper.'}
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
  { coders, unit }: ConfusionReport,
  asked: Asked | null,
  onAsk: (asked: Asked) => void,
): Column<Pair>[] {
  const [first, second] = coders
  const share = (id: string, head: string, help: string, of: (pair: Pair) => number): Column<Pair> => ({
    id,
    head,
    name: help,
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
      name: `code of ${first.name}`,
      width: 'minmax(180px, 1fr)',
      sortBy: (pair) => pair.first,
      cell: (pair) => <CodePath path={pair.first} />,
    },
    {
      id: 'second',
      head: `${second.name} applied`,
      name: `code of ${second.name}`,
      width: '260px',
      sortBy: (pair) => pair.second,
      cell: (pair) => <CodePath path={pair.second} />,
    },
    {
      id: 'units',
      head: unit === 'note' ? 'Notes' : 'Characters',
      name: unit === 'note' ? 'number of notes' : 'number of characters',
      width: '104px',
      isNumber: true,
      sortBy: (pair) => pair.units,
      cell: (pair) => (
        <button
          type="button"
          className="cell-button"
          aria-pressed={isAsked(pair)}
          aria-label={`${first.name} ${pair.first}, ${second.name} ${pair.second}: ${pair.units}. Show the passages`}
          onClick={() =>
            onAsk({
              coderIds: [first.id, second.id],
              unit,
              behind: {
                kind: 'confusion',
                firstCodeId: pair.firstCodeId,
                secondCodeId: pair.secondCodeId,
              },
              title: `${ownName(pair.first)} or ${ownName(pair.second)}`,
              words: `${first.name} the first, ${second.name} the second`,
              count: pair.units,
            })
          }
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
            name: 'number of notes these lie in',
            width: '96px',
            isNumber: true,
            sortBy: (pair: Pair) => pair.notes,
            cell: (pair: Pair) => formatCount(pair.notes),
          },
        ]),
    share(
      'shareFirst',
      `Of ${first.name}’s`,
      `Share of what only ${first.name} gave the first code`,
      ({ firstAlone }) => firstAlone,
    ),
    share(
      'shareSecond',
      `Of ${second.name}’s`,
      `Share of what only ${second.name} gave the second code`,
      ({ secondAlone }) => secondAlone,
    ),
  ]
}

const ownName = (path: string): string => path.split(' > ').at(-1) ?? path
