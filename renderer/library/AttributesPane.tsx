import { ArrowLeft, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { type Attribute, AttributeKind } from '../../shared/contract/notes.ts'
import type { AttributeName } from '../queries/note-rows.ts'
import { undo } from '../state/coding.ts'
import { coderId, save, say, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { Select, TextField } from '../ui/Field.tsx'
import { inWords, KIND_WORDS } from './attribute-labels.ts'
import { columnIdOf, isSame, setView } from './note-view.ts'
import { ValuesPanel } from './ValuesPanel.tsx'

const NO_ATTRIBUTES: Attribute[] = []

/** The properties notes and cases have; one of them is opened to put its values in order. */
export function AttributesPane({ chosen }: { chosen: AttributeName | null }) {
  const attributes = useSession((state) => state.project?.attributes ?? NO_ATTRIBUTES)
  const attribute = chosen && attributes.find((each) => isSame(each, chosen))
  const show = (attribute: AttributeName | null) => setView({ side: { kind: 'attributes', attribute } })
  return (
    <aside className="side" aria-label="Attributes" data-pane="attributes">
      <div className="side-head">
        {attribute ? (
          <>
            <IconButton icon={ArrowLeft} label="All attributes" onClick={() => show(null)} />
            <h2>{inWords(attribute.name)}</h2>
          </>
        ) : (
          <h2>Attributes</h2>
        )}
        <IconButton icon={X} label="Close" onClick={() => setView({ side: null })} />
      </div>
      {attribute ? (
        <ValuesPanel key={columnIdOf(attribute)} attribute={attribute} />
      ) : (
        <div className="side-body">
          <AttributeList
            head="Of notes"
            attributes={attributes.filter((each) => each.of === 'note')}
            onOpen={show}
          />
          <AttributeList
            head="Of cases"
            attributes={attributes.filter((each) => each.of === 'case')}
            onOpen={show}
          />
          <NewAttribute />
        </div>
      )}
    </aside>
  )
}

function AttributeList({
  head,
  attributes,
  onOpen,
}: {
  head: string
  attributes: readonly Attribute[]
  onOpen(attribute: Attribute): void
}) {
  return (
    <>
      <h3>{head}</h3>
      {attributes.length === 0 && <p className="side-none">None yet.</p>}
      <ul className="attributes">
        {attributes.map((attribute) => (
          <li key={attribute.name}>
            <button type="button" className="row-button attribute" onClick={() => onOpen(attribute)}>
              <span>{inWords(attribute.name)}</span>
              <span className="attribute-kind">{KIND_WORDS[attribute.kind]}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

const OWNERS = [
  { value: 'note', label: 'Of notes' },
  { value: 'case', label: 'Of cases' },
] as const
const KINDS = AttributeKind.options.map((value) => ({ value, label: `Kind: ${KIND_WORDS[value]}` }))

function NewAttribute() {
  const [name, setName] = useState('')
  const [of, setOf] = useState<Attribute['of']>('note')
  const [kind, setKind] = useState<AttributeKind>('category')
  const add = (event: FormEvent) => {
    event.preventDefault()
    const attribute = { name: name.trim(), of, kind }
    if (attribute.name === '') return
    save(store.attributes.add({ coderId: coderId(), attribute }), () => {
      setName('')
      say(`“${attribute.name}” added`, { label: 'Undo', run: () => void undo() })
    })
  }
  return (
    <form className="new-attribute" onSubmit={add}>
      <h3>New attribute</h3>
      <TextField
        label="Name"
        isLabelHidden
        placeholder="Name"
        maxLength={200}
        value={name}
        onText={setName}
      />
      <div className="new-attribute-kinds">
        <Select<Attribute['of']>
          label="Attribute of"
          isLabelHidden
          value={of}
          options={OWNERS}
          onValue={setOf}
        />
        <Select<AttributeKind> label="Kind" isLabelHidden value={kind} options={KINDS} onValue={setKind} />
      </div>
      <Button type="submit" disabled={name.trim() === ''}>
        Add attribute
      </Button>
    </form>
  )
}
