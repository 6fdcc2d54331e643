/** A clock for backups that goes as the test says. */
import type { Clock } from '../../electron/store/backups/keeper.ts'

export const START = new Date(2026, 10, 30, 9, 0, 0).getTime()

/** Time passes when the test says so. */
export class HandClock implements Clock {
  #now = START
  readonly #works = new Map<() => void, { ms: number; next: number }>()

  now = (): number => this.#now

  every = (ms: number, work: () => void): (() => void) => {
    this.#works.set(work, { ms, next: this.#now + ms })
    return () => this.#works.delete(work)
  }

  pass(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const [work, soonest] = [...this.#works].sort(([, a], [, b]) => a.next - b.next)[0] ?? []
      if (!work || !soonest || soonest.next > end) break
      this.#now = soonest.next
      soonest.next += soonest.ms
      work()
    }
    this.#now = end
  }
}
