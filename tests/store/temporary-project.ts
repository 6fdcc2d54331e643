/** Real encrypted project files in a folder of their own, removed after each test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterEach } from 'vitest'
import type { NewCode } from '../../electron/store/codes.ts'
import { sha256 } from '../../electron/store/hash.ts'
import { keepStagedTexts, stageTexts } from '../../electron/store/note-texts.ts'
import { Project } from '../../electron/store/project.ts'
import { codePointLength } from '../../shared/offsets.ts'

export const PASSPHRASE = 'correct horse'

const opened: Project[] = []
const folders: string[] = []

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'understory-test-'))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const project of opened.splice(0)) project.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export function makeProject(path = join(temporaryFolder(), 'study.understory')): Project {
  return track(Project.create(path, PASSPHRASE, { title: 'A study' }))
}

export const openProject = (path: string): Project => track(Project.open(path, PASSPHRASE))

function track(project: Project): Project {
  opened.push(project)
  return project
}

export function addNotes(
  project: Project,
  coderId: string,
  notes: Record<string, string>,
  caseId = 'YP1',
): void {
  stageTexts(
    project.db,
    Object.values(notes).map((body) => ({ hash: sha256(body), body })),
  )
  const payload = {
    source: 'a test',
    attributes: [{ name: 'team', of: 'note' as const, kind: 'category' as const }],
    cases: [{ id: caseId, attributes: {} }],
    notes: Object.entries(notes).map(([id, text]) => ({
      id,
      caseId,
      title: id,
      date: null,
      textHash: sha256(text),
      length: text.length,
      characters: codePointLength(text),
      attributes: { team: 'North' },
    })),
  }
  project.changeTogether(coderId, [{ kind: 'notes.import', payload }], () => keepStagedTexts(project.db))
}

export const newCode = (name: string, parentId: string | null = null, id: string = uuid()): NewCode => ({
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
  coderId: string,
  name: string,
  parentId: string | null = null,
): string {
  const code = newCode(name, parentId)
  project.change(coderId, 'codes.add', { source: 'a test', codes: [code] })
  return code.id
}

export function applyCode(
  project: Project,
  coderId: string,
  note: string,
  code: string,
  span: [number, number] | null,
): string {
  const id = uuid()
  project.change(coderId, 'codings.apply', {
    codings: [{ id, note, code, start: span?.[0] ?? null, end: span?.[1] ?? null }],
  })
  return id
}
