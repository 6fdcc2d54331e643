import { memo } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { FoundSegment } from '../../shared/contract/retrieval.ts'
import { useStore } from '../queries/use-store.ts'
import { codeColour } from '../ui/palette.ts'
import { wordsAround } from '../ui/words-around.ts'
import { contextOf, shortened } from './context.ts'

/** The colours a segment is marked in: filled with its first code's, underlined with its second's. */
function styleOf(segment: FoundSegment, codes: ReadonlyMap<string, CodeRow>) {
  const ids = [...new Set(segment.codings.map(({ codeId }) => codeId))]
  const [first, second] = ids.map((id) => codeColour(codes.get(id)?.colour ?? null))
  return {
    background: `color-mix(in oklab, ${first ?? 'var(--code-none)'} var(--fill), transparent)`,
    borderBottomColor: second ?? first ?? 'var(--code-none)',
  }
}

/** Of the note around a segment, in UTF-16 units. */
const AROUND = 84

type Props = { segment: FoundSegment; codes: ReadonlyMap<string, CodeRow>; level: number }

export const SegmentText = memo(({ segment, codes, level }: Props) =>
  level === 0 ? (
    <Excerpt segment={segment} codes={codes} />
  ) : (
    <InContext segment={segment} codes={codes} level={level} />
  ),
)

function Excerpt({ segment, codes }: Omit<Props, 'level'>) {
  const { before, after } = wordsAround(segment, AROUND)
  const words = shortened(segment.words)
  if (segment.span === null)
    return (
      <span className="segment-text">
        <span className="segment-whole">Whole note: </span>
        {words} …
      </span>
    )
  return (
    <span className="segment-text">
      {before}
      <mark style={styleOf(segment, codes)}>{words}</mark>
      {after}
    </span>
  )
}

/** The note's own text; until it is there the few words stay. */
function InContext({ segment, codes, level }: Props) {
  const { data: note, problem } = useStore('notes.get', { noteId: segment.noteId })
  if (problem) return <span className="segment-text">{problem.message}</span>
  if (!note) return <Excerpt segment={segment} codes={codes} />
  const { text } = note
  const { span } = segment
  const { start, end, isAll } = contextOf(text, span, level)
  const extent = isAll ? 'All of the note. ' : ''
  if (span === null)
    return (
      <span className="segment-text segment-wide">
        <span className="segment-whole">Whole note: </span>
        {text.slice(start, end)}
        {!isAll && ' …'}
      </span>
    )
  return (
    <span className="segment-text segment-wide">
      <span className="visually-hidden">{extent}</span>
      {start > 0 && <span aria-hidden="true">… </span>}
      {text.slice(start, span.start)}
      <mark style={styleOf(segment, codes)}>{text.slice(span.start, span.end)}</mark>
      {text.slice(span.end, end)}
      {end < text.length && <span aria-hidden="true"> …</span>}
    </span>
  )
}
