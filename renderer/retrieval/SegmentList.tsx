import { ChevronDown, ChevronUp, NotebookPen } from 'lucide-react'
import { type KeyboardEvent, type Ref, useMemo } from 'react'
import type { CodeId } from '../../shared/contract/basics.ts'
import type { Coder } from '../../shared/contract/coders.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { FoundSegment } from '../../shared/contract/retrieval.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { commandFor } from '../keys/own-keys.ts'
import { runCommand } from '../keys/use-command.ts'
import { useSession } from '../state/session.ts'
import { counted } from '../ui/Feedback.tsx'
import { GroupedList, type GroupedListHandle, noMemory } from '../ui/GroupedList.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import type { Arranged } from './arrange.ts'
import { growContext, moveTo, openSegment, toggleGroup, toggleSegment, useRetrieval } from './retrieval.ts'
import { SegmentText } from './SegmentText.tsx'

const memory = noMemory()

const plain = (event: KeyboardEvent) => !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey

/** Segments under the notes or cases they are from. The keyboard goes from one to the next. */
export function SegmentList({
  shown,
  active,
  codes,
  ref,
}: {
  shown: Arranged
  /** The segment the keyboard is on. */
  active: number
  codes: ReadonlyMap<string, CodeRow>
  ref?: Ref<GroupedListHandle>
}) {
  const chosen = useRetrieval((state) => state.chosen)
  const by = useRetrieval((state) => state.groupBy)
  const { segments, keys, groups } = shown
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandFor(event, 'retrieval')
    if (command && runCommand(command)) event.preventDefault()
    else if (plain(event) && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      growContext(active, event.key === 'ArrowRight' ? 1 : -1)
      event.preventDefault()
    }
  }
  return (
    <GroupedList
      {...(ref === undefined ? {} : { ref })}
      label="Segments"
      groups={groups}
      count={segments.length}
      listed={shown}
      memory={memory}
      keyOf={(index) => keys[index] as string}
      active={active}
      chosen={chosen}
      isChosen={(index) => chosen.has(keys[index] as string)}
      onActive={moveTo}
      onOpen={openSegment}
      onToggle={toggleSegment}
      onToggleGroup={toggleGroup}
      onKeyDown={onKeyDown}
      head={({ first, last, notes }) => {
        const { noteTitle, caseId, date } = segments[first] as FoundSegment
        const facts = by === 'note' ? [caseId, shortDate(date)] : [counted(notes, 'note')]
        return {
          title: by === 'note' ? noteTitle : (caseId ?? 'No case'),
          facts: facts.filter(Boolean).join(' · '),
          count: counted(last - first + 1, 'segment'),
        }
      }}
      row={(index) => <SegmentRow index={index} shown={shown} codes={codes} isByCase={by === 'case'} />}
    />
  )
}

type RowProps = { index: number; shown: Arranged; codes: ReadonlyMap<string, CodeRow>; isByCase: boolean }

function SegmentRow({ index, shown, codes, isByCase }: RowProps) {
  const level = useRetrieval((state) => state.levels.get(shown.keys[index] as string) ?? 0)
  const segment = shown.segments[index] as FoundSegment
  return (
    <>
      <span className="segment-body">
        {isByCase && (
          <span className="segment-note number">
            {[segment.noteTitle, shortDate(segment.date)].filter(Boolean).join(' · ')}
          </span>
        )}
        <SegmentText segment={segment} codes={codes} level={level} />
      </span>
      <Facts segment={segment} codes={codes} />
      <More index={index} level={level} />
    </>
  )
}

type Fact = { codeId: CodeId; coders: Set<string>; qualifiers: Set<string>; hasMemo: boolean }

/** Codings of one code are told as one line: who coded so, and in which sense. */
function factsOf({ codings }: FoundSegment): Fact[] {
  const facts = new Map<string, Fact>()
  for (const { codeId, coderId, qualifiers, hasMemo } of codings) {
    const fact = facts.get(codeId) ?? { codeId, coders: new Set(), qualifiers: new Set(), hasMemo: false }
    fact.coders.add(coderId)
    for (const value of Object.values(qualifiers)) fact.qualifiers.add(value)
    fact.hasMemo ||= hasMemo
    facts.set(codeId, fact)
  }
  return [...facts.values()]
}

const NO_CODERS: Coder[] = []

function Facts({ segment, codes }: { segment: FoundSegment; codes: ReadonlyMap<string, CodeRow> }) {
  const coders = useSession((state) => state.project?.coders ?? NO_CODERS)
  const facts = useMemo(() => factsOf(segment), [segment])
  // One coder's work is said once, in the question; only where there are several does each row say whose it is.
  const isOfOne =
    useRetrieval(({ setup }) => setup.coders === 'me' || setup.coders.length === 1) || coders.length < 2
  return (
    <span className="segment-facts">
      {facts.map((fact) => {
        const names = [...fact.coders].map((id) => coders.find((coder) => coder.id === id)?.name)
        const who = isOfOne ? '' : names.filter(Boolean).join(', ')
        return (
          <span key={fact.codeId} className="segment-fact">
            <Swatch colour={codes.get(fact.codeId)?.colour ?? null} />
            <span className="segment-code">{codes.get(fact.codeId)?.name ?? 'Code'}</span>
            <span className="segment-who">
              {who && (
                <span className="segment-coder" title={who}>
                  {who}
                </span>
              )}
              {who && fact.qualifiers.size > 0 && ' · '}
              {[...fact.qualifiers].join(' · ')}
              {fact.hasMemo && (
                <>
                  {(who || fact.qualifiers.size > 0) && ' '}
                  <NotebookPen size={12} aria-hidden="true" />
                  <span className="visually-hidden">, has a memo</span>
                </>
              )}
            </span>
          </span>
        )
      })}
    </span>
  )
}

/** For the mouse; the keyboard has its arrows. */
function More({ index, level }: { index: number; level: number }) {
  return (
    <span className="segment-more">
      <span
        aria-hidden="true"
        title="More context"
        onClick={(event) => {
          event.stopPropagation()
          growContext(index, 1)
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <ChevronDown size={16} />
      </span>
      {level > 0 && (
        <span
          aria-hidden="true"
          title="Less context"
          onClick={(event) => {
            event.stopPropagation()
            growContext(index, -1)
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <ChevronUp size={16} />
        </span>
      )}
    </span>
  )
}
