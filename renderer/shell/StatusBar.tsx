import { WifiOff } from 'lucide-react'
import { useMemo } from 'react'
import { covering } from '../../shared/intervals.ts'
import { useWriting } from '../memos/drafts.ts'
import { useStore } from '../queries/use-store.ts'
import { wordsInHand } from '../state/coding.ts'
import { useCoding } from '../state/on-screen.ts'
import { useCoder, useSession } from '../state/session.ts'
import { Tip } from '../ui/Button.tsx'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { type CaretPlace, placeOf, placesIn } from './caret-place.ts'
import { CoderSwitcher } from './TitleBar.tsx'

export function StatusBar() {
  const coder = useCoder()
  const isCoding = useSession((state) => state.place === 'code')
  const { data: progress } = useStore('notes.progress', { coderId: coder })
  return (
    <footer className="statusbar">
      <CoderSwitcher isPlain />
      <SavedState />
      <Tip words="Nothing leaves this computer: the program cannot use a network." isDescription>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its explanation must be reachable by key */}
        <span className="statusbar-item" tabIndex={0}>
          <WifiOff size={12} aria-hidden="true" />
          Offline
        </span>
      </Tip>
      <span className="spacer" />
      {isCoding && <Caret />}
      {progress && (
        <span className="statusbar-item number">
          <span className="statusbar-meter" aria-hidden="true">
            <span style={{ width: `${(100 * progress.finished) / Math.max(1, progress.notes)}%` }} />
          </span>
          {formatCount(progress.finished)} of {counted(progress.notes, 'note')} finished
        </span>
      )}
    </footer>
  )
}

/** Where in the note the caret is, how much is selected, and how many codings there are here. */
function Caret() {
  const note = useCoding((state) => state.note)
  const selection = useCoding((state) => state.selection)
  const codings = useCoding((state) => state.codings)
  const places = useMemo(() => (note ? placesIn(note.text) : null), [note])
  const spans = useMemo(() => codings.flatMap((coding) => coding.span ?? []), [codings])
  const justCoded = useCoding((state) => state.justCoded)
  if (!places || !selection) return null
  // Words just coded are meant although the caret has left them.
  const words = wordsInHand({ note, selection, justCoded })
  const place = placeOf(places, selection)
  const { start: from, end: to } = words ?? { start: selection.focus, end: selection.focus }
  const here =
    from === to
      ? covering(spans, from).length
      : spans.filter(({ start, end }) => start < to && from < end).length
  return (
    <>
      <span className="number statusbar-caret">{placeWords(place)}</span>
      <span className="number" data-testid="codings-here">
        {here === 0 ? 'No coding here' : `${counted(here, 'coding')} here`}
      </span>
    </>
  )
}

const placeWords = ({ paragraph, paragraphs, character, characters, selected }: CaretPlace): string =>
  selected > 0
    ? `Paragraph ${formatCount(paragraph)} of ${formatCount(paragraphs)}, ${counted(selected, 'character')} selected`
    : `Paragraph ${formatCount(paragraph)} of ${formatCount(paragraphs)}, character ${formatCount(character)} of ${formatCount(characters)}`

/** One state for everything that is written, in the words that memos use for theirs. */
function SavedState() {
  const unsaved = useSession((state) => state.unsaved)
  const failed = useSession((state) => state.lastSaveFailed)
  const reason = useSession((state) => state.saveProblem)
  const writing = useWriting((state) => state.states)
  const states = Object.values(writing)
  const isSaving = unsaved > 0 || states.some((state) => state !== 'failed')
  const isFailed = !isSaving && (failed || states.includes('failed'))
  const words = isSaving ? 'Saving…' : isFailed ? `Not saved: ${reason}` : 'Saved'
  return (
    <span
      className={isFailed ? 'statusbar-failed truncate' : ''}
      title={isFailed ? words : undefined}
      data-testid="saved"
    >
      {words}
    </span>
  )
}
