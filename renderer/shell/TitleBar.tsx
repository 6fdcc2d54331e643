import { ChevronsUpDown, ListOrdered, Search } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { toggleHistory } from '../journal/HistoryPanel.tsx'
import { keyLabel } from '../keys/own-keys.ts'
import { useStore } from '../queries/use-store.ts'
import { activateCoder, joinAs, stopAsking, useAskedChair } from '../state/seat.ts'
import { coderId, saving, showPanel, useCoders, useMayAgree, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button, IconButton, Keys } from '../ui/Button.tsx'
import { InlineEdit, TextField } from '../ui/Field.tsx'
import { type Anchor, Floating } from '../ui/Floating.tsx'
import { Menu } from '../ui/Menu.tsx'
import { SeatPin } from './Pins.tsx'

export function TitleBar() {
  const project = useSession((state) => state.project)
  const isHistoryOpen = useSession((state) => state.isHistoryOpen)
  const [isRenaming, setRenaming] = useState(false)
  if (!project) return null
  return (
    <header className="titlebar">
      <div className="titlebar-project">
        {isRenaming ? (
          <InlineEdit
            label="Project name"
            value={project.title}
            onCancel={() => setRenaming(false)}
            onSave={(title) => {
              setRenaming(false)
              saving(store.project.rename({ coderId: coderId(), title })).then(
                (project) => useSession.setState({ project }),
                () => {},
              )
            }}
          />
        ) : (
          <button
            type="button"
            className="titlebar-name"
            title="Rename the project"
            onClick={() => setRenaming(true)}
          >
            {project.title}
          </button>
        )}
        {project.isSample && <span className="tag">Sample, invented notes</span>}
      </div>
      <button type="button" className="titlebar-search" onClick={() => showPanel('palette')}>
        <Search size={14} aria-hidden="true" />
        <span>Find a place, code or note</span>
        <Keys combination={keyLabel('palette')} />
      </button>
      <div className="titlebar-coder">
        <IconButton
          icon={ListOrdered}
          label={isHistoryOpen ? 'Hide history' : 'Show history'}
          keys={keyLabel('history')}
          isPressed={isHistoryOpen}
          onClick={toggleHistory}
        />
        <CoderSwitcher />
      </div>
    </header>
  )
}

/** Who is coding, in a menu; in the title bar with the initial, in the status bar with the name alone. */
export function CoderSwitcher({ isPlain = false }: { isPlain?: boolean }) {
  const coders = useCoders()
  const active = useSession((state) => state.coderId)
  const mayAgree = useMayAgree()
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const name = coders.find((coder) => coder.id === active)?.name ?? 'Coder'
  const { data: seats } = useStore('coders.chairs', anchor ? {} : null)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={isPlain ? 'statusbar-button' : 'coder-button'}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        {!isPlain && (
          <span className="coder-initial" aria-hidden="true" data-initial={name.slice(0, 1).toUpperCase()} />
        )}
        <span className="coder-name" title={name}>
          <span className="visually-hidden">{isPlain ? 'Coding as ' : 'Coder: '}</span>
          {name}
        </span>
        {!isPlain && <ChevronsUpDown size={14} aria-hidden="true" />}
      </button>
      {anchor && (
        <Menu
          anchor={anchor}
          align={isPlain ? 'start' : 'end'}
          label="Who is coding"
          onClose={() => setAnchor(null)}
          items={coders.map((coder) => ({
            id: coder.id,
            label: coder.name,
            isChecked: coder.id === active,
            whyNot:
              coder.layer === 'consensus' && !mayAgree
                ? 'Only a lead or an adjudicator edits the consensus layer'
                : (seats?.chairs.find((chair) => chair.coderId === coder.id)?.whyNot ?? null),
            onSelect: () => {
              // Whoever is asked for a PIN and goes back is where they began.
              button.current?.focus()
              activateCoder(coder.id).catch(() => {})
            },
          }))}
          extra={
            <AddCoder
              onDone={() => {
                setAnchor(null)
                button.current?.focus()
              }}
            />
          }
        />
      )}
      {!isPlain && <AskedPin button={button} />}
    </>
  )
}

/** The PIN of whoever was chosen to code next, asked under the name of who codes now. */
function AskedPin({ button }: { button: RefObject<HTMLButtonElement | null> }) {
  const chair = useAskedChair((state) => state.chair)
  const isInSettings = useSession((state) => state.panel === 'settings')
  const anchor = chair && !isInSettings ? button.current?.getBoundingClientRect() : null
  if (!chair || !anchor) return null
  return (
    <Floating anchor={anchor} align="end" width={320} label={`Code as ${chair.name}`} onClose={stopAsking}>
      <SeatPin
        key={chair.coderId}
        chair={chair}
        onCancel={() => {
          stopAsking()
          button.current?.focus()
        }}
      />
    </Floating>
  )
}

function AddCoder({ onDone }: { onDone(): void }) {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  if (!isOpen) {
    return (
      <Button kind="plain" onClick={() => setOpen(true)}>
        Add coder…
      </Button>
    )
  }
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') return
        onDone()
        void joinAs(name.trim()).catch(() => {})
      }}
    >
      <TextField
        label="Name of the new coder"
        isLabelHidden
        placeholder="Name"
        value={name}
        onText={setName}
        autoFocus
        maxLength={120}
      />
      <Button type="submit" kind="primary" disabled={name.trim() === ''}>
        Add
      </Button>
    </form>
  )
}
