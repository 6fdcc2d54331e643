/**
 * Codebooks as a table (CSV or a workbook), to be edited in a spreadsheet and read back.
 *
 * Columns: `name` (the only one required), `path`, `parent`, `id`, `colour`, `definition`, `use_when`,
 * `do_not_use_when`, `example`, `counter_example`, `theme`, `source`, `notes`, `short_label`, and `is_folder` and `is_retired` ("yes" or empty). A path is the names from
 * the top down to the code itself, joined by ` > `; a name that holds ` > ` or starts with a quotation mark stands in
 * quotation marks there, doubled inside. What is written names the parent by id, so it reads back exactly, whatever
 * the names are.
 */
import { CODE_TEXT_FIELDS, CODE_TEXTS } from '../../../../shared/code-fields.ts'
import { Problem } from '../../../../shared/problem.ts'
import { readTable, type SmallTable, toCsv } from '../tables/csv.ts'
import { codebookColumns, namesAndPaths } from './columns.ts'
import {
  type CodebookEntry,
  emptyEntry,
  firstWarnings,
  fitEntry,
  MAX_CODE_DEPTH,
  MAX_CODEBOOK_BYTES,
  MAX_CODES,
  normalColour,
  normalId,
  PlaceIds,
} from './entry.ts'
import { joinPath, splitPath } from './path.ts'

const TEXT_COLUMNS = CODE_TEXT_FIELDS.map((field) => [CODE_TEXTS[field].inFiles, field] as const)

const COLUMNS = [
  'name',
  'path',
  'parent',
  'id',
  'colour',
  ...TEXT_COLUMNS.map(([column]) => column),
  'is_folder',
  'is_retired',
]

/** The codebook as CSV, a row per code in the order of `entries`. */
export function writeCodebookCsv(
  entries: readonly CodebookEntry[],
  { more = NO_MORE, ...options }: { bom?: boolean; more?: MoreColumns } = {},
): string {
  const { columns, rows } = codebookTable(entries, more)
  return toCsv(columns, rows, options)
}

/** Columns after our own, which reading back passes over. */
export type MoreColumns = { columns: readonly string[]; cellsOf(codeId: string | null): readonly string[] }
const NO_MORE: MoreColumns = { columns: [], cellsOf: () => [] }

/** The codebook as columns and rows, for a table of any kind. */
export function codebookTable(
  entries: readonly CodebookEntry[],
  more: MoreColumns = NO_MORE,
): {
  columns: readonly string[]
  rows: Array<Array<string | null>>
} {
  const paths = writtenPaths(entries)
  const rows = entries.map((entry, index) => [
    entry.name,
    paths[index] ?? entry.name,
    entry.parentId,
    entry.id,
    entry.colour,
    ...TEXT_COLUMNS.map(([, field]) => entry[field]),
    entry.isFolder ? 'yes' : '',
    entry.isRetired ? 'yes' : '',
    ...more.cellsOf(entry.id),
  ])
  return { columns: [...COLUMNS, ...more.columns], rows }
}

/**
 * Reads a codebook table; entries come parents first, otherwise in the order of the rows. A row's place is its
 * `parent` (id, name or path of another row), else its `path` (whose last name may be the code's own or left out;
 * steps without a row become folders), else the top.
 * Throws Problem `import-failed` naming the row for a missing name, ids given twice, parents that are not there or
 * could be several, and circles; `too-large` beyond 64 MB or 100,000 codes.
 */
export function readCodebookCsv(bytes: Uint8Array): { entries: CodebookEntry[]; warnings: string[] } {
  if (bytes.byteLength > MAX_CODEBOOK_BYTES) {
    throw new Problem(
      'too-large',
      'The codebook is larger than 64 MB, which no codebook is. Nothing was imported.',
    )
  }
  return readCodebookTable(readTable(bytes, 'The codebook', COLUMNS))
}

/** The same for a table that has been read already. */
export function readCodebookTable(table: SmallTable): { entries: CodebookEntry[]; warnings: string[] } {
  const warnings: string[] = []
  const rows = codeRows(table, warnings)
  if (rows.length > MAX_CODES) {
    throw tooMany()
  }
  const all = placeRows(rows, warnings)
  return { entries: inOrder(all, warnings), warnings: firstWarnings(warnings) }
}

/** Paths longer than this many steps are for nobody's eyes; the column `parent` carries the tree. */
const MAX_WRITTEN_STEPS = 40

function writtenPaths(entries: readonly CodebookEntry[]): string[] {
  const namesOfId = new Map<string, string[]>()
  return entries.map((entry) => {
    const above = entry.parentId === null ? [] : (namesOfId.get(entry.parentId) ?? [])
    const names = [...above, entry.name]
    if (entry.id !== null && names.length <= MAX_WRITTEN_STEPS) namesOfId.set(entry.id, names)
    return joinPath(names)
  })
}

type CodeRow = {
  row: number
  entry: CodebookEntry
  parent: string
  path: string[]
  /** The row it stands under; null at the top, undefined while not known. */
  above: CodeRow | null | undefined
}

function codeRows(table: SmallTable, warnings: string[]): CodeRow[] {
  const columns = codebookColumns(table, COLUMNS)
  warnings.push(...columns.warnings)
  const placed = namesAndPaths(table, columns)
  return table.rows.map(({ row, cells }, index) => {
    const cell = (column: string) => cells[columns.place.get(column) ?? -1] ?? ''
    const { name, path } = placed[index] ?? { name: '', path: [] }
    if (name === '') throw wrongRow(row, 'has no name')
    const entry = emptyEntry(name)
    for (const [column, field] of TEXT_COLUMNS) entry[field] = cell(column)
    entry.colour = normalColour(cell('colour'))
    if (entry.colour === null && cell('colour').trim() !== '') {
      warnings.push(
        `Row ${row} has an invalid colour (${cell('colour').trim().slice(0, 40)}); it was left out.`,
      )
    }
    entry.isFolder = isYes(cell('is_folder'))
    if (isYes(cell('is_retired'))) entry.isRetired = true
    const id = normalId(cell('id'))
    if (id.length > 400) throw wrongRow(row, 'has an id longer than 400 characters')
    entry.id = id === '' ? null : id
    return { row, entry, parent: cell('parent').trim(), path, above: undefined }
  })
}

const isYes = (cell: string): boolean =>
  ['yes', 'y', 'true', '1', 'x', 'folder'].includes(cell.trim().toLowerCase())

/** Finds what each row stands under; the result also holds the folders made for steps of paths without a row. */
function placeRows(rows: CodeRow[], warnings: string[]): CodeRow[] {
  const byId = new Map<string, CodeRow>()
  const byName = new Map<string, CodeRow | 'several'>()
  for (const row of rows) {
    const { id, name } = row.entry
    if (id !== null) {
      const other = byId.get(id)
      if (other) throw wrongRow(row.row, `has the same id as row ${other.row} (${id.slice(0, 60)})`)
      byId.set(id, row)
    }
    byName.set(name, byName.has(name) ? 'several' : row)
  }
  const tree = new PathTree(warnings)
  placeByPath(
    rows.filter((row) => row.parent === ''),
    tree,
  )
  const pending: CodeRow[] = []
  for (const row of rows.filter((one) => one.parent !== '')) {
    const named = byId.get(normalId(row.parent)) ?? byName.get(row.parent)
    if (named !== undefined && named !== 'several') row.above = named
    else pending.push(row)
  }
  placePending(rows, pending, byName, tree)
  const all = [...tree.made, ...rows]
  refuseCircles(all)
  return all
}

type Branch = { row: CodeRow | null; branches: Map<string, Branch> }
const newBranch = (): Branch => ({ row: null, branches: new Map() })

/** Rows by their whole path. */
class PathTree {
  /** Folders for steps that no row has. */
  readonly made: CodeRow[] = []
  readonly root = newBranch()
  readonly #warnings: string[]
  readonly #branchOf = new Map<CodeRow, Branch>()

  constructor(warnings: string[]) {
    this.#warnings = warnings
  }

  /** Enters `row` by name under the row above it, which must be entered; the first of equal paths has the path. */
  enter(row: CodeRow, above: CodeRow | null): void {
    const branch = this.#step(
      above === null ? this.root : (this.#branchOf.get(above) as Branch),
      row.entry.name,
    )
    branch.row ??= row
    this.#branchOf.set(row, branch)
  }

  has = (row: CodeRow): boolean => this.#branchOf.has(row)

  enterAt(path: readonly string[], row: CodeRow): void {
    let branch = this.root
    for (const name of path) branch = this.#step(branch, name)
    branch.row ??= row
    this.#branchOf.set(row, branch)
  }

  find(path: readonly string[]): CodeRow | undefined {
    let branch: Branch | undefined = this.root
    for (const name of path) branch = branch?.branches.get(name)
    return branch?.row ?? undefined
  }

  /** The row of `path`, made as a folder (with those above it) where no row has it; null for the top. */
  findOrMake(path: readonly string[]): CodeRow | null {
    let above: CodeRow | null = null
    let branch = this.root
    for (const [index, name] of path.entries()) {
      branch = this.#step(branch, name)
      if (branch.row === null) {
        branch.row = this.#makeFolder(name, above)
        this.#branchOf.set(branch.row, branch)
        const shown = joinPath(path.slice(Math.max(0, index - 10), index + 1)).slice(0, 200)
        this.#warnings.push(`"${shown}" has no row of its own; it was made as a folder.`)
      }
      above = branch.row
    }
    return above
  }

  #makeFolder(name: string, above: CodeRow | null): CodeRow {
    const folder = { row: 0, entry: { ...emptyEntry(name), isFolder: true }, parent: '', path: [], above }
    this.made.push(folder)
    if (this.made.length > MAX_CODES) throw tooMany()
    return folder
  }

  #step(branch: Branch, name: string): Branch {
    let next = branch.branches.get(name)
    if (next === undefined) {
      next = newBranch()
      branch.branches.set(name, next)
    }
    return next
  }
}

function placeByPath(rows: readonly CodeRow[], tree: PathTree): void {
  const whole = rows.map((row) => {
    if (row.path.length > MAX_CODE_DEPTH) {
      throw wrongRow(row.row, `has a path of more than ${MAX_CODE_DEPTH} steps`)
    }
    // The path may name the code itself at its end or stop at its parent.
    return row.path.at(-1) === row.entry.name ? row.path : [...row.path, row.entry.name]
  })
  for (const [index, row] of rows.entries()) tree.enterAt(whole[index] as string[], row)
  for (const [index, row] of rows.entries()) {
    row.above = tree.findOrMake((whole[index] as string[]).slice(0, -1))
  }
}

/**
 * Parents given by path, which can be looked up once the rows above have found their place. A parent's path of k
 * steps leads only past parents with shorter paths, so taking the shorter first needs one pass.
 */
function placePending(
  rows: readonly CodeRow[],
  pending: readonly CodeRow[],
  byName: ReadonlyMap<string, CodeRow | 'several'>,
  tree: PathTree,
): void {
  const below = new Map<CodeRow, CodeRow[]>()
  for (const row of rows) {
    if (!row.above || tree.has(row)) continue
    const siblings = below.get(row.above)
    if (siblings) siblings.push(row)
    else below.set(row.above, [row])
  }
  const enterBelow = (from: CodeRow) => {
    const stack = [from]
    for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
      for (const child of below.get(row) ?? []) {
        if (tree.has(child)) continue
        tree.enter(child, row)
        stack.push(child)
      }
    }
  }
  for (const row of [...rows, ...tree.made]) if (tree.has(row)) enterBelow(row)
  const byLength = pending
    .map((row) => ({ row, path: splitPath(row.parent) }))
    .sort((a, b) => a.path.length - b.path.length)
  for (const { row, path } of byLength) {
    const above = tree.find(path)
    if (above === undefined) throw unknownParent(row, byName)
    row.above = above
    tree.enter(row, above)
    enterBelow(row)
  }
}

function unknownParent(row: CodeRow, byName: ReadonlyMap<string, CodeRow | 'several'>): Problem {
  const name = `"${row.parent.slice(0, 100)}"`
  return byName.get(row.parent) === 'several'
    ? wrongRow(row.row, `has the parent ${name}, and several rows are called so; give the path or the id`)
    : wrongRow(row.row, `has the parent ${name}, which is no row of the table`)
}

function refuseCircles(rows: readonly CodeRow[]): void {
  const isSafe = new Set<CodeRow>()
  for (const row of rows) {
    const line: CodeRow[] = []
    const seen = new Set<CodeRow>()
    for (let at: CodeRow | null | undefined = row; at && !isSafe.has(at); at = at.above) {
      if (seen.has(at)) throw wrongRow(at.row, 'is inside itself: its parents form a circle')
      seen.add(at)
      line.push(at)
    }
    for (const safe of line) isSafe.add(safe)
  }
}

/** Parents first, otherwise in the order of the rows; ids are filled in on the way down. */
function inOrder(rows: readonly CodeRow[], warnings: string[]): CodebookEntry[] {
  const below = new Map<CodeRow | null, CodeRow[]>()
  for (const row of rows) {
    const siblings = below.get(row.above ?? null)
    if (siblings) siblings.push(row)
    else below.set(row.above ?? null, [row])
  }
  const placeIds = new PlaceIds(new Set(rows.flatMap(({ entry }) => entry.id ?? [])))
  const entries: CodebookEntry[] = []
  const stack = (below.get(null) ?? []).map((row) => ({ row, depth: 1 })).reverse()
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { row, depth } = item
    if (depth > MAX_CODE_DEPTH) throw wrongRow(row.row, `is nested deeper than ${MAX_CODE_DEPTH} levels`)
    const { entry } = row
    entry.parentId = row.above?.entry.id ?? null
    if (entry.id === null) {
      entry.id = placeIds.make(entry.parentId, entry.name)
      entry.isIdDerived = true
    }
    entries.push(fitEntry(entry, warnings))
    const children = below.get(row) ?? []
    for (let i = children.length - 1; i >= 0; i--)
      stack.push({ row: children[i] as CodeRow, depth: depth + 1 })
  }
  return entries
}

const tooMany = () =>
  new Problem('too-large', 'The codebook has more than 100,000 codes. Nothing was imported.')

const wrongRow = (row: number, what: string) =>
  new Problem('import-failed', `Row ${row} of the codebook ${what}. Nothing was imported; correct that row.`)
