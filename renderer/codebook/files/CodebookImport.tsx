import { useEffect, useMemo, useRef, useState } from 'react'
import type { CodebookImportItem, CodebookImportPreview } from '../../../shared/contract/codebook.ts'
import { commandFor, keyLabel } from '../../keys/own-keys.ts'
import { Button, Keys } from '../../ui/Button.tsx'
import { counted, EmptyState, formatCount, ProblemNote } from '../../ui/Feedback.tsx'
import { Checkbox, Select } from '../../ui/Field.tsx'
import { PlaceSheet } from '../../ui/PlaceSheet.tsx'
import { Divider } from '../../ui/Split.tsx'
import { Tick } from '../../ui/Tick.tsx'
import { Tree } from '../../ui/Tree.tsx'
import type { VirtualListHandle } from '../../ui/VirtualList.tsx'
import { BeforeAfter } from '../BeforeAfter.tsx'
import { useMayChange } from '../frozen.ts'
import { allTicks, firstTicks, type Ticks, tickStates } from './choice.ts'
import './files.css'
import {
  CENSUS_YEARS,
  chooseSplit,
  chooseYear,
  closeImport,
  importTicked,
  setTicks,
  showItem,
  toggle,
  useCodebookImport,
  usePreview,
} from './importing.ts'

const KIND_WORDS: Record<CodebookImportItem['kind'], string> = {
  new: 'new',
  changed: 'differs',
  same: 'the same',
  conflict: 'not certain',
}

/** What a file or template would bring, code by code, before any of it is taken in. */
export function CodebookImport() {
  const { source, name } = useCodebookImport()
  const { shown, problem } = usePreview()
  const year = source && 'template' in source && source.template === 'cin-factors' ? source.year : null
  return (
    <PlaceSheet label="Import a codebook" className="codebook-import" onClose={closeImport}>
      <div className="place-head">
        <h1 className="codebook-import-name">{name}</h1>
        {shown && <span className="place-facts number">{factsOf(shown.preview)}</span>}
        <span className="spacer" />
        {year !== null && (
          <Select
            label="Census year"
            value={String(year)}
            options={CENSUS_YEARS.map((each) => ({
              value: String(each),
              label: each === CENSUS_YEARS[0] ? `${each} or later` : String(each),
            }))}
            onValue={(value) => chooseYear(Number(value))}
          />
        )}
        <Button kind="plain" onClick={closeImport}>
          Cancel
        </Button>
      </div>
      {problem && (
        <div className="place-line">
          <ProblemNote>{problem}</ProblemNote>
        </div>
      )}
      {shown && <Choice {...shown} />}
    </PlaceSheet>
  )
}

function factsOf({ items }: CodebookImportPreview): string {
  const count = (kind: CodebookImportItem['kind']) => items.filter((item) => item.kind === kind).length
  return (['new', 'changed', 'conflict', 'same'] as const)
    .flatMap((kind) => (count(kind) > 0 ? [`${formatCount(count(kind))} ${wordsOf(kind, count(kind))}`] : []))
    .join(' · ')
}

const wordsOf = (kind: CodebookImportItem['kind'], count: number): string =>
  kind === 'changed' ? (count === 1 ? 'differs' : 'differ') : KIND_WORDS[kind]

function Choice({
  preview: { items, warnings, canSplit },
  ticks,
  activeKey,
}: {
  preview: CodebookImportPreview
  ticks: Ticks
  activeKey: string | null
}) {
  const { source, isBusy } = useCodebookImport()
  const mayChange = useMayChange()
  const hasNews = items.some(({ kind }) => kind !== 'same')
  const [isSameShown, setSameShown] = useState(!hasNews)
  const [width, setWidth] = useState(480)
  const tree = useRef<VirtualListHandle>(null)
  useEffect(() => tree.current?.focus(), [])
  const states = useMemo(() => tickStates(items, ticks), [items, ticks])
  const shown = isSameShown ? items : items.filter(({ key }) => states.has(key))
  const codes = items.filter(({ key, isFolder }) => ticks.has(key) && !isFolder)
  const active = items.find(({ key }) => key === activeKey)
  return (
    <>
      <div className="place-bar">
        <Button size="small" kind="plain" onClick={() => setTicks(allTicks(items))}>
          Tick all
        </Button>
        <Button size="small" kind="plain" onClick={() => setTicks(new Set())}>
          Tick none
        </Button>
        <Button size="small" kind="plain" onClick={() => setTicks(firstTicks(items))}>
          Tick what is certain
        </Button>
        <span className="spacer" />
        {source && 'ticket' in source && (canSplit || source.isSplit) && (
          <Checkbox
            label="Make a hierarchy of names such as Harm::Neglect"
            checked={source.isSplit}
            onChecked={chooseSplit}
          />
        )}
        <Checkbox label="Show unchanged codes" checked={isSameShown} onChecked={setSameShown} />
      </div>
      <div className="codebook">
        <section className="pane codebook-tree" aria-label="Codes to import" style={{ width }}>
          <Tree
            ref={tree}
            label="Codes to import"
            nodes={shown.map((item) => ({ ...item, id: item.key, parentId: item.parentKey }))}
            activeId={activeKey}
            onActive={showItem}
            onKey={(event, item) => {
              if (!item || commandFor(event, 'codebook') !== 'importTick') return
              event.preventDefault()
              toggle(item.key)
            }}
            rowProps={(item) => ({ 'aria-checked': CHECKED[states.get(item.key) ?? 'none'] })}
            row={({ node }) => {
              const state = states.get(node.key)
              return (
                <>
                  {state && <Tick state={state} onPress={() => toggle(node.key)} />}
                  <span className={node.isFolder ? 'codebook-name code-name-folder' : 'codebook-name'}>
                    {node.name}
                  </span>
                  <span className={`import-kind import-kind-${node.kind}`}>{KIND_WORDS[node.kind]}</span>
                </>
              )
            }}
          />
        </section>
        <Divider
          label="Width of the list"
          axis="x"
          of="before"
          size={width}
          min={280}
          max={760}
          onSize={setWidth}
        />
        <section className="pane import-item" aria-label="What would change" data-pane="entry">
          {active ? (
            <Item item={active} />
          ) : (
            <EmptyState>Select a code to see what it would change.</EmptyState>
          )}
        </section>
      </div>
      {warnings.length > 0 && (
        <details className="place-line">
          <summary>{counted(warnings.length, 'note')} on what was read</summary>
          <ul className="import-warnings">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      )}
      <div className="codebook-import-foot">
        <p>
          {mayChange
            ? hasNews
              ? 'Nothing is removed, and one undo reverts the whole import.'
              : 'The codebook has all of it already.'
            : 'The codebook is frozen: only a lead imports codes.'}
        </p>
        <span className="spacer" />
        <Keys combination={keyLabel('importTick')} />
        <span className="import-hint-words">ticks a code with all below it</span>
        <Button
          kind="primary"
          disabled={!mayChange || isBusy || ticks.size === 0}
          onClick={() => void importTicked()}
        >
          Import {counted(codes.length || ticks.size, codes.length > 0 ? 'code' : 'folder')}
        </Button>
      </div>
    </>
  )
}

const CHECKED = { none: 'false', some: 'mixed', all: 'true' } as const

function Item({ item }: { item: CodebookImportItem }) {
  const { name, kind, conflict, changes } = item
  return (
    <div className="import-item-words">
      <h2>{name}</h2>
      {conflict && <p className="import-conflict">{conflict}</p>}
      {kind === 'new' && <p>New: the codebook has no such code yet.</p>}
      {kind === 'same' && <p>The same as in the codebook.</p>}
      {kind === 'conflict' && changes.length === 0 && <p>Its texts are the same as here.</p>}
      {changes.map(({ field, now, inFile }) => (
        <BeforeAfter
          key={field}
          field={field}
          before={kind === 'new' ? null : { label: 'Now', text: now }}
          after={{ label: 'In the file', text: inFile }}
        />
      ))}
    </div>
  )
}
