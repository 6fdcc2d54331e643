import { useEffect, useState } from 'react'
import { useStore } from '../queries/use-store.ts'
import { goTo, PLACES, useCoder } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { counted, ProblemNote } from '../ui/Feedback.tsx'
import { Segmented, Select } from '../ui/Field.tsx'
import { PlaceSheet } from '../ui/PlaceSheet.tsx'
import { ColumnMap, FirstTexts } from './ColumnMap.tsx'
import { Outcome } from './ImportOutcome.tsx'
import { identifierCount, progressWords } from './import-labels.ts'
import './import.css'
import {
  cancelWork,
  chooseHeading,
  chooseIdentifiers,
  chooseRole,
  chooseRow,
  chooseSheet,
  closeImport,
  type IdentifierChoice,
  type Importing,
  type ImportResult,
  importNow,
  isReady,
  takeGuess,
  takeRows,
  tryIt,
  undoImport,
  useImporting,
  type Work,
} from './importing.ts'
import { mapOf } from './mapping.ts'

const IDENTIFIERS: readonly { value: IdentifierChoice; label: string; hint: string }[] = [
  {
    value: 'report',
    label: 'Count',
    hint: 'Counted as the notes come in, so that you can check each one afterwards.',
  },
  {
    value: 'redact',
    label: 'Redact',
    hint: 'Each is replaced by its kind, such as [NHS], before anything is stored. Your files do not change.',
  },
  { value: 'off', label: 'Do not check', hint: 'You can check the notes for identifiers later.' },
]

/** Look at what would be read, say which column is what, try it, then import. */
export function ImportSheet() {
  const state = useImporting()
  const { picked, preview, work, trial, result, problem, rows } = state
  if (!picked) return null
  return (
    <PlaceSheet label="Import notes" className="import" onClose={closeImport}>
      <div className="place-head">
        <h1 className="import-name">Import {picked.name}</h1>
        {preview && <span className="place-facts number">{factsOf(state)}</span>}
        <span className="spacer" />
        {!result && (
          <Button kind="plain" disabled={work?.kind === 'import'} onClick={closeImport}>
            Close
          </Button>
        )}
      </div>
      {problem && (
        <div className="import-part">
          <ProblemNote>{problem}</ProblemNote>
        </div>
      )}
      {!result && preview && <Mapping state={state} />}
      {trial && <Outcome report={trial} isDone={false} choice={state.identifiers} onTake={takeRows} />}
      {result && <Done result={result} choice={state.identifiers} />}
      {work ? (
        <ImportProgress work={work} rows={rows} />
      ) : result ? (
        <AfterImport result={result} choice={state.identifiers} />
      ) : (
        preview && <BeforeImport state={state} />
      )}
    </PlaceSheet>
  )
}

function factsOf({ preview }: Importing): string {
  if (!preview) return ''
  const files = counted(preview.files.length, 'file')
  const facts =
    preview.kind === 'texts'
      ? [files, 'each a note']
      : [...(preview.files.length > 1 ? [files] : []), counted(preview.columns.length, 'column')]
  return [...facts, ...(preview.encoding ? [encodingName(preview.encoding)] : [])].join(' · ')
}

const encodingName = (name: string) => name.replace(/\butf-/g, 'UTF-').replace(/\bwindows-/g, 'Windows-')

function Mapping({ state }: { state: Importing }) {
  const { preview, roles, rowChoice, isRecalled, work } = state
  if (!preview) return null
  if (preview.kind === 'texts') return <FirstTexts preview={preview} />
  const { sheets, heads = [] } = preview
  const hasHeads = heads.length > 1
  const isChoice = sheets !== undefined && sheets.length > 1
  const needsText = mapOf(roles) === null
  return (
    <>
      {(isChoice || hasHeads || isRecalled || needsText || preview.files.length > 1) && (
        <div className="import-lines">
          {isChoice && (
            <Select
              label="Sheet"
              value={preview.sheet ?? sheets[0] ?? ''}
              disabled={work !== null}
              options={sheets.map((name) => ({ value: name, label: name }))}
              onValue={chooseSheet}
            />
          )}
          {hasHeads && (
            <Select
              label="Column names"
              value={String(preview.heading ?? 1)}
              disabled={work !== null}
              // Told by their words: a number here would not be that of the rows below, which are counted after it.
              options={heads.map(({ row, words }) => ({ value: String(row), label: words }))}
              onValue={(row) => chooseHeading(Number(row))}
            />
          )}
          {isRecalled && (
            <p>
              Mapped as in your last import.{' '}
              <button type="button" className="link" onClick={takeGuess}>
                Use the suggestion instead
              </button>
            </p>
          )}
          {preview.files.length > 1 && <p>The first table is shown; this mapping is used for all of them.</p>}
          {needsText && <p className="field-problem">Choose the column that holds the text of the notes.</p>}
        </div>
      )}
      <ColumnMap
        preview={preview}
        roles={roles}
        rowChoice={rowChoice}
        isLocked={work !== null}
        onRole={chooseRole}
        onRow={chooseRow}
      />
    </>
  )
}

function BeforeImport({ state }: { state: Importing }) {
  const { identifiers } = state
  const ready = isReady(state)
  return (
    <div className="import-foot">
      <span className="import-label">Possible identifiers</span>
      <Segmented
        label="Possible identifiers"
        value={identifiers}
        options={IDENTIFIERS}
        onValue={chooseIdentifiers}
      />
      <p className="import-hint">{IDENTIFIERS.find((each) => each.value === identifiers)?.hint}</p>
      <Button disabled={!ready} onClick={() => void tryIt()}>
        Try the import
      </Button>
      <Button kind="primary" disabled={!ready} onClick={() => void importNow()}>
        Import notes
      </Button>
    </div>
  )
}

/** The bar keeps its time from the start of the work, not from when somebody came back to look at it. */
function ImportProgress({ work, rows }: { work: Work; rows: number | null }) {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = window.setInterval(() => tick((n) => n + 1), 500)
    return () => window.clearInterval(timer)
  }, [])
  const { done = 0, total = null } = work.progress ?? {}
  const words = progressWords(work, rows, performance.now())
  return (
    <div className="import-foot">
      <div className="progress import-progress">
        <div
          className="progress-track"
          role="progressbar"
          aria-label={WORK_NAMES[work.kind]}
          aria-valuemin={0}
          aria-valuemax={total ?? undefined}
          aria-valuenow={total === null ? undefined : done}
          aria-valuetext={words}
        >
          <div className="progress-bar" style={{ width: total ? `${(100 * done) / total}%` : '4%' }} />
        </div>
        <span className="progress-words number">{words}</span>
        <Button size="small" kind="plain" onClick={cancelWork}>
          {work.kind === 'import' ? 'Cancel the import' : 'Cancel'}
        </Button>
      </div>
      {work.kind === 'import' && (
        <p className="import-hint">You can leave this page and continue coding; the import continues.</p>
      )}
    </div>
  )
}

const WORK_NAMES: Record<Work['kind'], string> = {
  look: 'Reading the first rows',
  try: 'Trying the import',
  import: 'Importing notes',
}

/** The place where possible identifiers are gone through one by one. */
const REVIEW: string = 'identifiers'

type AfterProps = { result: ImportResult; choice: IdentifierChoice }

/** Whether the import is the coder's latest change, and whether it has been undone. */
function useImportHistory({ label }: ImportResult) {
  const coder = useCoder()
  const { data: history } = useStore('history.state', { coderId: coder })
  return {
    isKnown: history !== undefined,
    isLast: label !== null && history?.undo === label,
    isUndone: label !== null && history?.redo === label,
  }
}

function Done({ result, choice }: AfterProps) {
  const { isUndone } = useImportHistory(result)
  return <Outcome report={result.report} isDone isUndone={isUndone} choice={choice} />
}

function AfterImport({ result, choice }: AfterProps) {
  const { isKnown, isLast, isUndone } = useImportHistory(result)
  const { label, report } = result
  const review = PLACES.find((place) => place === REVIEW)
  const isChecking = review && !isUndone && choice === 'report' && identifierCount(report.identifiers) > 0
  return (
    <div className="import-foot">
      <p className="import-hint" role={isUndone ? 'status' : undefined}>
        {isUndone
          ? 'The import has been undone. The project is as it was before.'
          : label !== null && isKnown && !isLast
            ? 'Other changes came after this import. Undo those first (Ctrl+Z) to undo it.'
            : ''}
      </p>
      {label !== null && !isUndone && (
        <Button disabled={!isLast} onClick={undoImport}>
          Undo the import
        </Button>
      )}
      {isChecking && (
        <Button
          kind="primary"
          onClick={() => {
            closeImport()
            goTo(review)
          }}
        >
          Check them now
        </Button>
      )}
      <Button kind={isChecking ? 'secondary' : 'primary'} onClick={closeImport}>
        Done
      </Button>
    </div>
  )
}
