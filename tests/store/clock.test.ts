/** A clock that was wrong once: order stays, and what people read is what each computer's clock said. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../../electron/store/file/new-id.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type { MemoId } from '../../shared/contract/basics.ts'
import { memoFromText } from '../../shared/memo.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject } from './temporary-project.ts'

const TODAY = new Date('2026-03-02T09:00:00Z')
const FAR = new Date('2099-06-01T12:00:00Z')
const HOUR = 3_600_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(TODAY)
})
afterEach(() => vi.useRealTimers())

describe('a clock once in 2099', () => {
  it('dates no later entry 2099, marks those after it, and says so when it begins', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    addNotes(project, amara, { N1: 'Mum shouted. Police came twice.' })
    const neglect = addCode(project, amara, 'Neglect')
    applyCode(project, amara, 'N1', neglect, [0, 3])
    expect(project.info().isClockOff).toBe(false)

    vi.setSystemTime(FAR)
    applyCode(project, amara, 'N1', neglect, [4, 11])
    expect(project.info().isClockOff).toBe(false)

    const heard: string[][] = []
    project.onChange(({ topics }) => heard.push(topics))
    vi.setSystemTime(TODAY.getTime() + HOUR)
    const coding = applyCode(project, amara, 'N1', neglect, [13, 19])
    const memo: MemoId = newId()
    project.change(amara, 'memo.add', {
      id: memo,
      about: { kind: 'coding', id: coding },
      type: null,
      title: '',
      body: memoFromText('Why twice?'),
    })
    // Told once, with the first of them.
    expect(heard.map((topics) => topics.includes('project'))).toEqual([true, false])
    expect(project.info().isClockOff).toBe(true)

    const rows = project.history.list(null, 100).rows
    expect(rows.slice(0, 4).map(({ at, isClockOff }) => [at.slice(0, 4), isClockOff])).toEqual([
      ['2026', true],
      ['2026', true],
      ['2099', false],
      ['2026', false],
    ])
    // Order is the order in which things happened, whatever the clocks said.
    const clocks = [...project.journal.entries()].map(({ hlc }) => hlc)
    expect(clocks).toEqual([...clocks].sort())
    expect(project.history.steps(amara, 10).done[0]?.at.slice(0, 4)).toBe('2026')
    expect(project.db.prepare('SELECT created_at FROM memo WHERE id = ?').pluck().get(memo)).toBe(
      TODAY.getTime() + HOUR,
    )
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('is in the hash: a time that was changed afterwards is found', () => {
    const project = makeProject()
    project.addCoder('Amara')
    project.db.prepare('UPDATE journal SET wall = wall + 1 WHERE seq = 2').run()
    expect(verify(project.db)).toMatchObject({ ok: false, chain: false })
  })

  it('is told at each opening while the newest entry shows it', () => {
    const first = makeProject()
    const amara = first.addCoder('Amara').id
    vi.setSystemTime(FAR)
    addNotes(first, amara, { N1: 'Mum shouted.' })
    vi.setSystemTime(TODAY.getTime() + HOUR)
    addCode(first, amara, 'Neglect')
    first.close()
    expect(openProject(first.path).info().isClockOff).toBe(true)
  })
})
