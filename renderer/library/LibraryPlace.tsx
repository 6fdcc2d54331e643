import { FileText, FolderInput, Tags, Upload } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { Attribute } from '../../shared/contract/notes.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { useCommand } from '../keys/use-command.ts'
import { usePreferences } from '../preferences.ts'
import { NO_ORDER, type NoteOrder, useOrder } from '../queries/note-rows.ts'
import { useCoder, useSession } from '../state/session.ts'
import { Button, Tip } from '../ui/Button.tsx'
import { counted, EmptyState, ProblemNote } from '../ui/Feedback.tsx'
import { AttributesPane } from './AttributesPane.tsx'
import { ImportSheet } from './ImportSheet.tsx'
import { pickImport, useImporting } from './importing.ts'
import './library.css'
import { NoteFacts } from './NoteFacts.tsx'
import { ColumnChoice, MOST_ATTRIBUTES, NoteFilters } from './NoteFilters.tsx'
import { NoteTable } from './NoteTable.tsx'
import { clearFilters, columnIdOf, orderArgs, setView, useNoteView } from './note-view.ts'
import { RemovalBar } from './RemovalBar.tsx'
import { askToRemove } from './removal.ts'
import { TicksBar } from './TicksBar.tsx'
import { tick, tickAll, tickedOf, untickAll, useTicks } from './ticks.ts'

const NO_ATTRIBUTES: Attribute[] = []
/** In ms: of several quick changes only the last is asked for. */
const QUIET = 120

export function LibraryPlace() {
  const isImporting = useImporting((state) => state.picked !== null)
  const side = useNoteView((state) => state.side)
  return (
    <div className="place">
      {isImporting ? (
        <ImportSheet />
      ) : (
        <>
          <Notes />
          {side?.kind === 'facts' && <NoteFacts key={side.noteId} noteId={side.noteId} />}
          {side?.kind === 'attributes' && <AttributesPane chosen={side.attribute} />}
        </>
      )}
    </div>
  )
}

function Notes() {
  const coder = useCoder()
  const attributes = useSession((state) => state.project?.attributes ?? NO_ATTRIBUTES)
  const total = useSession((state) => state.project?.notes ?? 0)
  const cases = useSession((state) => state.project?.cases ?? 0)
  const shownColumns = usePreferences((state) => state.noteColumns)
  const view = useNoteView()
  const wantedColumns = useMemo(
    () =>
      attributes
        .filter((attribute) => shownColumns.includes(columnIdOf(attribute)))
        .slice(0, MOST_ATTRIBUTES),
    [attributes, shownColumns],
  )
  const { order, problem } = useOrder(useSettled(orderArgs(coder, view, attributes)))
  useForgetMissingSide(attributes)
  useTickCommands(order ?? NO_ORDER)
  useCommand('attributes', () =>
    setView({ side: view.side?.kind === 'attributes' ? null : { kind: 'attributes', attribute: null } }),
  )
  return (
    <section className="pane" aria-label="Notes" data-pane="notes">
      <div className="place-head">
        <h1>Notes</h1>
        <span className="place-facts number">
          {counted(total, 'note')}, {counted(cases, 'case')}
        </span>
        <span className="spacer" />
        {total > 0 && <ColumnChoice attributes={attributes} />}
        <Tip words="Attributes of notes and cases" keys={keyLabel('attributes')}>
          <Button
            icon={Tags}
            kind="plain"
            onClick={() => setView({ side: { kind: 'attributes', attribute: null } })}
          >
            Attributes
          </Button>
        </Tip>
        <Tip words="Tables, Word, PDF and text files" keys={keyLabel('importFiles')}>
          <Button icon={Upload} onClick={() => void pickImport('files')}>
            Import files
          </Button>
        </Tip>
        <Tip words="All files in a folder that notes can be read from" keys={keyLabel('importFolder')}>
          <Button icon={FolderInput} onClick={() => void pickImport('folder')}>
            Import a folder
          </Button>
        </Tip>
      </div>
      {problem && (
        <div className="import-part">
          <ProblemNote>{problem}</ProblemNote>
        </div>
      )}
      {total === 0 ? (
        <EmptyState
          icon={FileText}
          action={{ label: 'Import files', onClick: () => void pickImport('files') }}
        >
          This project has no notes yet. Import a table (CSV, Excel), Word, PDF or text files, or drop them
          anywhere on this window.
        </EmptyState>
      ) : (
        <>
          <RemovalBar in="table" toList={toTable} />
          <NoteFilters shown={order?.length ?? 0} total={total} attributes={attributes} />
          {order?.length === 0 ? (
            <EmptyState action={{ label: 'Clear filters', onClick: clearFilters }}>
              No note matches these filters.
            </EmptyState>
          ) : (
            order && (
              <>
                <TicksBar order={order} />
                <NoteTable order={order} shownColumns={shownColumns} attributes={wantedColumns} />
              </>
            )
          )}
        </>
      )}
    </section>
  )
}

/** The table keeps the keyboard when what had it goes; a row that is still there has it again. */
const toTable = (isGoing: boolean) => {
  const table = document.querySelector<HTMLElement>('[data-pane=notes] .table')
  const at = table?.querySelector<HTMLElement>(`[data-note="${useTicks.getState().at}"]`)
  ;((isGoing ? null : at) ?? table)?.focus()
}

/** What can be done with ticks, and to the ticked notes, else to the one the keyboard is on. */
function useTickCommands(order: NoteOrder): void {
  const at = useTicks((state) => state.at)
  const isThere = at !== null && order.includes(at)
  const hasTicks = useTicks((state) => state.ticked.size > 0)
  const isOffered = order.length > 0
  useCommand('noteTick', () => at !== null && tick(order, at), isThere)
  useCommand('notesAll', () => tickAll(order), isOffered)
  useCommand('notesNone', untickAll, hasTicks)
  useCommand(
    'removeNotes',
    () => {
      const ticked = tickedOf(order, useTicks.getState().ticked)
      if (ticked.length > 0) askToRemove(ticked, 'table')
      else if (at !== null && isThere) askToRemove([at], 'table')
    },
    isThere || hasTicks,
  )
}

/** A value once it stands still; the same object while it says the same. */
function useSettled<T>(value: T): T {
  const key = JSON.stringify(value)
  const [settled, setSettled] = useState({ value, key })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the value
  useEffect(() => {
    const timer = window.setTimeout(
      () => setSettled((before) => (before.key === key ? before : { value, key })),
      QUIET,
    )
    return () => window.clearTimeout(timer)
  }, [key])
  return settled.value
}

/** An attribute that an undo took away has no values to show. */
function useForgetMissingSide(attributes: readonly Attribute[]): void {
  const side = useNoteView((state) => state.side)
  useEffect(() => {
    if (side?.kind !== 'attributes' || side.attribute === null) return
    const { of, name } = side.attribute
    if (!attributes.some((each) => each.of === of && each.name === name))
      setView({ side: { kind: 'attributes', attribute: null } })
  }, [side, attributes])
}
