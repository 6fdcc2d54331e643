import { RotateCcw, Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { giveKeys, resetAllKeys, resetKeys } from '../keys/change-keys.ts'
import { clashOf } from '../keys/clashes.ts'
import { combinationOf, keyParts } from '../keys/combination.ts'
import { COMMAND_IDS, type CommandId, commandOf } from '../keys/commands.ts'
import { canChange, isChanged, keysOf, useOwnKeys } from '../keys/own-keys.ts'
import { useStore } from '../queries/use-store.ts'
import { announce, useSession } from '../state/session.ts'
import { Button, IconButton, Keys } from '../ui/Button.tsx'
import { Sheet } from './Sheet.tsx'
import './keysheet.css'

type Group = { name: string; ids: CommandId[] }

/** Groups as the table has them; those of coding first, since that is where keys are used all day. */
function groupsOf(ids: readonly CommandId[]): Group[] {
  const groups = new Map<string, CommandId[]>([['Coding', []]])
  for (const id of ids) {
    const { group } = commandOf(id)
    groups.set(group, [...(groups.get(group) ?? []), id])
  }
  return [...groups].filter(([, members]) => members.length > 0).map(([name, ids]) => ({ name, ids }))
}

/** Two columns of about the same height, read down the first and then the second. */
function inColumns(groups: readonly Group[]): Group[][] {
  const sizeOf = (group: Group) => group.ids.length + 2
  const half = groups.reduce((sum, group) => sum + sizeOf(group), 0) / 2
  const columns: Group[][] = [[], []]
  let height = 0
  for (const group of groups) {
    columns[height < half - sizeOf(group) / 2 ? 0 : 1]?.push(group)
    height += sizeOf(group)
  }
  return columns
}

const wordsOf = (id: CommandId): string =>
  `${commandOf(id).label} ${commandOf(id).group} ${keysOf(id)
    .map((keys) => keyParts(keys).join('+'))
    .join(' ')}`.toLowerCase()

const fits = (id: CommandId, query: string): boolean => {
  const words = wordsOf(id)
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word))
}

/** All keys on one sheet, to be searched and changed; Esc puts it away. */
export function KeySheet() {
  const [query, setQuery] = useState('')
  const [editing, setEditing] = useState<CommandId | null>(null)
  const own = useOwnKeys((state) => state.own)
  const ids = COMMAND_IDS.filter((id) => fits(id, query))
  const groups = groupsOf(ids)
  const columns = query.trim() === '' ? inColumns(groups) : [groups]
  const changed = COMMAND_IDS.filter(isChanged).length
  const rows = useRef<HTMLDivElement>(null)
  const close = () => useSession.setState({ panel: 'none' })
  const toRow = (id: CommandId) =>
    window.setTimeout(() => rows.current?.querySelector<HTMLElement>(`[data-command="${id}"]`)?.focus())

  return (
    <Sheet label="Keys" title="Keys" onClose={close}>
      <div className="filter">
        <Search size={14} aria-hidden="true" />
        <input
          className="filter-input"
          aria-label="Find a command or a key"
          placeholder="Find a command or a key"
          value={query}
          // biome-ignore lint/a11y/noAutofocus: the sheet was asked for, and it is what one does in it
          autoFocus
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') setQuery('')
            else if (event.key === 'ArrowDown') stepRow(rows.current, 1)
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
        <Button size="small" kind="plain" icon={RotateCcw} disabled={changed === 0} onClick={resetAllKeys}>
          Reset all keys
        </Button>
      </div>
      {ids.length === 0 && <p className="pane-hint">No command or key matches “{query}”.</p>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among its buttons */}
      <div
        ref={rows}
        className="keysheet"
        data-own={Object.keys(own).length}
        onKeyDown={(event) => {
          if (!(event.target as HTMLElement).matches('.keysheet-row')) return
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          stepRow(rows.current, event.key === 'ArrowDown' ? 1 : -1)
        }}
      >
        {columns.map((column) => (
          <div key={column[0]?.name ?? ''} className="keysheet-column">
            {column.map((group) => (
              <section key={group.name}>
                <h3>{group.name}</h3>
                {group.ids.map((id) => (
                  <KeyRow
                    key={id}
                    id={id}
                    isOpen={editing === id}
                    onOpen={() => setEditing(editing === id ? null : id)}
                    onDone={() => {
                      setEditing(null)
                      toRow(id)
                    }}
                  />
                ))}
              </section>
            ))}
          </div>
        ))}
      </div>
    </Sheet>
  )
}

/** One row up or down; the first row when the focus is in none. */
function stepRow(host: HTMLElement | null, step: 1 | -1): void {
  const rows = [...(host?.querySelectorAll<HTMLElement>('.keysheet-row') ?? [])]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  rows[at === -1 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]?.focus()
}

function KeyRow({
  id,
  isOpen,
  onOpen,
  onDone,
}: {
  id: CommandId
  isOpen: boolean
  onOpen(): void
  onDone(): void
}) {
  const shown = (
    <>
      <span className="keysheet-label">
        {commandOf(id).label}
        {isChanged(id) && <span className="keysheet-own">changed</span>}
      </span>
      <KeyWords id={id} />
    </>
  )
  if (!canChange(id)) return <div className="keysheet-row keysheet-fixed">{shown}</div>
  return (
    <>
      <button
        type="button"
        className="keysheet-row"
        data-command={id}
        aria-expanded={isOpen}
        title="Change the keys"
        onClick={onOpen}
      >
        {shown}
      </button>
      {isOpen && <KeyEdit id={id} onDone={onDone} />}
    </>
  )
}

function KeyWords({ id }: { id: CommandId }) {
  const keys = keysOf(id)
  return (
    <span className="keysheet-keys">
      <span className="visually-hidden">
        {keys.length === 0
          ? 'no keys'
          : keys.map((combination) => keyParts(combination).join(' ')).join(' or ')}
      </span>
      {keys.length === 0 && <span aria-hidden="true">none</span>}
      {keys.map((combination) => (
        <Keys key={combination} combination={keyParts(combination).join('+')} />
      ))}
    </span>
  )
}

/** The keys of one command: press new ones, take some away, or go back to what the program has. */
function KeyEdit({ id, onDone }: { id: CommandId; onDone(): void }) {
  const [pressed, setPressed] = useState<string | null>(null)
  const catcher = useRef<HTMLDivElement>(null)
  const keys = keysOf(id)
  const problem = useProblem(id, pressed)
  const { isCodeKey } = useCodeKeys()
  useEffect(() => catcher.current?.focus(), [])

  const give = (combination: string) => {
    giveKeys(id, combination)
    announce(`${commandOf(id).label} is now ${keyParts(combination).join(' ')}`)
    onDone()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return onDone()
    const combination = combinationOf(event.nativeEvent)
    if (combination === null) return
    setPressed(combination)
    if (keys.includes(combination)) return onDone()
    if (clashOf(id, combination) === null && !isCodeKey(id, combination)) give(combination)
    else announce(`${keyParts(combination).join(' ')} is already in use`)
  }
  return (
    <div className="keyedit">
      {/* biome-ignore lint/a11y/useSemanticElements: it catches keys and holds no text */}
      <div
        ref={catcher}
        className="keyedit-catch"
        role="textbox"
        aria-label={`New keys for ${commandOf(id).label}`}
        aria-readonly="true"
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {pressed === null ? 'Press the new keys' : <Keys combination={keyParts(pressed).join('+')} />}
      </div>
      {pressed !== null && problem && (
        <p className="keyedit-clash" role="alert">
          <span>
            <strong>{keyParts(pressed).join('+')}</strong> {problem.words}.
          </span>
          {problem.canTake && (
            <Button size="small" onClick={() => give(pressed)}>
              Use it here instead
            </Button>
          )}
        </p>
      )}
      <div className="keyedit-acts">
        {keys.map((combination) => (
          <Button
            key={combination}
            size="small"
            kind="plain"
            icon={X}
            onClick={() => {
              giveKeys(id, null, combination)
              catcher.current?.focus()
            }}
          >
            Remove {keyParts(combination).join('+')}
          </Button>
        ))}
        {isChanged(id) && (
          <Button
            size="small"
            kind="plain"
            icon={RotateCcw}
            onClick={() => {
              resetKeys(id)
              onDone()
            }}
          >
            Reset
          </Button>
        )}
        <IconButton icon={X} label="Cancel" keys="Esc" onClick={onDone} />
      </div>
    </div>
  )
}

/** Codes' own keys of the open project. */
function useCodeKeys() {
  const isOpen = useSession((state) => state.phase === 'open')
  const { data: codes } = useStore('codes.list', isOpen ? {} : null)
  const names = useMemo(
    () =>
      new Map(
        (codes ?? []).flatMap((code) =>
          code.shortcut && !code.isRetired ? [[code.shortcut.toUpperCase(), code.name] as const] : [],
        ),
      ),
    [codes],
  )
  const nameOf = (id: CommandId, combination: string) =>
    commandOf(id).scope === 'note' ? names.get(combination) : undefined
  return { nameOf, isCodeKey: (id: CommandId, combination: string) => nameOf(id, combination) !== undefined }
}

/** What keys that were pressed belong to already; null when they are free. */
function useProblem(id: CommandId, pressed: string | null): { words: string; canTake: boolean } | null {
  const { nameOf } = useCodeKeys()
  if (pressed === null) return null
  const clash = clashOf(id, pressed)
  if (clash?.kind === 'taken') return { words: clash.words, canTake: false }
  if (clash) {
    const { label } = commandOf(clash.id)
    return { words: `is already the key of “${label}”`, canTake: canChange(clash.id) }
  }
  const code = nameOf(id, pressed)
  return code === undefined
    ? null
    : { words: `is the key of the code “${code}”, which then needs another`, canTake: true }
}
