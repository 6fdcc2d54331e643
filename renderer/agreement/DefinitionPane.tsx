import { ChevronLeft, ChevronRight, List } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { DEFINITIONS, MEASURE_GROUPS, type Measure } from '../../shared/agreement-definitions.ts'
import { announce } from '../state/session.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { rowAfterKey } from '../ui/list-keys.ts'
import { BesidePane } from './BesidePane.tsx'

const ORDER = MEASURE_GROUPS.flatMap(({ measures }) => measures)
/** Names that Page Up and Page Down go past. */
const PAGE = 8

/** What a figure is, exactly, with an example to follow by hand; from here every other one can be read too. */
export function DefinitionPane({
  measure,
  onMeasure,
  onClose,
}: {
  measure: Measure
  onMeasure(measure: Measure): void
  onClose(): void
}) {
  const [isListed, setListed] = useState(false)
  const toggle = useRef<HTMLButtonElement>(null)
  const { name, symbol } = DEFINITIONS[measure]
  const group = MEASURE_GROUPS.find(({ measures }) => measures.includes(measure))?.name
  const show = (next: Measure) => {
    onMeasure(next)
    announce(DEFINITIONS[next].name)
  }
  const step = (by: number) =>
    show(ORDER[(ORDER.indexOf(measure) + by + ORDER.length) % ORDER.length] as Measure)
  const unlist = () => {
    setListed(false)
    toggle.current?.focus()
  }
  return (
    <BesidePane
      label="Definition"
      title={name}
      under={[symbol, group].filter(Boolean).join(' · ')}
      onClose={onClose}
    >
      <div className="definition-bar">
        <Button
          ref={toggle}
          kind="plain"
          size="small"
          icon={List}
          aria-expanded={isListed}
          onClick={() => setListed(!isListed)}
        >
          All measures
        </Button>
        <span className="spacer" />
        <IconButton icon={ChevronLeft} label="Previous measure" onClick={() => step(-1)} />
        <IconButton icon={ChevronRight} label="Next measure" onClick={() => step(1)} />
      </div>
      {isListed ? (
        <MeasureList
          current={measure}
          onPick={(next) => {
            show(next)
            unlist()
          }}
          onClose={unlist}
        />
      ) : (
        <DefinitionText key={measure} measure={measure} />
      )}
    </BesidePane>
  )
}

function DefinitionText({ measure }: { measure: Measure }) {
  const { words, formula, undefinedWhen, source, example } = DEFINITIONS[measure]
  const [figure, ...letters] = formula
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className="definition" aria-label="Definition and worked example" tabIndex={0}>
      <p>{words}</p>
      <p className="definition-formula">{figure}</p>
      {letters.map((line) => (
        <p key={line} className="definition-letters">
          {line}
        </p>
      ))}
      <dl>
        <dt>Undefined</dt>
        <dd>when {undefinedWhen}</dd>
        <dt>Source</dt>
        <dd>{source}</dd>
      </dl>
      <h3>Worked example</h3>
      {example.given.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <ol className="definition-steps">
        {example.steps.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <p className="definition-letters">Shown with four decimals, computed without rounding.</p>
    </section>
  )
}

/** Takes the keyboard to the measure that is shown; Escape goes back to its definition. */
function MeasureList({
  current,
  onPick,
  onClose,
}: {
  current: Measure
  onPick(measure: Measure): void
  onClose(): void
}) {
  const list = useRef<HTMLElement>(null)
  useEffect(() => list.current?.querySelector<HTMLElement>('[aria-current=true]')?.focus(), [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
      return
    }
    const names = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = names.indexOf(event.target as HTMLButtonElement)
    const next = rowAfterKey(event.key, at, names.length, PAGE)
    if (next === undefined) return
    event.preventDefault()
    names[next]?.focus()
  }
  return (
    <nav ref={list} className="definition" aria-label="All measures" onKeyDown={onKeyDown}>
      {MEASURE_GROUPS.map((group) => (
        <section key={group.name}>
          <h3>{group.name}</h3>
          <ul>
            {group.measures.map((measure) => (
              <li key={measure}>
                <button
                  type="button"
                  className="row-button"
                  aria-current={measure === current}
                  onClick={() => onPick(measure)}
                >
                  {DEFINITIONS[measure].name}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
