import type { Ref } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { QualifierFilters } from '../codes/QualifierFilters.tsx'
import { useStore } from '../queries/use-store.ts'
import { NoteFilters, ValuesFilter } from '../search/Filters.tsx'
import { useCoder, useCoders } from '../state/session.ts'
import { Button, Tip } from '../ui/Button.tsx'
import { Checkbox, Select } from '../ui/Field.tsx'
import { CodeChoice } from './CodeChoice.tsx'
import { changeSetup, isPlain, type Relation, resetSetup, useRetrieval } from './retrieval.ts'

const relations = (codes: number): { value: Relation; label: string }[] => [
  { value: 'any', label: codes < 2 ? 'anywhere in the note' : 'any of these' },
  { value: 'all', label: 'all of these on the same text' },
  { value: 'near', label: 'near another code' },
  { value: 'within', label: 'inside another code' },
  { value: 'instead', label: 'where another coder applied' },
]

/** What the second choice of codes is called. */
const AGAINST = { near: 'Near', within: 'Inside', instead: 'Another coder applied' } as const

/** The question as a sentence whose words can be changed where they stand. */
export function QueryBuilder({
  codes,
  firstRef,
}: {
  codes: readonly CodeRow[]
  firstRef: Ref<HTMLButtonElement>
}) {
  const notes = useRetrieval((state) => state.setup.notes)
  const plain = useRetrieval((state) => isPlain(state.setup))
  return (
    <search className="query" aria-label="What to retrieve" data-pane="query">
      <div className="sentence">
        <WhichCodes codes={codes} firstRef={firstRef} />
        <span className="spacer" />
        {!plain && (
          <Button size="small" kind="plain" onClick={resetSetup}>
            Clear query
          </Button>
        )}
      </div>
      <div className="sentence">
        <WhichCodings codes={codes} />
      </div>
      <div className="sentence">
        <span className="sentence-word">in these notes:</span>
        <NoteFilters
          codes={codes}
          choice={notes}
          onChange={(changes) => changeSetup({ notes: { ...notes, ...changes } })}
        />
      </div>
    </search>
  )
}

function WhichCodes({ codes, firstRef }: { codes: readonly CodeRow[]; firstRef: Ref<HTMLButtonElement> }) {
  const { codeIds, relation, otherIds, distance } = useRetrieval((state) => state.setup)
  return (
    <>
      <span className="sentence-word">Segments coded with</span>
      <CodeChoice
        codes={codes}
        label="Coded with"
        between={relation === 'all' ? 'and' : 'or'}
        nothing="any code"
        chosen={codeIds}
        onChosen={(ids) => changeSetup({ codeIds: ids })}
        addRef={firstRef}
      />
      <Select
        label="How the codes belong together"
        isLabelHidden
        value={relation}
        options={relations(codeIds.length)}
        onValue={(next) => changeSetup({ relation: next })}
      />
      {relation === 'near' && <Distance distance={distance} />}
      {relation !== 'any' && relation !== 'all' && (
        <CodeChoice
          codes={codes}
          label={AGAINST[relation]}
          between="or"
          chosen={otherIds}
          onChosen={(ids) => changeSetup({ otherIds: ids })}
        />
      )}
    </>
  )
}

function Distance({ distance }: { distance: number }) {
  return (
    <span className="sentence-distance">
      <span className="sentence-word">at most</span>
      <input
        type="number"
        className="input number"
        aria-label="Most characters between them"
        min={0}
        max={1_000_000}
        step={50}
        value={distance}
        onChange={(event) => {
          const typed = Math.round(event.target.valueAsNumber)
          if (typed >= 0 && typed <= 1_000_000) changeSetup({ distance: typed })
        }}
      />
      <span className="sentence-word">characters from</span>
    </span>
  )
}

function WhichCodings({ codes }: { codes: readonly CodeRow[] }) {
  const { withoutIds, includeChildren, includeWholeNotes } = useRetrieval((state) => state.setup)
  return (
    <>
      <Coders />
      <SayingFilters />
      <span className="sentence-word">but not with</span>
      <CodeChoice
        codes={codes}
        label="But not with"
        between="or"
        chosen={withoutIds}
        onChosen={(ids) => changeSetup({ withoutIds: ids })}
      />
      <span className="sentence-ticks">
        <Tip words="A code or folder stands for every code below it, too." isDescription>
          <span>
            <Checkbox
              label="Codes below them count too"
              checked={includeChildren}
              onChecked={(checked) => changeSetup({ includeChildren: checked })}
            />
          </span>
        </Tip>
        <Checkbox
          label="Codings of whole notes too"
          checked={includeWholeNotes}
          onChecked={(checked) => changeSetup({ includeWholeNotes: checked })}
        />
      </span>
    </>
  )
}

/** Nobody's work but one's own is shown until it is asked for: a coder may have to stay blind. */
function Coders() {
  const coder = useCoder()
  const coders = useCoders()
  const chosen = useRetrieval((state) => state.setup.coders)
  if (coders.length < 2) return null
  const nameOf = (id: string) => coders.find((other) => other.id === id)?.name ?? 'a coder'
  const ids = chosen === 'me' ? [coder] : chosen
  return (
    <>
      <span className="sentence-word">coded by</span>
      <ValuesFilter
        name="coders"
        values={coders.map(({ id }) => id)}
        chosen={ids}
        words={(id) => (id === coder ? `${nameOf(id)} (me)` : nameOf(id))}
        shown={(picked) =>
          picked.length === 0
            ? 'all coders'
            : picked.map((id) => (id === coder ? 'me' : nameOf(id))).join(' or ')
        }
        isAskedAtOnce={false}
        onChosen={(picked) =>
          changeSetup({ coders: picked.length === 1 && picked[0] === coder ? 'me' : picked })
        }
      />
    </>
  )
}

/** Only where the project has qualifiers at all. */
function SayingFilters() {
  const { data: defined } = useStore('qualifiers.list', {})
  const chosen = useRetrieval((state) => state.setup.qualifiers)
  if (!defined || defined.length === 0) return null
  return (
    <>
      <span className="sentence-word">with qualifier</span>
      <QualifierFilters chosen={chosen} onChosen={(qualifiers) => changeSetup({ qualifiers })} />
    </>
  )
}
