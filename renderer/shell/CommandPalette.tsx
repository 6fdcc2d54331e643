import { useDeferredValue, useMemo, useState } from 'react'
import { useCodebook } from '../codebook/selection.ts'
import { withColours } from '../coding/codes.ts'
import { StatusDot, shortDate } from '../coding/NoteList.tsx'
import { fuzzy } from '../fuzzy.ts'
import { COMMAND_IDS, COMMANDS, type CommandId, keyLabel } from '../keys.ts'
import { NO_ORDER, useOrder, useRows } from '../note-list.ts'
import { useStore } from '../queries.ts'
import { applyCode, jumpToNote, useCoding } from '../state/coding.ts'
import { runCommand, useCommands } from '../state/commands.ts'
import { goTo, useCoder, useSession } from '../state/session.ts'
import { Keys } from '../ui/Button.tsx'
import { Floating } from '../ui/Floating.tsx'
import { type PickItem, PickList } from '../ui/PickList.tsx'
import { Swatch } from '../ui/Swatch.tsx'

const close = () => useSession.setState({ panel: 'none' })

/** `looked`: of the notes with these words, the first so many are put in order. */
const MOST = { commands: 8, codes: 8, notes: 20, looked: 500 }

/** Everything by name: places and commands, codes, notes. */
export function CommandPalette() {
  const [query, setQuery] = useState('')
  const [anchor] = useState(() => ({ left: (window.innerWidth - 560) / 2, right: 0, top: 40, bottom: 40 }))
  const commands = useCommandItems(query)
  const codes = useCodeItems(query)
  const notes = useNoteItems(useDeferredValue(query))
  return (
    <Floating anchor={anchor} width={560} label="Find" onClose={close}>
      <PickList
        label="Find a place, command, code or note"
        placeholder="Find a place, command, code or note"
        query={query}
        onQuery={setQuery}
        items={[...commands, ...codes, ...notes]}
        empty="Nothing of this name."
      />
    </Floating>
  )
}

type Scored<T> = { item: T; score: number }
function best<T>(query: string, items: Iterable<T>, textOf: (item: T) => string, most: number): T[] {
  const found: Scored<T>[] = []
  for (const item of items) {
    const match = fuzzy(query, textOf(item))
    if (match) found.push({ item, score: match.score })
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map((entry) => entry.item)
}

const HIDDEN: ReadonlySet<CommandId> = new Set(['palette', 'nextPane', 'previousPane'])

function useCommandItems(query: string): PickItem[] {
  const handlers = useCommands((state) => state.handlers)
  const offered = COMMAND_IDS.filter((id) => handlers[id] && !HIDDEN.has(id))
  return best(query, offered, (id) => COMMANDS[id].label, query === '' ? 30 : MOST.commands).map((id) => ({
    id,
    group: 'Commands',
    name: COMMANDS[id].label,
    onPick: () => {
      close()
      runCommand(id)
    },
    content: (
      <>
        <span className="pick-fill">{COMMANDS[id].label}</span>
        <Keys combination={keyLabel(id)} />
      </>
    ),
  }))
}

function useCodeItems(query: string): PickItem[] {
  const { data } = useStore('codes.list', {})
  const codes = useMemo(() => withColours(data ?? []), [data])
  if (query === '') return []
  return best(
    query,
    codes.filter((code) => !code.isFolder),
    (code) => code.name,
    MOST.codes,
  ).map((code) => ({
    id: code.id,
    group: 'Codes',
    name: code.name,
    onPick: () => {
      close()
      const state = useCoding.getState()
      const isSelected = state.selection && state.selection.anchor !== state.selection.focus
      if (useSession.getState().place === 'code' && isSelected) return void applyCode(code)
      useCodebook.setState({ activeId: code.id })
      goTo('codebook')
    },
    content: (
      <>
        <Swatch colour={code.colour} />
        <span className="pick-fill">{code.name}</span>
      </>
    ),
  }))
}

function useNoteItems(query: string): PickItem[] {
  const coder = useCoder()
  // Plain words first: letters in any place would mean to look at every title letter by letter.
  const { order = NO_ORDER } = useOrder(query.trim() === '' ? null : { coderId: coder, query: query.trim() })
  const rowAt = useRows(coder, order)
  return useMemo(() => {
    if (query === '') return []
    const found = Array.from(order.subarray(0, MOST.looked), (_, index) => rowAt(index) ?? []).flat()
    return best(query, found, (row) => `${row.title} ${row.caseId ?? ''} ${row.id}`, MOST.notes).map(
      (row) => ({
        id: `note-${row.id}`,
        group: 'Notes',
        name: row.title,
        onPick: () => {
          close()
          jumpToNote(row.id, null)
        },
        content: (
          <>
            <StatusDot status={row.status} />
            <span className="pick-name">{row.title}</span>
            <span className="pick-path">{[row.caseId, shortDate(row.date)].filter(Boolean).join(' · ')}</span>
          </>
        ),
      }),
    )
  }, [query, order, rowAt])
}
