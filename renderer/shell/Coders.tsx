import { Handshake, Pencil, RefreshCw, UserPlus } from 'lucide-react'
import { type MouseEvent, useState } from 'react'
import { create } from 'zustand'
import { type Chair, type Coder, type CoderLayer, CoderRole } from '../../shared/contract/coders.ts'
import { ROLE_HINTS } from '../../shared/roles.ts'
import { useStore } from '../queries/use-store.ts'
import { undo } from '../state/coding.ts'
import { activateCoder, addCoder, codeAgain, stopAsking, useAskedChair } from '../state/seat.ts'
import {
  coderId,
  refreshProject,
  save,
  say,
  useCoders,
  useLeads,
  useMayAgree,
  useSession,
} from '../state/session.ts'
import { store } from '../store.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { InlineEdit, Select } from '../ui/Field.tsx'
import { ForgottenPin, OwnPin, SeatPin, thePerson, usePinOffer } from './Pins.tsx'

/** A button that goes when it is pressed leaves the keyboard to the list it stands in. */
const holdFocus = (event: MouseEvent) => event.currentTarget.closest<HTMLElement>('.coders')?.focus()

/** Who codes in this project; names are changed where they stand. */
export function Coders() {
  const coders = useCoders()
  const [isAdding, setAdding] = useState(false)
  return (
    <ul className="coders" aria-label="Coders" tabIndex={-1}>
      {coders.map((coder) => (
        <CoderRow key={coder.id} coder={coder} />
      ))}
      <li className="coders-row coders-more">
        {isAdding ? (
          <InlineEdit
            label="Name of the new coder"
            placeholder="Name"
            value=""
            onCancel={() => setAdding(false)}
            onSave={(name) => {
              setAdding(false)
              addCoder(name).then(
                (coder) => say(`Added ${coder.name}`),
                () => {},
              )
            }}
          />
        ) : (
          <>
            <Button size="small" kind="plain" icon={UserPlus} onClick={() => setAdding(true)}>
              Add a coder
            </Button>
            <LayerButtons coders={coders} />
          </>
        )}
      </li>
    </ul>
  )
}

/** What can be laid over a person's own coding: their second pass, and, for a lead, what is agreed on. */
function LayerButtons({ coders }: { coders: readonly Coder[] }) {
  const own = useSession((state) => coders.find(({ id }) => id === state.coderId))
  const leads = useLeads()
  const hasConsensus = coders.some(({ layer }) => layer === 'consensus')
  const addConsensus = (event: MouseEvent) => {
    holdFocus(event)
    save(store.coders.addConsensus({ coderId: coderId() }), ({ name }) => {
      void refreshProject()
      say(`Added the consensus layer ${name}`, { label: 'Undo', run: () => void undo() })
    })
  }
  return (
    <>
      {own && own.layer !== 'consensus' && (
        <Button size="small" kind="plain" icon={RefreshCw} onClick={() => void codeAgain().catch(() => {})}>
          Code again (second pass)
        </Button>
      )}
      {leads && !hasConsensus && (
        <Button size="small" kind="plain" icon={Handshake} onClick={addConsensus}>
          Add the consensus layer
        </Button>
      )}
    </>
  )
}

/** Whose PIN is being set or removed in the list of coders. */
const usePinPanel = create<{ of: string | null }>(() => ({ of: null }))
/** In the list of coders of the settings. */
export function openOwnPin(): void {
  usePinPanel.setState({ of: thePerson(useSession.getState()) })
  useSession.setState({ panel: 'settings' })
}
const closePinPanel = (): void => usePinPanel.setState({ of: null })
useSession.subscribe((now, before) => {
  if (now.panel !== before.panel && now.panel !== 'settings') closePinPanel()
})

const isOf =
  (coder: Coder) =>
  (chair: Chair): boolean =>
    chair.coderId === coder.id

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const ROLES = CoderRole.options.map((role) => ({ value: role, label: capital(role) }))

const LAYER_TAGS: Record<Exclude<CoderLayer, 'own'>, string> = {
  again: 'Second pass',
  consensus: 'Consensus layer',
}

function CoderRow({ coder }: { coder: Coder }) {
  const isActive = useSession((state) => state.coderId === coder.id)
  const leads = useLeads()
  const mayAgree = useMayAgree()
  const mayBecome = mayAgree || coder.layer !== 'consensus'
  const asked = useAskedChair((state) => state.chair)
  const hasPin = useStore('coders.chairs', {}).data?.chairs.find(isOf(coder))?.hasPin ?? false
  const offer = usePinOffer(coder.id)
  const isPinAsked = usePinPanel((state) => state.of === coder.id)
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
  if (asked?.coderId === coder.id)
    return (
      <li className="coders-row">
        <SeatPin chair={asked} onCancel={stopAsking} />
      </li>
    )
  if (isPinAsked && offer !== null)
    return (
      <li className="coders-row">
        {offer === 'own' ? (
          <OwnPin hasPin={hasPin} onDone={closePinPanel} />
        ) : (
          <ForgottenPin id={coder.id} name={coder.name} onDone={closePinPanel} />
        )}
      </li>
    )
  return (
    <li className="coders-row">
      <span className="coders-name">{coder.name}</span>
      {isActive ? (
        <span className="settings-hint">coding now</span>
      ) : (
        mayBecome && (
          <Button
            size="small"
            kind="plain"
            onClick={(event) => {
              holdFocus(event)
              activateCoder(coder.id).catch(() => {})
            }}
          >
            Code as {coder.name}
          </Button>
        )
      )}
      {coder.layer !== 'own' && <span className="tag">{LAYER_TAGS[coder.layer]}</span>}
      {coder.layer === 'own' &&
        (leads ? <RoleChoice coder={coder} /> : <span className="tag">{capital(coder.role)}</span>)}
      {coder.layer === 'own' && offer !== null && (
        <Button size="small" kind="plain" onClick={() => usePinPanel.setState({ of: coder.id })}>
          {offer === 'others' ? 'Remove the PIN' : hasPin ? 'Change your PIN' : 'Set your PIN'}
        </Button>
      )}
      {(leads || isActive) && (
        <IconButton icon={Pencil} label={`Rename ${coder.name}`} onClick={() => setRenaming(true)} />
      )}
    </li>
  )
}

/** What somebody may change; only a lead gives or takes it. */
function RoleChoice({ coder }: { coder: Coder }) {
  const give = (role: CoderRole) =>
    save(store.coders.setRole({ coderId: coderId(), id: coder.id, role }), () => void refreshProject())
  return (
    <Select
      label={`Role of ${coder.name}`}
      isLabelHidden
      title={ROLE_HINTS[coder.role]}
      value={coder.role}
      options={ROLES}
      onValue={give}
    />
  )
}
