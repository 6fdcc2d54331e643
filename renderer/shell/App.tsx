import { lazy, Suspense, useEffect, useRef } from 'react'
import { BackupsSheet } from '../backups/BackupsSheet.tsx'
import { goBack, useWayBack } from '../codebook/navigate.ts'
import { CodePlace } from '../coding/CodePlace.tsx'
import { goBackInNote } from '../coding/codings-keyboard.ts'
import { HistoryPanel, toggleHistory } from '../journal/HistoryPanel.tsx'
import { useOwnKeys } from '../keys/own-keys.ts'
import { listenForKeys, useCommand } from '../keys/use-command.ts'
import { pickImport } from '../library/importing.ts'
import { stepNoteSize } from '../preferences.ts'
import { useStore } from '../queries/use-store.ts'
import { openSearch } from '../search/search.ts'
import { useCaretTrips } from '../state/caret-trips.ts'
import { redo, undo } from '../state/coding.ts'
import { closeProject, lockProject } from '../state/leaving.ts'
import {
  announce,
  dismiss,
  goTo,
  PLACE_NAMES,
  type Place,
  placesOf,
  showPanel,
  useSession,
} from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import '../ui/place.css'
import { useArrival } from './arrival.ts'
import { openOwnPin } from './Coders.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { useExportCommands } from './export-commands.ts'
import { useIdleLock } from './idle-lock.ts'
import { KeySheet } from './KeySheet.tsx'
import { keepFocus } from './keep-focus.ts'
import { LockScreen } from './LockScreen.tsx'
import { askFor, pickAndOpen, stepBack } from './opening.ts'
import { ProjectNotices } from './ProjectNotices.tsx'
import { movePane } from './panes.ts'
import { Rail } from './Rail.tsx'
import { SeatScreen } from './SeatScreen.tsx'
import { Settings } from './Settings.tsx'
import { SlowAnswersSheet } from './SlowAnswersSheet.tsx'
import './shell.css'
import { NewProjectSheet, OpenProjectSheet, StartScreen } from './StartScreen.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TitleBar } from './TitleBar.tsx'

const CodebookPlace = lazy(() =>
  import('../codebook/CodebookPlace.tsx').then((m) => ({ default: m.CodebookPlace })),
)
const LibraryPlace = lazy(() =>
  import('../library/LibraryPlace.tsx').then((m) => ({ default: m.LibraryPlace })),
)
const IdentifierReview = lazy(() =>
  import('../identifiers/IdentifierReview.tsx').then((m) => ({ default: m.IdentifierReview })),
)
const SearchPlace = lazy(() => import('../search/SearchPlace.tsx').then((m) => ({ default: m.SearchPlace })))
const MemosPlace = lazy(() => import('../memos/MemosPlace.tsx').then((m) => ({ default: m.MemosPlace })))
const RetrievalPlace = lazy(() =>
  import('../retrieval/RetrievalPlace.tsx').then((m) => ({ default: m.RetrievalPlace })),
)
const AgreementPlace = lazy(() =>
  import('../agreement/AgreementPlace.tsx').then((m) => ({ default: m.AgreementPlace })),
)
const ThemesPlace = lazy(() => import('../themes/ThemesPlace.tsx').then((m) => ({ default: m.ThemesPlace })))
const JournalPlace = lazy(() =>
  import('../journal/JournalPlace.tsx').then((m) => ({ default: m.JournalPlace })),
)

const SCREENS: Record<Place, React.ComponentType> = {
  notes: LibraryPlace,
  identifiers: IdentifierReview,
  search: SearchPlace,
  code: CodePlace,
  codebook: CodebookPlace,
  memos: MemosPlace,
  retrieval: RetrievalPlace,
  agreement: AgreementPlace,
  themes: ThemesPlace,
  journal: JournalPlace,
}

export function App() {
  const phase = useSession((state) => state.phase)
  // Menus and tooltips read the keys as they are drawn: after a change everything is drawn again.
  useOwnKeys()
  useEffect(listenForKeys, [])
  useEffect(keepFocus, [])
  useIdleLock()
  usePlaceCommands()
  useCommand('newProject', () => askFor({ name: 'new' }))
  useCommand('openProject', () => void pickAndOpen())
  useCommand('shortcuts', () => showPanel('shortcuts'))
  useCommand('slowAnswers', () => showPanel('slowAnswers'))
  useCommand('settings', () => showPanel('settings'))
  useCommand('noteLarger', () => zoomNote(1))
  useCommand('noteSmaller', () => zoomNote(-1))
  useCommand('noteSizeReset', () => zoomNote(0))
  useEffect(() => {
    if (phase !== 'starting') document.documentElement.dataset.ready = 'true'
  }, [phase])
  return (
    <>
      <Screen />
      <Panels />
      <Toasts />
      <Announcer />
    </>
  )
}

function Screen() {
  const phase = useSession((state) => state.phase)
  const locked = useSession((state) => state.locked)
  const seat = useSession((state) => state.seat)
  if (phase === 'open') return <Workbench />
  if (phase === 'closed') return <StartScreen />
  if (seat) return <SeatScreen seat={seat} />
  return locked ? <LockScreen locked={locked} /> : <Starting />
}

/** Text of notes, larger or smaller; said, since a screen reader does not see it. */
function zoomNote(step: 1 | -1 | 0) {
  announce(`Text of notes: ${stepNoteSize(step)} pixels`)
}

function Starting() {
  return (
    <main className="start">
      <p className="start-wait">Opening…</p>
    </main>
  )
}

function Workbench() {
  const place = useSession((state) => state.place)
  const isHistoryOpen = useSession((state) => state.isHistoryOpen)
  const { data: project } = useStore('project.info', {})
  useEffect(() => {
    if (!project) return
    // A second pass that was undone is nobody to code as any more; a place that is left out is no place to be.
    useSession.setState(({ coderId, place }) => ({
      project,
      coderId: project.coders.some(({ id }) => id === coderId) ? coderId : project.activeCoderId,
      place: placesOf(project).includes(place) ? place : 'code',
    }))
  }, [project])
  useEffect(() => {
    document.documentElement.dataset.place = place
    return () => {
      delete document.documentElement.dataset.place
    }
  }, [place])
  useProjectCommands()
  return (
    <div className="workbench">
      <TitleBar />
      <ProjectNotices />
      <div className="workbench-middle">
        <Rail />
        <Workplace key={place} place={place} />
        {isHistoryOpen && <HistoryPanel />}
      </div>
      <StatusBar />
    </div>
  )
}

function Workplace({ place }: { place: Place }) {
  const host = useRef<HTMLElement>(null)
  useArrival(host, place)
  const Screen = SCREENS[place]
  return (
    <main ref={host} className="workbench-place" aria-label={PLACE_NAMES[place]} tabIndex={-1}>
      <Suspense fallback={null}>
        <Screen />
      </Suspense>
    </main>
  )
}

/** Pressed before the project is open, they lead to the place as soon as it is. */
function usePlaceCommands() {
  useCommand('placeNotes', () => goTo('notes'))
  useCommand('placeCode', () => goTo('code'))
  useCommand('placeCodebook', () => goTo('codebook'))
  useCommand('placeMemos', () => goTo('memos'))
  useCommand('placeRetrieval', () => goTo('retrieval'))
  useCommand('placeAgreement', () => goTo('agreement'))
  useCommand('placeThemes', () => goTo('themes'))
  useCommand('placeJournal', () => goTo('journal'))
  useCommand('placeSearch', openSearch)
  useCommand('placeIdentifiers', () => goTo('identifiers'))
}

function useProjectCommands() {
  const wayBack = useWayBack()
  useCommand('palette', () => showPanel('palette'))
  useCommand('importFiles', () => void pickImport('files'))
  useCommand('importFolder', () => void pickImport('folder'))
  useCommand('nextPane', () => movePane(1))
  useCommand('previousPane', () => movePane(-1))
  useCommand('history', toggleHistory)
  useCommand('undo', () => void undo())
  useCommand('redo', () => void redo())
  const isCaretAway = useCaretTrips(({ left }) => left.length > 0)
  const isInNote = useSession((state) => state.place === 'code') && isCaretAway
  useCommand(
    'back',
    () => (isInNote ? goBackInNote() : wayBack && goBack(wayBack)),
    isInNote || wayBack !== null,
  )
  useCommand('ownPin', openOwnPin)
  useCommand('lock', () => void lockProject())
  useCommand('backups', () => showPanel('backups'))
  useCommand('closeProject', () => void closeProject())
  useExportCommands()
}

function closePanel() {
  stepBack()
  showPanel('none')
}

function Panels() {
  const panel = useSession((state) => state.panel)
  if (panel === 'palette') return <CommandPalette />
  if (panel === 'shortcuts') return <KeySheet />
  if (panel === 'settings') return <Settings />
  if (panel === 'slowAnswers') return <SlowAnswersSheet onClose={closePanel} />
  if (panel === 'newProject') return <NewProjectSheet onClose={closePanel} />
  if (panel === 'backups') return <BackupsSheet onClose={closePanel} />
  if (panel === 'openProject') return <OpenProjectSheet onClose={closePanel} />
  return null
}

function Toasts() {
  const toasts = useSession((state) => state.toasts)
  return (
    <div className="toasts">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={toast.isProblem ? 'toast toast-problem' : 'toast'}
          role={toast.isProblem ? 'alert' : undefined}
        >
          <span>{toast.words}</span>
          {toast.action && (
            <Button
              size="small"
              kind="plain"
              onClick={() => {
                toast.action?.run()
                dismiss(toast.id)
              }}
            >
              {toast.action.label}
            </Button>
          )}
          {toast.isProblem && (
            <Button size="small" kind="plain" onClick={() => dismiss(toast.id)}>
              Close
            </Button>
          )}
        </div>
      ))}
    </div>
  )
}

function Announcer() {
  const words = useSession((state) => state.announcement)
  return (
    <div className="visually-hidden" aria-live="polite" data-testid="announcer">
      {words}
    </div>
  )
}
