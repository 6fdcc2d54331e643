/** The codebook as a tree: what of it is shown, in which order, and where codes go when they are moved. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arranging, dropped, sortedInside, step, topsOf } from '../../../renderer/codebook/moves.ts'
import { found, ordered, searchable } from '../../../renderer/codebook/order.ts'
import { keepWithParents, pathOf, withColours } from '../../../renderer/codes/codes.ts'
import { flatten } from '../../../renderer/ui/Tree.tsx'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import { codeRow as code } from './code-rows.ts'

const book = [
  code('harm', null, { isFolder: true, colour: '#67aaed', num: 1 }),
  code('neglect', 'harm', { codings: 2, num: 2 }),
  code('abuse', 'harm', { colour: '#e48393', codings: 5, num: 5 }),
  code('need', null, { isFolder: true, num: 3 }),
  code('sleep', 'need', { num: 4 }),
]

/** What the store does with the moves, one after the other. */
function arranged(codes: readonly CodeRow[], arranging: Arranging | null): string {
  const parents = new Map(codes.map(({ id, parentId }) => [id, parentId]))
  let order = codes.map(({ id }) => id)
  const inside = (parent: string | null) => order.filter((id) => parents.get(id) === parent)
  for (const { id, parentId, position } of arranging?.moves ?? []) {
    parents.set(id, parentId)
    const siblings = inside(parentId).filter((other) => other !== id)
    siblings.splice(Math.min(position, siblings.length), 0, id)
    order = [...order.filter((other) => !siblings.includes(other)), ...siblings]
  }
  const write = (parent: string | null): string =>
    inside(parent)
      .map((id) => (inside(id).length > 0 ? `${id}(${write(id)})` : id))
      .join(' ')
  return write(null)
}

describe('what the tree shows', () => {
  it('shows children under their parents and hides what is closed', () => {
    expect(flatten(book, new Set()).map((row) => [row.node.id, row.depth])).toEqual([
      ['harm', 0],
      ['neglect', 1],
      ['abuse', 1],
      ['need', 0],
      ['sleep', 1],
    ])
    expect(flatten(book, new Set(['harm'])).map((row) => row.node.id)).toEqual(['harm', 'need', 'sleep'])
  })

  it('keeps the way down to what a filter finds', () => {
    expect(keepWithParents(book, (other) => other.id === 'sleep').map((other) => other.id)).toEqual([
      'need',
      'sleep',
    ])
    expect(pathOf(book[1] as CodeRow, new Map(book.map((other) => [other.id, other])))).toBe('harm')
    expect(found(book, 'slp', searchable(book)).map(({ id }) => id)).toEqual(['need', 'sleep'])
    expect(found(book, ' ', searchable(book))).toBe(book)
  })

  it('paints a code without a colour like its group', () => {
    const colours = withColours(book).map((other) => other.colour)
    expect(colours).toEqual(['#67aaed', '#67aaed', '#e48393', null, null])
  })

  it('stands in another order for looking, each code still under its parent', () => {
    const rows = (order: Parameters<typeof ordered>[1]) =>
      flatten(ordered(book, order), new Set()).map(({ node }) => node.id)
    expect(rows('own')).toEqual(['harm', 'neglect', 'abuse', 'need', 'sleep'])
    expect(rows('name')).toEqual(['harm', 'abuse', 'neglect', 'need', 'sleep'])
    expect(rows('used')).toEqual(['harm', 'abuse', 'neglect', 'need', 'sleep'])
    expect(rows('newest')).toEqual(['need', 'sleep', 'harm', 'abuse', 'neglect'])
  })
})

describe('moving codes', () => {
  const four = [code('a', null), code('b', null), code('c', null), code('d', null), code('e', 'd')]
  const move = (direction: Parameters<typeof step>[0], ...ids: string[]) =>
    arranged(four, step(direction, new Set(ids), four))

  it('moves one or several a step, and not where there is no place', () => {
    expect(step('up', new Set(['a', 'b']), four)).toBeNull()
    expect(move('up', 'b', 'c')).toBe('b c a d(e)')
    expect(move('down', 'a', 'b')).toBe('c a b d(e)')
    expect(move('down', 'a', 'c')).toBe('b a d(e) c')
    expect(move('in', 'b', 'c')).toBe('a(b c) d(e)')
    expect(move('out', 'e')).toBe('a b c d e')
    expect(step('out', new Set(['a']), four)).toBeNull()
    expect(step('in', new Set(['a', 'b']), four)).toBeNull()
  })

  it('takes what lies inside a chosen code along with it, once', () => {
    expect(topsOf(new Set(['e', 'd', 'a']), four).map(({ id }) => id)).toEqual(['a', 'd'])
    expect(move('up', 'd', 'e')).toBe('a b d(e) c')
  })

  it('drops several codes together, in their order, and never inside one of themselves', () => {
    const drop = (where: 'before' | 'inside' | 'after', target: string, ...ids: string[]) =>
      arranged(four, dropped({ id: ids[0] as string, target, where }, new Set(ids), four))
    expect(drop('inside', 'd', 'a', 'c')).toBe('b d(e a c)')
    expect(drop('before', 'e', 'c', 'a')).toBe('b d(a c e)')
    expect(drop('after', 'a', 'b', 'd')).toBe('a b d(e) c')
    expect(dropped({ id: 'd', target: 'e', where: 'inside' }, new Set(['d']), four)).toBeNull()
    expect(dropped({ id: 'd', target: 'd', where: 'after' }, new Set(['d']), four)).toBeNull()
  })

  it('makes A to Z the own order, where it is not yet', () => {
    expect(arranged(book, sortedInside('harm', book))).toBe('harm(abuse neglect) need(sleep)')
    expect(sortedInside('need', book)).toBeNull()
  })

  it('loses no code and makes no ring, whatever is chosen and wherever it goes', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const trees = fc
      .tuple(...names.map((_, at) => fc.integer({ min: -1, max: at - 1 })))
      .map((parents) =>
        names.map((name, at) =>
          code(name, (parents[at] as number) < 0 ? null : (names[parents[at] as number] as string)),
        ),
      )
    fc.assert(
      fc.property(
        trees,
        fc.subarray(names, { minLength: 1 }),
        fc.constantFrom('up' as const, 'down' as const, 'in' as const, 'out' as const),
        fc.constantFrom(...names),
        fc.constantFrom('before' as const, 'inside' as const, 'after' as const),
        (codes, ids, direction, target, where) => {
          const chosen = new Set(ids)
          for (const result of [
            step(direction, chosen, codes),
            dropped({ id: ids[0] as string, target, where }, chosen, codes),
          ]) {
            const written = arranged(codes, result)
            expect(written.replace(/[() ]/g, '').split('').sort().join('')).toBe('abcdefg')
          }
        },
      ),
    )
  })
})
