/**
 * Changes that must be seen in the next frame: what paints them hears of them at once, React's screens, which take
 * longer than a frame, after that frame.
 */
import { createStore, useStore } from 'zustand'

/** In ms: a window that is not shown has no frames to wait for. */
const LONGEST_WAIT = 150

/**
 * In ms: the store mostly answers within this time, and screens then say both in one go. Shorter than what a person
 * notices beside the text they look at.
 */
const GRACE = 40

/** Runs after the next frame has been painted. */
export function afterPaint(run: () => void): void {
  let isDone = false
  const once = () => {
    if (isDone) return
    isDone = true
    run()
  }
  requestAnimationFrame(() => window.setTimeout(once))
  window.setTimeout(once, LONGEST_WAIT)
}

type Listener<T> = (now: T, before: T) => void

/**
 * A store with `paintFirst`: what is changed inside it reaches subscribers of the store at once and screens after the
 * paint. Used as a hook by components, like any other store; `subscribeScreen` is for what else may follow later.
 */
export function createPaintedStore<T>(initial: () => T) {
  const api = createStore<T>(initial)
  const held = new Map<Listener<T>, T>()
  let following: (() => void)[] = []
  let isHolding = false
  const release = () => {
    const waiting = [...held]
    const runs = following
    held.clear()
    following = []
    for (const [listener, before] of waiting) listener(api.getState(), before)
    for (const run of runs) run()
  }
  const subscribeScreen = (listener: Listener<T>) => {
    const stop = api.subscribe((now, before) => {
      const since = held.get(listener) ?? before
      if (isHolding) held.set(listener, since)
      else {
        held.delete(listener)
        listener(now, since)
      }
    })
    return () => {
      held.delete(listener)
      stop()
    }
  }
  const forScreens = { ...api, subscribe: subscribeScreen }
  function useScreen<R>(select: (state: T) => R): R {
    return useStore(forScreens, select)
  }
  const releaseSoon = () => afterPaint(() => window.setTimeout(release, GRACE))
  const paintFirst = (change: () => void) => {
    isHolding = true
    try {
      change()
    } finally {
      isHolding = false
    }
    releaseSoon()
  }
  /** Runs when the screens hear of what is painted first: all of them then change in one frame. */
  const withScreens = (run: () => void) => {
    following.push(run)
    releaseSoon()
  }
  return Object.assign(useScreen, api, { paintFirst, subscribeScreen, withScreens })
}
