import { Search } from 'lucide-react'
import { type DragEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { CodeId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { useCodeMenu } from '../codes/code-menu.tsx'
import { byIdOf, keepWithParents, pathOf } from '../codes/codes.ts'
import { citedItems } from '../codes/Mentions.tsx'
import { fuzzy, rank } from '../fuzzy.ts'
import { commandFor } from '../keys/own-keys.ts'
import { useCodesWithMemo } from '../memos/code-memos.ts'
import { MemoMark } from '../memos/MemoMark.tsx'
import { noteHandle } from '../note/handle.ts'
import { applyCode, useCoding } from '../state/coding.ts'
import { useAppliedCode } from '../state/recent-codes.ts'
import { coderId, goTo, save } from '../state/session.ts'
import { store } from '../store.ts'
import { Keys, Tip } from '../ui/Button.tsx'
import { EmptyState, formatCount } from '../ui/Feedback.tsx'
import { Checkbox, InlineEdit } from '../ui/Field.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { Tree } from '../ui/Tree.tsx'
import type { VirtualListHandle } from '../ui/VirtualList.tsx'
import { CodeCard } from './CodeCard.tsx'
import { endDrag, startCodeDrag, takesWords, useDrag } from './dragging.ts'

/** The codebook beside the note: press a code to apply it to the selection. */
export function CodePanel({ codes }: { codes: readonly CodeRow[] }) {
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  const [activeId, setActiveId] = useState<CodeId | null>(null)
  // Applied by key, from the palette or by dragging: the tree shows where the code stands.
  useEffect(() => useAppliedCode.subscribe(({ codeId }) => setActiveId(codeId)), [])
  const isWholeNote = useCoding((state) => state.isWholeNote)
  const codings = useCoding((state) => state.codings)
  const tree = useRef<VirtualListHandle>(null)
  const panel = useRef<HTMLElement>(null)
  const over = useDrag((state) => state.over)
  const withMemo = useCodesWithMemo()
  const [pointedId, setPointedId] = useState<CodeId | null>(null)
  const [hasKeys, setHasKeys] = useState(false)
  const [renaming, setRenaming] = useState<CodeId | null>(null)
  const usable = useMemo(() => codes.filter((code) => !code.isRetired), [codes])
  const shown = useMemo(() => {
    if (wanted.trim() === '') return usable
    const byId = byIdOf(usable)
    const fits = usable.flatMap((code) => {
      const match = fuzzy(wanted, `${code.name} ${pathOf(code, byId)}`)
      return match ? [{ id: code.id, match }] : []
    })
    // Scattered letters are for what is not there word by word.
    const isAnyLiteral = fits.some(({ match }) => match.isLiteral)
    const kept = new Set(fits.flatMap(({ id, match }) => (match.isLiteral || !isAnyLiteral ? id : [])))
    return keepWithParents(usable, (code) => kept.has(code.id))
  }, [usable, wanted])
  const counts = useMemo(() => {
    const counts = new Map<string, number>()
    for (const { codeId } of codings) counts.set(codeId, (counts.get(codeId) ?? 0) + 1)
    return counts
  }, [codings])
  const apply = (code: CodeRow) => {
    if (code.isFolder) return
    void applyCode(code)
    if (useCoding.getState().noteId) noteHandle.current?.focus()
  }
  const menu = useCodeMenu({
    onApply: apply,
    onRename: (code) => {
      setPointedId(null)
      setRenaming(code.id)
    },
    more: citedItems,
  })
  const renamed = () => {
    setRenaming(null)
    window.setTimeout(() => tree.current?.focus())
  }
  const byId = useMemo(() => byIdOf(codes), [codes])
  const shownCode = byId.get(pointedId ?? (hasKeys ? activeId : null) ?? '') ?? null
  const applicable = shown.filter((code) => !code.isFolder)
  const [first] = wanted.trim() === '' ? applicable : rank(wanted, applicable, (code) => code.name, 1)

  return (
    <section
      ref={panel}
      className="pane code-panel"
      aria-label="Codes"
      data-pane="codes"
      onFocus={(event) => setHasKeys(event.target.matches('[role=tree]:focus-visible'))}
      onBlur={() => setHasKeys(false)}
    >
      <div className="filter">
        <Search size={14} aria-hidden="true" />
        <input
          className="filter-input"
          aria-label="Filter codes"
          placeholder="Filter codes"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') setQuery('')
            else if (event.key === 'ArrowDown') tree.current?.focus()
            else if (event.key === 'Enter' && first) apply(first)
            else return
            event.preventDefault()
          }}
        />
        <Tip words="Codes apply to the whole note instead of the selection" keys="W">
          <span>
            <Checkbox
              label="Whole note"
              checked={isWholeNote}
              onChecked={(isWholeNote) => useCoding.setState({ isWholeNote })}
            />
          </span>
        </Tip>
      </div>
      {codes.length === 0 ? (
        <EmptyState action={{ label: 'Open the codebook', onClick: () => goTo('codebook') }}>
          There are no codes yet. Add your own or start from a template.
        </EmptyState>
      ) : shown.length === 0 ? (
        <p className="pane-hint">No code matches “{wanted}”.</p>
      ) : (
        <Tree
          ref={tree}
          label="Codebook"
          nodes={shown}
          activeId={activeId}
          onActive={setActiveId}
          onOpen={apply}
          onKey={(event, code) => {
            if (!code || commandFor(event, 'tree') !== 'treeRename') return
            event.preventDefault()
            setRenaming(code.id)
          }}
          onMenu={(code, x, y) => {
            setPointedId(null)
            menu.open(code, x, y)
          }}
          isAllOpen={wanted.trim() !== ''}
          rowProps={(code) => ({
            'data-drop': over === code.id ? 'inside' : undefined,
            draggable: !code.isFolder,
            onDragStart: (event: DragEvent) => {
              setPointedId(null)
              startCodeDrag(event, code)
            },
            onDragEnd: endDrag,
            onPointerEnter: () => setPointedId(code.id),
            onPointerLeave: () => setPointedId(null),
            onPointerDown: () => setPointedId(null),
            ...takesWords(code),
          })}
          row={({ node }) =>
            renaming === node.id ? (
              <RenameCode code={node} onDone={renamed} />
            ) : (
              <CodeTreeRow code={node} count={counts.get(node.id) ?? 0} hasMemo={withMemo.has(node.id)} />
            )
          }
        />
      )}
      {menu.element}
      <CodeCard
        panel={panel}
        code={shownCode}
        path={shownCode ? pathOf(shownCode, byId) : ''}
        isByKeys={hasKeys && pointedId === null}
      />
    </section>
  )
}

function RenameCode({ code, onDone }: { code: CodeRow; onDone(): void }) {
  return (
    <InlineEdit
      label="Name of the code"
      value={code.name}
      onCancel={onDone}
      onSave={(name) => {
        save(store.codes.update({ coderId: coderId(), id: code.id, changes: { name } }))
        onDone()
      }}
    />
  )
}

function CodeTreeRow({ code, count, hasMemo }: { code: CodeRow; count: number; hasMemo: boolean }) {
  const row = <span className={code.isFolder ? 'code-name code-name-folder' : 'code-name'}>{code.name}</span>
  return (
    <>
      {!code.isFolder && <Swatch colour={code.colour} />}
      {row}
      {hasMemo && <MemoMark />}
      {count > 0 && (
        <span className="code-count number" title={`${formatCount(count)} of my codings in this note`}>
          {count} here
        </span>
      )}
      {code.shortcut && <Keys combination={code.shortcut.toUpperCase()} />}
    </>
  )
}
