import { ArrowUpDown, FolderPlus, Plus, Search } from 'lucide-react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { Button, Tip } from '../ui/Button.tsx'
import { useMenu } from '../ui/Menu.tsx'
import { startDraft, treeHandle } from './editing.ts'
import { ORDER_WORDS, TREE_ORDERS } from './order.ts'
import { useCodebook } from './selection.ts'

/** Over the tree: new codes and folders, the order they stand in, and letters that find them. */
export function TreeBar({
  active,
  query,
  onQuery,
  onFirst,
}: {
  active: CodeRow | undefined
  query: string
  onQuery(query: string): void
  /** Enter in the filter. */
  onFirst(): void
}) {
  const order = useCodebook((state) => state.order)
  const orders = useMenu(
    'Order of the codes',
    () =>
      TREE_ORDERS.map((each) => ({
        id: each,
        label: ORDER_WORDS[each],
        isChecked: each === order,
        onSelect: () => useCodebook.setState({ order: each }),
      })),
    'end',
  )
  return (
    <>
      <div className="place-bar">
        <Button
          size="small"
          kind="primary"
          icon={Plus}
          onClick={() => startDraft(active?.isFolder ? active.id : (active?.parentId ?? null))}
        >
          New code
        </Button>
        <Button size="small" kind="plain" icon={FolderPlus} onClick={() => startDraft(null, null, true)}>
          New folder
        </Button>
        <span className="spacer" />
        <Tip
          words={order === 'own' ? 'Order of the codes' : 'Codes can be moved in manual order only'}
          keys={keyLabel('treeOrder')}
        >
          <Button
            size="small"
            kind="plain"
            icon={ArrowUpDown}
            aria-haspopup="menu"
            aria-expanded={orders.isOpen}
            onClick={(event) => orders.open(event.currentTarget)}
          >
            {ORDER_WORDS[order]}
          </Button>
        </Tip>
        {orders.menu}
      </div>
      <div className="filter">
        <Search size={14} aria-hidden="true" />
        <input
          className="filter-input"
          aria-label="Filter the codebook"
          placeholder="Filter codes"
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') onQuery('')
            else if (event.key === 'Escape' || event.key === 'ArrowDown') treeHandle.current?.focus()
            else if (event.key === 'Enter') onFirst()
            else return
            event.preventDefault()
          }}
        />
      </div>
    </>
  )
}
