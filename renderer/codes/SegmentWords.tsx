import type { Segment } from '../../shared/contract/codings.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { useSession } from '../state/session.ts'
import { ALL_CONTEXT, wordsAround } from '../ui/words-around.ts'

export type SourceOf = Pick<Segment, 'noteTitle' | 'caseId'> & Partial<Pick<Segment, 'date' | 'coderId'>>
export type WordsOf = Pick<Segment, 'span' | 'before' | 'words' | 'after'>

/** Where a segment stands, and who coded it if it is one coder's. */
export function SegmentSource({ segment }: { segment: SourceOf }) {
  const coder = useSession(({ project }) => project?.coders.find(({ id }) => id === segment.coderId)?.name)
  return (
    <span className="listed-source number">
      {[segment.noteTitle, segment.caseId, shortDate(segment.date ?? null)].filter(Boolean).join(' · ')}
      <span>{coder}</span>
    </span>
  )
}

const LONGEST = 900

/** The words of a coding with a little of the note around them. */
export function SegmentWords({ segment }: { segment: WordsOf }) {
  const { before, after } = wordsAround(segment, ALL_CONTEXT)
  return (
    <span className="listed-text">
      {segment.span === null && <em>Whole note: </em>}
      <span className="listed-context">{before}</span>
      <mark>{segment.words.length > LONGEST ? `${segment.words.slice(0, LONGEST)}…` : segment.words}</mark>
      <span className="listed-context">{after}</span>
    </span>
  )
}
