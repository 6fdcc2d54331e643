import { TextQuote } from 'lucide-react'
import { type RefObject, useMemo, useRef } from 'react'
import type { CancelToken } from '../../shared/cancel.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { RetrievalResult } from '../../shared/contract/retrieval.ts'
import { keptInWords } from '../../shared/theme-words.ts'
import { byIdOf, withColours } from '../codes/codes.ts'
import { FinishedBar } from '../coding/FinishedBar.tsx'
import { ExportBar } from '../export/ExportBar.tsx'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { useStore } from '../queries/use-store.ts'
import { announce } from '../state/session.ts'
import { Tip } from '../ui/Button.tsx'
import { counted, EmptyState, formatCount } from '../ui/Feedback.tsx'
import { Segmented } from '../ui/Field.tsx'
import { SlowWork, useIsSlow } from '../ui/SlowWork.tsx'
import { TickButtons } from '../ui/TickButtons.tsx'
import { QueryBuilder } from './QueryBuilder.tsx'
import {
  activeNow,
  chooseAll,
  chooseNone,
  groupSegments,
  isPlain,
  MOST_SEGMENTS,
  missingFrom,
  openSegment,
  resetSetup,
  runRetrieval,
  toggleGroup,
  toggleSegment,
  totalWords,
  useRetrieval,
  useRetrieved,
} from './retrieval.ts'
import './retrieval.css'
import { useArrivalFocus } from '../ui/arrival-focus.ts'
import type { GroupedListHandle } from '../ui/GroupedList.tsx'
import { SegmentActs } from './SegmentActs.tsx'
import { SegmentList } from './SegmentList.tsx'
import { SegmentsExport } from './SegmentsExport.tsx'

const NO_CODES: CodeRow[] = []

/** Every segment that a combination of codes picks out, to read, to recode and to take away. */
export function RetrievalPlace() {
  const { data: plainCodes = NO_CODES } = useStore('codes.list', {})
  const codes = useMemo(() => withColours(plainCodes), [plainCodes])
  const byId = useMemo(() => byIdOf(codes), [codes])
  const { result, shown, active, token, progress, isRunning, problem } = useRetrieved()
  const list = useRef<GroupedListHandle>(null)
  const first = useRef<HTMLButtonElement>(null)
  const hasSegments = shown.segments.length > 0
  useArrivalFocus(list, first, hasSegments ? 'there' : isRunning ? 'awaited' : 'none', hasBeenInList)
  useSegmentCommands(hasSegments)
  return (
    <div className="place">
      <section className="pane" aria-label="Retrieval">
        <QueryBuilder codes={codes} firstRef={first} />
        <ExportBar place="retrieval" />
        <SlowWork token={token} progress={progress} />
        <FinishedBar onAnswered={() => list.current?.focus()} />
        {result && result.total > 0 ? (
          <div className="pane" data-pane="segments">
            <SegmentsBar result={result} token={token} codes={codes} byId={byId} list={list} />
            <SegmentList ref={list} shown={shown} active={active} codes={byId} />
          </div>
        ) : (
          <Nothing result={result} problem={problem} />
        )}
      </section>
    </div>
  )
}

const hasBeenInList = (): boolean => useRetrieval.getState().place !== null

function useSegmentCommands(hasSegments: boolean) {
  useCommand('segmentOpen', () => openSegment(activeNow()), hasSegments)
  useCommand('segmentToggle', () => toggleSegment(activeNow()), hasSegments)
  useCommand('segmentToggleGroup', () => toggleGroup(activeNow()), hasSegments)
  useCommand('segmentsAll', chooseAll, hasSegments)
  useCommand('segmentsNone', chooseNone, hasSegments)
  useCommand('segmentsGroup', regroup, hasSegments)
}

function regroup() {
  const groupBy = useRetrieval.getState().groupBy === 'note' ? 'case' : 'note'
  groupSegments(groupBy)
  announce(`Grouped by ${groupBy}`)
}

function SegmentsBar({
  result,
  token,
  codes,
  byId,
  list,
}: {
  result: RetrievalResult
  token: CancelToken | null
  codes: readonly CodeRow[]
  byId: ReadonlyMap<string, CodeRow>
  list: RefObject<GroupedListHandle | null>
}) {
  const chosen = useRetrieval((state) => state.chosen)
  const groupBy = useRetrieval((state) => state.groupBy)
  const isSlow = useIsSlow(token, 200)
  return (
    <div className="place-bar segments-bar">
      <p className="segments-count number" role="status">
        {totalWords(result)}
        {result.total > result.segments.length &&
          `; the first ${formatCount(MOST_SEGMENTS)} are shown, exports take all`}
        {result.heldBack > 0 && (
          <span title={keptInWords(result.heldBack)}>
            ; others’ codings hidden in {counted(result.heldBack, 'note')}
          </span>
        )}
        {isSlow && <span className="segments-busy"> · searching</span>}
      </p>
      <TickButtons
        ticked={chosen.size}
        keys={{ all: keyLabel('segmentsAll'), none: keyLabel('segmentsNone') }}
        onAll={chooseAll}
        onNone={chooseNone}
      />
      <span className="spacer" />
      {chosen.size > 0 && <span className="segments-ticked number">{formatCount(chosen.size)} ticked</span>}
      <SegmentActs codes={codes} byId={byId} onDone={() => list.current?.focus()} />
      <SegmentsExport total={result.total} />
      <Tip words="Group the segments" keys={keyLabel('segmentsGroup')}>
        <span>
          <Segmented
            label="Group the segments"
            value={groupBy}
            options={[
              { value: 'note', label: 'By note' },
              { value: 'case', label: 'By case' },
            ]}
            onValue={groupSegments}
          />
        </span>
      </Tip>
    </div>
  )
}

const AGAIN = { label: 'Clear query', onClick: resetSetup }

function Nothing({ result, problem }: { result: RetrievalResult | null; problem: string | null }) {
  const setup = useRetrieval((state) => state.setup)
  const missing = missingFrom(setup)
  if (problem)
    return <EmptyState action={{ label: 'Retrieve again', onClick: runRetrieval }}>{problem}</EmptyState>
  if (missing)
    return (
      <p className="retrieval-words" role="status">
        {missing}
      </p>
    )
  if (!result) return null
  if (isPlain(setup))
    return (
      <EmptyState icon={TextQuote}>
        You have no codings yet. Segments appear here as soon as a code is applied.
      </EmptyState>
    )
  return (
    <EmptyState icon={TextQuote} action={AGAIN}>
      {totalWords(result)}. Another combination may find some.
    </EmptyState>
  )
}
