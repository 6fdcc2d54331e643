import { Fragment, useEffect, useMemo, useRef } from 'react'
import type { NoteId } from '../../shared/contract/basics.ts'
import { useStore } from '../queries/use-store.ts'
import './excerpt.css'

export type Marked = { start: number; end: number; text: string }
type Piece = { text: string; mark: 'none' | 'current' | 'other'; at: number }

/** What is shown of a long note, to each side. */
const AROUND = 4_000

/** The text around a place, cut at line ends, in pieces with and without a mark. */
function piecesOf(text: string, current: Marked, others: readonly Marked[]): Piece[] {
  const near = Math.max(0, current.start - AROUND)
  const far = Math.min(text.length, current.end + AROUND)
  const from = near === 0 ? 0 : text.lastIndexOf('\n', near) + 1 || near
  const lineEnd = text.indexOf('\n', far)
  const to = far === text.length || lineEnd === -1 || lineEnd > far + AROUND ? far : lineEnd
  const pieces: Piece[] = []
  let at = from
  for (const place of [...others].sort((a, b) => a.start - b.start)) {
    if (place.start < at || place.end > to || text.slice(place.start, place.end) !== place.text) continue
    const isCurrent = place.start === current.start && place.end === current.end
    pieces.push({ text: text.slice(at, place.start), mark: 'none', at })
    pieces.push({ text: place.text, mark: isCurrent ? 'current' : 'other', at: place.start })
    at = place.end
  }
  pieces.push({ text: text.slice(at, to), mark: 'none', at })
  return pieces
}

/** A note's own text around a place of it, to read before one decides. */
export function NoteExcerpt({
  noteId,
  current,
  others,
}: {
  noteId: NoteId
  current: Marked
  /** Everything to mark in this note, `current` among it. */
  others: readonly Marked[]
}) {
  const { data: note, problem } = useStore('notes.get', { noteId })
  const mark = useRef<HTMLElement>(null)
  const pieces = useMemo(() => (note ? piecesOf(note.text, current, others) : []), [note, current, others])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place or text comes into the middle of the sight
  useEffect(() => {
    mark.current?.scrollIntoView({ block: 'center' })
  }, [pieces, current])
  if (problem) return <p className="pane-hint">{problem.message}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="excerpt" aria-label="Text of the note" tabIndex={0}>
      <p>
        {pieces.map((piece) =>
          piece.mark === 'none' ? (
            <Fragment key={`text-${piece.at}`}>{piece.text}</Fragment>
          ) : (
            <mark
              key={`mark-${piece.at}`}
              ref={piece.mark === 'current' ? mark : undefined}
              className={piece.mark === 'current' ? 'excerpt-current' : 'excerpt-other'}
            >
              {piece.text}
            </mark>
          ),
        )}
      </p>
    </section>
  )
}
