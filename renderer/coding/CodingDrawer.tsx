import { ChevronDown, ChevronUp, Columns2, Rows2, Trash2, X } from 'lucide-react'
import { type KeyboardEvent, useLayoutEffect, useMemo } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import type { Note } from '../../shared/contract/notes.ts'
import { byIdOf, pathOf } from '../codes/codes.ts'
import type { CommandId } from '../keys/commands.ts'
import { commandFor, keyLabel } from '../keys/own-keys.ts'
import { isTyping, runCommand } from '../keys/use-command.ts'
import { MemoMark } from '../memos/MemoMark.tsx'
import { Memos } from '../memos/Memos.tsx'
import { useNoteMemo } from '../memos/note-memo.ts'
import { keepingPlace, noteHandle } from '../note/handle.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { useCoding } from '../state/coding.ts'
import { showCoding } from '../state/go-through.ts'
import { IconButton } from '../ui/Button.tsx'
import { Divider } from '../ui/Split.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { CodingDetails } from './CodingDetails.tsx'
import './drawer.css'
import { inFull, pressQualifier, shortly, useQualifiers } from '../codes/qualifiers.ts'
import { removeAndGoOn } from './codings-keyboard.ts'
import { type DrawerPlace, LEAST, moveDetails, NO_ROOM, toggleDetails } from './drawer.ts'

/**
 * The coding that is looked at, or the memo on the note, in a place of their own: below the note or beside it. It is as
 * large while there is nothing to show: were it to grow with the first press on a coding, the second of a double press
 * would fall on what came up under the pointer. Folded it is a slim line.
 */
export function CodingDrawer({ codes, place }: { codes: readonly CodeRow[]; place: DrawerPlace }) {
  const byId = useMemo(() => byIdOf(codes), [codes])
  const note = useCoding((state) => state.note)
  const coding = useCoding(({ codings, activeId }) => codings.find(({ id }) => id === activeId))
  const isNoteMemo = useNoteMemo((state) => state.isOpen) && note !== null
  const { detailsHeight, detailsWidth } = usePreferences()
  const isBeside = place.layout === 'beside'
  const isTall = place.isOpen
  const size = Math.min(isBeside ? detailsWidth : detailsHeight, place.most)
  useWordsInSight(coding, isTall ? `${place.layout} ${size}` : '')
  const onSize = (next: number) =>
    isBeside
      ? keepingPlace(() => setPreferences({ detailsWidth: next }))
      : setPreferences({ detailsHeight: next })
  return (
    <>
      {isTall && (
        <Divider
          label={isBeside ? 'Width of the details' : 'Height of the details'}
          axis={isBeside ? 'x' : 'y'}
          of="after"
          size={size}
          min={LEAST[place.layout]}
          max={Math.max(LEAST[place.layout], place.most)}
          onSize={onSize}
          onEscape={() => noteHandle.current?.focus()}
        />
      )}
      <section
        className={`pane coding-drawer${isTall ? '' : ' coding-drawer-slim'}`}
        aria-label={isNoteMemo ? 'Memo on this note' : 'Selected coding'}
        data-pane="coding"
        style={isTall ? { [isBeside ? 'width' : 'height']: size } : undefined}
        onKeyDown={pressInDrawer}
      >
        <div className="drawer-head">
          {isNoteMemo ? (
            <NoteMemoTitle note={note} />
          ) : coding ? (
            <CodingTitle coding={coding} code={byId.get(coding.codeId)} codes={byId} isSlim={!isTall} />
          ) : (
            <p className="drawer-hint">No coding is selected.</p>
          )}
          <DrawerButtons place={place} />
        </div>
        {isTall &&
          (isNoteMemo ? (
            <div className="drawer-body">
              <Memos
                about={{ kind: 'note', id: note.id }}
                placeholder="Your thoughts on this note."
                onEscape={closeNoteMemo}
              />
            </div>
          ) : coding ? (
            <CodingDetails key={coding.id} coding={coding} code={byId.get(coding.codeId)}>
              <Memos
                about={{ kind: 'coding', id: coding.id }}
                placeholder="Memo: why this code here?"
                onEscape={() => showCoding(coding)}
              />
            </CodingDetails>
          ) : (
            <p className="pane-hint">
              Click a coded segment, or go through the codings with {keyLabel('previousCoding')} and{' '}
              {keyLabel('nextCoding')}. Its details and your memo on it appear here.
            </p>
          ))}
      </section>
    </>
  )
}

/** What the drawer has come to stand over is brought in sight again; nothing else moves, not under a press either. */
function useWordsInSight(coding: Coding | undefined, room: string): void {
  const span = coding?.span
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is selected or moved stays where it is pressed
  useLayoutEffect(() => {
    if (span && room !== '') noteHandle.current?.bringInSight(span)
  }, [room])
}

function closeNoteMemo(): void {
  useNoteMemo.setState({ isOpen: false })
  noteHandle.current?.focus()
}

function NoteMemoTitle({ note }: { note: Note }) {
  return (
    <>
      <div className="drawer-name">
        <strong>Memo on this note</strong> <span>{note.title}</span>
      </div>
      <IconButton icon={X} label="Close the memo on this note" keys="Escape" onClick={closeNoteMemo} />
    </>
  )
}

/** Of a coding in one line: what it is, and while no more of it is shown, what it says. */
function CodingTitle({
  coding,
  code,
  codes,
  isSlim,
}: {
  coding: Coding
  code: CodeRow | undefined
  codes: ReadonlyMap<string, CodeRow>
  isSlim: boolean
}) {
  const definitions = useQualifiers()
  const says = isSlim ? shortly(coding, definitions) : ''
  return (
    <>
      <Swatch colour={code?.colour ?? null} />
      <div className="drawer-name" title={code?.name}>
        <strong>{code?.name ?? 'Code'}</strong> {code && <span>{pathOf(code, codes)}</span>}
      </div>
      {says && (
        <span className="qualifier-short" role="img" aria-label={inFull(coding, definitions)}>
          {says}
        </span>
      )}
      {isSlim && coding.memo !== '' && <MemoMark />}
      <IconButton
        icon={Trash2}
        label="Remove this coding"
        keys={keyLabel('removeCoding')}
        onClick={() => removeAndGoOn(coding.id)}
      />
    </>
  )
}

function DrawerButtons({ place }: { place: DrawerPlace }) {
  const isChosenBeside = usePreferences((state) => state.detailsPlace === 'beside')
  const isRefused = !isChosenBeside && !place.hasRoom
  const label = isChosenBeside ? 'Put the details below the note' : 'Put the details beside the note'
  return (
    <>
      <IconButton
        icon={isChosenBeside ? Rows2 : Columns2}
        label={isRefused ? NO_ROOM : label}
        keys={keyLabel('detailsPlace')}
        aria-disabled={isRefused}
        onClick={() => moveDetails(place.hasRoom)}
      />
      <IconButton
        icon={place.isOpen ? ChevronDown : ChevronUp}
        label={place.isOpen ? 'Hide the details' : 'Show the details'}
        keys={keyLabel('toggleDetails')}
        aria-expanded={place.isOpen}
        onClick={toggleDetails}
      />
    </>
  )
}

/** Commands of the text that are about the coding and need no caret. */
const ACTS: ReadonlySet<CommandId> = new Set<CommandId>([
  'recode',
  'memo',
  'takeEdge',
  'splitCoding',
  'uniteCodings',
  'removeCoding',
  'cycleCodings',
  'nextCoding',
  'previousCoding',
])

/** What can be done to the coding has the same keys here as in the text, and Escape leads back there. */
function pressInDrawer(event: KeyboardEvent): void {
  if (event.defaultPrevented || isTyping(event.target)) return
  if (event.key === 'Escape') noteHandle.current?.focus()
  else if (pressQualifier(event)) event.stopPropagation()
  else {
    const command = commandFor(event, 'note')
    if (command === null || !ACTS.has(command)) return
    // Afterwards the coding may be gone, or another; the edge is moved by the keys of the text.
    if (command === 'removeCoding' || command === 'takeEdge') noteHandle.current?.focus()
    runCommand(command)
    event.stopPropagation()
  }
  event.preventDefault()
}
