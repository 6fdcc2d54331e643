import {
  ArrowLeft,
  Check,
  ChevronDown,
  ChevronUp,
  PanelLeft,
  PanelRight,
  RotateCcw,
  Users,
} from 'lucide-react'
import { keyLabel } from '../keys/own-keys.ts'
import { keepingPlace, noteHandle } from '../note/handle.ts'
import { useComparing } from '../note/others.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { type NoteOrder, usePlaceOf, useRow } from '../queries/note-rows.ts'
import { toggleFinished, useCoding } from '../state/coding.ts'
import { openNeighbour } from '../state/open-listed.ts'
import { setSnap } from '../state/selecting.ts'
import { goTo, PLACE_NAMES, useCoder, useSession } from '../state/session.ts'
import { Button, IconButton, Tip } from '../ui/Button.tsx'
import { Segmented } from '../ui/Field.tsx'
import './note-bar.css'
import { StatusDot } from './NoteList.tsx'

/** Over the note: the way to its neighbours, how far it is, and how it is shown. */
export function NoteBar({ all, listed }: { all: NoteOrder; listed: React.RefObject<NoteOrder> }) {
  const row = useRow(
    useCoder(),
    useCoding((state) => state.noteId),
  )
  const { isListOpen, isCodePaneOpen } = usePreferences()
  const cameFrom = useSession((state) => state.cameFrom)
  const isFinished = row?.status === 'finished'
  const at = usePlaceOf(all, row) + 1
  return (
    <div className="note-bar">
      <IconButton
        icon={PanelLeft}
        label={isListOpen ? 'Hide the note list' : 'Show the note list'}
        keys={keyLabel('toggleNoteList')}
        onClick={() => keepingPlace(() => setPreferences({ isListOpen: !isListOpen }))}
      />
      {cameFrom && (
        <span className="note-bar-back">
          <Button
            size="small"
            kind="plain"
            icon={ArrowLeft}
            aria-label={`Back to ${PLACE_NAMES[cameFrom]}`}
            onClick={() => goTo(cameFrom)}
          >
            <span className="note-bar-back-to">Back to </span>
            {PLACE_NAMES[cameFrom]}
          </Button>
        </span>
      )}
      <IconButton
        icon={ChevronUp}
        label="Previous note"
        keys={keyLabel('previousNote')}
        onClick={() => openNeighbour(listed.current, -1)}
      />
      <IconButton
        icon={ChevronDown}
        label="Next note"
        keys={keyLabel('nextNote')}
        onClick={() => openNeighbour(listed.current, 1)}
      />
      {row && (
        <span className="note-bar-place number">
          {at} of {all.length}
        </span>
      )}
      <span className="spacer" />
      {row && (
        <>
          <OthersButton />
          <SnapSetting />
          <span className="note-bar-status">
            <StatusDot status={row.status} />
            {row.status}
          </span>
          <Button
            size="small"
            kind={isFinished ? 'plain' : 'secondary'}
            icon={isFinished ? RotateCcw : Check}
            title={keyLabel('toggleFinished')}
            // The second press of a hurried hand is not another act.
            onClick={(event) => event.detail > 1 || void toggleFinished()}
          >
            {isFinished ? 'Reopen' : 'Mark finished'}
          </Button>
        </>
      )}
      <IconButton
        icon={PanelRight}
        label={isCodePaneOpen ? 'Hide the codebook pane' : 'Show the codebook pane'}
        keys={keyLabel('toggleCodePane')}
        onClick={() => keepingPlace(() => setPreferences({ isCodePaneOpen: !isCodePaneOpen }))}
      />
    </div>
  )
}

/** Where more than one codes: their work beside one's own, once the note is finished. */
function OthersButton() {
  const { isShown, isThere, ask } = useComparing()
  if (!isThere) return null
  return (
    <IconButton
      icon={Users}
      label={isShown ? 'Hide other coders’ codings' : 'Show other coders’ codings'}
      keys={keyLabel('showOthers')}
      isPressed={isShown}
      onClick={ask}
    />
  )
}

const SNAP_CHOICES = [
  { value: 'character', label: 'character', short: 'char.' },
  { value: 'word', label: 'word' },
  { value: 'sentence', label: 'sentence', short: 'sent.' },
] as const

/** What selecting takes at least. A press leaves the keyboard with the text: what is selected is coded next. */
function SnapSetting() {
  const snap = usePreferences((state) => state.snap)
  return (
    <Tip words="What selecting with the mouse takes at least" keys={keyLabel('snapSetting')} isDescription>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only hears what its radios receive */}
      <div
        className="note-bar-snap"
        onFocus={(event) => !event.target.matches(':focus-visible') && noteHandle.current?.focus()}
      >
        <span aria-hidden="true">Select by</span>
        <Segmented label="Select by" value={snap} options={SNAP_CHOICES} onValue={setSnap} />
      </div>
    </Tip>
  )
}
