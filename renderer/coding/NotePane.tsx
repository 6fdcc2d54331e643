import { FileText, X } from 'lucide-react'
import { useMemo, useRef } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Note } from '../../shared/contract/notes.ts'
import { byIdOf } from '../codes/codes.ts'
import { MemoMark } from '../memos/MemoMark.tsx'
import { useNoteActs } from '../note/acts.ts'
import { NoteView } from '../note/NoteView.tsx'
import { NO_ORDER, type NoteOrder } from '../queries/note-rows.ts'
import { HitsBar } from '../search/HitsBar.tsx'
import { applyCode, openNote, removeCoding, useCoding } from '../state/coding.ts'
import { goTo } from '../state/session.ts'
import { EmptyState, ProblemNote } from '../ui/Feedback.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { EdgeHint } from './EdgeHint.tsx'
import { FinishedBar } from './FinishedBar.tsx'
import { NoteBar } from './NoteBar.tsx'
import { NoteMeta } from './NoteMeta.tsx'
import { RecentCodes } from './RecentCodes.tsx'

/** The note that is read, its bar above and the codes used last under it. */
export function NotePane({
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
      <FinishedBar />
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

const asOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** A note without a title is called by its first words; right above those very words they would stand twice. */
const isItsBeginning = ({ title, text }: Note): boolean =>
  asOneLine(text.slice(0, 4 * title.length + 40)).startsWith(asOneLine(title.replace(/…$/, '')))

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
      <h1 className={isItsBeginning(note) ? 'note-title visually-hidden' : 'note-title'} title={note.title}>
        {note.title}
      </h1>
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
                  <span className="chip-words">{code?.name ?? 'Code'}</span>
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
