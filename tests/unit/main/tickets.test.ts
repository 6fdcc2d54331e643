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
    const picked = tickets().tickets.issue([FILE])
    expect(Object.keys(picked).sort()).toEqual(['name', 'ticket'])
    expect(picked.name).toBe('Study one.understory')
    expect(JSON.stringify(picked)).not.toContain('someone')
  })

  it('are known to the store before the page has them', () => {
    const { told, tickets: all } = tickets()
    const { ticket } = all.issue([FILE])
    expect(told).toEqual([{ type: 'ticket', ticket, paths: [FILE] }])
  })

  it('are new for every pick', () => {
    const { tickets: all } = tickets()
    expect(all.issue([FILE]).ticket).not.toBe(all.issue([FILE]).ticket)
  })

  it('are found again for a project in the list of recent ones', () => {
    const { told, tickets: all } = tickets()
    expect(all.issueOnce(FILE)).toEqual(all.issueOnce(FILE))
    expect(told).toHaveLength(1)
  })

  it('for several files name the first and count the rest, and stand for no one file', () => {
    const { tickets: all } = tickets()
    const { ticket, name } = all.issue(['/a/one.csv', '/a/two.csv', '/a/three.csv'])
    expect(name).toBe('one.csv and 2 more')
    expect(all.fileOf(ticket)).toBeUndefined()
    expect(all.fileOf('made-up')).toBeUndefined()
  })

  it('are all told to a store that was started again', () => {
    const { told, tickets: all } = tickets()
    all.issue([FILE])
    all.issue(['/a/one.csv', '/a/two.csv'])
    expect(all.notices()).toEqual(told)
  })
})
