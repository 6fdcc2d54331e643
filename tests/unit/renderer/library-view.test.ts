import { beforeEach, describe, expect, it } from 'vitest'
import {
  clearFilters,
  columnIdOf,
  filterByValues,
  isFiltered,
  listArgs,
  nextSort,
  sortedHere,
  useNoteView,
} from '../../../renderer/library/note-view.ts'
import type { Attribute, NoteRow } from '../../../shared/model.ts'

const TEAM: Attribute = { of: 'note', name: 'team', kind: 'category' }
const TEAM_OF_CASE: Attribute = { of: 'case', name: 'team', kind: 'category' }
const KNOWN = [TEAM, TEAM_OF_CASE]

const view = () => useNoteView.getState()
const args = (columns: readonly Attribute[] = []) => listArgs('me', view(), columns, KNOWN)

beforeEach(() => useNoteView.setState({ ...useNoteView.getInitialState() }))

describe('what the notes table asks for', () => {
  it('is the plain list, which other places share, while nothing is filtered', () => {
    useNoteView.setState({ query: 'words are matched in the page' })
    expect(args()).toEqual({ coderId: 'me' })
  })

  it('combines all filters with the sort and the columns', () => {
    useNoteView.setState({
      status: 'finished',
      caseId: 'YP1',
      sort: { column: columnIdOf(TEAM), isDown: true },
    })
    filterByValues(TEAM, ['North', null])
    expect(args([TEAM_OF_CASE])).toEqual({
      coderId: 'me',
      filter: {
        status: 'finished',
        caseId: 'YP1',
        attributes: [{ of: 'note', name: 'team', values: ['North', null] }],
      },
      sort: { by: 'attribute', attribute: { of: 'note', name: 'team' }, descending: true },
      columns: [{ of: 'case', name: 'team' }],
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

  it('puts ids in the order of their numbers and statuses in the order of work', () => {
    const row = (id: string, status: NoteRow['status']): NoteRow => ({
      id,
      status,
      title: id,
      caseId: null,
      date: null,
      length: 1,
      codings: 0,
    })
    const rows = [row('N10', 'finished'), row('N9', 'in progress'), row('N11', 'not started')]
    const ids = (column: string, isDown = false) => sortedHere(rows, { column, isDown }).map(({ id }) => id)
    expect(ids('id')).toEqual(['N9', 'N10', 'N11'])
    expect(ids('status', true)).toEqual(['N10', 'N9', 'N11'])
    expect(ids('title')).toEqual(['N10', 'N9', 'N11'])
  })
})
