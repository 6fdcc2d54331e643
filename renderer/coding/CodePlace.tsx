import {
  ArrowLeft,
  Check,
  ChevronDown,
  ChevronUp,
  FileText,
  PanelLeft,
  PanelRight,
  RotateCcw,
  TextSelect,
  Users,
  X,
} from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { CodeRow } from '../../shared/model.ts'
import { keyLabel } from '../keys.ts'
import { MemoMark } from '../memos/MemoMark.tsx'
import { openCodingMemo, useNoteMemoCommand } from '../memos/note-memo.ts'
import { openPicker, useNoteActs } from '../note/acts.ts'
import { noteHandle } from '../note/handle.ts'
import { NoteView } from '../note/NoteView.tsx'
import { useComparing } from '../note/others.ts'
import { NO_ORDER, type NoteOrder, useOrder, usePlaceOf, useRow } from '../note-list.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { useStore } from '../queries.ts'
import { HitsBar } from '../search/HitsBar.tsx'
import {
  applyCode,
  openNeighbour,
  openNote,
  removeCoding,
  setStatus,
  toggleFinished,
  useCoding,
} from '../state/coding.ts'
import { useCommand } from '../state/commands.ts'
import { stepSnap } from '../state/selecting.ts'
import { goTo, PLACE_NAMES, useCoder, useSession } from '../state/session.ts'
import { Button, IconButton, Tip } from '../ui/Button.tsx'
import { EmptyState, ProblemNote } from '../ui/Feedback.tsx'
import { Divider } from '../ui/Split.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { CodePanel } from './CodePanel.tsx'
import { byIdOf, withColours } from './codes.ts'
import './coding.css'
import { EdgeHint } from './EdgeHint.tsx'
import { Inspector } from './Inspector.tsx'
import { NoteList, StatusDot } from './NoteList.tsx'
import { NoteMeta } from './NoteMeta.tsx'
import { QuickCode } from './QuickCode.tsx'
import { RecentCodes } from './RecentCodes.tsx'

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
            onSize={(listWidth) => setPreferences({ listWidth })}
          />
        </>
      )}
      <NotePane codes={codes} order={order} listed={listed} onMemo={openCodingMemo} />
      {isCodePaneOpen && (
        <>
          <Divider
            label="Width of the codebook pane"
            axis="x"
            of="after"
            size={codeWidth}
            min={220}
            max={560}
            onSize={(codeWidth) => setPreferences({ codeWidth })}
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

/** Opens where the coder left off. */
function useFirstNote(coderId: string) {
  const noteId = useCoding((state) => state.noteId)
  const { data } = useStore('notes.resume', noteId === null ? { coderId } : null)
  useEffect(() => {
    if (noteId === null && data?.noteId) void openNote(data.noteId)
  }, [noteId, data])
}

function useNoteCommands(listed: React.RefObject<NoteOrder>) {
  useCommand('nextNote', () => openNeighbour(listed.current, 1))
  useCommand('previousNote', () => openNeighbour(listed.current, -1))
  useCommand('toggleNoteList', () => setPreferences({ isListOpen: !usePreferences.getState().isListOpen }))
  useCommand('toggleCodePane', () =>
    setPreferences({ isCodePaneOpen: !usePreferences.getState().isCodePaneOpen }),
  )
  useCommand('quickCodeAnywhere', () => openPicker('apply'))
  useCommand('toggleFinished', () => void toggleFinished())
  useCommand('finishAndNext', () => {
    const { noteId } = useCoding.getState()
    if (noteId) void setStatus(noteId, 'finished').then(() => noteHandle.current?.focus())
    openNeighbour(listed.current, 1)
  })
}

function NotePane({
  codes,
  order,
  listed,
  onMemo,
}: {
  codes: readonly CodeRow[]
  /** Every note, in file order; undefined until the store has said. */
  order: NoteOrder | undefined
  listed: React.RefObject<NoteOrder>
  onMemo(): void
}) {
  const note = useCoding((state) => state.note)
  const noteId = useCoding((state) => state.noteId)
  const problem = useCoding((state) => state.problem)
  const scroller = useRef<HTMLDivElement>(null)
  useNoteActs(onMemo)
  const byId = useMemo(() => byIdOf(codes), [codes])
  return (
    <section className="pane note-pane" aria-label="Note" data-pane="note">
      <NoteBar all={order ?? NO_ORDER} listed={listed} />
      <HitsBar />
      {problem ? (
        <div className="place-problem">
          <ProblemNote action={{ label: 'Try again', onClick: () => noteId && void openNote(noteId) }}>
            This note could not be opened: {problem.message}
          </ProblemNote>
        </div>
      ) : order?.length === 0 ? (
        <EmptyState icon={FileText} action={{ label: 'Import notes', onClick: () => goTo('notes') }}>
          This project has no notes yet. Import a table or a folder of texts to begin.
        </EmptyState>
      ) : (
        <div className="note-scroll" ref={scroller} data-testid="note-scroll">
          {note && (
            <article className="note-page">
              <NoteIntro codes={codes} />
              <NoteView
                note={note}
                codes={codes}
                scroller={scroller}
                onApply={(code) => void applyCode(code)}
              />
            </article>
          )}
        </div>
      )}
      <EdgeHint />
      {note && <RecentCodes codes={byId} />}
    </section>
  )
}

function NoteBar({ all, listed }: { all: NoteOrder; listed: React.RefObject<NoteOrder> }) {
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
        onClick={() => setPreferences({ isListOpen: !isListOpen })}
      />
      {cameFrom && (
        <Button size="small" kind="plain" icon={ArrowLeft} onClick={() => goTo(cameFrom)}>
          Back to {PLACE_NAMES[cameFrom]}
        </Button>
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
            onClick={() => void toggleFinished()}
          >
            {isFinished ? 'Reopen' : 'Mark finished'}
          </Button>
        </>
      )}
      <IconButton
        icon={PanelRight}
        label={isCodePaneOpen ? 'Hide the codebook pane' : 'Show the codebook pane'}
        keys={keyLabel('toggleCodePane')}
        onClick={() => setPreferences({ isCodePaneOpen: !isCodePaneOpen })}
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

/** What selecting takes at least; quiet, but always there to be seen. */
function SnapSetting() {
  const snap = usePreferences((state) => state.snap)
  return (
    <Tip words="What selecting in the note takes at least: press for the next" keys={keyLabel('snapSetting')}>
      <button type="button" className="note-bar-snap" onClick={stepSnap}>
        <TextSelect size={14} aria-hidden="true" />
        Select by {snap}
      </button>
    </Tip>
  )
}

/** What is known about the note, its title, and the codes it carries as a whole. */
function NoteIntro({ codes }: { codes: readonly CodeRow[] }) {
  const note = useCoding((state) => state.note)
  const codings = useCoding((state) => state.codings)
  const activeId = useCoding((state) => state.activeId)
  if (!note) return null
  const whole = codings.filter((coding) => coding.span === null)
  return (
    <header className="note-intro">
      <NoteMeta note={note} />
      <h1 className="note-title">{note.title}</h1>
      {whole.length > 0 && (
        <ul className="chips" aria-label="Codes of the whole note">
          {whole.map((coding) => {
            const code = codes.find((other) => other.id === coding.codeId)
            return (
              <li key={coding.id} className={coding.id === activeId ? 'chip chip-active' : 'chip'}>
                <button
                  type="button"
                  className="chip-name"
                  onClick={() => useCoding.setState({ activeId: coding.id })}
                >
                  <Swatch colour={code?.colour ?? null} />
                  {code?.name ?? 'Code'}
                  {coding.memo && <MemoMark />}
                </button>
                <button
                  type="button"
                  className="chip-remove"
                  aria-label={`Remove ${code?.name ?? 'code'} from the whole note`}
                  onClick={() => void removeCoding(coding.id)}
                >
                  <X size={12} aria-hidden="true" />
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </header>
  )
}
