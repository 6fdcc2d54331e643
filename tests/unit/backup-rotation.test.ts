import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Kept, outdated } from '../../electron/store/file/backup-rotation.ts'
import { BackupReason } from '../../shared/contract/backups.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 10, 30, 14, 5)
const BEFORE_SOMETHING = ['import', 'merge', 'migration']

const backups = fc.array(
  fc.record({
    at: fc.integer({ min: NOW - 100 * DAY, max: NOW }),
    reason: fc.constantFrom(...BackupReason.options),
    size: fc.integer({ min: 1, max: 1_000 }),
  }),
  { minLength: 1, maxLength: 120 },
)
/** Any of them may be the one that was read through last: the newest may be damaged. */
const withSound = backups.chain((all) =>
  fc.record({ all: fc.constant(all as Kept[]), sound: fc.constantFrom(...(all as Kept[])) }),
)
const staying = (all: readonly Kept[], gone: readonly Kept[]) => all.filter((one) => !gone.includes(one))

describe('which backups are kept', () => {
  it('always the last that was found sound, and what was before an import, merge or migration of 14 days', () => {
    fc.assert(
      fc.property(withSound, fc.integer({ min: 0, max: 20_000 }), ({ all, sound }, most) => {
        const { gone } = outdated(all, sound, NOW, most)
        expect(gone).not.toContain(sound)
        for (const one of gone)
          expect(BEFORE_SOMETHING.includes(one.reason) && NOW - one.at < 14 * DAY).toBe(false)
      }),
    )
  })

  it('with room: all of the last day, one of each of 14 days, one of each of 8 weeks, none older', () => {
    fc.assert(
      fc.property(withSound, ({ all, sound }) => {
        const { gone, isFull } = outdated(all, sound, NOW)
        const stays = staying(all, gone)
        expect(isFull).toBe(false)
        const slotsOf = (some: readonly Kept[], slot: number, within: number) =>
          new Set(some.filter(({ at }) => NOW - at < within).map(({ at }) => Math.floor(at / slot)))
        expect(gone.filter(({ at }) => NOW - at < DAY)).toEqual([])
        expect(slotsOf(stays, DAY, 14 * DAY)).toEqual(slotsOf(all, DAY, 14 * DAY))
        expect(slotsOf(stays, 7 * DAY, 56 * DAY)).toEqual(slotsOf(all, 7 * DAY, 56 * DAY))
        expect(stays.filter((one) => NOW - one.at >= 56 * DAY && one !== sound)).toEqual([])
      }),
    )
  })

  it('never more than there is room for, but for those that stay in any case; the oldest go first', () => {
    fc.assert(
      fc.property(withSound, fc.integer({ min: 0, max: 20_000 }), ({ all, sound }, most) => {
        const { gone, isFull } = outdated(all, sound, NOW, most)
        const usual = outdated(all, sound, NOW, Number.MAX_SAFE_INTEGER).gone
        const stays = staying(all, gone)
        const early = gone.filter((one) => !usual.includes(one))
        const isPinned = (one: Kept) =>
          one === sound || (BEFORE_SOMETHING.includes(one.reason) && NOW - one.at < 14 * DAY)
        const room = stays.reduce((sum, { size }) => sum + size, 0)
        if (room > most) expect(stays.filter((one) => !isPinned(one))).toEqual([])
        if (early.length > 0) expect(isFull).toBe(true)
        const newestEarly = Math.max(...early.map(({ at }) => at))
        for (const one of stays.filter((each) => !isPinned(each)))
          expect(one.at).toBeGreaterThanOrEqual(newestEarly)
      }),
    )
  })

  it('hour by hour over months: few stay, and each day of the last two weeks has one', () => {
    let all: Kept[] = []
    let most = 0
    for (let hour = 0; hour < 24 * 100; hour++) {
      const now = NOW + hour * HOUR
      const made: Kept = { at: now, reason: 'hourly', size: 1 }
      all = [...all, made]
      all = staying(all, outdated(all, made, now).gone)
      most = Math.max(most, all.length)
    }
    const now = NOW + (24 * 100 - 1) * HOUR
    expect(most).toBeLessThanOrEqual(24 + 14 + 8)
    for (let day = 1; day < 14; day++)
      expect(all.some(({ at }) => Math.floor(at / DAY) === Math.floor(now / DAY) - day)).toBe(true)
    expect(Math.min(...all.map(({ at }) => at))).toBeLessThan(now - 45 * DAY)
  })
})
