import { beforeEach, describe, expect, it } from 'vitest'
import {
  clearFilters,
  columnIdOf,
  filterByValues,
  isFiltered,
  nextSort,
  orderArgs,
  useNoteView,
} from '../../../renderer/library/note-view.ts'
import type { Attribute } from '../../../shared/contract/notes.ts'
import { coderId } from '../../ids.ts'

const TEAM: Attribute = { of: 'note', name: 'team', kind: 'category' }
const TEAM_OF_CASE: Attribute = { of: 'case', name: 'team', kind: 'category' }
const KNOWN = [TEAM, TEAM_OF_CASE]

const view = () => useNoteView.getState()
const args = () => orderArgs(coderId('me'), view(), KNOWN)

beforeEach(() => useNoteView.setState({ ...useNoteView.getInitialState() }))

describe('what the notes table asks for', () => {
  it('is the plain order, which other places share, while nothing is filtered', () => {
    useNoteView.setState({ query: '  ' })
    expect(args()).toEqual({ coderId: 'me' })
  })

  it('combines the words, all filters and the sort', () => {
    useNoteView.setState({
      query: ' mum ',
      status: 'finished',
      caseId: 'YP1',
      sort: { column: columnIdOf(TEAM), isDown: true },
    })
    filterByValues(TEAM, ['North', null])
    expect(args()).toEqual({
      coderId: 'me',
      query: 'mum',
      filter: {
        status: 'finished',
        caseId: 'YP1',
        attributes: [{ of: 'note', name: 'team', values: ['North', null] }],
      },
      sort: { by: 'attribute', attribute: { of: 'note', name: 'team' }, descending: true },
    })
  })

  it('forgets an attribute that is not there any more', () => {
    const gone = { of: 'note', name: 'gone' } as const
    filterByValues(gone, ['x'])
    useNoteView.setState({ sort: { column: columnIdOf(gone), isDown: false } })
    expect(args()).toEqual({ coderId: 'me' })
  })

  it('keeps attributes of note and case apart, and drops a filter without values', () => {
    filterByValues(TEAM, ['North'])
    filterByValues(TEAM_OF_CASE, ['South'])
    filterByValues(TEAM, [])
    expect(view().attributes).toEqual([{ of: 'case', name: 'team', values: ['South'] }])
    expect(isFiltered(view())).toBe(true)
    clearFilters()
    expect(isFiltered(view())).toBe(false)
  })
})

describe('sorting', () => {
  it('goes up, down and back to the order of the files; figures begin with the largest', () => {
    const up = nextSort(null, 'title', false)
    expect(up).toEqual({ column: 'title', isDown: false })
    expect(nextSort(up, 'title', false)).toEqual({ column: 'title', isDown: true })
    expect(nextSort({ column: 'title', isDown: true }, 'title', false)).toBeNull()
    expect(nextSort(up, 'length', true)).toEqual({ column: 'length', isDown: true })
  })
})
