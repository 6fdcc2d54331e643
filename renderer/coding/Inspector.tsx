import { Trash2 } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { CodeRow, Coding } from '../../shared/model.ts'
import { removeCoding, setMemo, showCoding, useCoding } from '../state/coding.ts'
import { IconButton } from '../ui/Button.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import { byIdOf, pathOf } from './codes.ts'

const clip = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length).trimEnd()}…` : text

/** The codings of this note in order, and under them the one that is looked at. */
export function Inspector({ codes, memoAsked }: { codes: readonly CodeRow[]; memoAsked: number }) {
  const codings = useCoding((state) => state.codings)
  const activeId = useCoding((state) => state.activeId)
  const note = useCoding((state) => state.note)
  const byId = useMemo(() => byIdOf(codes), [codes])
  const at = codings.findIndex((coding) => coding.id === activeId)
  const active = codings[at]
  const quoteOf = (coding: Coding) =>
    coding.span && note ? note.text.slice(coding.span.start, coding.span.end) : 'Whole note'
  return (
    <section className="pane inspector" aria-label="Codings of this note" data-pane="inspector">
      <div className="pane-head">
        <h2>In this note</h2>
        <span className="number">{codings.length}</span>
      </div>
      {codings.length === 0 ? (
        <p className="pane-hint">Select text, then press a code or type its name with /.</p>
      ) : (
        <VirtualList
          label="Codings"
          count={codings.length}
          rowHeight={26}
          active={at}
          keyOf={(index) => codings[index]?.id ?? String(index)}
          onActive={(index) => codings[index] && useCoding.setState({ activeId: codings[index].id })}
          onOpen={(index) => codings[index] && showCoding(codings[index])}
          onKeyDown={(event) => {
            if ((event.key !== 'Delete' && event.key !== 'Backspace') || !activeId) return
            event.preventDefault()
            void removeCoding(activeId)
          }}
          row={(index) => {
            const coding = codings[index] as Coding
            const code = byId.get(coding.codeId)
            return (
              <div className="coding-row">
                <Swatch colour={code?.colour ?? null} />
                <span className="coding-name">{code?.name ?? 'Code'}</span>
                <span className="coding-quote">{clip(quoteOf(coding), 80)}</span>
                {coding.memo && <span className="coding-has-memo">memo</span>}
              </div>
            )
          }}
        />
      )}
      {active && (
        <CodingDetails
          key={active.id}
          coding={active}
          code={byId.get(active.codeId)}
          path={byId.get(active.codeId) ? pathOf(byId.get(active.codeId) as CodeRow, byId) : ''}
          quote={quoteOf(active)}
          memoAsked={memoAsked}
        />
      )}
    </section>
  )
}

function CodingDetails({
  coding,
  code,
  path,
  quote,
  memoAsked,
}: {
  coding: Coding
  code: CodeRow | undefined
  path: string
  quote: string
  memoAsked: number
}) {
  const [memo, setText] = useState(coding.memo)
  const field = useRef<HTMLTextAreaElement>(null)
  const asked = useRef(memoAsked)
  const wanted = useRef(memo)
  wanted.current = memo
  const saved = useRef(coding.memo)

  const keep = () => {
    if (wanted.current === saved.current) return
    saved.current = wanted.current
    void setMemo(coding.id, wanted.current)
  }
  const keepLatest = useRef(keep)
  keepLatest.current = keep
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the words starts the pause again
  useEffect(() => {
    const timer = window.setTimeout(() => keepLatest.current(), 800)
    return () => window.clearTimeout(timer)
  }, [memo])
  // What was typed is kept also when another coding is chosen before the pause is over.
  useEffect(() => () => keepLatest.current(), [])
  useEffect(() => {
    if (memoAsked !== asked.current) field.current?.focus()
    asked.current = memoAsked
  }, [memoAsked])

  return (
    <div className="coding-details">
      <div className="coding-details-head">
        <Swatch colour={code?.colour ?? null} />
        <div className="coding-details-name">
          <strong>{code?.name ?? 'Code'}</strong>
          {path && <span>{path}</span>}
        </div>
        <IconButton
          icon={Trash2}
          label="Remove this coding"
          keys="Delete"
          onClick={() => void removeCoding(coding.id)}
        />
      </div>
      <blockquote className="coding-details-quote">{clip(quote, 240)}</blockquote>
      <TextArea
        ref={field}
        label="Memo"
        isLabelHidden
        placeholder="Memo: why this code here?"
        value={memo}
        onText={setText}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Escape') showCoding(coding)
        }}
      />
    </div>
  )
}
