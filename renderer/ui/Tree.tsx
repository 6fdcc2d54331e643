import { ChevronRight } from 'lucide-react'
import {
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useRowHeight } from '../preferences.ts'
import './tree.css'
import { VirtualList, type VirtualListHandle } from './VirtualList.tsx'

export type TreeNode = { id: string; parentId: string | null; name: string }
export type TreeRow<T extends TreeNode> = {
  node: T
  depth: number
  hasChildren: boolean
  isOpen: boolean
  position: number
  siblings: number
}

/** Children of each parent in the order given; nodes whose parent is missing stand at the top. */
export function childrenOf<T extends TreeNode>(nodes: readonly T[]): Map<string | null, T[]> {
  const known = new Set(nodes.map((node) => node.id))
  const children = new Map<string | null, T[]>()
  for (const node of nodes) {
    const parent = node.parentId !== null && known.has(node.parentId) ? node.parentId : null
    const list = children.get(parent)
    if (list) list.push(node)
    else children.set(parent, [node])
  }
  return children
}

/** The rows that are open to sight, top to bottom. */
export function flatten<T extends TreeNode>(nodes: readonly T[], closed: ReadonlySet<string>): TreeRow<T>[] {
  const children = childrenOf(nodes)
  const rows: TreeRow<T>[] = []
  const walk = (parent: string | null, depth: number) => {
    const siblings = children.get(parent) ?? []
    siblings.forEach((node, position) => {
      const hasChildren = children.has(node.id)
      const isOpen = hasChildren && !closed.has(node.id)
      rows.push({ node, depth, hasChildren, isOpen, position, siblings: siblings.length })
      if (isOpen) walk(node.id, depth + 1)
    })
  }
  walk(null, 0)
  return rows
}

export type TreeDrop = { id: string; target: string; where: 'before' | 'inside' | 'after' }

type Props<T extends TreeNode> = {
  label: string
  nodes: readonly T[]
  activeId: string | null
  onActive(id: string): void
  /** Enter or click. */
  onOpen?: (node: T) => void
  onKey?: (event: KeyboardEvent, node: T | null) => void
  onDrop?: (drop: TreeDrop) => void
  onMenu?: (node: T, x: number, y: number) => void
  /** More for the element of a row: what is dragged from it or dropped on it, the pointer over it. */
  rowProps?: (node: T) => object
  row(row: TreeRow<T>): ReactNode
  rowHeight?: number
  /** While a filter is on everything is open. */
  isAllOpen?: boolean
  ref?: Ref<VirtualListHandle>
}

const NONE: ReadonlySet<string> = new Set()

/** A tree: arrows, Home, End, first letters; Left and Right close and open. */
export function Tree<T extends TreeNode>(props: Props<T>) {
  const { nodes, activeId, isAllOpen = false } = props
  const [closed, setClosed] = useState<ReadonlySet<string>>(NONE)
  const [drop, setDrop] = useState<TreeDrop | null>(null)
  const typed = useRef({ text: '', at: 0 })
  const rowHeight = useRowHeight()
  const rows = useMemo(() => flatten(nodes, isAllOpen ? NONE : closed), [nodes, closed, isAllOpen])
  const active = rows.findIndex((row) => row.node.id === activeId)

  const setOpen = (id: string, isOpen: boolean) =>
    setClosed((before) => {
      const next = new Set(before)
      if (isOpen) next.delete(id)
      else next.add(id)
      return next
    })

  const typeAhead = (event: KeyboardEvent): boolean => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === ' ')
      return false
    const now = performance.now()
    const text = now - typed.current.at < 800 ? typed.current.text + event.key : event.key
    typed.current = { text, at: now }
    const start = text.length === 1 ? active + 1 : Math.max(active, 0)
    const order = [...rows.slice(start), ...rows.slice(0, start)]
    const found = order.find((row) => row.node.name.toLowerCase().startsWith(text.toLowerCase()))
    if (found) props.onActive(found.node.id)
    return found !== undefined
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active]
    props.onKey?.(event, row?.node ?? null)
    if (event.defaultPrevented || event.altKey) return
    if (row && event.key === 'ArrowRight') {
      event.preventDefault()
      const next = rows[active + 1]
      if (row.hasChildren && !row.isOpen) setOpen(row.node.id, true)
      else if (row.isOpen && next) props.onActive(next.node.id)
    } else if (row && event.key === 'ArrowLeft') {
      event.preventDefault()
      if (row.isOpen) setOpen(row.node.id, false)
      else if (row.node.parentId) props.onActive(row.node.parentId)
    } else if (typeAhead(event)) event.preventDefault()
  }

  const dragProps = (row: TreeRow<T>) =>
    props.onDrop && {
      draggable: true,
      onDragStart: (event: DragEvent) => event.dataTransfer.setData('text/understory-node', row.node.id),
      onDragOver: (event: DragEvent<HTMLElement>) => {
        event.preventDefault()
        const box = event.currentTarget.getBoundingClientRect()
        const share = (event.clientY - box.top) / box.height
        const where = share < 0.28 ? 'before' : share > 0.72 ? 'after' : 'inside'
        if (drop?.target !== row.node.id || drop.where !== where)
          setDrop({ id: '', target: row.node.id, where })
      },
      onDragLeave: () => setDrop(null),
      onDrop: (event: DragEvent) => {
        event.preventDefault()
        const id = event.dataTransfer.getData('text/understory-node')
        if (id && drop && id !== row.node.id) props.onDrop?.({ ...drop, id })
        setDrop(null)
      },
    }

  return (
    <VirtualList
      ref={props.ref as Ref<VirtualListHandle>}
      role="tree"
      label={props.label}
      className="tree"
      count={rows.length}
      rowHeight={props.rowHeight ?? rowHeight}
      active={active}
      onActive={(index) => rows[index] && props.onActive(rows[index].node.id)}
      onOpen={(index) => rows[index] && props.onOpen?.(rows[index].node)}
      onKeyDown={onKeyDown}
      onMenu={(index, x, y) => {
        const row = rows[index]
        if (!row) return
        props.onActive(row.node.id)
        props.onMenu?.(row.node, x, y)
      }}
      keyOf={(index) => rows[index]?.node.id ?? String(index)}
      rowProps={(index) => {
        const row = rows[index] as TreeRow<T>
        return {
          'aria-level': row.depth + 1,
          'aria-setsize': row.siblings,
          'aria-posinset': row.position + 1,
          'aria-expanded': row.hasChildren ? row.isOpen : undefined,
          'data-drop': drop?.target === row.node.id ? drop.where : undefined,
          ...dragProps(row),
          ...props.rowProps?.(row.node),
        } as object
      }}
      row={(index) => {
        const row = rows[index] as TreeRow<T>
        return (
          <div className="tree-row" style={{ paddingLeft: 4 + row.depth * 16 }}>
            {row.hasChildren ? (
              // The arrow keys do the same; the triangle is for the mouse only.
              // biome-ignore lint/a11y/useKeyWithClickEvents: see above
              // biome-ignore lint/a11y/noStaticElementInteractions: see above
              <span
                className={row.isOpen ? 'tree-twist tree-twist-open' : 'tree-twist'}
                onClick={(event) => {
                  event.stopPropagation()
                  setOpen(row.node.id, !row.isOpen)
                }}
              >
                <ChevronRight size={14} aria-hidden="true" />
              </span>
            ) : (
              <span className="tree-twist" />
            )}
            {props.row(row)}
          </div>
        )
      }}
    />
  )
}
