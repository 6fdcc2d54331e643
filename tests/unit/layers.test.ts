/** The store stands in layers, nothing imports in a circle, and no file is longer than it can be read in one go. */
import { describe, expect, it } from 'vitest'
import { sources } from './sources.ts'

const STORE = 'electron/store/'

/**
 * From the ground up. A room imports rooms below it; of one layer only the aggregates know each other (to merge codes is
 * to move codings) and what is on its way in or out stays apart.
 */
const LAYERS: readonly (readonly string[])[] = [
  ['version.ts', 'exchange'],
  ['file'],
  ['journal'],
  ['settings', 'team', 'notes', 'identifiers', 'memos', 'codebook', 'codings', 'decisions'],
  ['kinds.ts'],
  ['history'],
  ['analysis', 'verify'],
  ['intake', 'reports', 'merging', 'opening.ts'],
  ['project.ts'],
  ['backups', 'sample.ts'],
  ['jobs'],
  ['handlers'],
  ['store.ts', 'make-sample.ts'],
]
const AGGREGATES = LAYERS[3] as readonly string[]

const roomOf = (file: string): string => file.slice(STORE.length).split('/')[0] as string
const layerOf = (file: string): number => LAYERS.findIndex((rooms) => rooms.includes(roomOf(file)))

const imports = new Map(
  sources.map(({ file, imports }) => [
    file,
    imports.filter(({ isOwn }) => isOwn).map(({ target }) => target),
  ]),
)
const inStore = [...imports.keys()].filter((file) => file.startsWith(STORE))

function isAllowed(file: string, target: string): boolean {
  const [own, other] = [roomOf(file), roomOf(target)]
  if (own === other) return true
  if (AGGREGATES.includes(own) && AGGREGATES.includes(other)) return true
  return layerOf(target) < layerOf(file)
}

/** Files that lead back to themselves, each group once (Tarjan, 1972). */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const path: string[] = []
  const visit = (file: string): number => {
    order.set(file, order.size)
    lowest.set(file, order.size - 1)
    path.push(file)
    for (const target of graph.get(file) ?? []) {
      if (!order.has(target)) lowest.set(file, Math.min(lowest.get(file) as number, visit(target)))
      else if (path.includes(target))
        lowest.set(file, Math.min(lowest.get(file) as number, order.get(target) as number))
    }
    if (lowest.get(file) === order.get(file)) {
      const group = path.splice(path.indexOf(file))
      if (group.length > 1) found.push(group.sort())
    }
    return lowest.get(file) as number
  }
  for (const file of graph.keys()) if (!order.has(file)) visit(file)
  return found
}

describe('layers of the store', () => {
  it('every file stands in a room of a layer', () => {
    expect(inStore.length).toBeGreaterThan(100)
    expect(inStore.filter((file) => layerOf(file) === -1)).toEqual([])
  })

  it('a room imports rooms of lower layers alone', () => {
    const upwards = inStore.flatMap((file) =>
      (imports.get(file) ?? [])
        .filter((target) => target.startsWith(STORE) && !isAllowed(file, target))
        .map((target) => `${file} -> ${target}`),
    )
    expect(upwards).toEqual([])
  })

  it('formats know no database', () => {
    const users = inStore.filter(
      (file) =>
        roomOf(file) === 'exchange' &&
        (imports.get(file) ?? []).some(
          (target) =>
            target.startsWith(STORE) && roomOf(target) !== 'exchange' && roomOf(target) !== 'version.ts',
        ),
    )
    expect(users).toEqual([])
  })
})

describe('circles', () => {
  it('finds one where there is one', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', []],
    ])
    expect(circles(graph)).toEqual([['a', 'b', 'c']])
  })

  it('no file leads back to itself, types included', () => {
    expect(circles(imports)).toEqual([])
  })
})

describe('length', () => {
  /** What is read as a table: one line an item. */
  const TABLES: readonly string[] = []
  const MOST_LINES = 400

  it('no file is longer than 400 lines but tables of data', () => {
    const long = sources
      .filter(({ file, text }) => !TABLES.includes(file) && text.split('\n').length - 1 > MOST_LINES)
      .map(({ file, text }) => `${file}: ${text.split('\n').length - 1}`)
    expect(long).toEqual([])
  })
})
