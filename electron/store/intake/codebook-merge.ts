/** What the entries of a file or template would do to the codebook, code by code, before anything is done. */
import { Colour } from '../../../shared/contract/basics.ts'
import type { CodebookImportItem } from '../../../shared/contract/codebook.ts'
import type { CodeChanges } from '../../../shared/contract/codes.ts'
import { allCodes } from '../codebook/codes.ts'
import { FIELD_WORDS } from '../codebook/fields.ts'
import { codePaths, PATH_SEPARATOR } from '../codebook/tree.ts'
import { type CodebookEntry, DEFINITION_FIELDS } from '../exchange/codebook/entry.ts'
import type { ReadableDb } from '../file/connection.ts'

/** Fields a file can change; its empty fields never wipe what the project has. */
const TEXT_FIELDS = ['name', ...DEFINITION_FIELDS.map(([field]) => field)] as const

type Known = ReturnType<typeof allCodes>[number]

export type PlannedCode = CodebookImportItem & {
  entry: CodebookEntry
  fields: CodeChanges
  /** The file puts it elsewhere than the project does. */
  isMoved: boolean
  /** The file says it is retired, the project does not. */
  isRetiring: boolean
}

/** Plans entries in their order: parents stand before their children. Codes are matched by id, else by path. */
export function planCodebook(db: ReadableDb, entries: readonly CodebookEntry[]): PlannedCode[] {
  const planner = new Planner(db)
  return entries.map((entry, at) => planner.plan(entry, entry.id ?? `entry ${at + 1}`))
}

class Planner {
  readonly #byId: Map<string, Known>
  readonly #byPath: Map<string, Known>
  readonly #paths: Map<string, string>
  /** Where each entry of the file so far stands in the project: its code if it has one, and its path. */
  readonly #placed = new Map<string, { known: Known | null; path: string }>()
  readonly #taken = new Map<string, string>()

  constructor(db: ReadableDb) {
    const codes = allCodes(db)
    this.#paths = codePaths(codes)
    this.#byId = new Map(codes.map((code) => [code.id.toLowerCase(), code]))
    this.#byPath = new Map(codes.map((code) => [this.#paths.get(code.id) as string, code]))
  }

  plan(entry: CodebookEntry, key: string): PlannedCode {
    const parent = entry.parentId === null ? null : (this.#placed.get(entry.parentId) ?? null)
    const path = parent ? `${parent.path}${PATH_SEPARATOR}${entry.name}` : entry.name
    const byId = entry.id === null ? undefined : this.#byId.get(entry.id.toLowerCase())
    const byPath = this.#byPath.get(path)
    const known = byId ?? byPath ?? null
    this.#placed.set(key, { known, path })
    // A file that knows no parents, or puts a code at the top, does not say that it belongs there.
    const isMoved = known !== null && parent !== null && known.parentId !== (parent.known?.id ?? null)
    const isRetiring = known !== null && entry.isRetired === true && !known.isRetired
    const fields = known ? fieldsOf(known, entry) : {}
    const changes = known ? changesOf(known, fields) : newTexts(entry)
    if (isMoved) changes.push({ field: 'place', now: this.#placeOf(known), inFile: parent.path })
    if (isRetiring) changes.push({ field: 'state', now: 'in use', inFile: 'retired' })
    const conflict = known ? this.#conflict(known, byPath, entry, changes.length > 0) : ''
    if (known && !this.#taken.has(known.id)) this.#taken.set(known.id, entry.name)
    return {
      key,
      parentKey: parent ? entry.parentId : null,
      name: entry.name,
      isFolder: entry.isFolder,
      kind: conflict !== '' ? 'conflict' : known === null ? 'new' : changes.length > 0 ? 'changed' : 'same',
      conflict,
      codeId: known?.id ?? null,
      changes,
      entry,
      fields,
      isMoved,
      isRetiring,
    }
  }

  #placeOf({ parentId }: Known): string {
    return parentId === null ? 'the top level' : (this.#paths.get(parentId) ?? '')
  }

  #conflict(known: Known, byPath: Known | undefined, entry: CodebookEntry, isChanged: boolean): string {
    const other = this.#taken.get(known.id)
    if (other !== undefined) return `“${other}” of the file is this code of the project already.`
    if (byPath && byPath.id !== known.id)
      return `Its id is that of “${known.name}”, but its name and place are those of another code.`
    // Tables rarely say which codes are folders; that matters only where there is something to take.
    if (entry.isFolder !== known.isFolder && (entry.isFolder || isChanged)) {
      const [inFile, here] = entry.isFolder ? ['a folder', 'a code'] : ['a code', 'a folder']
      return `It is ${inFile} in the file and ${here} here. It stays ${here}; only its texts are taken.`
    }
    return ''
  }
}

function fieldsOf(known: Known, entry: CodebookEntry): CodeChanges {
  const fields: CodeChanges = {}
  for (const field of TEXT_FIELDS)
    if (entry[field] !== '' && entry[field] !== known[field]) fields[field] = entry[field]
  const { colour } = entry
  if (colour && colour !== known.colour && Colour.safeParse(colour).success) fields.colour = colour
  return fields
}

const newTexts = (entry: CodebookEntry): CodebookImportItem['changes'] =>
  DEFINITION_FIELDS.flatMap(([field]) =>
    entry[field] === '' ? [] : [{ field: FIELD_WORDS[field], now: '', inFile: entry[field] }],
  )

const changesOf = (known: Known, fields: CodeChanges): CodebookImportItem['changes'] =>
  (Object.keys(fields) as Array<keyof CodeChanges>).map((field) => ({
    field: FIELD_WORDS[field],
    now: String(known[field] ?? ''),
    inFile: String(fields[field]),
  }))
