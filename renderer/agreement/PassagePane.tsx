import { X } from 'lucide-react'
import { useState } from 'react'
import type { AgreementCell, AgreementUnit } from '../../shared/model.ts'
import { useStore } from '../queries.ts'
import { jumpToNote } from '../state/coding.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { counted, formatCount } from '../ui/Feedback.tsx'

export type Asked = {
  coderIds: [string, string]
  unit: AgreementUnit
  codeId: string
  code: string
  cell: AgreementCell
  words: string
  count: number
}

const PAGE = 50

/** The text behind one count, with the way to its note. */
export function PassagePane({ asked, onClose }: { asked: Asked; onClose(): void }) {
  const [limit, setLimit] = useState(PAGE)
  const { coderIds, unit, codeId, cell } = asked
  const { data, problem } = useStore('agreement.passages', { coderIds, unit, codeId, cell, offset: 0, limit })
  return (
    <aside className="passages" aria-label="Passages" data-pane="passages">
      <div className="passages-head">
        <div>
          <h2>{asked.code}</h2>
          <p className="number">
            {asked.words}: {counted(asked.count, unit)}
            {unit === 'character' && data ? `, ${counted(data.total, 'passage')}` : ''}
          </p>
        </div>
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      {problem && <p className="field-problem">{problem.message}</p>}
      <ul className="quotes">
        {data?.passages.map((passage) => (
          <li key={`${passage.noteId}-${passage.span?.start ?? 'whole'}`}>
            <button type="button" className="quote" onClick={() => jumpToNote(passage.noteId, passage.span)}>
              <span className="quote-source number">
                {passage.noteTitle}
                {passage.caseId && <span>{passage.caseId}</span>}
              </span>
              <span className="quote-text">
                {passage.before && <span className="quote-context">…{passage.before}</span>}
                <mark>{passage.quote}</mark>
                {passage.after && <span className="quote-context">{passage.after}…</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {data && data.total > data.passages.length && (
        <Button kind="plain" onClick={() => setLimit((before) => Math.min(500, before + PAGE))}>
          Show more of {formatCount(data.total)}
        </Button>
      )}
    </aside>
  )
}
