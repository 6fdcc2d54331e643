import { BookMarked, FileText, FolderOpen, Highlighter, Notebook } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { MemoSubject } from '../../shared/memo.ts'
import { byIdOf, pathOf, withColours } from '../codes/codes.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { fuzzy } from '../fuzzy.ts'
import { NO_ORDER, useOrder, useRows } from '../queries/note-rows.ts'
import { useStore } from '../queries/use-store.ts'
import { useCoding } from '../state/on-screen.ts'
import { useCoder } from '../state/session.ts'
import { counted } from '../ui/Feedback.tsx'
import { type Anchor, Floating } from '../ui/Floating.tsx'
import { type PickItem, PickList } from '../ui/PickList.tsx'
import { Swatch } from '../ui/Swatch.tsx'

const MOST = { codings: 6, codes: 8, cases: 6, notes: 12 }

type Pick = (subject: MemoSubject, name: string) => void

/** Something of the project by its name: a code, a note, a case, or a coding of the note that is open. */
export function LinkPicker({
  anchor,
  onPick,
  onClose,
}: {
  anchor: Anchor
  onPick(subject: MemoSubject | null, name: string): void
  onClose(): void
}) {
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  const { data: plain } = useStore('codes.list', {})
  const codes = useMemo(() => withColours(plain ?? []), [plain])
  const items = [
    ...useCodeItems(wanted, codes, onPick),
    ...useCodingItems(wanted, codes, onPick),
    ...useNoteItems(wanted, onPick),
    ...useCaseItems(wanted, onPick),
  ]
  return (
    <Floating anchor={anchor} width={400} label="Link to" onClose={onClose}>
      <PickList
        label="Link to a code, coding, note or case"
        placeholder="Link to a code, coding, note or case"
        query={query}
        onQuery={setQuery}
        items={items}
        empty="No match."
      />
    </Floating>
  )
}

function useCodeItems(query: string, codes: readonly CodeRow[], onPick: Pick): PickItem[] {
  const byId = byIdOf(codes)
  return codes
    .flatMap((code) => {
      const match = code.isFolder ? null : fuzzy(query, code.name)
      return match ? [{ code, score: match.score }] : []
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST.codes)
    .map(({ code }) => ({
      id: `code-${code.id}`,
      group: 'Codes',
      name: `${code.name} ${pathOf(code, byId)}`,
      onPick: () => onPick({ kind: 'code', id: code.id }, code.name),
      content: (
        <>
          <Swatch colour={code.colour} />
          <span className="pick-name">{code.name}</span>{' '}
          <span className="pick-path">{pathOf(code, byId)}</span>
        </>
      ),
    }))
}

const QUOTE = 60

/** Codings have no names; they are found by their code and their words, in the note that is open. */
function useCodingItems(query: string, codes: readonly CodeRow[], onPick: Pick): PickItem[] {
  const note = useCoding((state) => state.note)
  const codings = useCoding((state) => state.codings)
  const byId = byIdOf(codes)
  const words = query.toLocaleLowerCase('en-GB').trim()
  if (!note) return []
  return codings
    .map((coding) => ({
      coding,
      code: byId.get(coding.codeId),
      quote: coding.span
        ? note.text.slice(coding.span.start, coding.span.end).replace(/\s+/g, ' ')
        : 'Whole note',
    }))
    .filter(({ code, quote }) => `${code?.name ?? ''} ${quote}`.toLocaleLowerCase('en-GB').includes(words))
    .slice(0, MOST.codings)
    .map(({ coding, code, quote }) => {
      const short = quote.length > QUOTE ? `${quote.slice(0, QUOTE).trimEnd()}…` : quote
      return {
        id: `coding-${coding.id}`,
        group: `Codings of “${note.title}”`,
        name: `${code?.name ?? 'Code'} ${short}`,
        onPick: () => onPick({ kind: 'coding', id: coding.id }, `${code?.name ?? 'Code'}: “${short}”`),
        content: (
          <>
            {code ? <Swatch colour={code.colour} /> : <Highlighter size={12} aria-hidden="true" />}
            <span className="pick-name">{code?.name ?? 'Code'}</span>{' '}
            <span className="pick-path">{short}</span>
          </>
        ),
      }
    })
}

function useNoteItems(query: string, onPick: Pick): PickItem[] {
  const coder = useCoder()
  const words = query.trim()
  const { order = NO_ORDER } = useOrder(words === '' ? null : { coderId: coder, query: words })
  const rowAt = useRows(coder, order)
  return Array.from(order.subarray(0, MOST.notes), (_, index) => rowAt(index) ?? [])
    .flat()
    .map((row) => ({
      id: `note-${row.id}`,
      group: 'Notes',
      name: `${row.title} ${[row.caseId, shortDate(row.date)].filter(Boolean).join(' · ')}`,
      onPick: () => onPick({ kind: 'note', id: row.id }, row.title),
      content: (
        <>
          <FileText size={14} aria-hidden="true" />
          <span className="pick-name">{row.title}</span>{' '}
          <span className="pick-path">{[row.caseId, shortDate(row.date)].filter(Boolean).join(' · ')}</span>
        </>
      ),
    }))
}

function useCaseItems(query: string, onPick: Pick): PickItem[] {
  const words = query.trim()
  const { data } = useStore('cases.list', words === '' ? null : { query: words, limit: MOST.cases })
  return (data?.cases ?? []).map((each) => ({
    id: `case-${each.id}`,
    group: 'Cases',
    name: `${each.id} ${counted(each.notes, 'note')}`,
    onPick: () => onPick({ kind: 'case', id: each.id }, each.id),
    content: (
      <>
        <FolderOpen size={14} aria-hidden="true" />
        <span className="pick-name">{each.id}</span>{' '}
        <span className="pick-path">{counted(each.notes, 'note')}</span>
      </>
    ),
  }))
}

/** What each kind of thing looks like beside its name. */
export const SUBJECT_ICONS = {
  project: Notebook,
  case: FolderOpen,
  note: FileText,
  code: BookMarked,
  coding: Highlighter,
} as const
