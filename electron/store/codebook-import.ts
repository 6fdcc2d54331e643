/** Takes codebook entries (a template, a file) into the project: what is new, the same, or to be updated. */
import { v7 as uuid } from 'uuid'
import { type CodebookImportReport, type CodeChanges, Colour, type Template } from '../../shared/model.ts'
import { nextColour } from '../../shared/palette.ts'
import { Problem } from '../../shared/problem.ts'
import { codePaths, listCodes, type NewCode, PATH_SEPARATOR } from './codes.ts'
import type { Db } from './database.ts'
import { type CodebookEntry, DEFINITION_FIELDS } from './exchange/codebook-entry.ts'
import { loadTemplate } from './exchange/templates.ts'
import type { AnyChange, Project } from './project.ts'

/** Fields a file can change; its empty fields never wipe what the project has. */
const TEXT_FIELDS = ['name', ...DEFINITION_FIELDS.map(([field]) => field)] as const

type Known = ReturnType<typeof listCodes>[number]

class Merge {
  readonly report: CodebookImportReport = { added: 0, same: 0, updated: 0, warnings: [] }
  readonly added: NewCode[] = []
  readonly updates: Array<{ id: string; fields: CodeChanges }> = []
  readonly #byId: Map<string, Known>
  readonly #byPath: Map<string, Known>
  readonly #colours: Array<string | null>
  /** Where each entry's id in the file ended up in the project, and its path there. */
  readonly #placed = new Map<string, { id: string; path: string }>()

  constructor(db: Db) {
    const codes = listCodes(db)
    const paths = codePaths(codes)
    this.#byId = new Map(codes.map((code) => [code.id.toLowerCase(), code]))
    this.#byPath = new Map(codes.map((code) => [paths.get(code.id) as string, code]))
    this.#colours = codes.map((code) => code.colour)
  }

  take(entry: CodebookEntry): void {
    const parent = entry.parentId === null ? null : (this.#placed.get(entry.parentId) ?? null)
    const path = parent ? `${parent.path}${PATH_SEPARATOR}${entry.name}` : entry.name
    const known = (entry.id && this.#byId.get(entry.id.toLowerCase())) || this.#byPath.get(path)
    const id = known ? known.id : this.#add(entry, parent?.id ?? null)
    if (known) this.#compare(known, entry)
    if (entry.id !== null) this.#placed.set(entry.id, { id, path })
  }

  #add(entry: CodebookEntry, parentId: string | null): string {
    const id = entry.id?.toLowerCase() ?? uuid()
    const colour =
      entry.colour && Colour.safeParse(entry.colour).success ? entry.colour : this.#nextColour(entry)
    this.added.push({
      id,
      parentId,
      name: entry.name,
      colour,
      definition: entry.definition,
      useWhen: entry.useWhen,
      doNotUseWhen: entry.doNotUseWhen,
      example: entry.example,
      counterExample: entry.counterExample,
      theme: entry.theme,
      source: entry.source,
      remarks: entry.remarks,
      shortLabel: entry.shortLabel,
      shortcut: null,
      isFolder: entry.isFolder,
      isRetired: entry.isRetired ?? false,
    })
    this.report.added++
    return id
  }

  #nextColour(entry: CodebookEntry): string | null {
    if (entry.isFolder) return null
    const colour = nextColour(this.#colours)
    this.#colours.push(colour)
    return colour
  }

  #compare(known: Known, entry: CodebookEntry): void {
    const fields: CodeChanges = {}
    for (const field of TEXT_FIELDS) {
      if (entry[field] !== '' && entry[field] !== known[field]) fields[field] = entry[field]
    }
    if (entry.colour && entry.colour !== known.colour && Colour.safeParse(entry.colour).success)
      fields.colour = entry.colour
    if (Object.keys(fields).length === 0) {
      this.report.same++
      return
    }
    this.updates.push({ id: known.id, fields })
    this.report.updated++
  }
}

/** Adds entries as one undoable step. Codes are matched by id, else by path; nothing is ever removed. */
export function importCodebook(
  project: Project,
  coderId: string,
  entries: readonly CodebookEntry[],
  source: string,
  warnings: readonly string[] = [],
): CodebookImportReport {
  if (entries.length === 0) {
    throw new Problem('empty-codebook', `There are no codes in ${source}. Nothing was changed.`)
  }
  const merge = new Merge(project.db)
  // Entries name their parents by id; one without an id can still be a parent by its place in the file.
  for (const entry of entries) merge.take(entry)
  const changes: AnyChange[] = []
  if (merge.added.length > 0) changes.push({ kind: 'codes.add', payload: { source, codes: merge.added } })
  if (merge.updates.length > 0) changes.push({ kind: 'codes.update', payload: { changes: merge.updates } })
  if (changes.length > 0) project.changeTogether(coderId, changes)
  return { ...merge.report, warnings: [...warnings] }
}

export const TEMPLATE_TITLES: Record<Template, string> = {
  safeguarding: 'Safeguarding and adversity',
  'cin-factors': 'Children in Need census factors',
  aces: 'Adverse childhood experiences',
  empty: 'Empty',
}

/** Adds a shipped template; codes the project already has (by id or path) are not added twice. */
export function addTemplate(
  project: Project,
  coderId: string,
  template: Template,
  resourcesFolder: string,
): CodebookImportReport {
  if (template === 'empty') return { added: 0, same: 0, updated: 0, warnings: [] }
  const source = `the template ${TEMPLATE_TITLES[template]}`
  return importCodebook(project, coderId, loadTemplate(resourcesFolder, template), source)
}

/** The codebook as entries for export, in reading order. */
export const codebookEntries = (db: Db): CodebookEntry[] =>
  listCodes(db).map((code) => ({
    id: code.id,
    parentId: code.parentId,
    name: code.name,
    colour: code.colour,
    definition: code.definition,
    useWhen: code.useWhen,
    doNotUseWhen: code.doNotUseWhen,
    example: code.example,
    counterExample: code.counterExample,
    theme: code.theme,
    source: code.source,
    remarks: code.remarks,
    shortLabel: code.shortLabel,
    isFolder: code.isFolder,
    isRetired: code.isRetired,
  }))
