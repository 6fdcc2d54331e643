import { FolderPlus, ListChecks, Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { CodeRow } from '../../shared/model.ts'
import { useCodeMenu } from '../coding/code-menu.tsx'
import { newColour } from '../coding/codes.ts'
import { commandFor, keyLabel } from '../keys.ts'
import { useStore } from '../queries.ts'
import { coderId, save, say } from '../state/session.ts'
import { store } from '../store.ts'
import { Button, Keys } from '../ui/Button.tsx'
import { counted, EmptyState } from '../ui/Feedback.tsx'
import { Checkbox, InlineEdit } from '../ui/Field.tsx'
import type { Anchor } from '../ui/Floating.tsx'
import type { MenuItem } from '../ui/Menu.tsx'
import { Divider } from '../ui/Split.tsx'
import { PalettePopover, Swatch } from '../ui/Swatch.tsx'
import { Tree, type TreeDrop } from '../ui/Tree.tsx'
import type { VirtualListHandle } from '../ui/VirtualList.tsx'
import { CodeEntry } from './CodeEntry.tsx'
import { addTemplate } from './files/CodebookFiles.tsx'
import { dropPlace, movedBy } from './moves.ts'
import { QualifierEditor } from './QualifierEditor.tsx'
import { useCodebook } from './selection.ts'

const NO_CODES: CodeRow[] = []

/** A code that is being named and is not yet made. */
type Draft = { id: string; parentId: string | null; after: string | null; isFolder: boolean }

/** The tree of codes with the entry of one of them beside it. */
export function CodesView() {
  const { data: codes = NO_CODES } = useStore('codes.list', {})
  const activeId = useCodebook((state) => state.activeId)
  const [width, setWidth] = useState(420)
  const [draft, setDraft] = useState<Draft | null>(null)
  const [renaming, setRenaming] = useState<string | null>(null)
  const [isRetiredShown, setRetiredShown] = useState(true)
  const [recolour, setRecolour] = useState<{ id: string; anchor: Anchor } | null>(null)
  const tree = useRef<VirtualListHandle>(null)
  const byId = useMemo(() => new Map(codes.map((code) => [code.id, code])), [codes])
  const active = activeId === null ? undefined : byId.get(activeId)
  const shown = useMemo(
    () => withDraft(isRetiredShown ? codes : codes.filter((code) => !code.isRetired), draft),
    [codes, draft, isRetiredShown],
  )
  const isQualifiersOpen = useCodebook((state) => state.isQualifiersOpen)
  const setActive = (id: string) => useCodebook.setState({ activeId: id, isQualifiersOpen: false })
  const first = codes[0]
  useEffect(() => {
    if (activeId === null && first) useCodebook.setState({ activeId: first.id })
  }, [activeId, first])

  const startDraft = (parentId: string | null, isFolder = false, after: string | null = null) =>
    setDraft({ id: crypto.randomUUID(), parentId, after, isFolder })
  const refocus = () => window.setTimeout(() => tree.current?.focus())
  const move = (code: CodeRow, parentId: string | null, position: number) =>
    save(store.codes.move({ coderId: coderId(), id: code.id, parentId, position }))
  const retire = (code: CodeRow) =>
    save(store.codes.setRetired({ coderId: coderId(), id: code.id, isRetired: !code.isRetired }), () =>
      say(code.isRetired ? `Restored “${code.name}”` : `Retired “${code.name}”. Its codings stay.`),
    )

  const moreItems = (code: CodeRow): MenuItem[] => [
    'line',
    {
      id: 'beside',
      label: 'New code beside this one',
      keys: keyLabel('treeNew'),
      onSelect: () => startDraft(code.parentId, false, code.id),
    },
    {
      id: 'inside',
      label: 'New code inside this one',
      keys: keyLabel('treeNewChild'),
      onSelect: () => startDraft(code.id),
    },
    'line',
    {
      id: 'retire',
      label: code.isRetired ? 'Restore' : 'Retire',
      keys: keyLabel('treeRetire'),
      onSelect: () => retire(code),
    },
  ]
  const menu = useCodeMenu({
    isInCodebook: true,
    onRename: (code) => setRenaming(code.id),
    more: moreItems,
  })

  const onKey = (event: KeyboardEvent, code: CodeRow | null) => {
    const command = commandFor(event, 'tree')
    const place = code && movedBy(event, code, codes)
    if (code && place) {
      event.preventDefault()
      move(code, place.parentId, place.position)
      return
    }
    if (!command) return
    event.preventDefault()
    if (command === 'treeNew') startDraft(code?.parentId ?? null, false, code?.id ?? null)
    else if (!code) return
    else if (command === 'treeRename') setRenaming(code.id)
    else if (command === 'treeNewChild') startDraft(code.id)
    else if (command === 'treeRetire') retire(code)
  }

  const onDrop = (drop: TreeDrop) => {
    const code = byId.get(drop.id)
    const place = code && dropPlace(drop, codes)
    if (code && place) move(code, place.parentId, place.position)
  }

  const create = (name: string) => {
    if (!draft) return
    const { id, parentId, isFolder } = draft
    setDraft(null)
    const colour = isFolder ? null : newColour(codes)
    save(store.codes.create({ coderId: coderId(), id, name, parentId, colour, isFolder }), () => {
      setActive(id)
      refocus()
    })
  }
  const rename = (code: CodeRow, name: string) => {
    setRenaming(null)
    save(store.codes.update({ coderId: coderId(), id: code.id, changes: { name } }))
    refocus()
  }

  return (
    <div className="codebook">
      <section className="pane codebook-tree" aria-label="Codes" data-pane="tree" style={{ width }}>
        <div className="place-bar">
          <Button
            size="small"
            kind="primary"
            icon={Plus}
            onClick={() => startDraft(active?.isFolder ? active.id : (active?.parentId ?? null))}
          >
            New code
          </Button>
          <Button size="small" kind="plain" icon={FolderPlus} onClick={() => startDraft(null, true)}>
            New folder
          </Button>
        </div>
        {codes.length === 0 && !draft ? (
          <EmptyState
            action={{ label: 'Add the safeguarding template', onClick: () => addTemplate('safeguarding') }}
          >
            The codebook is empty. Start from a template, import a codebook or add your first code.
          </EmptyState>
        ) : (
          <Tree
            ref={tree}
            label="Codebook"
            nodes={shown}
            activeId={activeId}
            onActive={setActive}
            onKey={onKey}
            onDrop={onDrop}
            onMenu={(code, x, y) => {
              menu.open(code, x, y)
            }}
            row={({ node }) =>
              node.id === draft?.id ? (
                <InlineEdit
                  label={draft.isFolder ? 'Name of the new folder' : 'Name of the new code'}
                  placeholder={draft.isFolder ? 'New folder' : 'New code'}
                  value=""
                  onSave={create}
                  onCancel={() => {
                    setDraft(null)
                    refocus()
                  }}
                />
              ) : renaming === node.id ? (
                <InlineEdit
                  label="Name of the code"
                  value={node.name}
                  onSave={(name) => rename(node, name)}
                  onCancel={() => {
                    setRenaming(null)
                    refocus()
                  }}
                />
              ) : (
                <CodebookRow
                  code={node}
                  onColour={(anchor) => setRecolour({ id: node.id, anchor })}
                  onRename={() => setRenaming(node.id)}
                />
              )
            }
          />
        )}
        <div className="place-foot">
          <Checkbox label="Show retired codes" checked={isRetiredShown} onChecked={setRetiredShown} />
          <span className="spacer" />
          <Button
            size="small"
            kind="plain"
            icon={ListChecks}
            aria-pressed={isQualifiersOpen}
            onClick={() => useCodebook.setState({ isQualifiersOpen: !isQualifiersOpen })}
          >
            Qualifiers
          </Button>
          <span className="number">
            {counted(codes.filter((code) => !code.isFolder && !code.isRetired).length, 'code')}
          </span>
        </div>
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
        {isQualifiersOpen ? (
          <QualifierEditor />
        ) : active ? (
          <CodeEntry
            key={active.id}
            code={active}
            codes={codes}
            onColour={(anchor) => setRecolour({ id: active.id, anchor })}
            onRetire={() => retire(active)}
          />
        ) : (
          codes.length > 0 && <EmptyState>Choose a code to read or write its entry.</EmptyState>
        )}
      </section>
      {menu.element}
      {recolour && (
        <PalettePopover
          anchor={recolour.anchor}
          value={byId.get(recolour.id)?.colour ?? null}
          onClose={() => setRecolour(null)}
          onPick={(colour) => {
            setRecolour(null)
            save(store.codes.update({ coderId: coderId(), id: recolour.id, changes: { colour } }))
            refocus()
          }}
        />
      )}
    </div>
  )
}

/** The new code stands in the tree while it is named: under its parent, or right after the one beside it. */
function withDraft(codes: readonly CodeRow[], draft: Draft | null): readonly CodeRow[] {
  if (!draft) return codes
  const row = {
    ...(codes[0] ?? ({} as CodeRow)),
    id: draft.id,
    parentId: draft.parentId,
    name: '',
  } as CodeRow
  const at = draft.after === null ? codes.length : codes.findIndex((code) => code.id === draft.after) + 1
  return [...codes.slice(0, at), row, ...codes.slice(at)]
}

function CodebookRow({
  code,
  onColour,
  onRename,
}: {
  code: CodeRow
  onColour(anchor: Anchor): void
  onRename(): void
}) {
  const [first = ''] = code.definition.split(/(?<=\.)\s/)
  return (
    <>
      {!code.isFolder && (
        <button
          type="button"
          tabIndex={-1}
          className="swatch-button"
          aria-label={`Colour of ${code.name}`}
          onClick={(event) => {
            event.stopPropagation()
            onColour(event.currentTarget.getBoundingClientRect())
          }}
        >
          <Swatch colour={code.colour} />
        </button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: F2 does the same by key */}
      <span
        className={`codebook-name${code.isFolder ? ' code-name-folder' : ''}${code.isRetired ? ' codebook-retired' : ''}`}
        onDoubleClick={onRename}
        title={first}
      >
        {code.name}
      </span>
      {code.isRetired && <span className="tag">Retired</span>}
      {code.shortcut && <Keys combination={code.shortcut.toUpperCase()} />}
      {code.codings > 0 && (
        <span className="code-count number" role="img" aria-label={counted(code.codings, 'coding')}>
          {code.codings}
        </span>
      )}
    </>
  )
}
