import { type KeyboardEvent, memo, type Ref, useMemo } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { SearchHit } from '../../shared/contract/search.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { commandFor } from '../keys/own-keys.ts'
import { runCommand } from '../keys/use-command.ts'
import { counted } from '../ui/Feedback.tsx'
import { GroupedList, type GroupedListHandle, type RowGroup } from '../ui/GroupedList.tsx'
import { ALL_CONTEXT, wordsAround } from '../ui/words-around.ts'
import { expandHit, type Unit } from './expand-hit.ts'
import { HitCodes } from './HitCodes.tsx'

/** A head for every note; hits come note by note. */
function notesOf(hits: readonly SearchHit[]): RowGroup[] {
  const notes: RowGroup[] = []
  for (let first = 0; first < hits.length; ) {
    let last = first
    while (hits[last + 1]?.noteId === hits[first]?.noteId) last++
    notes.push({ first, last })
    first = last + 1
  }
  return notes
}

const onKeyDown = (event: KeyboardEvent) => {
  const command = commandFor(event, 'search')
  if (command && runCommand(command)) event.preventDefault()
}

/** Hits grouped by note. The keyboard goes from hit to hit; Space chooses, Enter opens. */
export function HitList({
  hits,
  codes,
  active,
  chosen,
  unit,
  onActive,
  onOpen,
  onToggle,
  onToggleNote,
  ref,
}: {
  hits: readonly SearchHit[]
  codes: ReadonlyMap<string, CodeRow>
  active: number
  chosen: ReadonlySet<number>
  unit: Unit
  onActive(index: number): void
  onOpen(index: number): void
  onToggle(index: number): void
  onToggleNote(index: number): void
  ref?: Ref<GroupedListHandle>
}) {
  const notes = useMemo(() => notesOf(hits), [hits])
  return (
    <GroupedList
      {...(ref === undefined ? {} : { ref })}
      label="Hits"
      groups={notes}
      count={hits.length}
      listed={hits}
      keyOf={String}
      active={active}
      chosen={chosen}
      isChosen={(index) => chosen.has(index)}
      onActive={onActive}
      onOpen={onOpen}
      onToggle={onToggle}
      onToggleGroup={onToggleNote}
      onKeyDown={onKeyDown}
      head={({ first, last }) => {
        const { noteTitle, caseId, date } = hits[first] as SearchHit
        const facts = [caseId, shortDate(date)].filter(Boolean).join(' · ')
        return { title: noteTitle, facts, count: counted(last - first + 1, 'hit') }
      }}
      row={(index) => {
        const hit = hits[index] as SearchHit
        return (
          <>
            <HitText hit={hit} unit={unit} />
            <HitCodes hit={hit} codes={codes} />
          </>
        )
      }}
    />
  )
}

/** Enough to judge a hit in two lines; the note stands beside. A sentence is shown as far as it is known. */
const CONTEXT: Record<Unit, number> = { hit: 76, sentence: ALL_CONTEXT, paragraph: ALL_CONTEXT }

const HitText = memo(({ hit, unit }: { hit: SearchHit; unit: Unit }) => {
  const { before, after } = wordsAround(hit, CONTEXT[unit])
  const text = before + hit.words + after
  const at = { start: before.length, end: before.length + hit.words.length }
  const wide = expandHit(text, at, unit)
  const start = Math.min(wide.start, at.start)
  const end = Math.max(wide.end, at.end)
  return (
    <span className="hit-text">
      {text.slice(0, start)}
      <span className={unit === 'hit' ? '' : 'hit-wide'}>
        {text.slice(start, at.start)}
        <mark>{hit.words}</mark>
        {text.slice(at.end, end)}
      </span>
      {text.slice(end)}
    </span>
  )
})
