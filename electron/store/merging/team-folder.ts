/**
 * A folder that the laptops of a team share, such as one on a trust's drive. Each writes files of its own alone, whole or
 * not at all, one for each person whose laptop is known and for their keys alone, and takes in what the others wrote. It
 * takes no lock, and meets what is half copied, doubled, missing or strange with a sentence.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { MergeReport } from '../../../shared/contract/merging.ts'
import { asProblem, type ProblemCode } from '../../../shared/problem.ts'
import { sha256 } from '../file/hash.ts'
import { headOf } from '../file/journal-head.ts'
import { readLocal, writeLocal } from '../file/values.ts'
import { writeFileAtomically } from '../file/written-file.ts'
import type { Journal } from '../journal/journal.ts'
import { listPeople } from '../team/coders.ts'
import { joinedFor, keepIdentity, newAgeKeys, ownIdentities, recipientsOf } from '../team/laptops.ts'
import { type MergeOptions, type Merging, mergePackage } from './merge.ts'
import { isPackage, makePackage, openPackage } from './package.ts'

/** What became of a file that somebody else wrote. */
export type FolderFile = { file: string } & (MergeReport | { error: ProblemCode; sentence: string })

export type FolderReport = {
  /** Files written now: what was there already is not written again. */
  written: number
  /** People whose laptops have not shown a key yet: they begin with a package. */
  waiting: string[]
  /** What could not be written, and why; null where everything was. */
  unwritten: string | null
  files: FolderFile[]
  /** Files that are for other people. */
  others: number
}

type Sharing = Merging & { readonly journal: Pick<Journal, 'replica'> }

const ENDING = '.age'
const tag = (id: string): string => sha256(id).slice(0, 12)
/** What the names of the files of one copy begin with. */
const prefixOf = (replica: string): string => `understory-${tag(replica)}-`

/** Before the tag of a person: how far the journal was when something was last written for them. */
export const SENT = 'folder-sent.'

/** Takes in what is new there first, so that what is written knows of it. */
export async function meetInFolder(
  project: Sharing,
  folder: string,
  options: MergeOptions = {},
): Promise<FolderReport> {
  const taken = await takeFrom(project, folder, options)
  const given = await writeInto(project, folder)
  return { ...given, ...taken }
}

async function takeFrom(
  project: Sharing,
  folder: string,
  options: MergeOptions,
): Promise<Pick<FolderReport, 'files' | 'others'>> {
  const own = prefixOf(project.journal.replica)
  const files: FolderFile[] = []
  let others = 0
  for (const file of filesIn(folder).filter((name) => !name.startsWith(own))) {
    try {
      const path = join(folder, file)
      if (!isPackage(path)) continue
      const content = await openPackage(path, project.db, null)
      files.push({ file, ...mergePackage(project, content, file, options) })
    } catch (error) {
      const { code, message } = asProblem(error)
      if (code === 'wrong-passphrase') others++
      else files.push({ file, error: code, sentence: message })
    }
  }
  return { files, others }
}

/** Also those that a drive has doubled, as “name (1)”; none of a folder that is not there today. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ENDING))
      .sort()
  } catch {
    return []
  }
}

async function writeInto(
  project: Sharing,
  folder: string,
): Promise<Pick<FolderReport, 'written' | 'waiting' | 'unwritten'>> {
  const { db, journal } = project
  await showKey(project)
  const mine = joinedFor(db)
  const people = listPeople(db).filter(({ id, role }) =>
    mine === null ? true : role === 'lead' && id !== mine,
  )
  const known = people.filter(({ id }) => recipientsOf(db, id).length > 0)
  const waiting = people.filter(({ id }) => !known.some((each) => each.id === id)).map(({ name }) => name)
  let written = 0
  try {
    for (const { id } of known) {
      const name = `${prefixOf(journal.replica)}${tag(id)}${ENDING}`
      const state = sha256(JSON.stringify([headOf(db)?.hash, recipientsOf(db, id)]))
      if (readLocal(db, SENT + tag(id)) === state && filesIn(folder).includes(name)) continue
      // It goes to keys alone: there is no passphrase that opens it.
      const { file, sent } = await makePackage(project, { receiver: id, hasTexts: null, passphrase: '' })
      await writeFileAtomically(join(folder, name), ENDING, file)
      sent()
      writeLocal(db, SENT + tag(id), state)
      written++
    }
  } catch (error) {
    return { written, waiting, unwritten: asProblem(error).message }
  }
  return { written, waiting, unwritten: null }
}

/** A copy that did not begin with a package is a lead's: it shows its key before anything is written for it. */
async function showKey(project: Sharing): Promise<void> {
  const { db, journal } = project
  if (ownIdentities(db).length > 0) return
  const lead = listPeople(db).find(({ role }) => role === 'lead')
  if (!lead) return
  const { identity, recipient } = await newAgeKeys()
  keepIdentity(db, journal.replica, identity)
  project.change(lead.id, 'laptop.add', { coder: lead.id, recipient })
}
