import { X } from 'lucide-react'
import { useState } from 'react'
import type { NoteId } from '../../shared/contract/basics.ts'
import type { Attribute, AttributeValues } from '../../shared/contract/notes.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { Memos } from '../memos/Memos.tsx'
import { useStore } from '../queries/use-store.ts'
import { jumpToNote, undo } from '../state/coding.ts'
import { coderId, save, say, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { ProblemNote } from '../ui/Feedback.tsx'
import { inWords } from './attribute-labels.ts'
import { setView } from './note-view.ts'
import { ValueEdit } from './ValueEdit.tsx'

const NO_ATTRIBUTES: Attribute[] = []
const close = () => setView({ side: null })

/** What is known about one note and its case, to be set right where it stands, and the way to its text. */
export function NoteFacts({ noteId }: { noteId: NoteId }) {
  const { data: note, problem } = useStore('notes.get', { noteId })
  const attributes = useSession((state) => state.project?.attributes ?? NO_ATTRIBUTES)
  if (problem && !note) {
    return (
      <aside className="side" aria-label="About the note" data-pane="facts">
        <ProblemNote action={{ label: 'Close', onClick: close }}>{problem.message}</ProblemNote>
      </aside>
    )
  }
  const ofNote = attributes.filter((attribute) => attribute.of === 'note')
  const ofCase = attributes.filter((attribute) => attribute.of === 'case')
  return (
    <aside className="side" aria-label="About the note" data-pane="facts">
      {note && (
        <>
          <div className="side-head">
            <h2>{note.title}</h2>
            <IconButton icon={X} label="Close" onClick={close} />
          </div>
          <div className="side-body">
            <Button kind="primary" size="small" onClick={() => jumpToNote(note.id, null)}>
              Code this note
            </Button>
            <h3>Note</h3>
            <dl className="facts">
              <Fact name="Note id" value={note.id} />
              <Fact name="Date" value={note.date === null ? null : shortDate(note.date)} />
              <Values owner={note.id} attributes={ofNote} values={note.attributes} />
            </dl>
            <h3>Case</h3>
            <dl className="facts">
              <Fact name="Case id" value={note.caseId} />
              {note.caseId !== null && (
                <Values owner={note.caseId} attributes={ofCase} values={note.caseAttributes} />
              )}
            </dl>
            <h3>Memos</h3>
            <Memos about={{ kind: 'note', id: note.id }} placeholder="Memo on this note" />
            {note.caseId !== null && (
              <>
                <h3>Memos on case {note.caseId}</h3>
                <Memos
                  key={note.caseId}
                  about={{ kind: 'case', id: note.caseId }}
                  placeholder="Memo on this case"
                />
              </>
            )}
            <p className="facts-text">{note.text.slice(0, 600)}</p>
          </div>
        </>
      )}
    </aside>
  )
}

function Fact({ name, value }: { name: string; value: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? <span className="missing">missing</span>}</dd>
    </div>
  )
}

function Values({
  owner,
  attributes,
  values,
}: {
  owner: string
  attributes: readonly Attribute[]
  values: AttributeValues
}) {
  const [edited, setEdited] = useState<string | null>(null)
  return attributes.map((attribute) => {
    const value = values[attribute.name] ?? null
    const words = inWords(attribute.name)
    return (
      <div key={attribute.name}>
        <dt>{words}</dt>
        <dd>
          {edited === attribute.name ? (
            <ValueEdit
              attribute={attribute}
              value={value}
              onSave={(next) => {
                setEdited(null)
                setValue(attribute, owner, next)
              }}
              onCancel={() => setEdited(null)}
            />
          ) : (
            <button
              type="button"
              className="fact-value"
              aria-label={`${words}: ${value ?? 'missing'}. Change`}
              onClick={() => setEdited(attribute.name)}
            >
              {value ?? <span className="missing">missing</span>}
            </button>
          )}
        </dd>
      </div>
    )
  })
}

function setValue({ of, name }: Attribute, id: string, value: string | null): void {
  save(store.attributes.setValue({ coderId: coderId(), of, name, id, value }), () =>
    say(value === null ? `${inWords(name)} cleared` : `${inWords(name)} is now “${value}”`, {
      label: 'Undo',
      run: () => void undo(),
    }),
  )
}
