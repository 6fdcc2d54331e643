import {
  BookMarked,
  Files,
  Highlighter,
  History,
  Lock,
  type LucideIcon,
  NotebookPen,
  Scale,
  ScanSearch,
  Search,
  Settings,
  Table2,
  TextQuote,
} from 'lucide-react'
import type { COMMANDS } from '../keys/commands.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { lockProject } from '../state/leaving.ts'
import { goTo, PLACE_NAMES, type Place, placesOf, showPanel, useSession } from '../state/session.ts'
import { Tip } from '../ui/Button.tsx'

const ICONS: Record<Place, LucideIcon> = {
  notes: Files,
  identifiers: ScanSearch,
  search: Search,
  code: Highlighter,
  codebook: BookMarked,
  memos: NotebookPen,
  retrieval: TextQuote,
  agreement: Scale,
  themes: Table2,
  journal: History,
}
const KEYS: Record<Place, keyof typeof COMMANDS> = {
  notes: 'placeNotes',
  identifiers: 'placeIdentifiers',
  search: 'placeSearch',
  code: 'placeCode',
  codebook: 'placeCodebook',
  memos: 'placeMemos',
  retrieval: 'placeRetrieval',
  agreement: 'placeAgreement',
  themes: 'placeThemes',
  journal: 'placeJournal',
}

export function Rail() {
  const place = useSession((state) => state.place)
  const project = useSession((state) => state.project)
  return (
    <nav className="rail" aria-label="Places" data-pane="rail">
      {placesOf(project).map((name) => (
        <RailButton
          key={name}
          icon={ICONS[name]}
          label={PLACE_NAMES[name]}
          tip={`Go to ${PLACE_NAMES[name]}`}
          keys={keyLabel(KEYS[name])}
          isCurrent={place === name}
          onClick={() => goTo(name)}
        />
      ))}
      <span className="spacer" />
      <RailButton
        icon={Settings}
        label="Settings"
        tip="Settings"
        keys={keyLabel('settings')}
        onClick={() => showPanel('settings')}
      />
      <RailButton
        icon={Lock}
        label="Lock"
        tip="Lock: the passphrase leads back here"
        keys={keyLabel('lock')}
        onClick={() => void lockProject()}
      />
    </nav>
  )
}

function RailButton({
  icon: Icon,
  label,
  tip,
  keys,
  isCurrent = false,
  onClick,
}: {
  icon: LucideIcon
  label: string
  tip: string
  keys: string
  isCurrent?: boolean
  onClick(): void
}) {
  return (
    <Tip words={tip} keys={keys}>
      <button
        type="button"
        className="rail-button"
        aria-current={isCurrent ? 'page' : undefined}
        onClick={onClick}
      >
        <Icon size={18} strokeWidth={1.6} aria-hidden="true" />
        <span>{label}</span>
      </button>
    </Tip>
  )
}
