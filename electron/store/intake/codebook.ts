/** Takes codebook entries (a template, a file) into the project: all of them, or those that somebody chose. */
import { type CodeId, type CoderId, Colour } from '../../../shared/contract/basics.ts'
import type { CodebookImportPreview, CodebookImportReport } from '../../../shared/contract/codebook.ts'
import type { Template } from '../../../shared/contract/codes.ts'
import { Colours } from '../../../shared/palette.ts'
import { Problem } from '../../../shared/problem.ts'
import { allCodes, type codeChanges } from '../codebook/codes.ts'
import type { codebookEdits } from '../codebook/edits.ts'
import type { NewCode } from '../codebook/fields.ts'
import type { CodebookEntry } from '../exchange/codebook/entry.ts'
import { canSplit, splitNames } from '../exchange/codebook/split.ts'
import { loadTemplate } from '../exchange/codebook/templates.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { sha256 } from '../file/hash.ts'
import { newId } from '../file/new-id.ts'
import type { AnyChange } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import { type PlannedCode, planCodebook } from './codebook-merge.ts'

/** What it changes. */
type Kinds = typeof codeChanges & typeof codebookEdits

/** A codebook as read: from a file or from what the program brings. */
export type ReadCodebook = { name: string; entries: readonly CodebookEntry[]; warnings: readonly string[] }

/** The same codebook with names such as "Harm::Neglect" taken apart. */
export const withSplitNames = (codebook: ReadCodebook): ReadCodebook => ({
  ...codebook,
  entries: splitNames(codebook.entries),
})

const digestOf = (entries: readonly CodebookEntry[]): string => sha256(JSON.stringify(entries))

function assertNotEmpty({ name, entries }: ReadCodebook): void {
  if (entries.length === 0)
    throw new Problem('empty-codebook', `There are no codes in ${name}. Nothing was changed.`)
}

/** What importing it would do, code by code. Throws Problem `empty-codebook`. */
export function previewCodebook(db: ReadableDb, codebook: ReadCodebook): CodebookImportPreview {
  assertNotEmpty(codebook)
  const { name, entries, warnings } = codebook
  const items = planCodebook(db, entries).map(
    ({ entry: _entry, fields: _fields, isMoved: _isMoved, isRetiring: _isRetiring, ...item }) => item,
  )
  return {
    source: name,
    digest: digestOf(entries),
    items,
    canSplit: canSplit(entries),
    warnings: [...warnings],
  }
}

/**
 * Adds and changes codes as one undoable step; nothing is ever removed. `take` names those to take by their keys in the
 * preview, null takes all. Throws Problem `empty-codebook`, and `conflict` where the file is not the one of `digest`.
 */
export function importCodebook(
  project: Changes<Kinds>,
  coderId: CoderId,
  codebook: ReadCodebook,
  { take, digest }: { take: readonly string[] | null; digest: string | null } = { take: null, digest: null },
): CodebookImportReport {
  assertNotEmpty(codebook)
  const { name, entries, warnings } = codebook
  if (digest !== null && digest !== digestOf(entries))
    throw new Problem(
      'conflict',
      `${name} has changed since it was shown. Nothing was changed; look at it again.`,
    )
  const plan = planCodebook(project.db, entries)
  const chosen = take === null ? null : new Set(take)
  const taken = chosen === null ? plan : plan.filter(({ key }) => chosen.has(key))
  const { added, changes } = changesFor(project.db, plan, taken, name)
  if (changes.length > 0) project.changeTogether(coderId, changes)
  const updated = taken.filter(({ codeId, changes: fields }) => codeId !== null && fields.length > 0).length
  return { added, same: taken.length - added - updated, updated, warnings: [...warnings] }
}

function changesFor(
  db: ReadableDb,
  plan: readonly PlannedCode[],
  taken: readonly PlannedCode[],
  source: string,
): { added: number; changes: AnyChange<Kinds>[] } {
  const placeOf = places(plan, taken)
  const codes = newCodes(db, taken, placeOf)
  const updates = taken.flatMap(({ codeId, fields }) =>
    codeId !== null && Object.keys(fields).length > 0 ? [{ id: codeId, fields }] : [],
  )
  const moves = taken.flatMap(({ codeId, isMoved, parentKey }) =>
    codeId !== null && isMoved
      ? [{ id: codeId, parentId: placeOf(parentKey), position: Number.MAX_SAFE_INTEGER }]
      : [],
  )
  const retired = taken.filter(({ isRetiring }) => isRetiring)
  const changes: AnyChange<Kinds>[] = []
  if (codes.length > 0) changes.push({ kind: 'codes.add', payload: { source, codes } })
  if (updates.length > 0) changes.push({ kind: 'codes.update', payload: { changes: updates } })
  if (moves.length > 0) changes.push({ kind: 'codes.arrange', payload: { how: 'move', moves } })
  const ids = retired.flatMap(({ codeId }) => codeId ?? [])
  if (ids.length > 0) changes.push({ kind: 'codes.setRetired', payload: { ids, isRetired: true } })
  return { added: codes.length, changes }
}

/** What a file calls a code, as its id; `codes.add` looks at it. */
const ofFile = (id: string) => id.toLowerCase() as CodeId

/** The id a parent has in the project; where a new parent is not taken, that of the nearest one above it. */
function places(plan: readonly PlannedCode[], taken: readonly PlannedCode[]) {
  const byKey = new Map(plan.map((item) => [item.key, item]))
  const newIds = new Map(
    taken
      .filter(({ codeId }) => codeId === null)
      .map(({ key, entry }): [string, CodeId] => [key, entry.id === null ? newId() : ofFile(entry.id)]),
  )
  return (key: string | null): CodeId | null => {
    for (let at = key; at !== null; at = byKey.get(at)?.parentKey ?? null) {
      const id = byKey.get(at)?.codeId ?? newIds.get(at)
      if (id) return id
    }
    return null
  }
}

function newCodes(
  db: ReadableDb,
  taken: readonly PlannedCode[],
  placeOf: (key: string | null) => CodeId | null,
): NewCode[] {
  const colours = new Colours(allCodes(db))
  const colourFor = ({ colour, isFolder }: CodebookEntry, parentId: CodeId | null): string | null => {
    if (colour && Colour.safeParse(colour).success) return colour
    return isFolder ? null : colours.next(parentId)
  }
  return taken.flatMap(({ codeId, key, parentKey, entry }) => {
    if (codeId !== null) return []
    const { isIdDerived: _isIdDerived, ...fields } = entry
    const place = { id: sure(placeOf(key) ?? undefined), parentId: placeOf(parentKey) }
    const colour = colourFor(entry, place.parentId)
    colours.add({ ...place, colour })
    return [{ ...fields, ...place, colour, shortcut: null, isRetired: entry.isRetired ?? false }]
  })
}

export const TEMPLATE_TITLES: Record<Template, string> = {
  safeguarding: 'Safeguarding and adversity',
  'cin-factors': 'Children in Need census factors',
  aces: 'Adverse childhood experiences',
  'aces-expanded': 'Expanded adverse childhood experiences',
  referral: 'Referral to CAMHS',
  empty: 'Empty',
}

/** A template as it would be read from a file; of the census factors those in force in `year`. */
export const readTemplate = (
  resourcesFolder: string,
  template: Template,
  year: number | null = null,
): ReadCodebook => ({
  name: `the template ${TEMPLATE_TITLES[template]}`,
  entries: loadTemplate(resourcesFolder, template, year),
  warnings: [],
})

/** Adds a whole template; codes the project already has (by id or path) are not added twice. */
export function addTemplate(
  project: Changes<Kinds>,
  coderId: CoderId,
  template: Template,
  resourcesFolder: string,
): CodebookImportReport {
  if (template === 'empty') return { added: 0, same: 0, updated: 0, warnings: [] }
  return importCodebook(project, coderId, readTemplate(resourcesFolder, template))
}
