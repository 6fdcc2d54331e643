/** How the memos are looked through and which one is read. Kept while another place is shown. */
import { create } from 'zustand'
import type { CoderId, MemoId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { ArgsOf } from '../../shared/contract/index.ts'
import type { MemoRow } from '../../shared/contract/memos.ts'
import type { MemoSubject, MemoType } from '../../shared/memo.ts'
import { newId } from '../ids.ts'
import { useSession } from '../state/session.ts'

export type TypeFilter = MemoType | 'none' | ''
export type KindFilter = MemoSubject['kind'] | ''
export type MemoSort = 'changed' | 'created' | 'title'

export type MemoView = {
  words: string
  type: TypeFilter
  kind: KindFilter
  coderId: CoderId | ''
  sort: MemoSort
  activeId: MemoId | null
  /** A project memo that is begun; it is in the file from its first word on. */
  begunId: MemoId | null
}

const ALL = { words: '', type: '', kind: '', coderId: '' } as const
const START: MemoView = { ...ALL, sort: 'changed', activeId: null, begunId: null }

export const useMemoView = create<MemoView>(() => START)

useSession.subscribe((now, before) => {
  if (now.project?.id !== before.project?.id) useMemoView.setState(START)
})

export const isFiltered = ({ words, type, kind, coderId }: MemoView): boolean =>
  words.trim() !== '' || type !== '' || kind !== '' || coderId !== ''

export const clearFilters = (): void => useMemoView.setState(ALL)

/** Begins a memo on the project; everything is shown, so that it is seen among the others. */
export function beginMemo(): void {
  const id: MemoId = newId()
  useMemoView.setState({ ...ALL, activeId: id, begunId: id })
}

/** More than these are looked through with words. */
export const MOST_MEMOS = 20_000

export function listArgs(coder: CoderId, view: MemoView): ArgsOf<'memos.list'> {
  const words = view.words.trim()
  return {
    codingMemosOf: coder,
    ...(words === '' ? {} : { words }),
    ...(view.type === '' ? {} : { types: [view.type === 'none' ? null : view.type] }),
    ...(view.kind === '' ? {} : { kinds: [view.kind] }),
    ...(view.coderId === '' ? {} : { coderIds: [view.coderId] }),
    offset: 0,
    limit: MOST_MEMOS,
  }
}

/** What a memo is called in a list: its title, else its first words. */
export const nameOfMemo = ({ title, text }: Pick<MemoRow, 'title' | 'text'>): string =>
  title.trim() || (text.trim().split('\n')[0] ?? '') || 'Empty memo'

export function sorted(rows: readonly MemoRow[], sort: MemoSort): readonly MemoRow[] {
  if (sort === 'changed') return rows
  if (sort === 'created') return rows.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
  return rows.toSorted((a, b) => nameOfMemo(a).localeCompare(nameOfMemo(b), 'en-GB', { sensitivity: 'base' }))
}

/** What a memo is about, by name. */
export function nameOfSubject(
  row: Pick<MemoRow, 'about' | 'codeId' | 'noteTitle'>,
  codes: ReadonlyMap<string, CodeRow>,
): string {
  const code = row.codeId === null ? undefined : codes.get(row.codeId)?.name
  switch (row.about.kind) {
    case 'project':
      return 'The project'
    case 'case':
      return row.about.id
    case 'note':
      return row.noteTitle ?? row.about.id
    case 'code':
      return code ?? 'A code'
    case 'coding':
      return `${code ?? 'A code'} in ${row.noteTitle ?? 'a note'}`
  }
}
