import { Link2, Unlink } from 'lucide-react'
import { useRef, useState } from 'react'
import type { CodingId } from '../../../shared/contract/basics.ts'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import type { Segment } from '../../../shared/contract/codings.ts'
import { SegmentSource, SegmentWords } from '../../codes/SegmentWords.tsx'
import { useStore } from '../../queries/use-store.ts'
import { jumpToNote } from '../../state/coding.ts'
import { Button } from '../../ui/Button.tsx'
import { counted } from '../../ui/Feedback.tsx'
import { type Anchor, Floating } from '../../ui/Floating.tsx'
import { PickList } from '../../ui/PickList.tsx'
import { SavedField } from './SavedField.tsx'

/** As many as are looked through for an example. */
const MOST = 500

/** An example that is typed, linked to a coding, or both. */
export function Example({
  code,
  label,
  hint,
  words,
  codingId,
  onWords,
  onCoding,
}: {
  code: CodeRow
  label: string
  hint: string
  words: string
  codingId: CodingId | null
  onWords(words: string): void
  onCoding(id: CodingId | null): void
}) {
  const [picking, setPicking] = useState<Anchor | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setPicking(null)
    window.setTimeout(() => opener.current?.focus())
  }
  return (
    <section className="entry-part" aria-label={label}>
      <SavedField label={label} placeholder={hint} rows={2} value={words} onSave={onWords} />
      {codingId !== null && <Linked codingId={codingId} label={label} onUnlink={() => onCoding(null)} />}
      {code.codings > 0 && (
        <div>
          <Button
            ref={opener}
            size="small"
            kind="plain"
            icon={Link2}
            aria-haspopup="dialog"
            aria-expanded={picking !== null}
            onClick={(event) => setPicking(event.currentTarget.getBoundingClientRect())}
          >
            {codingId === null ? 'Link one of its codings' : 'Link another coding'}
          </Button>
        </div>
      )}
      {picking && (
        <CodingPicker
          code={code}
          label={label}
          anchor={picking}
          onPick={(id) => {
            close()
            onCoding(id)
          }}
          onClose={close}
        />
      )}
    </section>
  )
}

/** The words of the linked coding, as they stand in the note now. */
function Linked({ codingId, label, onUnlink }: { codingId: CodingId; label: string; onUnlink(): void }) {
  const { data: coding, problem } = useStore('codings.get', { id: codingId })
  const { data: note } = useStore('notes.get', coding ? { noteId: coding.noteId } : null)
  const text = note && (coding?.span ? note.text.slice(coding.span.start, coding.span.end) : note.text)
  return (
    <div className="entry-linked">
      {problem ? (
        <p className="field-hint">The linked coding was removed. The text above stays.</p>
      ) : (
        <button
          type="button"
          className="entry-segment"
          onClick={() => coding && jumpToNote(coding.noteId, coding.span)}
        >
          <span className="entry-segment-source">{note?.title}</span>
          <span className="listed-text">{text && text.length > 400 ? `${text.slice(0, 400)}…` : text}</span>
        </button>
      )}
      <Button size="small" kind="plain" icon={Unlink} aria-label={`Unlink from ${label}`} onClick={onUnlink}>
        Unlink
      </Button>
    </div>
  )
}

function CodingPicker({
  code,
  label,
  anchor,
  onPick,
  onClose,
}: {
  code: CodeRow
  label: string
  anchor: Anchor
  onPick(codingId: CodingId): void
  onClose(): void
}) {
  const [query, setQuery] = useState('')
  const { data } = useStore('codings.segments', {
    codeId: code.id,
    includeChildren: false,
    coderIds: null,
    attribute: null,
    offset: 0,
    limit: MOST,
  })
  const wanted = query.trim().toLowerCase()
  const fits = (segment: Segment) => `${segment.words} ${segment.noteTitle}`.toLowerCase().includes(wanted)
  const segments = (data?.segments ?? []).filter(fits)
  return (
    <Floating anchor={anchor} width={520} label={`${label}: pick a coding`} onClose={onClose}>
      <PickList
        label={`${label}: coding by its words`}
        placeholder={`Words of one of ${counted(data?.total ?? 0, 'coding')}`}
        query={query}
        onQuery={setQuery}
        empty={data ? 'No coding has these words.' : 'Reading the codings…'}
        items={segments.slice(0, 60).map((segment) => ({
          id: segment.codingId,
          group: '',
          name: `${segment.noteTitle}: ${segment.words.slice(0, 200)}`,
          onPick: () => onPick(segment.codingId),
          content: (
            <span className="entry-pick">
              <SegmentSource segment={segment} />
              <SegmentWords segment={segment} />
            </span>
          ),
        }))}
      />
    </Floating>
  )
}
