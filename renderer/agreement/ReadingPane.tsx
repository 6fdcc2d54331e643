import { useMemo } from 'react'
import { ownName, readingOf } from '../../shared/agreement-words.ts'
import type { AgreementReport, AgreementUnit, ConfusionReport } from '../../shared/contract/agreement.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { formatCount } from '../ui/Feedback.tsx'
import { BesidePane } from './BesidePane.tsx'
import { askedOfPair, pairsOf } from './confused-pairs.ts'
import type { Context } from './context.ts'
import { askedOf, cellNames, cellsOf, countOf } from './counts.ts'
import type { Asked } from './SegmentsPane.tsx'
import { UnitsBeside } from './UnitsBeside.tsx'

/** So many confusions say what a code is taken for; the others are in their own table. */
const MOST_PAIRS = 6

/** What the figures of one code say, in words, with the ways on to the text behind them. */
export function ReadingPane({
  report,
  confusion,
  codeId,
  context,
  onUnit,
  onAsk,
  onClose,
}: {
  report: AgreementReport
  confusion: ConfusionReport | null
  codeId: CodeId
  context: Context
  onUnit(unit: AgreementUnit): void
  onAsk(asked: Asked): void
  onClose(): void
}) {
  const row = report.codes.find((code) => code.codeId === codeId && code.part === null)
  const pairs = useMemo(
    () =>
      (confusion ? pairsOf(confusion) : [])
        .filter((pair) => pair.firstCodeId === codeId || pair.secondCodeId === codeId)
        .slice(0, MOST_PAIRS),
    [confusion, codeId],
  )
  if (!row) return null
  const heads = cellNames(report)
  const apart = cellsOf(report).filter(
    (cell) => ['first', 'second', 'some'].includes(cell) && countOf(row, cell) > 0,
  )
  return (
    <BesidePane label="Reading" title={row.code} under={`unit: ${report.unit}`} onClose={onClose}>
      <div className="reading">
        {readingOf(row, report).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {apart.length > 0 && (
          <>
            <h3>Where they differ</h3>
            <ul>
              {apart.map((cell) => (
                <li key={cell}>
                  <button
                    type="button"
                    className="link"
                    onClick={() => onAsk(askedOf(report, row, cell, heads[cell]))}
                  >
                    {heads[cell]}: {formatCount(countOf(row, cell))}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <UnitsBeside context={context} codeId={codeId} onUnit={onUnit} />
        {confusion && pairs.length > 0 && (
          <>
            <h3>Confused with another code</h3>
            <ul>
              {pairs.map((pair) => (
                <li key={pair.key}>
                  <button type="button" className="link" onClick={() => onAsk(askedOfPair(confusion, pair))}>
                    {confusion.coders[0].name} {ownName(pair.first)}, {confusion.coders[1].name}{' '}
                    {ownName(pair.second)}: {formatCount(pair.units)}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </BesidePane>
  )
}
