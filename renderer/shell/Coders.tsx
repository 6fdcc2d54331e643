import { Pencil, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Coder } from '../../shared/model.ts'
import {
  activateCoder,
  addCoder,
  coderId,
  refreshProject,
  save,
  useLeads,
  useSession,
} from '../state/session.ts'
import { store } from '../store.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { InlineEdit } from '../ui/Field.tsx'

/** Who codes in this project; names are changed where they stand. */
export function Coders() {
  const coders = useSession((state) => state.project?.coders ?? [])
  const [isAdding, setAdding] = useState(false)
  return (
    <ul className="coders" aria-label="Coders">
      {coders.map((coder) => (
        <CoderRow key={coder.id} coder={coder} />
      ))}
      <li className="coders-row">
        {isAdding ? (
          <InlineEdit
            label="Name of the new coder"
            placeholder="Name"
            value=""
            onCancel={() => setAdding(false)}
            onSave={(name) => {
              setAdding(false)
              addCoder(name).catch(() => {})
            }}
          />
        ) : (
          <Button size="small" kind="plain" icon={UserPlus} onClick={() => setAdding(true)}>
            Add a coder
          </Button>
        )}
      </li>
    </ul>
  )
}

function CoderRow({ coder }: { coder: Coder }) {
  const isActive = useSession((state) => state.coderId === coder.id)
  const leads = useLeads()
  const [isRenaming, setRenaming] = useState(false)
  const rename = (name: string) => {
    setRenaming(false)
    save(store.coders.rename({ coderId: coderId(), id: coder.id, name }), () => void refreshProject())
  }
  if (isRenaming)
    return (
      <li className="coders-row">
        <InlineEdit
          label={`Name of ${coder.name}`}
          value={coder.name}
          onCancel={() => setRenaming(false)}
          onSave={rename}
        />
      </li>
    )
  return (
    <li className="coders-row">
      <span className="coders-name">{coder.name}</span>
      {isActive ? (
        <span className="settings-hint">codes now</span>
      ) : (
        <Button size="small" kind="plain" onClick={() => void activateCoder(coder.id).catch(() => {})}>
          Code as {coder.name}
        </Button>
      )}
      {coder.role === 'lead' && <span className="tag">Lead</span>}
      {leads && <RoleButton coder={coder} />}
      <IconButton icon={Pencil} label={`Rename ${coder.name}`} onClick={() => setRenaming(true)} />
    </li>
  )
}

/** A lead decides about the codebook while it is frozen; only a lead names another. */
function RoleButton({ coder }: { coder: Coder }) {
  const role = coder.role === 'lead' ? 'coder' : 'lead'
  return (
    <Button
      size="small"
      kind="plain"
      onClick={() =>
        save(store.coders.setRole({ coderId: coderId(), id: coder.id, role }), () => void refreshProject())
      }
    >
      {role === 'lead' ? 'Make a lead' : 'Make a coder'}
    </Button>
  )
}
