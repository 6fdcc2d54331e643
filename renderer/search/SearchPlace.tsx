import { Search } from 'lucide-react'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { CancelToken } from '../../shared/cancel.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { SearchHit } from '../../shared/contract/search.ts'
import { CodePicker } from '../codes/CodePicker.tsx'
import { byIdOf, withColours } from '../codes/codes.ts'
import { FinishedBar } from '../coding/FinishedBar.tsx'
import { shortDate } from '../coding/NoteList.tsx'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { useStore } from '../queries/use-store.ts'
import { announce } from '../state/session.ts'
import { useArrivalFocus } from '../ui/arrival-focus.ts'
import { Button, Keys, Tip } from '../ui/Button.tsx'
import { counted, EmptyState, formatCount } from '../ui/Feedback.tsx'
import { Checkbox, Segmented } from '../ui/Field.tsx'
import type { Anchor } from '../ui/Floating.tsx'
import type { GroupedListHandle } from '../ui/GroupedList.tsx'
import { SlowWork, useIsSlow } from '../ui/SlowWork.tsx'
import { TickButtons } from '../ui/TickButtons.tsx'
import { applyToHits } from './apply.ts'
import { NoteFilters } from './Filters.tsx'
import { HitList } from './HitList.tsx'
import { NoteExcerpt } from './NoteExcerpt.tsx'
import { filterOf } from './note-choice.ts'
import './search.css'
import type { Unit } from './expand-hit.ts'
import {
  changeSetup,
  choiceNow,
  chooseAll,
  chooseNone,
  clearFilters,
  type Found,
  goToHit,
  MOST_HITS,
  neighboursOf,
  openHit,
  runSearch,
  toggleHit,
  toggleNote,
  totalWords,
  useChoice,
  useFound,
  useSearch,
} from './search.ts'

const NO_CODES: CodeRow[] = []
const NO_HITS: readonly SearchHit[] = []
const UNITS: readonly Unit[] = ['hit', 'sentence', 'paragraph']

/** Search over every note, and codes for what was found. */
export function SearchPlace() {
  const { data: plainCodes = NO_CODES } = useStore('codes.list', {})
  const codes = useMemo(() => withColours(plainCodes), [plainCodes])
  const { found, token, progress, problem } = useFound()
  const hits = found?.result.hits ?? NO_HITS
  const list = useRef<GroupedListHandle>(null)
  useSearchCommands(hits.length > 0)
  return (
    <div className="place">
      <section className="pane" aria-label="Search" data-pane="search">
        <SearchHead list={list} />
        <Where codes={codes} />
        <SlowWork token={token} progress={progress} />
        <FinishedBar onAnswered={() => list.current?.focus()} />
        {found && hits.length > 0 ? (
          <>
            <ChoiceBar found={found} token={token} codes={codes} list={list} />
            <Results found={found} codes={codes} list={list} />
          </>
        ) : (
          <Nothing isAnswered={found !== null} problem={problem} />
        )}
      </section>
      {found && hits.length > 0 && <Around found={found} />}
    </div>
  )
}

/** Where to search. */
function Where({ codes }: { codes: readonly CodeRow[] }) {
  const setup = useSearch((state) => state.setup)
  return (
    <div className="setup search-filters">
      <NoteFilters codes={codes} choice={setup} onChange={changeSetup} />
    </div>
  )
}

type ListRef = RefObject<GroupedListHandle | null>

function SearchHead({ list }: { list: ListRef }) {
  const { query, mode, matchCase } = useSearch((state) => state.setup)
  const field = useRef<HTMLInputElement>(null)
  useFieldFocus(field, list)
  return (
    <div className="place-head search-head">
      <h1>Search</h1>
      <div className="search-box search-field">
        <Search size={14} aria-hidden="true" />
        <input
          ref={field}
          className="filter-input"
          aria-label="Search all notes"
          aria-keyshortcuts="Control+F"
          placeholder={mode === 'words' ? 'Words, "a phrase" or begin*' : 'A regular expression'}
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => changeSetup({ query: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') runSearch()
            else if (event.key === 'ArrowDown') list.current?.focus()
            else if (event.key === 'Escape' && query !== '') changeSetup({ query: '' })
            else return
            event.preventDefault()
          }}
        />
        <Keys combination={keyLabel('placeSearch')} />
      </div>
      <Segmented
        label="How to search"
        value={mode}
        options={[
          { value: 'words', label: 'Words' },
          { value: 'pattern', label: 'Pattern' },
        ]}
        onValue={(mode) => changeSetup({ mode })}
      />
      {mode === 'pattern' && (
        <Checkbox
          label="Match case"
          checked={matchCase}
          onChecked={(matchCase) => changeSetup({ matchCase })}
        />
      )}
    </div>
  )
}

/** Asked for by key the field has the keyboard; coming back to results they have it. */
function useFieldFocus(field: RefObject<HTMLInputElement | null>, list: ListRef) {
  const asked = useSearch((state) => state.fieldAsked)
  const seen = useRef(asked)
  const { found, isRunning } = useFound()
  const hasHits = found !== null && found.result.hits.length > 0
  const listIs = hasHits ? 'there' : isRunning ? 'awaited' : 'none'
  useArrivalFocus(list, field, listIs, () => asked === handled.count)
  useEffect(() => {
    handled.count = asked
    if (asked === seen.current) return
    seen.current = asked
    field.current?.select()
  }, [asked, field])
}
/** How often the field was asked for and given the keyboard. */
const handled = { count: 0 }

function useSearchCommands(hasHits: boolean) {
  const active = () => choiceNow().active
  useCommand('hitOpen', () => openHit(active()), hasHits)
  useCommand('hitToggle', () => toggleHit(active()), hasHits)
  useCommand('hitToggleNote', () => toggleNote(active()), hasHits)
  useCommand('hitsAll', chooseAll, hasHits)
  useCommand('hitsNone', chooseNone, hasHits)
  useCommand('hitsUnit', nextUnit, hasHits)
}

const UNIT_LABELS: Record<Unit, string> = { hit: 'Hit', sentence: 'Sentence', paragraph: 'Paragraph' }

function nextUnit() {
  const { unit } = useSearch.getState()
  const next = UNITS[(UNITS.indexOf(unit) + 1) % UNITS.length] as Unit
  useSearch.setState({ unit: next })
  announce(`Codes apply to the ${next}`)
}

function ChoiceBar({
  found,
  token,
  codes,
  list,
}: {
  found: Found
  token: CancelToken | null
  codes: readonly CodeRow[]
  list: ListRef
}) {
  const { result, isCounting } = found
  const { chosen } = useChoice(found)
  const unit = useSearch((state) => state.unit)
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const open = () => {
    const box = button.current?.getBoundingClientRect()
    if (!box) return
    if (choiceNow().chosen.size === 0) return announce('Tick hits first, with Space')
    setAnchor(box)
  }
  useCommand('hitsCode', open)
  useCommand('quickCodeAnywhere', open)
  const close = () => {
    setAnchor(null)
    list.current?.focus()
  }
  const apply = (code: CodeRow) => {
    close()
    const hits = [...chosen].sort((a, b) => a - b).flatMap((index) => result.hits[index] ?? [])
    void applyToHits(code, hits, unit)
  }
  const isSlow = useIsSlow(token, 200)
  const words = counted(chosen.size, 'hit')
  return (
    <div className="place-bar choice-bar">
      <p className="choice-count number" role="status" {...(isCounting ? { 'aria-live': 'off' } : {})}>
        {isCounting ? `At least ${counted(result.total, 'hit')}` : totalWords(result)}
        {!isCounting && result.total > result.hits.length && `, the first ${formatCount(MOST_HITS)} shown`}
        {isSlow && <span className="choice-busy"> · {isCounting ? 'counting' : 'searching'}</span>}
      </p>
      <TickButtons
        ticked={chosen.size}
        keys={{ all: keyLabel('hitsAll'), none: keyLabel('hitsNone') }}
        onAll={chooseAll}
        onNone={chooseNone}
      />
      <span className="spacer" />
      <Tip
        words="A sentence runs up to . ! ? or the end of its line. A paragraph is a line."
        keys={keyLabel('hitsUnit')}
        isDescription
      >
        <span className="choice-unit">
          <span aria-hidden="true">Code the</span>
          <Segmented
            label="What to code"
            value={unit}
            options={UNITS.map((value) => ({ value, label: UNIT_LABELS[value] }))}
            onValue={(unit) => useSearch.setState({ unit })}
          />
        </span>
      </Tip>
      <Tip words="Apply a code to the ticked hits" keys={keyLabel('hitsCode')}>
        <Button ref={button} kind="primary" disabled={chosen.size === 0} onClick={open}>
          {chosen.size === 0 ? 'Apply a code' : `Apply a code to ${words}`}
        </Button>
      </Tip>
      {anchor && (
        <CodePicker
          codes={codes}
          anchor={anchor}
          align="end"
          placeholder={`Apply a code to ${words}`}
          onPick={apply}
          onClose={close}
        />
      )}
    </div>
  )
}

function Results({ found, codes, list }: { found: Found; codes: readonly CodeRow[]; list: ListRef }) {
  const byId = useMemo(() => byIdOf(codes), [codes])
  const { active, chosen } = useChoice(found)
  const unit = useSearch((state) => state.unit)
  return (
    <HitList
      ref={list}
      hits={found.result.hits}
      codes={byId}
      active={active}
      chosen={chosen}
      unit={unit}
      onActive={goToHit}
      onOpen={openHit}
      onToggle={toggleHit}
      onToggleNote={toggleNote}
    />
  )
}

/** The note of the hit the keyboard is on, so that a choice needs no way there and back. */
function Around({ found }: { found: Found }) {
  const { hits } = found.result
  const { active } = useChoice(found)
  const hit = hits[active]
  const marks = useMemo(() => {
    const { first, last } = neighboursOf(hits, active)
    return hits.slice(first, last + 1).map(({ span, words }) => ({ ...span, text: words }))
  }, [hits, active])
  const current = useMemo(() => (hit ? { ...hit.span, text: hit.words } : null), [hit])
  if (!hit || !current) return null
  return (
    <aside className="around" aria-label="Note around the hit" data-pane="around">
      <div className="around-head">
        <div className="around-words">
          <h2>{hit.noteTitle}</h2>
          <p className="number">{[hit.caseId, shortDate(hit.date)].filter(Boolean).join(' · ')}</p>
        </div>
        <Tip words="Open the note at the hit" keys={keyLabel('hitOpen')}>
          <Button size="small" onClick={() => openHit(active)}>
            Open note
          </Button>
        </Tip>
      </div>
      <NoteExcerpt noteId={hit.noteId} current={current} others={marks} />
    </aside>
  )
}

const WORDS_HELP = [
  ['police school', 'both words, anywhere in the note'],
  ['"home visit"', 'the words side by side'],
  ['shout*', 'words with this beginning'],
  ['police OR ambulance', 'either of them'],
  ['school NOT holiday', 'the first without the second'],
  ['NEAR(mum cried, 5)', 'at most five words apart'],
] as const

const PATTERN_HELP = [
  ['self[- ]?harm', 'with a hyphen, a space or nothing between'],
  ['\\bcut(s|ting)?\\b', 'cut, cuts or cutting, not haircut'],
  ['no (thoughts|plans) of', 'either word'],
  ['\\d+ times', 'any number, then the word'],
] as const

/** Other programs write "mum NEAR cried"; here that would look for the word "near". */
const NEAR_ALONE = /\bNEAR\b(?!\s*\()/
const NEAR_HINT = 'For words near each other write NEAR(mum cried, 5).'

const CLEAR = { label: 'Clear filters', onClick: clearFilters }

function Nothing({ isAnswered, problem }: { isAnswered: boolean; problem: string | null }) {
  const setup = useSearch((state) => state.setup)
  const { mode } = setup
  const isFiltered = Object.keys(filterOf(setup)).length > 0
  if (problem)
    return (
      <div className="search-help">
        <p className="search-problem" role="status">
          {problem}
        </p>
        <Examples mode={mode} />
      </div>
    )
  if (isAnswered)
    return (
      <EmptyState icon={Search} {...(isFiltered ? { action: CLEAR } : {})}>
        {isFiltered ? 'No hits in the notes that match these filters.' : 'No hits in any note.'}
        {mode === 'words' && NEAR_ALONE.test(setup.query) && ` ${NEAR_HINT}`}
      </EmptyState>
    )
  return (
    <div className="search-help">
      <p>
        {mode === 'words'
          ? 'Find words in all notes, whatever their capitals and accents, and code the hits you tick.'
          : 'Find all text that matches a regular expression, and code the hits you tick.'}
      </p>
      <Examples mode={mode} />
    </div>
  )
}

function Examples({ mode }: { mode: 'words' | 'pattern' }) {
  return (
    <dl className="search-examples">
      {(mode === 'words' ? WORDS_HELP : PATTERN_HELP).map(([example, meaning]) => (
        <div key={example}>
          <dt>
            <button type="button" className="search-example" onClick={() => changeSetup({ query: example })}>
              {example}
            </button>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  )
}
