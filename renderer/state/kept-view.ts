/**
 * How a person looks at a project: filters, sorting, what is open. It outlives leaving a place, ends with the project,
 * and waits in the project file while that is locked. Positions, ids and what was typed to find something: no answers.
 */
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { useSession } from './session.ts'

type Keeper = { take(): unknown; bring(kept: unknown): void }
const keepers = new Map<string, Keeper>()

/** Of places that are not loaded yet: brought when they are. */
let waiting: Record<string, unknown> = {}
useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') waiting = {}
})

/** `take` gives plain JSON; `bring` gets the same back when the project is unlocked. */
export function keepView<T>(name: string, take: () => T, bring: (kept: T) => void): void {
  keepers.set(name, { take, bring: bring as Keeper['bring'] })
  if (Object.hasOwn(waiting, name)) bringTo(name, waiting[name])
}

/** What was never gone to since the last time stays as it was brought. */
export const takeView = (): string =>
  JSON.stringify({
    ...waiting,
    ...Object.fromEntries([...keepers].map(([name, keeper]) => [name, keeper.take()])),
  })

export function bringView(view: string): void {
  waiting = JSON.parse(view) as Record<string, unknown>
  for (const name of keepers.keys()) if (Object.hasOwn(waiting, name)) bringTo(name, waiting[name])
}

/** What cannot be brought back any more stands as on a first visit: it must not keep anyone from their project. */
function bringTo(name: string, kept: unknown): void {
  delete waiting[name]
  try {
    keepers.get(name)?.bring(kept)
  } catch {
    // As on a first visit.
  }
}

/** The state of a place that is there again when the person comes back to it. `start` holds plain JSON. */
export function createKept<T extends object>(name: string, start: T): UseBoundStore<StoreApi<T>> {
  const use = create<T>(() => start)
  useSession.subscribe((now, before) => {
    if (now.phase !== 'open' && before.phase === 'open') use.setState(start, true)
  })
  keepView<Partial<T>>(name, use.getState, (kept) => use.setState(kept))
  return use
}
