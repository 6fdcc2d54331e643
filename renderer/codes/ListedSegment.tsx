import type { ReactNode } from 'react'
import { jumpToNote } from '../state/coding.ts'
import { SegmentSource, SegmentWords, type SourceOf, type WordsOf } from './SegmentWords.tsx'

/** A segment behind a figure: where it stands and its words; pressed, its note opens there. */
export function ListedSegment({
  segment,
  children,
}: {
  segment: SourceOf & WordsOf & { noteId: string }
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
