import { describe, expect, it } from 'vitest'
import { canSplit, splitNames } from '../../../electron/store/exchange/codebook/split.ts'
import { entry, uuid } from './codebooks.ts'

const placed = (names: string[]) => {
  const entries = splitNames(names.map((name) => entry(name)))
  const nameOf = new Map(entries.map(({ id, name }) => [id, name]))
  return entries.map(({ name, parentId, isFolder }) => [
    name,
    parentId === null ? null : nameOf.get(parentId),
    isFolder,
  ])
}

describe('names that say their place', () => {
  it('are put there, under the code they speak of or a new folder, whatever the order of the file', () => {
    expect(
      placed(['Drinks::Coke::diet Coke', 'Drinks::Coke', 'Food \\ Bread', 'Harm > Neglect', 'Sleep']),
    ).toEqual([
      ['Drinks', null, true],
      ['Coke', 'Drinks', false],
      ['diet Coke', 'Coke', false],
      ['Food', null, true],
      ['Bread', 'Food', false],
      ['Harm', null, true],
      ['Neglect', 'Harm', false],
      ['Sleep', null, false],
    ])
  })

  it('keep their ids, and go on from where their parent stands', () => {
    const entries = splitNames([
      entry('Harm', { isFolder: true }),
      entry('Hit::By father', { parentId: uuid('Harm') }),
    ])
    expect(entries.map(({ name }) => name)).toEqual(['Harm', 'Hit', 'By father'])
    expect(entries[1]).toMatchObject({ parentId: uuid('Harm'), isFolder: true })
    expect(entries[2]).toMatchObject({ id: uuid('Hit::By father'), parentId: entries[1]?.id })
    expect(splitNames(entries)).toEqual(entries)
  })

  it('are told from names that only look like it', () => {
    expect(canSplit(['a > b', 'x'].map((name) => entry(name)))).toBe(true)
    expect(canSplit(['> x', 'y >', 'a>b', '::', 'std::', 'x'].map((name) => entry(name)))).toBe(false)
  })
})
