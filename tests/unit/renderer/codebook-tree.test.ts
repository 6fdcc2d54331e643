/** The codebook as a tree: what of it is shown, in which order, and where codes go when they are moved. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arranging, dropped, sortedInside, step, topsOf } from '../../../renderer/codebook/moves.ts'
import { found, ordered, searchable } from '../../../renderer/codebook/order.ts'
import { keepWithParents, pathOf, withColours } from '../../../renderer/codes/codes.ts'
import { flatten } from '../../../renderer/ui/Tree.tsx'
import type { CodeId } from '../../../shared/contract/basics.ts'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import { codeId } from '../../ids.ts'
import { codeRow as code } from './code-rows.ts'

const book = [
  code(codeId('harm'), null, { isFolder: true, colour: '#67aaed', num: 1 }),
  code(codeId('neglect'), codeId('harm'), { codings: 2, num: 2 }),
  code(codeId('abuse'), codeId('harm'), { colour: '#e48393', codings: 5, num: 5 }),
  code(codeId('need'), null, { isFolder: true, num: 3 }),
  code(codeId('sleep'), codeId('need'), { num: 4 }),
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
    expect(flatten(book, chosenOf('harm')).map((row) => row.node.id)).toEqual(['harm', 'need', 'sleep'])
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

const chosenOf = (...ids: string[]) => new Set(ids.map(codeId))

describe('moving codes', () => {
  const four = [
    code(codeId('a'), null),
    code(codeId('b'), null),
    code(codeId('c'), null),
    code(codeId('d'), null),
    code(codeId('e'), codeId('d')),
  ]
  const move = (direction: Parameters<typeof step>[0], ...ids: CodeId[]) =>
    arranged(four, step(direction, new Set(ids), four))

  it('moves one or several a step, and not where there is no place', () => {
    expect(step('up', chosenOf('a', 'b'), four)).toBeNull()
    expect(move('up', codeId('b'), codeId('c'))).toBe('b c a d(e)')
    expect(move('down', codeId('a'), codeId('b'))).toBe('c a b d(e)')
    expect(move('down', codeId('a'), codeId('c'))).toBe('b a d(e) c')
    expect(move('in', codeId('b'), codeId('c'))).toBe('a(b c) d(e)')
    expect(move('out', codeId('e'))).toBe('a b c d e')
    expect(step('out', chosenOf('a'), four)).toBeNull()
    expect(step('in', chosenOf('a', 'b'), four)).toBeNull()
  })

  it('takes what lies inside a chosen code along with it, once', () => {
    expect(topsOf(chosenOf('e', 'd', 'a'), four).map(({ id }) => id)).toEqual(['a', 'd'])
    expect(move('up', codeId('d'), codeId('e'))).toBe('a b d(e) c')
  })

  it('drops several codes together, in their order, and never inside one of themselves', () => {
    const drop = (where: 'before' | 'inside' | 'after', target: CodeId, ...ids: CodeId[]) =>
      arranged(four, dropped({ id: ids[0] as CodeId, target, where }, new Set(ids), four))
    expect(drop('inside', codeId('d'), codeId('a'), codeId('c'))).toBe('b d(e a c)')
    expect(drop('before', codeId('e'), codeId('c'), codeId('a'))).toBe('b d(a c e)')
    expect(drop('after', codeId('a'), codeId('b'), codeId('d'))).toBe('a b d(e) c')
    expect(dropped({ id: codeId('d'), target: codeId('e'), where: 'inside' }, chosenOf('d'), four)).toBeNull()
    expect(dropped({ id: codeId('d'), target: codeId('d'), where: 'after' }, chosenOf('d'), four)).toBeNull()
  })

  it('makes A to Z the own order, where it is not yet', () => {
    expect(arranged(book, sortedInside(codeId('harm'), book))).toBe('harm(abuse neglect) need(sleep)')
    expect(sortedInside(codeId('need'), book)).toBeNull()
  })

  it('loses no code and makes no ring, whatever is chosen and wherever it goes', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(codeId)
    const trees = fc
      .tuple(...names.map((_, at) => fc.integer({ min: -1, max: at - 1 })))
      .map((parents) =>
        names.map((name, at) =>
          code(name, (parents[at] as number) < 0 ? null : (names[parents[at] as number] as CodeId)),
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
            dropped({ id: ids[0] as CodeId, target, where }, chosen, codes),
          ]) {
            const written = arranged(codes, result)
            expect(written.replace(/[() ]/g, '').split('').sort().join('')).toBe('abcdefg')
          }
        },
      ),
    )
  })
})
