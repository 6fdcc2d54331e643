import { useMemo, useState } from 'react'
import { twoDecimals } from '../../shared/agreement-words.ts'
import type { AgreementReport } from '../../shared/model.ts'
import { useStore } from '../queries.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { Table } from '../ui/Table.tsx'
import { columnsOf } from './code-columns.tsx'
import type { Lines } from './figures.ts'
import { NotesBehind } from './NotesBehind.tsx'
import type { Beside } from './work.ts'

/** Agreement code by code. */
export function Results({
  report,
  beside,
  lines,
  onOpen,
}: {
  report: AgreementReport
  beside: Beside | null
  lines: Lines
  onOpen(next: Beside): void
}) {
  const columns = useMemo(() => columnsOf(report, { beside, lines, onOpen }), [report, beside, lines, onOpen])
  const [isNotesShown, setNotesShown] = useState(false)
  const { roundId } = report.scope
  const { data: rounds } = useStore('rounds.list', roundId ? {} : null)
  const round = rounds?.find(({ id }) => id === roundId)?.name
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
        {round && <span>round: {round}</span>}
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
