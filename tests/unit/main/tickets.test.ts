import { describe, expect, it } from 'vitest'
import { Tickets } from '../../../electron/main/tickets.ts'
import type { StoreControl } from '../../../shared/bridge.ts'

const FILE = '/home/someone/Projects/Study one.understory'

function tickets() {
  const told: StoreControl[] = []
  return { told, tickets: new Tickets((notice) => told.push(notice)) }
}

describe('tickets', () => {
  it('are opaque: the page learns the last part of the path and nothing more', () => {
    const picked = tickets().tickets.issue([FILE], 'import-notes')
    expect(Object.keys(picked).sort()).toEqual(['name', 'ticket'])
    expect(picked.name).toBe('Study one.understory')
    expect(JSON.stringify(picked)).not.toContain('someone')
  })

  it('are known to the store before the page has them', () => {
    const { told, tickets: all } = tickets()
    const { ticket } = all.issue([FILE], 'import-notes')
    expect(told).toEqual([{ type: 'ticket', ticket, paths: [FILE], purpose: 'import-notes' }])
  })

  it('are new for every pick', () => {
    const { tickets: all } = tickets()
    expect(all.issue([FILE], 'import-notes').ticket).not.toBe(all.issue([FILE], 'import-notes').ticket)
  })

  it('are found again for a project in the list of recent ones', () => {
    const { told, tickets: all } = tickets()
    expect(all.issueOnce(FILE)).toEqual(all.issueOnce(FILE))
    expect(told).toHaveLength(1)
  })

  it('for several files name the first and count the rest, and stand for no project', () => {
    const { tickets: all } = tickets()
    const { ticket, name } = all.issue(['/a/one.csv', '/a/two.csv', '/a/three.csv'], 'import-notes')
    expect(name).toBe('one.csv and 2 more')
    expect(all.projectOf(ticket)).toBeUndefined()
    expect(all.projectOf('made-up')).toBeUndefined()
  })

  it('of a new project open it once it is there, and then are the ones it is found by', () => {
    const { told, tickets: all } = tickets()
    const { ticket } = all.issue([FILE], 'project')
    expect(all.issueOnce(FILE).ticket).not.toBe(ticket)
    expect(tickets().tickets.projectOf(ticket)).toBeUndefined()
    expect(all.projectOf(ticket)).toBe(FILE)
    expect(told.at(-1)).toEqual({ type: 'ticket', ticket, paths: [FILE], purpose: 'open-project' })
    expect(all.issueOnce(FILE).ticket).toBe(ticket)
  })

  it('of what was picked to be read or to be written to are no tickets of a project', () => {
    const { tickets: all } = tickets()
    for (const purpose of ['import-notes', 'import-codebook', 'backup', 'themes-csv'] as const)
      expect(all.projectOf(all.issue([FILE], purpose).ticket)).toBeUndefined()
  })

  it('are all told to a store that was started again', () => {
    const { told, tickets: all } = tickets()
    all.issue([FILE], 'import-notes')
    all.issue(['/a/one.csv', '/a/two.csv'], 'import-notes')
    expect(all.notices()).toEqual(told)
  })
})
