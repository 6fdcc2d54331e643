import type { Beside } from './agreement-view.ts'
import type { Lines } from './figures.ts'
import type { Setup } from './setup.ts'

/** What every view of the results knows: what was computed, under which key, and what stands beside it. */
export type Context = {
  setup: Setup
  key: string
  beside: Beside | null
  lines: Lines
  onOpen(next: Beside): void
}
