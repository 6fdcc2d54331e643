import { ArrowRightLeft } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import type { Segment } from '../../../shared/contract/codings.ts'
import { CodePicker } from '../../codes/CodePicker.tsx'
import { SegmentSource, SegmentWords } from '../../codes/SegmentWords.tsx'
import { commandFor, keyLabel } from '../../keys/own-keys.ts'
import { jumpToNote } from '../../state/coding.ts'
import { Button, Keys } from '../../ui/Button.tsx'
import { counted } from '../../ui/Feedback.tsx'
import type { Anchor } from '../../ui/Floating.tsx'
import { Tick } from '../../ui/Tick.tsx'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList.tsx'
import { moveTicked, tick, tickAll, useCodings, useWalk } from './walk.ts'

const ROW = 68

/** All codings of the code: those that are ticked go to another code in one step. */
export function CodingList({
  code,
  codes,
  onLeave,
}: {
  code: CodeRow
  codes: readonly CodeRow[]
  onLeave(): void
}) {
  const ticked = useWalk((state) => state.ticked)
  const { segments } = useCodings()
  const [active, setActive] = useState(0)
  const [picking, setPicking] = useState<Anchor | null>(null)
  const list = useRef<VirtualListHandle>(null)
  const mover = useRef<HTMLButtonElement>(null)
  const isAll = ticked.size > 0 && ticked.size === segments.length
  const isTicked = (segment: Segment | undefined) => segment !== undefined && ticked.has(segment.codingId)
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandFor(event, 'codings')
    const segment = segments[active]
    if (command === 'codingsTick' && segment) tick(segment.codingId)
    else if (command === 'codingsAll') tickAll()
    else if (command === 'codingsPick' && ticked.size > 0)
      setPicking(mover.current?.getBoundingClientRect() ?? null)
    else if (event.key === 'Escape') onLeave()
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="walk-bar">
        <Button size="small" kind="plain" onClick={tickAll}>
          {isAll ? 'Tick none' : 'Tick all'} <Keys combination={keyLabel('codingsAll')} />
        </Button>
        <span className="number">
          {ticked.size} of {counted(segments.length, 'coding')} ticked
        </span>
        <span className="spacer" />
        <Button
          ref={mover}
          size="small"
          kind="primary"
          icon={ArrowRightLeft}
          disabled={ticked.size === 0}
          onClick={(event) => setPicking(event.currentTarget.getBoundingClientRect())}
        >
          Move {counted(ticked.size, 'coding')} to…
        </Button>
        <Keys combination={keyLabel('codingsPick')} />
      </div>
      <VirtualList
        ref={list}
        label={`Codings of ${code.name}`}
        isMulti
        count={segments.length}
        rowHeight={ROW}
        active={active}
        onActive={setActive}
        onKeyDown={onKeyDown}
        keyOf={(index) => segments[index]?.codingId ?? String(index)}
        rowProps={(index) => ({
          'aria-selected': isTicked(segments[index]),
          onDoubleClick: () => {
            const segment = segments[index]
            if (segment) jumpToNote(segment.noteId, segment.span)
          },
        })}
        row={(index) => {
          const segment = segments[index] as Segment
          return (
            <div className="walk-row">
              <Tick
                state={ticked.has(segment.codingId) ? 'all' : 'none'}
                onPress={() => tick(segment.codingId)}
              />
              <span className="walk-row-words">
                <SegmentSource segment={segment} />
                <SegmentWords segment={segment} />
              </span>
            </div>
          )
        }}
      />
      {picking && (
        <CodePicker
          codes={codes.filter(({ id }) => id !== code.id)}
          anchor={picking}
          align="end"
          label="Move codings to"
          verb="move them there"
          placeholder={`Move ${counted(ticked.size, 'coding')} to`}
          onPick={({ id }) => {
            setPicking(null)
            void moveTicked(code, id).then(() => list.current?.focus())
          }}
          onClose={() => {
            setPicking(null)
            window.setTimeout(() => list.current?.focus())
          }}
        />
      )}
    </>
  )
}
