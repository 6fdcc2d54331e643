import { TextQuote } from 'lucide-react'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
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
import { Button, Tip } from '../ui/Button.tsx'
import { counted, EmptyState, formatCount } from '../ui/Feedback.tsx'
import { Segmented } from '../ui/Field.tsx'
import { SlowWork, useIsSlow } from '../ui/SlowWork.tsx'
import { QueryBuilder } from './QueryBuilder.tsx'
import {
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
} from './retrieval.ts'
import './retrieval.css'
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
  const result = useRetrieval((state) => state.result)
  const shown = useRetrieval((state) => state.shown)
  const token = useRetrieval((state) => state.token)
  const progress = useRetrieval((state) => state.progress)
  const list = useRef<GroupedListHandle>(null)
  const first = useRef<HTMLButtonElement>(null)
  useArrival(list, first)
  useSegmentCommands()
  return (
    <div className="place">
      <section className="pane" aria-label="Retrieval">
        <QueryBuilder codes={codes} firstRef={first} />
        <ExportBar place="retrieval" />
        <SlowWork token={token} progress={progress} />
        <FinishedBar onAnswered={() => list.current?.focus()} />
        {result && result.total > 0 ? (
          <div className="pane" data-pane="segments">
            <SegmentsBar result={result} codes={codes} byId={byId} list={list} />
            <SegmentList ref={list} shown={shown} codes={byId} />
          </div>
        ) : (
          <Nothing result={result} />
        )}
      </section>
    </div>
  )
}

/** Coming back to a list the keyboard is in it again; the first time it is at the first word to choose. */
function useArrival(list: RefObject<GroupedListHandle | null>, first: RefObject<HTMLButtonElement | null>) {
  useEffect(() => {
    const { result, isOld, token } = useRetrieval.getState()
    if (!token && (!result || isOld)) void runRetrieval()
    if (result && result.total > 0) list.current?.focus()
    else first.current?.focus()
  }, [list, first])
}

function useSegmentCommands() {
  const active = () => useRetrieval.getState().active
  const hasSegments = useRetrieval((state) => state.shown.segments.length > 0)
  useCommand('segmentOpen', () => openSegment(active()), hasSegments)
  useCommand('segmentToggle', () => toggleSegment(active()), hasSegments)
  useCommand('segmentToggleGroup', () => toggleGroup(active()), hasSegments)
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
  codes,
  byId,
  list,
}: {
  result: RetrievalResult
  codes: readonly CodeRow[]
  byId: ReadonlyMap<string, CodeRow>
  list: RefObject<GroupedListHandle | null>
}) {
  const chosen = useRetrieval((state) => state.chosen)
  const groupBy = useRetrieval((state) => state.groupBy)
  const isSlow = useIsSlow(
    useRetrieval((state) => state.token),
    200,
  )
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
      <Button size="small" kind="plain" title={keyLabel('segmentsAll')} onClick={chooseAll}>
        Tick all
      </Button>
      <Button
        size="small"
        kind="plain"
        title={keyLabel('segmentsNone')}
        disabled={chosen.size === 0}
        onClick={chooseNone}
      >
        Tick none
      </Button>
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

function Nothing({ result }: { result: RetrievalResult | null }) {
  const problem = useRetrieval((state) => state.problem)
  const setup = useRetrieval((state) => state.setup)
  const missing = missingFrom(setup)
  if (problem)
    return (
      <EmptyState action={{ label: 'Retrieve again', onClick: () => void runRetrieval(true) }}>
        {problem}
      </EmptyState>
    )
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
