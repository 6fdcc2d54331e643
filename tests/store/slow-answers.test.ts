import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SlowAnswers } from '../../electron/store/handlers/slow-answers.ts'
import { SLOW_ANSWERS_FILE } from '../../shared/bridge.ts'
import { temporaryFolder } from './temporary-project.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, second))
const kept = (folder: string) => JSON.parse(readFileSync(join(folder, SLOW_ANSWERS_FILE), 'utf8'))

describe('answers that took long', () => {
  it('are kept by their verb and time alone, newest first, and found by the next start', () => {
    const folder = temporaryFolder()
    const slow = new SlowAnswers(folder)
    slow.note('notes.get', 41, at(1))
    slow.note('codings.apply', 90, at(2))
    slow.flush()
    const next = new SlowAnswers(folder)
    next.note('codes.list', 55, at(3))
    next.flush()
    expect(kept(folder)).toEqual([
      { verb: 'codes.list', took: 55, at: '2026-01-02T03:04:03.000Z' },
      { verb: 'codings.apply', took: 90, at: '2026-01-02T03:04:02.000Z' },
      { verb: 'notes.get', took: 41, at: '2026-01-02T03:04:01.000Z' },
    ])
  })

  it('are not those of jobs, nor quick ones', () => {
    const folder = temporaryFolder()
    const slow = new SlowAnswers(folder)
    slow.note('notes.get', 40)
    slow.note('search.notes', 4_000)
    slow.flush()
    expect(() => kept(folder)).toThrow(/ENOENT/)
  })

  it('are the newest two hundred', () => {
    const folder = temporaryFolder()
    const slow = new SlowAnswers(folder)
    for (let ms = 100; ms < 350; ms++) slow.note('notes.get', ms)
    slow.flush()
    expect(kept(folder).map(({ took }: { took: number }) => took)).toEqual(
      Array.from({ length: 200 }, (_, index) => 349 - index),
    )
  })
})
