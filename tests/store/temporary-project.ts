/** Real encrypted project files in a folder of their own, removed after each test (`tidy.ts`). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Project } from '../../electron/store/project.ts'

export const PASSPHRASE = 'correct horse'

const opened: Project[] = []
const folders: string[] = []

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'understory-test-'))
  folders.push(folder)
  return folder
}

export function removeTemporary(): void {
  for (const project of opened.splice(0)) project.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export function makeProject(path = join(temporaryFolder(), 'study.understory')): Project {
  return track(Project.create(path, PASSPHRASE, { title: 'A study' }))
}

export const openProject = (path: string): Project => track(Project.open(path, PASSPHRASE))

function track(project: Project): Project {
  opened.push(project)
  return project
}
