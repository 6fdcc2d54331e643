import { ListChecks } from 'lucide-react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { byIdOf } from '../codes/codes.ts'
import { fuzzy } from '../fuzzy.ts'
import { useStore } from '../queries/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { counted, EmptyState } from '../ui/Feedback.tsx'
import { Checkbox } from '../ui/Field.tsx'
import { Divider } from '../ui/Split.tsx'
import { PalettePopover } from '../ui/Swatch.tsx'
import { AskingBar } from './AskingBar.tsx'
import { ChosenPane } from './ChosenPane.tsx'
import { CodeEntry } from './CodeEntry.tsx'
import { CodeTree } from './CodeTree.tsx'
import { CodingsPane } from './codings/CodingsPane.tsx'
import { endEditing, focusTree, startColouring, useEditing } from './editing.ts'
import { addTemplate } from './files/CodebookFiles.tsx'
import { found, searchable } from './order.ts'
import { QualifierEditor } from './QualifierEditor.tsx'
import { choose, showPane, useCodebook } from './selection.ts'
import { TreeBar } from './TreeBar.tsx'
import { recolour, retireOrRestore } from './tree-acts.ts'
import { chosenOf } from './tree-commands.ts'

const NO_CODES: CodeRow[] = []

/** The tree of codes, and beside it the entry of the chosen one or what can be done with several. */
export function CodesView() {
  const { data: codes = NO_CODES } = useStore('codes.list', {})
  const { activeId, isRetiredShown } = useCodebook()
  const isMaking = useEditing(({ draft, awaited }) => draft !== null || awaited !== null)
  const [width, setWidth] = useState(420)
  const [query, setQuery] = useState('')
  const isFiltered = query.trim() !== ''
  const byId = useMemo(() => byIdOf(codes), [codes])
  const texts = useMemo(() => searchable(codes), [codes])
  const shown = useMemo(
    () => found(isRetiredShown ? codes : codes.filter((code) => !code.isRetired), query, texts, byId),
    [codes, isRetiredShown, query, texts, byId],
  )
  const active = activeId === null ? undefined : byId.get(activeId)
  useChosenStaysKnown(codes, byId)
  return (
    <div className="codebook">
      <section className="pane codebook-tree" aria-label="Codes" data-pane="tree" style={{ width }}>
        <TreeBar
          active={active}
          query={query}
          onQuery={setQuery}
          onFirst={() => {
            const first = shown.find((code) => fuzzy(query, code.name) !== null)
            if (first) choose([first.id])
            focusTree()
          }}
        />
        <AskingBar codes={codes} />
        {codes.length === 0 && !isMaking ? (
          <EmptyState
            action={{ label: 'Add the safeguarding template', onClick: () => addTemplate('safeguarding') }}
          >
            The codebook is empty. Start from a template, import a codebook or add your first code.
          </EmptyState>
        ) : shown.length === 0 && !isMaking ? (
          <p className="pane-hint">No code matches “{query}”.</p>
        ) : (
          <CodeTree codes={codes} shown={shown} isFiltered={isFiltered} />
        )}
        <TreeFoot codes={codes} shown={shown.length} isFiltered={isFiltered} />
      </section>
      <Divider
        label="Width of the code tree"
        axis="x"
        of="before"
        size={width}
        min={260}
        max={720}
        onSize={setWidth}
      />
      <section className="pane codebook-entry" aria-label="Codebook entry" data-pane="entry">
        <Beside codes={codes} active={active} />
      </section>
      <Colouring codes={codes} />
    </div>
  )
}

/**
 * Whatever was chosen and is gone is chosen no more, and the keyboard goes to what stood next to it; a code just made is
 * chosen as soon as it is there.
 */
function useChosenStaysKnown(codes: readonly CodeRow[], byId: ReadonlyMap<string, CodeRow>): void {
  const { activeId, chosen } = useCodebook()
  const awaited = useEditing((state) => state.awaited)
  const before = useRef(codes)
  useEffect(() => {
    if (codes.length === 0) return
    const known = before.current
    before.current = codes
    const kept = [...chosen].filter((id) => byId.has(id))
    if (awaited !== null && byId.has(awaited)) {
      useEditing.setState({ awaited: null })
      choose([awaited])
    } else if (activeId === null || !byId.has(activeId)) {
      const was = known.findIndex(({ id }) => id === activeId)
      const near = was === -1 ? [] : [...known.slice(was), ...known.slice(0, was).reverse()]
      const next = near.find(({ id }) => byId.has(id)) ?? codes[0]
      choose(kept.length > 0 || !next ? kept : [next.id])
    } else if (kept.length !== chosen.size) useCodebook.setState({ chosen: new Set(kept) })
    else if (chosen.size === 0) useCodebook.setState({ chosen: new Set([activeId]) })
  }, [codes, byId, activeId, chosen, awaited])
}

function TreeFoot({
  codes,
  shown,
  isFiltered,
}: {
  codes: readonly CodeRow[]
  shown: number
  isFiltered: boolean
}) {
  const { pane, isRetiredShown, chosen } = useCodebook()
  const usable = codes.filter((code) => !code.isFolder && !code.isRetired).length
  return (
    <div className="place-foot">
      <Checkbox
        label="Show retired codes"
        checked={isRetiredShown}
        onChecked={(isRetiredShown) => useCodebook.setState({ isRetiredShown })}
      />
      <span className="spacer" />
      <Button
        size="small"
        kind="plain"
        icon={ListChecks}
        aria-pressed={pane === 'qualifiers'}
        onClick={() => showPane(pane === 'qualifiers' ? 'entry' : 'qualifiers')}
      >
        Qualifiers
      </Button>
      <span className="number">
        {chosen.size > 1
          ? `${chosen.size} of ${counted(usable, 'code')} selected`
          : isFiltered
            ? `${shown} of ${counted(codes.length, 'row')}`
            : counted(usable, 'code')}
      </span>
    </div>
  )
}

/** Not drawn anew while the tree is filtered. */
const Beside = memo(function Beside({
  codes,
  active,
}: {
  codes: readonly CodeRow[]
  active: CodeRow | undefined
}) {
  const { pane, chosen } = useCodebook()
  if (pane === 'qualifiers') return <QualifierEditor />
  if (chosen.size > 1) return <ChosenPane chosen={chosenOf(codes)} codes={codes} />
  if (!active) return codes.length > 0 && <EmptyState>Select a code to read or edit its entry.</EmptyState>
  if (pane === 'codings' && !active.isFolder)
    return <CodingsPane key={active.id} code={active} codes={codes} />
  return (
    <CodeEntry
      key={active.id}
      code={active}
      codes={codes}
      onColour={(anchor) => startColouring([active.id], anchor)}
      onRetire={() => void retireOrRestore([active])}
    />
  )
})

/** The colours to choose from, for one code or for several. */
function Colouring({ codes }: { codes: readonly CodeRow[] }) {
  const colouring = useEditing((state) => state.colouring)
  if (!colouring) return null
  const chosen = codes.filter(({ id }) => colouring.ids.includes(id))
  const parents = new Set(chosen.map(({ parentId }) => parentId))
  const beside = codes.flatMap(({ id, name, colour, parentId, isRetired }) => {
    const isBeside = parents.has(parentId) && !isRetired && !colouring.ids.includes(id)
    return isBeside && colour !== null ? [{ name, colour }] : []
  })
  return (
    <PalettePopover
      anchor={colouring.anchor}
      value={chosen.find((code) => !code.isFolder)?.colour ?? null}
      beside={beside}
      onClose={() => useEditing.setState({ colouring: null })}
      onPick={(colour) => {
        endEditing()
        void recolour(chosen, colour)
      }}
    />
  )
}
