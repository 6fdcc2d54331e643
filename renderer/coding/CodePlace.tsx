import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { withColours } from '../codes/codes.ts'
import { useCommand } from '../keys/use-command.ts'
import { openCodingMemo, useNoteMemoCommand } from '../memos/note-memo.ts'
import { openPicker } from '../note/acts.ts'
import { keepingPlace, noteHandle } from '../note/handle.ts'
import { type Preferences, setPreferences, usePreferences } from '../preferences.ts'
import { NO_ORDER, type NoteOrder, useOrder } from '../queries/note-rows.ts'
import { useStore } from '../queries/use-store.ts'
import { openNote, setStatus, toggleFinished, useCoding } from '../state/coding.ts'
import { openNeighbour } from '../state/open-listed.ts'
import { useCoder } from '../state/session.ts'
import { ProblemNote } from '../ui/Feedback.tsx'
import { Divider } from '../ui/Split.tsx'
import { CodePanel } from './CodePanel.tsx'
import { CodingDrawer } from './CodingDrawer.tsx'
import './coding.css'
import { useDrawerPlace } from './drawer.ts'
import { Inspector } from './Inspector.tsx'
import { NoteList } from './NoteList.tsx'
import { NotePane } from './NotePane.tsx'
import { QuickCode } from './QuickCode.tsx'

const NO_CODES: CodeRow[] = []

export function CodePlace() {
  const coder = useCoder()
  const { order, problem } = useOrder({ coderId: coder })
  const all = order ?? NO_ORDER
  const { data: plainCodes = NO_CODES } = useStore('codes.list', {})
  const codes = useMemo(() => withColours(plainCodes), [plainCodes])
  const { isListOpen, isCodePaneOpen, listWidth, codeWidth, inspectorHeight } = usePreferences()
  const listed = useRef<NoteOrder>(all)
  const onOrder = useCallback((shown: NoteOrder) => {
    listed.current = shown
  }, [])
  const middle = useRef<HTMLDivElement>(null)
  const place = useDrawerPlace(middle)
  useNoteMemoCommand()
  useFirstNote(coder)
  useNoteCommands(listed)

  if (problem)
    return (
      <div className="place-problem">
        <ProblemNote>{problem}</ProblemNote>
      </div>
    )
  return (
    <div className="code-place">
      {isListOpen && (
        <>
          <div className="code-place-list" style={{ width: listWidth }}>
            <NoteList all={all} onOrder={onOrder} />
          </div>
          <Divider
            label="Width of the note list"
            axis="x"
            of="before"
            size={listWidth}
            min={180}
            max={480}
            onSize={(listWidth) => resize({ listWidth })}
          />
        </>
      )}
      <div ref={middle} className={`code-place-middle code-place-${place.layout}`}>
        <NotePane codes={codes} order={order} listed={listed} onMemo={openCodingMemo} />
        <CodingDrawer codes={codes} place={place} />
      </div>
      {isCodePaneOpen && (
        <>
          <Divider
            label="Width of the codebook pane"
            axis="x"
            of="after"
            size={codeWidth}
            min={220}
            max={560}
            onSize={(codeWidth) => resize({ codeWidth })}
          />
          <div className="code-place-side" style={{ width: codeWidth }}>
            <CodePanel codes={codes} />
            <Divider
              label="Height of the list of codings"
              axis="y"
              of="after"
              size={inspectorHeight}
              min={120}
              max={640}
              onSize={(inspectorHeight) => setPreferences({ inspectorHeight })}
            />
            <div className="code-place-inspector" style={{ height: inspectorHeight }}>
              <Inspector codes={codes} />
            </div>
          </div>
        </>
      )}
      <QuickCode codes={codes} />
    </div>
  )
}

/** Gives the note another width: its lines are broken anew, and what is being read stays where it is. */
const resize = (changes: Partial<Preferences>) => keepingPlace(() => setPreferences(changes))

/** Opens where the coder left off. */
function useFirstNote(coderId: CoderId) {
  const noteId = useCoding((state) => state.noteId)
  const { data } = useStore('notes.resume', noteId === null ? { coderId } : null)
  useEffect(() => {
    if (noteId === null && data?.noteId) void openNote(data.noteId)
  }, [noteId, data])
}

function useNoteCommands(listed: React.RefObject<NoteOrder>) {
  useCommand('nextNote', () => openNeighbour(listed.current, 1))
  useCommand('previousNote', () => openNeighbour(listed.current, -1))
  useCommand('toggleNoteList', () => resize({ isListOpen: !usePreferences.getState().isListOpen }))
  useCommand('toggleCodePane', () => resize({ isCodePaneOpen: !usePreferences.getState().isCodePaneOpen }))
  useCommand('quickCodeAnywhere', () => openPicker('apply'))
  useCommand('toggleFinished', () => void toggleFinished())
  useCommand('finishAndNext', () => {
    const { noteId } = useCoding.getState()
    if (noteId) void setStatus(noteId, 'finished').then(() => noteHandle.current?.focus())
    openNeighbour(listed.current, 1)
  })
}
