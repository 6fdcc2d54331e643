/** Which column of a code list is what, also in the lists that other programs write in their own words. */
import { listed } from '../../../../shared/listed.ts'
import { visibleName } from '../../../../shared/names.ts'
import { Problem } from '../../../../shared/problem.ts'
import type { SmallTable } from '../tables/csv.ts'
import { splitPath } from './path.ts'

/**
 * What other programs and people call our columns, in English, German, Spanish and French; letters only, without
 * accents, the surest first.
 */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  name: [
    ...[
      'code',
      'codename',
      'nameofcode',
      'codelabel',
      'node',
      'nodename',
      'label',
      'tag',
      'title',
      'category',
    ],
    ...['kode', 'bezeichnung', 'codebezeichnung', 'kategorie'],
    ...['codigo', 'nombre', 'nombredelcodigo', 'etiqueta', 'categoria'],
    ...['nom', 'nomducode', 'libelle', 'intitule', 'categorie', 'etiquette'],
  ],
  definition: [
    ...['codedefinition', 'description', 'codedescription', 'memo', 'codememo', 'comment', 'comments'],
    ...['beschreibung', 'codebeschreibung', 'codedefinition', 'kommentar'],
    ...['definicion', 'descripcion', 'comentario', 'nota'],
    ...['commentaire', 'descriptif'],
  ],
  parent: [
    ...['parentcode', 'parentname', 'parentnode', 'parentcategory', 'supercode', 'parentid'],
    ...['obercode', 'oberkategorie', 'elterncode', 'ubergeordnetercode'],
    ...['padre', 'codigopadre', 'codigosuperior', 'categoriasuperior', 'categoriapadre'],
    ...['codeparent', 'codesuperieur', 'categorieparente'],
  ],
  colour: [
    'color',
    'codecolour',
    'codecolor',
    'farbe',
    'codefarbe',
    'colordelcodigo',
    'couleur',
    'couleurducode',
  ],
  path: [
    ...['codepath', 'fullpath', 'hierarchy', 'hierarchicalname', 'codehierarchy'],
    ...['pfad', 'codepfad', 'hierarchie', 'ruta', 'jerarquia', 'chemin'],
  ],
  id: ['codeid', 'guid', 'codeguid', 'iddelcodigo'],
  use_when: [
    ...['whentouse', 'include', 'inclusion', 'inclusioncriteria'],
    ...['einschlusskriterien', 'criteriosdeinclusion', 'criteresdinclusion'],
  ],
  do_not_use_when: [
    ...['whennottouse', 'exclude', 'exclusion', 'exclusioncriteria'],
    ...['ausschlusskriterien', 'criteriosdeexclusion', 'criteresdexclusion'],
  ],
  example: [
    'examples',
    'typicalexample',
    'beispiel',
    'beispiele',
    'ankerbeispiel',
    'ejemplo',
    'ejemplos',
    'exemple',
    'exemples',
  ],
  notes: ['note', 'remarks', 'notiz', 'notizen', 'notas', 'remarques'],
}

export type CodebookColumns = {
  /** Where each of our columns stands in the table. */
  place: ReadonlyMap<string, number>
  /** True where the names stand under another program's heading, or only in a path. */
  isForeign: boolean
  warnings: string[]
}

/**
 * Finds our columns by their own names, then by the words of others, which is said. `own` are our names.
 * Throws Problem `import-failed` where nothing can be the name of a code, saying what looks like what, or that the
 * first row looks like a code rather than like headings.
 */
export function codebookColumns(table: SmallTable, own: readonly string[]): CodebookColumns {
  const { columns } = table
  const place = new Map<string, number>()
  for (const [index, column] of columns.entries()) {
    const name = column.toLowerCase().replace(/[\s-]+/g, '_')
    if (own.includes(name) && !place.has(name)) place.set(name, index)
  }
  const hadName = place.has('name')
  const guessed = guessOthers(table, place)
  if (!place.has('name') && !place.has('path')) throw noNames(columns, place)
  const known = new Set(place.values())
  return {
    place,
    isForeign: !hadName,
    warnings: [
      ...guessed.map(
        ({ field, column }) => `The column "${shown(column)}" was read as ${FIELD_NAMES[field] ?? field}.`,
      ),
      ...columns.flatMap((column, index) =>
        known.has(index) || column === ''
          ? []
          : [`The column "${shown(column)}" is not one of a codebook and was left out.`],
      ),
    ],
  }
}

/** What a person calls a column of ours. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  name: 'the name of the code',
  definition: 'the definition',
  parent: 'the code above',
  colour: 'the colour',
  path: 'the path',
  id: 'the id',
  use_when: 'when to use',
  do_not_use_when: 'when not to use',
  example: 'the example',
  notes: 'the notes',
}

function guessOthers(
  table: SmallTable,
  place: Map<string, number>,
): Array<{ field: string; column: string }> {
  const guessed: Array<{ field: string; column: string }> = []
  for (const [field, others] of Object.entries(OTHER_WORDS)) {
    if (place.has(field)) continue
    const [index, second] = likeliest(table, field, others, new Set(place.values()))
    if (index === undefined) continue
    if (field === 'name' && second !== undefined) throw twoNames(table.columns, index, second)
    place.set(field, index)
    guessed.push({ field, column: table.columns[index] ?? '' })
  }
  return guessed
}

/** The columns that could be the field, the surest first. A column of numbers names nothing. */
function likeliest(
  { columns, rows }: SmallTable,
  field: string,
  others: readonly string[],
  taken: ReadonlySet<number>,
): number[] {
  const words = columns.map(lettersOf)
  const isNumbered = (index: number) => rows.every(({ cells }) => /^[\s\d.]*$/.test(cells[index] ?? ''))
  return [...columns.keys()]
    .filter((index) => others.includes(words[index] ?? '') && !taken.has(index))
    .filter((index) => field !== 'name' || rows.length === 0 || !isNumbered(index))
    .sort((a, b) => others.indexOf(words[a] ?? '') - others.indexOf(words[b] ?? ''))
}

const twoNames = (columns: readonly string[], one: number, other: number) =>
  new Problem(
    'import-failed',
    `The codebook has no column "name", and both "${shown(columns[one] ?? '')}" and "${shown(columns[other] ?? '')}" look like it. Nothing was imported; call the one that holds the names of the codes "name".`,
  )

const lettersOf = (column: string): string =>
  column
    .normalize('NFD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z]/g, '')

function noNames(columns: readonly string[], place: ReadonlyMap<string, number>): Problem {
  const there = columns.slice(0, 40).map(shown).join(', ')
  if (place.size === 0) {
    return new Problem(
      'import-failed',
      `The codebook has no column "name"; it has ${there}. If that is a code already, there is no row of headings. Nothing was imported; put a row of headings first, with "name" over the names of the codes.`,
    )
  }
  const alike = [...place].map(
    ([field, index]) => `"${shown(columns[index] ?? '')}" looks like ${FIELD_NAMES[field] ?? field}`,
  )
  return new Problem(
    'import-failed',
    `The codebook has no column "name". Nothing was imported; it has ${there}, of which ${listed(alike)}. Call the column that holds the names of the codes "name".`,
  )
}

const shown = (column: string): string => visibleName(column).slice(0, 60)

type Placed = { name: string; path: string[] }

/** The name of each row and the path it stands at; empty where the table says none. */
export const namesAndPaths = (table: SmallTable, { place, isForeign }: CodebookColumns): Placed[] =>
  isForeign ? foreignNames(table, place) : ownNames(table, place)

const ownNames = ({ rows }: SmallTable, place: ReadonlyMap<string, number>): Placed[] =>
  rows.map(({ cells }) => ({
    name: (cells[place.get('name') ?? -1] ?? '').trim(),
    path: splitPath(cells[place.get('path') ?? -1] ?? ''),
  }))

/** In lists of other programs the place of a code stands in its name, or in a path with the name at its end. */
function foreignNames({ rows }: SmallTable, place: ReadonlyMap<string, number>): Placed[] {
  const column = (name: string) => rows.map(({ cells }) => (cells[place.get(name) ?? -1] ?? '').trim())
  const [names, paths] = [column('name'), column('path')]
  if (place.has('path')) {
    const steps = stepsOfOthers(paths, true)
    return paths.map((path, index) => {
      const all = path === '' ? [] : steps(path)
      return { name: names[index] || (all.at(-1) ?? ''), path: all }
    })
  }
  // A column of parents says the place already.
  if (place.has('parent')) return names.map((name) => ({ name, path: [] }))
  const steps = stepsOfOthers(names, false)
  return names.map((name) => {
    const path = name === '' ? [] : steps(name)
    return { name: path.at(-1) ?? '', path }
  })
}

const SEPARATORS = [/\s+>\s+/, /\s*::\s*/, /\s*\\+\s*/] as const
/** What the tree of codes itself is called at the head of every path. */
const ROOTS = new Set(['nodes', 'codes', 'codesystem', 'listofcodes'])

/**
 * The steps that other programs write into one text: "School > Attendance", "School::Attendance", "School\Attendance".
 * A column of paths is made of them. In names the last sign parts only where the list shows that it does: where what
 * stands before it is a code of the list by itself; the first two no name has by chance.
 */
function stepsOfOthers(texts: readonly string[], arePaths: boolean): (text: string) => string[] {
  const all = new Set(texts)
  const used = SEPARATORS.filter(
    (separator, at) => arePaths || at < 2 || texts.some((text) => all.has(beforeLast(text, separator))),
  )
  const split = (text: string) =>
    used.reduce<string[]>((steps, separator) => steps.flatMap((step) => stepsBy(step, separator)), [text])
  const root = lettersOf(split(texts[0] ?? '')[0] ?? '')
  const isBelowRoot = (text: string) => {
    const steps = split(text)
    return steps.length > 1 && lettersOf(steps[0] ?? '') === root
  }
  const hasRoot = ROOTS.has(root) && texts.every(isBelowRoot)
  return (text) => split(text).slice(hasRoot ? 1 : 0)
}

/** What stands before the last step; the text itself is never that. */
function beforeLast(text: string, separator: RegExp): string {
  const steps = stepsBy(text, separator)
  const last = steps.at(-1) ?? ''
  return steps.length < 2 ? '' : text.slice(0, text.lastIndexOf(last)).replace(/[\s\\]+$/, '')
}

function stepsBy(name: string, separator: RegExp): string[] {
  const steps = name.split(separator).map((step) => step.trim())
  return steps.some((step) => step === '') ? [name.trim()] : steps
}
