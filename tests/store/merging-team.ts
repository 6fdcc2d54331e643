/** Laptops of a team, each with a copy of one project: for tests of what becomes of their work when they meet. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { Project } from '../../electron/store/project.ts'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import type { CoderRole } from '../../shared/contract/coders.ts'
import { addCode, addNotes } from './project-content.ts'
import { PASSPHRASE, temporaryFolder } from './temporary-project.ts'

/** The text of the note N1. */
export const TEXT = 'Mum shouted at him again. Police came twice in the night. Home alone.'
/** Where words stand in it. */
export const at = (words: string): [number, number] => [
  TEXT.indexOf(words),
  TEXT.indexOf(words) + words.length,
]

export type Ids = { amara: CoderId; ben: CoderId; neglect: CodeId; violence: CodeId }

const opened: Project[] = []
/** To be called after each test. */
export function closeLaptops(): void {
  for (const project of opened.splice(0)) project.close(false)
}

/** A project that is closed with the others. */
export function tracked(project: Project): Project {
  opened.push(project)
  return project
}

/** Opens the copy of this name as a laptop of its own does. */
export const openOn = (folder: string, name: string): Project =>
  tracked(
    Project.open(join(folder, `${name}.understory`), PASSPHRASE, {
      settingsFolder: join(folder, `settings of ${name}`),
    }),
  )

/** Amara, who leads, and Ben, with two notes and two codes; copies of the project under these names, the first Amara's. */
export function makeCopies(
  names: readonly string[],
  bensRole: CoderRole = 'coder',
): { folder: string } & Ids {
  const folder = temporaryFolder()
  const [first, ...others] = names.map((name) => join(folder, `${name}.understory`)) as [string, ...string[]]
  const ids = {} as Ids
  const made = Project.create(first, PASSPHRASE, { title: 'A study' }, (project) => {
    ids.amara = project.addCoder('Amara').id
    ids.ben = project.addCoder('Ben').id
    if (bensRole !== 'coder') project.change(ids.amara, 'coder.setRole', { id: ids.ben, role: bensRole })
    addNotes(project, ids.amara, { N1: TEXT, N2: 'A settled week at home.' })
    ids.neglect = addCode(project, ids.amara, 'Neglect')
    ids.violence = addCode(project, ids.amara, 'Violence')
  })
  made.compareWithMark({ settingsFolder: join(folder, `settings of ${names[0]}`) })
  made.close(false)
  for (const path of others) copyFileSync(first, path)
  return { folder, ...ids }
}
