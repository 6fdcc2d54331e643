/** What the palette offers under a query, group by group. Notes, cases and memos are looked for in the store. */
import { FolderOpen, NotebookPen, User } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { showInCodebook } from '../codes/code-menu.tsx'
import { withColours } from '../codes/codes.ts'
import { StatusDot, shortDate } from '../coding/NoteList.tsx'
import { fuzzy } from '../fuzzy.ts'
import { COMMAND_IDS, type CommandId, commandOf } from '../keys/commands.ts'
import { keyLabel } from '../keys/own-keys.ts'
import { runCommand, useCommands } from '../keys/use-command.ts'
import { openSubject } from '../memos/navigate.ts'
import { nameOfMemo } from '../memos/view.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { NO_ORDER, useOrder, useRows } from '../queries/note-rows.ts'
import { useStore } from '../queries/use-store.ts'
import { applyCode, jumpToNote, useCoding } from '../state/coding.ts'
import { activateCoder } from '../state/seat.ts'
import { useCoder, useCoders, useSession } from '../state/session.ts'
import { Keys } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'
import type { PickItem } from '../ui/PickList.tsx'
import { Swatch } from '../ui/Swatch.tsx'
import { isOffered, isPlace } from './menu.ts'
import { askFor, nameOfFile, useRecentProjects } from './opening.ts'

export const closePalette = () => useSession.setState({ panel: 'none' })

/** `looked`: of the notes with these words, the first so many are put in order. */
const MOST = { recent: 5, commands: 8, projects: 5, codes: 8, notes: 12, looked: 500, cases: 5, memos: 5 }

type Scored<T> = { item: T; score: number }
export function best<T>(query: string, items: Iterable<T>, textOf: (item: T) => string, most: number): T[] {
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

/** The export of segments stands here once, by the name it has everywhere. */
const HIDDEN: ReadonlySet<CommandId> = new Set(['palette', 'nextPane', 'previousPane', 'segmentsExport'])
const isOfProject = (id: CommandId): boolean => commandOf(id).group === 'Project'

/** Places, then what is done with whole projects, then the rest. */
const inGroups = (ids: readonly CommandId[]): PickItem[] => [
  ...ids.filter(isPlace).map((id) => commandItem(id, 'Places')),
  ...ids.filter(isOfProject).map((id) => commandItem(id, 'Project')),
  ...ids.filter((id) => !isPlace(id) && !isOfProject(id)).map((id) => commandItem(id, 'Commands')),
]

function commandItem(id: CommandId, group: string): PickItem {
  const { label } = commandOf(id)
  return {
    id: `${group}-${id}`,
    group,
    name: label,
    isSaidByContent: true,
    onPick: () => {
      closePalette()
      const others = usePreferences.getState().recentCommands.filter((other) => other !== id)
      setPreferences({ recentCommands: [id, ...others].slice(0, MOST.recent) })
      runCommand(id)
    },
    content: (
      <>
        <span className="pick-fill">{label}</span>
        <Keys combination={keyLabel(id)} />
      </>
    ),
  }
}

/** What can be done here and now; what was taken last stands first while nothing is typed. */
export function useCommandItems(query: string): PickItem[] {
  // What is offered depends on these two.
  useCommands((state) => state.handlers)
  useSession((state) => state.project?.isReflexive)
  const recent = usePreferences((state) => state.recentCommands)
  const offered = COMMAND_IDS.filter((id) => isOffered(id) && !HIDDEN.has(id))
  if (query === '') {
    const last = recent.flatMap((name) => offered.find((id) => id === name) ?? [])
    const others = offered.filter((id) => !last.includes(id))
    return [...last.map((id) => commandItem(id, 'Recent')), ...inGroups(others)]
  }
  return inGroups(best(query, offered, (id) => commandOf(id).label, MOST.commands))
}

/** Whoever looks for "recent" where nothing else was opened reads why there is nothing. */
const noOtherProject: PickItem = {
  id: 'project-none',
  group: 'Open recent',
  name: 'No other project was opened on this computer',
  onPick: closePalette,
  content: <span className="pick-fill">No other project was opened on this computer</span>,
}

/** Then projects stand before all else that has these letters somewhere. */
export const asksForRecent = (query: string): boolean =>
  /\brec/i.test(query) && fuzzy(query, 'Open recent projects')?.isLiteral === true

/** Projects opened before, by name or as "open recent". */
export function useProjectItems(query: string): PickItem[] {
  const recent = useRecentProjects()
  if (query === '') return []
  if (recent.length === 0) return asksForRecent(query) ? [noOtherProject] : []
  return best(query, recent, (project) => `Open recent ${nameOfFile(project)}`, MOST.projects).map(
    (project) => ({
      id: `project-${project.ticket}`,
      group: 'Open recent',
      name: `Open ${nameOfFile(project)}`,
      isSaidByContent: true,
      onPick: () => {
        closePalette()
        askFor({ name: 'unlock', picked: project })
      },
      content: (
        <Named
          icon={<FolderOpen size={14} aria-hidden="true" />}
          name={`Open ${nameOfFile(project)}`}
          more={project.folder}
        />
      ),
    }),
  )
}

/** What to try where nothing has the name. */
export function suggestion(): PickItem {
  return {
    id: 'suggestion',
    group: '',
    name: 'No match. Try “new project”',
    onPick: () => {
      closePalette()
      runCommand('newProject')
    },
    content: <span className="pick-fill">No match. Try “new project”</span>,
  }
}

/** A code is applied where text is selected, else shown in the codebook. */
function pickCode(code: CodeRow): void {
  closePalette()
  const { selection } = useCoding.getState()
  const isSelected = selection !== null && selection.anchor !== selection.focus
  if (useSession.getState().place === 'code' && isSelected) void applyCode(code)
  else showInCodebook(code)
}

export function useCodeItems(query: string): PickItem[] {
  const { data } = useStore('codes.list', {})
  const codes = useMemo(() => withColours(data ?? []).filter((code) => !code.isFolder), [data])
  if (query === '') return []
  return best(query, codes, (code) => code.name, MOST.codes).map((code) => ({
    id: code.id,
    group: 'Codes',
    name: code.name,
    isSaidByContent: true,
    onPick: () => pickCode(code),
    content: (
      <>
        <Swatch colour={code.colour} />
        <span className="pick-fill">{code.name}</span>
        {code.shortcut && <Keys combination={code.shortcut.toUpperCase()} />}
      </>
    ),
  }))
}

export function useNoteItems(query: string): PickItem[] {
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
        isSaidByContent: true,
        onPick: () => {
          closePalette()
          jumpToNote(row.id, null)
        },
        content: (
          <Named
            icon={<StatusDot status={row.status} />}
            name={row.title}
            more={[row.id, row.caseId, shortDate(row.date)].filter(Boolean).join(' · ')}
          />
        ),
      }),
    )
  }, [query, order, rowAt])
}

export function useCaseItems(query: string): PickItem[] {
  const { data } = useStore(
    'cases.list',
    query.trim() === '' ? null : { query: query.trim(), limit: MOST.cases },
  )
  return (data?.cases ?? []).map((found) => ({
    id: `case-${found.id}`,
    group: 'Cases',
    name: found.id,
    isSaidByContent: true,
    onPick: () => {
      closePalette()
      openSubject({ kind: 'case', id: found.id })
    },
    content: (
      <Named
        icon={<FolderOpen size={14} aria-hidden="true" />}
        name={found.id}
        more={counted(found.notes, 'note')}
      />
    ),
  }))
}

export function useMemoItems(query: string): PickItem[] {
  const coder = useCoder()
  const words = query.trim()
  const { data } = useStore(
    'memos.list',
    words.length < 2 ? null : { words, codingMemosOf: coder, offset: 0, limit: MOST.memos },
  )
  return (data?.rows ?? []).map((memo) => ({
    id: `memo-${memo.id}`,
    group: 'Memos',
    name: nameOfMemo(memo),
    isSaidByContent: true,
    onPick: () => {
      closePalette()
      openSubject(memo.about)
    },
    content: (
      <Named
        icon={<NotebookPen size={14} aria-hidden="true" />}
        name={nameOfMemo(memo)}
        more={memo.noteTitle ?? ''}
      />
    ),
  }))
}

/** "Code as Ben": whoever is not coding now. */
export function useCoderItems(query: string): PickItem[] {
  const active = useCoder()
  const coders = useCoders()
  const others = coders.filter((coder) => coder.id !== active)
  if (query === '') return []
  return best(query, others, (coder) => `Code as ${coder.name}`, others.length).map((coder) => ({
    id: `coder-${coder.id}`,
    group: 'Coders',
    name: `Code as ${coder.name}`,
    isSaidByContent: true,
    onPick: () => {
      closePalette()
      activateCoder(coder.id).catch(() => {})
    },
    content: <Named icon={<User size={14} aria-hidden="true" />} name={`Code as ${coder.name}`} more="" />,
  }))
}

export function Named({ icon, name, more }: { icon: ReactNode; name: string; more: string }) {
  return (
    <>
      {icon}
      <span className="pick-name">{name}</span>
      <span className="pick-path">{more}</span>
    </>
  )
}
