import { Check, EyeOff, Pencil, Trash2 } from 'lucide-react'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Coder } from '../../shared/contract/coders.ts'
import type { RoundRow } from '../../shared/contract/rounds.ts'
import { sampleInWords } from '../../shared/round-words.ts'
import { inWords } from '../library/attribute-labels.ts'
import { Button, IconButton, Tip } from '../ui/Button.tsx'
import { formatCount } from '../ui/Feedback.tsx'
import { InlineEdit } from '../ui/Field.tsx'
import type { Column } from '../ui/Table.tsx'

export type RoundActs = {
  coders: readonly Coder[]
  /** Who works now. */
  coderId: CoderId
  /** Whether who works now may rename and remove. */
  leads: boolean
  /** The round whose name is being changed. */
  renaming: string | null
  onRename(id: string): void
  /** Null leaves the name as it is. */
  onRenamed(round: RoundRow, name: string | null): void
  onRemove(round: RoundRow): void
  onOpenNotes(round: RoundRow): void
  onCompare(round: RoundRow): void
  /** To the notes of it that are still to be coded. */
  onCode(round: RoundRow): void
}

/** "10% of 200, by team, seed 1", "20 of 200, seed 1". */
function howDrawn({ drawn, notes }: RoundRow): string {
  if (drawn === null) return 'Chosen by hand'
  const { sample, stratifiedBy, seed, outOf } = drawn
  const by = stratifiedBy ? `, by ${inWords(stratifiedBy.name)}` : ''
  const size = 'percent' in sample ? sampleInWords(sample) : formatCount(notes)
  return `${size} of ${formatCount(outOf)}${by}, seed ${seed}`
}

/** What part of all that is to be done is finished. */
const shareDone = ({ notes, coders }: RoundRow): number =>
  coders.reduce((sum, { finished }) => sum + finished, 0) / (notes * coders.length)

export function columnsOf(acts: RoundActs): Column<RoundRow>[] {
  const nameOf = new Map(acts.coders.map(({ id, name }) => [id, name]))
  return [
    {
      id: 'name',
      head: 'Round',
      name: 'round',
      width: '220px',
      sortBy: ({ name }) => name,
      cell: (round) =>
        acts.renaming === round.id ? (
          <InlineEdit
            label={`Name of ${round.name}`}
            value={round.name}
            onCancel={() => acts.onRenamed(round, null)}
            onSave={(name) => acts.onRenamed(round, name)}
          />
        ) : (
          <span className="truncate rounds-name" title={round.name}>
            {round.name}
          </span>
        ),
    },
    {
      id: 'blind',
      head: 'Blind',
      name: 'blind',
      width: '84px',
      help: 'In a blind round no coder, lead or not, sees the others’ codings of a note until all have finished it.',
      sortBy: ({ isBlind }) => Number(isBlind),
      cell: ({ isBlind }) =>
        isBlind ? (
          <span className="rounds-blind">
            <EyeOff size={14} aria-hidden="true" /> Blind
          </span>
        ) : (
          <span className="zero">Open</span>
        ),
    },
    {
      id: 'notes',
      head: 'Notes',
      name: 'notes',
      width: '84px',
      isNumber: true,
      sortBy: ({ notes }) => notes,
      cell: (round) => (
        <button
          type="button"
          className="cell-button"
          aria-label={`Show the ${round.notes} notes of ${round.name}`}
          title="Show these notes"
          onClick={() => acts.onOpenNotes(round)}
        >
          {formatCount(round.notes)}
        </button>
      ),
    },
    {
      id: 'finished',
      head: 'Finished',
      name: 'finished',
      width: 'minmax(300px, 1.4fr)',
      sortBy: shareDone,
      cell: ({ notes, coders }) => (
        <ul
          className="rounds-coders number"
          title={coders.map(({ coderId, finished }) => `${nameOf.get(coderId)} ${finished}`).join(', ')}
        >
          {coders.map(({ coderId, finished }) => (
            <li key={coderId}>
              <span className="truncate">{nameOf.get(coderId)}</span>{' '}
              <span className="zero">{formatCount(finished)}</span>
              {finished === notes && <Check size={14} role="img" aria-label="all finished" />}
            </li>
          ))}
        </ul>
      ),
    },
    {
      id: 'drawn',
      head: 'Sample',
      name: 'sample',
      width: 'minmax(160px, 0.6fr)',
      cell: (round) => (
        <span className="truncate number" title={howDrawn(round)}>
          {howDrawn(round)}
        </span>
      ),
    },
    {
      id: 'made',
      head: 'Created',
      name: 'created',
      width: '110px',
      sortBy: ({ createdAt }) => createdAt,
      cell: ({ createdAt }) => <span className="number">{DAY.format(new Date(createdAt))}</span>,
    },
    {
      id: 'acts',
      head: '',
      name: 'actions',
      width: acts.leads ? '216px' : '156px',
      cell: (round) => <Acts round={round} acts={acts} />,
    },
  ]
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

function Acts({ round, acts }: { round: RoundRow; acts: RoundActs }) {
  const isAlone = round.coders.length < 2
  const isOwn = round.coders.some(({ coderId }) => coderId === acts.coderId)
  return (
    <span className="rounds-acts">
      {isOwn && (
        <Button
          size="small"
          kind="plain"
          aria-label={`Code ${round.name}`}
          title="Continue with the notes of this round"
          onClick={() => acts.onCode(round)}
        >
          Code
        </Button>
      )}
      <Tip
        words={isAlone ? 'Comparing needs two coders' : 'Agreement on the notes of this round'}
        isDescription
      >
        <Button
          size="small"
          kind="plain"
          aria-label={`Compare ${round.name}`}
          aria-disabled={isAlone || undefined}
          onClick={() => {
            if (!isAlone) acts.onCompare(round)
          }}
        >
          Compare
        </Button>
      </Tip>
      {acts.leads && (
        <>
          <IconButton icon={Pencil} label={`Rename ${round.name}`} onClick={() => acts.onRename(round.id)} />
          <IconButton icon={Trash2} label={`Remove ${round.name}`} onClick={() => acts.onRemove(round)} />
        </>
      )}
    </span>
  )
}
