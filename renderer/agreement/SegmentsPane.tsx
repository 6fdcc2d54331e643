import { useState } from 'react'
import type { AgreementBehind, AgreementScope } from '../../shared/contract/agreement.ts'
import { ListedSegment } from '../codes/ListedSegment.tsx'
import { useStore } from '../queries/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { counted, formatCount } from '../ui/Feedback.tsx'
import { BesidePane } from './BesidePane.tsx'

export type Asked = {
  scope: AgreementScope
  behind: AgreementBehind
  title: string
  words: string
  count: number
}

const PAGE = 50
/** So many can be read through; the diagnosis under Export has them all. */
const MOST = 500

/** The text behind one count, with the way to its note. */
export function SegmentsPane({ asked, onClose }: { asked: Asked; onClose(): void }) {
  const [limit, setLimit] = useState(PAGE)
  const { scope, behind } = asked
  const { data, problem } = useStore('agreement.segments', { ...scope, behind, offset: 0, limit })
  return (
    <BesidePane
      label="Segments"
      title={asked.title}
      under={`${asked.words}: ${counted(asked.count, behind.kind === 'spans' ? 'span' : scope.unit)}${
        behind.kind !== 'spans' && scope.unit === 'character' && data
          ? `, ${counted(data.total, 'segment')}`
          : ''
      }`}
      onClose={onClose}
    >
      {problem && <p className="field-problem">{problem.message}</p>}
      <ul className="listed-segments">
        {data?.segments.map((segment) => (
          <li key={`${segment.noteId} ${segment.span?.start} ${segment.span?.end}`}>
            <ListedSegment segment={segment} />
          </li>
        ))}
      </ul>
      {data && limit === MOST && data.total > MOST && (
        <p className="hint">
          The first {formatCount(MOST)} of {formatCount(data.total)}. Export writes all of them.
        </p>
      )}
      {data && limit < MOST && data.total > data.segments.length && (
        <Button kind="plain" onClick={() => setLimit((before) => Math.min(MOST, before + PAGE))}>
          Show more of {formatCount(data.total)}
        </Button>
      )}
    </BesidePane>
  )
}
