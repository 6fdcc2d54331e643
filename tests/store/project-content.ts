/** Notes, codes and codings for tests and benchmarks, made through the journal like a person's own. */
import type { NewCode } from '../../electron/store/codebook/fields.ts'
import type { ReadableDb } from '../../electron/store/file/connection.ts'
import { sha256 } from '../../electron/store/file/hash.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { type AttributeRef, noteOrder, noteRows } from '../../electron/store/notes/list.ts'
import { keepStagedTexts, stageTexts } from '../../electron/store/notes/texts.ts'
import type { Project } from '../../electron/store/project.ts'
import type { CodeId, CoderId, CodingId } from '../../shared/contract/basics.ts'
import type { NoteFilter, NoteRow, NoteSort } from '../../shared/contract/notes.ts'
import type { RetrievalQuery } from '../../shared/contract/retrieval.ts'
import { codePointLength } from '../../shared/offsets.ts'

/** Every coding of every code by whoever coded first hand, codes below others not counted in. */
export const EVERYTHING: RetrievalQuery = {
  codeIds: [],
  includeChildren: false,
  relation: 'any',
  otherIds: [],
  distance: 0,
  withoutIds: [],
  coderIds: null,
  qualifiers: {},
  includeWholeNotes: true,
  filter: {},
}

export function addNotes(
  project: Project,
  coderId: CoderId,
  notes: Record<string, string>,
  caseId: string | null = 'YP1',
  /** An untitled note has its id for a title, and a window calls it by its first words. */
  titleOf = (id: string) => id,
): void {
  stageTexts(
    project.db,
    Object.values(notes).map((body) => ({ hash: sha256(body), body })),
  )
  const payload = {
    source: 'a test',
    attributes: [{ name: 'team', of: 'note' as const, kind: 'category' as const }],
    cases: caseId === null ? [] : [{ id: caseId, attributes: {} }],
    notes: Object.entries(notes).map(([id, text]) => ({
      id,
      caseId,
      title: titleOf(id),
      date: null,
      textHash: sha256(text),
      length: text.length,
      characters: codePointLength(text),
      attributes: { team: 'North' },
    })),
  }
  project.changeTogether(coderId, [{ kind: 'notes.import', payload }], () =>
    keepStagedTexts(project.db, Object.values(notes).map(sha256)),
  )
}

export const newCode = (name: string, parentId: CodeId | null = null, id: CodeId = newId()): NewCode => ({
  id,
  parentId,
  name,
  colour: '#67aaed',
  definition: '',
  useWhen: '',
  doNotUseWhen: '',
  example: '',
  source: '',
  shortcut: null,
  isFolder: false,
  isRetired: false,
})

export function addCode(
  project: Project,
  coderId: CoderId,
  name: string,
  parentId: CodeId | null = null,
): CodeId {
  const code = newCode(name, parentId)
  project.change(coderId, 'codes.add', { source: 'a test', codes: [code] })
  return code.id
}

export function applyCode(
  project: Project,
  coderId: CoderId,
  note: string,
  code: CodeId,
  span: [number, number] | null,
): CodingId {
  const id: CodingId = newId()
  project.change(coderId, 'codings.apply', {
    codings: [{ id, note, code, start: span?.[0] ?? null, end: span?.[1] ?? null }],
  })
  return id
}

/** The note list as a screen shows it, all of its rows. */
export const listNotes = (
  db: ReadableDb,
  coderId: CoderId,
  filter?: NoteFilter,
  sort?: NoteSort,
  columns?: readonly AttributeRef[],
  query?: string,
): NoteRow[] => noteRows(db, coderId, [...noteOrder(db, { coderId, filter, sort, query })], columns)
