import { Shuffle } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { RoundRow } from '../../shared/contract/rounds.ts'
import { showRound } from '../library/note-view.ts'
import { useStore } from '../queries/use-store.ts'
import { undo } from '../state/coding.ts'
import { coderId, leaveFor, save, say, useCoder, useLeads, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState, ProblemNote } from '../ui/Feedback.tsx'
import { Table } from '../ui/Table.tsx'
import { amendRounds, goOnWith } from './chosen.ts'
import { DrawForm } from './DrawForm.tsx'
import { columnsOf } from './round-columns.tsx'
import './rounds.css'

const UNDO = { label: 'Undo', run: () => void undo() }

/** Which notes were given to whom, how far they are, and the way to what came of it. */
export function RoundsView({ onCompare }: { onCompare(round: RoundRow): void }) {
  const coders = useSession((state) => state.project?.coders)
  const coder = useCoder()
  const leads = useLeads()
  const { data: rounds, problem } = useStore('rounds.list', {})
  const [isDrawing, setDrawing] = useState(false)
  const [renaming, setRenaming] = useState<string | null>(null)
  const view = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => {
    /** What was pressed is gone or hidden after it: the table keeps the keyboard. */
    const toTable = () => view.current?.querySelector<HTMLElement>('.table')?.focus()
    return columnsOf({
      coders: coders ?? [],
      coderId: coder,
      leads,
      renaming,
      onRename: setRenaming,
      onRenamed: (round, name) => {
        setRenaming(null)
        toTable()
        if (name === null) return
        save(store.rounds.rename({ coderId: coderId(), id: round.id, name }), () =>
          amendRounds((rounds) => rounds.map((each) => (each.id === round.id ? { ...each, name } : each))),
        )
      },
      onRemove: (round) => {
        toTable()
        save(store.rounds.remove({ coderId: coderId(), id: round.id }), () => {
          amendRounds((rounds) => rounds.filter(({ id }) => id !== round.id))
          say(`Removed the round ${round.name}. Its codings stay.`, UNDO)
        })
      },
      onOpenNotes: (round) => {
        showRound(round.id)
        leaveFor('notes')
      },
      onCode: (round) => void goOnWith(round.id),
      onCompare: (round) => {
        // To the tab that comes next: the button pressed goes with this view.
        view.current?.closest('.pane')?.querySelector<HTMLElement>('[role=tab]')?.focus()
        onCompare(round)
      },
    })
  }, [coders, coder, leads, renaming, onCompare])
  if (problem) return <ProblemNote>{problem.message}</ProblemNote>
  if (!rounds) return null
  const draw = () => setDrawing(true)
  return (
    <div ref={view} className="rounds" tabIndex={-1}>
      {isDrawing && (
        <DrawForm
          rounds={rounds}
          onClose={(round) => {
            setDrawing(false)
            view.current?.focus()
            if (round) say(`Drew the round ${round.name}`, UNDO)
          }}
        />
      )}
      {!isDrawing && rounds.length > 0 && (
        <div className="place-line rounds-bar">
          <span className="rounds-words">
            {leads
              ? 'Notes assigned to coders, to be compared later.'
              : 'Notes assigned to coders, to be compared later. Only a lead draws rounds.'}
          </span>
          <span className="spacer" />
          {leads && (
            <Button icon={Shuffle} onClick={draw}>
              Draw a round
            </Button>
          )}
        </div>
      )}
      {rounds.length > 0 ? (
        <Table label="Rounds" columns={columns} rows={rounds} keyOf={({ id }) => id} />
      ) : (
        !isDrawing && (
          <EmptyState icon={Shuffle} {...(leads ? { action: { label: 'Draw a round', onClick: draw } } : {})}>
            A round assigns a random sample of notes to several coders, blind to each other’s codings if you
            wish. {leads ? '' : 'Only a lead draws rounds.'}
          </EmptyState>
        )
      )}
    </div>
  )
}
