import { ChevronRight } from 'lucide-react'
import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useRowHeight } from '../preferences.ts'
import { showCarried } from './drag-label.ts'
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
export function childrenOf<T extends TreeNode>(nodes: readonly T[]): Map<T['parentId'], T[]> {
  const known = new Set<string>(nodes.map((node) => node.id))
  const children = new Map<T['parentId'], T[]>()
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

export type TreeDrop<Id extends string = string> = {
  id: Id
  target: Id
  where: 'before' | 'inside' | 'after'
}

type Props<T extends TreeNode> = {
  label: string
  nodes: readonly T[]
  activeId: T['id'] | null
  onActive(id: T['id']): void
  /** Enter or click. */
  onOpen?: (node: T) => void
  onKey?: (event: KeyboardEvent, node: T | null) => void
  onDrop?: (drop: TreeDrop<T['id']>) => void
  /** What stands under the pointer while a row is dragged. */
  dragWords?: (node: T) => string
  /** Where several rows can be chosen: which are; the active one is not always among them. */
  chosen?: ReadonlySet<T['id']>
  onChosen?: (ids: ReadonlySet<T['id']>) => void
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

/** The rows from one to another, both included, whichever comes first. */
function between<T extends TreeNode>(rows: readonly TreeRow<T>[], from: number, to: number): Set<T['id']> {
  return new Set(rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ node }) => node.id))
}

/**
 * A tree: arrows, Home, End, first letters; Left and Right close and open. Where several rows can be chosen: Shift with
 * the arrows, Home and End or a press, Ctrl with Space or a press, Ctrl+A; any other move chooses one row again.
 */
export function Tree<T extends TreeNode>(props: Props<T>) {
  const { nodes, activeId, isAllOpen = false } = props
  const [closed, setClosed] = useState<ReadonlySet<string>>(NONE)
  const [drop, setDrop] = useState<Omit<TreeDrop<T['id']>, 'id'> | null>(null)
  const typed = useRef({ text: '', at: 0 })
  const rowHeight = useRowHeight()
  const rows = useMemo(() => flatten(nodes, isAllOpen ? NONE : closed), [nodes, closed, isAllOpen])
  const active = rows.findIndex((row) => row.node.id === activeId)
  const anchor = useRef<T['id'] | null>(null)
  useReveal(activeId, nodes, setClosed)

  const goTo = (id: T['id']) => {
    anchor.current = id
    props.onChosen?.(new Set([id]))
    props.onActive(id)
  }
  const extendTo = (index: number) => {
    const row = rows[index]
    if (!row) return
    // Where the choice began, unless it was made elsewhere since.
    const start = anchor.current !== null && props.chosen?.has(anchor.current) ? anchor.current : activeId
    const from = rows.findIndex(({ node }) => node.id === start)
    if (from === -1) anchor.current = row.node.id
    else anchor.current = rows[from]?.node.id ?? null
    props.onChosen?.(between(rows, from === -1 ? index : from, index))
    props.onActive(row.node.id)
  }
  const toggle = (id: T['id']) => {
    const next = new Set(props.chosen)
    if (!next.delete(id)) next.add(id)
    anchor.current = id
    props.onChosen?.(next)
    props.onActive(id)
  }
  /** True when the key was one that chooses. */
  const chooseByKey = (event: KeyboardEvent): boolean => {
    if (!props.onChosen || event.altKey) return false
    const isMod = event.ctrlKey || event.metaKey
    const steps: Record<string, number> = {
      ArrowDown: Math.min(active + 1, rows.length - 1),
      ArrowUp: Math.max(active - 1, 0),
      Home: 0,
      End: rows.length - 1,
    }
    const step = steps[event.key]
    if (event.shiftKey && !isMod && step !== undefined) extendTo(step)
    else if (isMod && event.key === ' ' && activeId !== null) toggle(activeId)
    else if (isMod && event.key.toLowerCase() === 'a') props.onChosen(between(rows, 0, rows.length - 1))
    else if (event.key === 'Escape' && activeId !== null && (props.chosen?.size ?? 0) > 1) goTo(activeId)
    else return false
    return true
  }
  const chooseByPress = (event: MouseEvent, row: TreeRow<T>, index: number) => {
    if (event.shiftKey) extendTo(index)
    else if (event.ctrlKey || event.metaKey) toggle(row.node.id)
    else {
      goTo(row.node.id)
      props.onOpen?.(row.node)
    }
  }

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
    if (found) goTo(found.node.id)
    return found !== undefined
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active]
    props.onKey?.(event, row?.node ?? null)
    if (event.defaultPrevented || event.altKey) return
    if (chooseByKey(event)) event.preventDefault()
    else if (row && event.key === 'ArrowRight') {
      event.preventDefault()
      const next = rows[active + 1]
      if (row.hasChildren && !row.isOpen) setOpen(row.node.id, true)
      else if (row.isOpen && next) goTo(next.node.id)
    } else if (row && event.key === 'ArrowLeft') {
      event.preventDefault()
      if (row.isOpen) setOpen(row.node.id, false)
      else if (row.node.parentId) goTo(row.node.parentId as T['id'])
    } else if (typeAhead(event)) event.preventDefault()
  }

  const dragProps = (row: TreeRow<T>) =>
    props.onDrop && {
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.setData('text/understory-node', row.node.id)
        if (props.dragWords) showCarried(event, props.dragWords(row.node))
      },
      onDragOver: (event: DragEvent<HTMLElement>) => {
        event.preventDefault()
        const box = event.currentTarget.getBoundingClientRect()
        const share = (event.clientY - box.top) / box.height
        const where = share < 0.28 ? 'before' : share > 0.72 ? 'after' : 'inside'
        if (drop?.target !== row.node.id || drop.where !== where) setDrop({ target: row.node.id, where })
      },
      onDragLeave: () => setDrop(null),
      onDrop: (event: DragEvent) => {
        event.preventDefault()
        // Put there as one.
        const id = event.dataTransfer.getData('text/understory-node') as T['id']
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
      isMulti={props.onChosen !== undefined}
      onActive={(index) => rows[index] && goTo(rows[index].node.id)}
      onOpen={(index) => rows[index] && props.onOpen?.(rows[index].node)}
      onKeyDown={onKeyDown}
      onMenu={(index, x, y) => {
        const row = rows[index]
        if (!row) return
        // The menu of one of the chosen is about all of them.
        if (props.chosen?.has(row.node.id)) props.onActive(row.node.id)
        else goTo(row.node.id)
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
          ...(props.chosen && {
            'aria-selected': props.chosen.has(row.node.id),
            onClick: (event: MouseEvent) => chooseByPress(event, row, index),
          }),
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

/** Opens what the active row lies in when another row becomes the active one: it may have been chosen elsewhere. */
function useReveal(
  activeId: string | null,
  nodes: readonly TreeNode[],
  setClosed: (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void,
): void {
  const latest = useRef(nodes)
  latest.current = nodes
  useEffect(() => {
    if (activeId === null) return
    setClosed((before) => {
      if (before.size === 0) return before
      const parents = new Map(latest.current.map(({ id, parentId }) => [id, parentId]))
      const next = new Set(before)
      let at = parents.get(activeId) ?? null
      // A ring of parents ends when it comes round.
      for (const seen = new Set<string>(); at !== null && !seen.has(at); at = parents.get(at) ?? null) {
        seen.add(at)
        next.delete(at)
      }
      return next.size === before.size ? before : next
    })
  }, [activeId, setClosed])
}
