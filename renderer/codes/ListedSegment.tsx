import type { ReactNode } from 'react'
import type { NoteId } from '../../shared/contract/basics.ts'
import { jumpToNote } from '../state/coding.ts'
import { SegmentSource, SegmentWords, type SourceOf, type WordsOf } from './SegmentWords.tsx'

/** A segment behind a figure: where it stands and its words; pressed, its note opens there. */
export function ListedSegment({
  segment,
  children,
}: {
  segment: SourceOf & WordsOf & { noteId: NoteId }
  children?: ReactNode
}) {
  return (
    <button type="button" className="listed-segment" onClick={() => jumpToNote(segment.noteId, segment.span)}>
      <SegmentSource segment={segment} />
      <SegmentWords segment={segment} />
      {children}
    </button>
  )
}
