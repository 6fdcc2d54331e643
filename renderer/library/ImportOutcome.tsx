import { Copy } from 'lucide-react'
import { type CSSProperties, type ReactNode, useState } from 'react'
import type { ImportReport } from '../../shared/contract/note-import.ts'
import { complain, say } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import { identifierCount, identifierWords, type RowReasons, rowsAsText } from './import-labels.ts'
import type { IdentifierChoice } from './importing.ts'

function headOf(isDone: boolean, isUndone: boolean): string {
  if (!isDone) return 'Trial: nothing has been stored'
  return isUndone ? 'Undone: what had been imported is out again' : 'Imported'
}

/** What came in, or would. */
export function Outcome({
  report,
  isDone,
  isUndone = false,
  choice,
  onTake,
}: {
  report: ImportReport
  isDone: boolean
  /** It was done, and then taken back. */
  isUndone?: boolean
  choice: IdentifierChoice
  /** Takes rows all the same that would be left out. */
  onTake?(rows: readonly number[]): void
}) {
  const { added, duplicate, duplicates, sameText, rejected, leftOut, warnings } = report.notes
  const toCheck = warnings.filter(({ row }) => row > 0)
  const onFiles = warnings.filter(({ row }) => row === 0)
  const figures = [
    { count: added, words: isDone ? 'added' : 'would be added', unit: ['note', 'notes'] },
    { count: duplicate, words: 'already there, skipped', unit: ['note', 'notes'] },
    { count: rejected.length, words: 'refused', unit: ['row', 'rows'] },
    ...(leftOut.length === 0
      ? []
      : [
          {
            count: leftOut.length,
            words: 'left out',
            unit: ['row that is not a note', 'rows that are not notes'],
          },
        ]),
    ...(toCheck.length === 0
      ? []
      : [
          {
            count: toCheck.length,
            words: 'to check',
            unit: ['note', 'notes'],
          },
        ]),
    { count: report.cases, words: '', unit: ['new case', 'new cases'] },
    { count: report.attributes, words: '', unit: ['attribute', 'attributes'] },
  ]
  return (
    <section className={isDone ? 'outcome outcome-done' : 'outcome'} aria-label="What the import does">
      <div role="status">
        <h2>{headOf(isDone, isUndone)}</h2>
        <ul className="figures number">
          {figures.map(({ count, words, unit }) => (
            <li key={`${unit[0]} ${words}`}>
              <strong className={count === 0 ? 'zero' : undefined}>{formatCount(count)}</strong>
              <span>{`${count === 1 ? unit[0] : unit[1]} ${words}`.trim()}</span>
            </li>
          ))}
        </ul>
        <Identifiers found={report.identifiers} choice={choice} isDone={isDone} />
        {onFiles.map(({ reason }) => (
          <p key={reason} className="outcome-line">
            {reason.charAt(0).toUpperCase() + reason.slice(1)}.
          </p>
        ))}
      </div>
      {rejected.length > 0 && (
        <Rows label="Refused rows" head="Refused rows, with the reason" one="refused row" rows={rejected} />
      )}
      {leftOut.length > 0 && (
        <Rows
          label="Rows left out"
          head="Rows that are not notes, with what they are"
          one="row left out"
          many="rows left out"
          rows={leftOut}
          action={
            onTake && (
              <Button size="small" kind="plain" onClick={() => onTake(leftOut.map(({ row }) => row))}>
                Import them anyway
              </Button>
            )
          }
        />
      )}
      {duplicates.length > 0 && (
        <Rows
          label="Notes already there"
          head="Already there, skipped"
          one="note already there"
          many="notes already there"
          rows={duplicates}
        />
      )}
      {sameText.length > 0 && (
        <Rows
          label="Notes with the same text as another"
          head={`${isDone ? 'Added' : 'Would be added'} with the same text as another note`}
          one="note with the same text as another"
          many="notes with the same text as another"
          rows={sameText}
        />
      )}
      {toCheck.length > 0 && (
        <Rows
          label="Notes to check"
          head="Notes to check, with what is missing or doubtful"
          one="note to check"
          many="notes to check"
          rows={toCheck}
        />
      )}
    </section>
  )
}

function Identifiers({
  found,
  choice,
  isDone,
}: {
  found: ImportReport['identifiers']
  choice: IdentifierChoice
  isDone: boolean
}) {
  if (choice === 'off') return <p className="outcome-line">Not checked for possible identifiers.</p>
  const count = identifierCount(found)
  if (count === 0) {
    return (
      <p className="outcome-line">No possible identifiers found. The check cannot find every identifier.</p>
    )
  }
  const fate =
    choice === 'redact' ? (isDone ? ', redacted before storing' : ', to be redacted before storing') : ''
  return (
    <p className="outcome-line">
      <strong>
        {counted(count, 'possible identifier')} found{fate}
      </strong>
      {`: ${identifierWords(found).join(', ')}.`}
    </p>
  )
}

function Rows({
  label,
  head,
  one,
  many,
  rows,
  action,
}: {
  label: string
  head: string
  one: string
  many?: string
  rows: RowReasons
  action?: ReactNode
}) {
  const [active, setActive] = useState(-1)
  const copy = (rows: RowReasons) =>
    navigator.clipboard
      .writeText(rowsAsText(rows))
      .then(() => say(`${counted(rows.length, one, many)} copied`), complain)
  return (
    <div className="refused" style={{ '--rows': Math.min(rows.length, 5) } as CSSProperties}>
      <div className="refused-head">
        <h3>{head}</h3>
        <span className="spacer" />
        {action}
        <Button size="small" kind="plain" icon={Copy} onClick={() => void copy(rows)}>
          Copy the list
        </Button>
      </div>
      <VirtualList
        label={label}
        className="refused-rows"
        count={rows.length}
        rowHeight={24}
        active={active}
        onActive={setActive}
        keyOf={String}
        onKeyDown={(event) => {
          const row = rows[active]
          if (!row || event.key.toLowerCase() !== 'c' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void copy([row])
        }}
        row={(index) => (
          <div className="refused-row number">
            <span className="refused-number">Row {formatCount(rows[index]?.row ?? 0)}</span>
            <span title={rows[index]?.reason}>{rows[index]?.reason}</span>
          </div>
        )}
      />
    </div>
  )
}
