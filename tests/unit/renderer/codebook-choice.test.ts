/** Ticks on the codes of a file that is about to be imported. */
import { describe, expect, it } from 'vitest'
import { allTicks, firstTicks, tickStates, toggleBranch } from '../../../renderer/codebook/files/choice.ts'
import type { CodebookImportItem } from '../../../shared/contract/codebook.ts'

const item = (
  key: string,
  parentKey: string | null,
  kind: CodebookImportItem['kind'],
): CodebookImportItem => ({
  key,
  parentKey,
  name: key,
  kind,
  isFolder: false,
  conflict: '',
  codeId: null,
  changes: [],
})

const ITEMS = [
  item('harm', null, 'new'),
  item('hit', 'harm', 'new'),
  item('shout', 'harm', 'new'),
  item('sleep', null, 'same'),
  item('late', 'sleep', 'changed'),
  item('mood', null, 'conflict'),
]

describe('the ticks of an import', () => {
  it('begin with what is certain; all of them leave out what is the same', () => {
    expect([...firstTicks(ITEMS)]).toEqual(['harm', 'hit', 'shout', 'late'])
    expect([...allTicks(ITEMS)]).toEqual(['harm', 'hit', 'shout', 'late', 'mood'])
  })

  it('go over a whole branch, also under a code that is the same', () => {
    const none = new Set<string>()
    const harm = toggleBranch(ITEMS, none, 'harm')
    expect([...harm]).toEqual(['harm', 'hit', 'shout'])
    expect([...toggleBranch(ITEMS, harm, 'harm')]).toEqual([])
    expect([...toggleBranch(ITEMS, none, 'sleep')]).toEqual(['late'])
  })

  it('bring the new folder of a code with it, and say when only some of a branch is ticked', () => {
    const ticks = toggleBranch(ITEMS, new Set<string>(), 'hit')
    expect([...ticks]).toEqual(['hit', 'harm'])
    expect([...tickStates(ITEMS, ticks)].toReversed()).toEqual([
      ['harm', 'some'],
      ['hit', 'all'],
      ['shout', 'none'],
      ['sleep', 'none'],
      ['late', 'none'],
      ['mood', 'none'],
    ])
    expect(tickStates([item('sleep', null, 'same')], ticks).size).toBe(0)
  })
})
