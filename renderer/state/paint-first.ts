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
 * A store with `paintFirst`: what is changed inside it reaches subscribers of the store at once and components after
 * the paint. Used as a hook by components, like any other store.
 */
export function createPaintedStore<T>(initial: () => T) {
  const api = createStore<T>(initial)
  const held = new Map<Listener<T>, T>()
  let isHolding = false
  const release = () => {
    const waiting = [...held]
    held.clear()
    for (const [listener, before] of waiting) listener(api.getState(), before)
  }
  const forScreens = {
    ...api,
    subscribe: (listener: Listener<T>) => {
      const stop = api.subscribe((now, before) => {
        if (isHolding) {
          if (!held.has(listener)) held.set(listener, before)
        } else {
          held.delete(listener)
          listener(now, before)
        }
      })
      return () => {
        held.delete(listener)
        stop()
      }
    },
  }
  function useScreen<R>(select: (state: T) => R): R {
    return useStore(forScreens, select)
  }
  const paintFirst = (change: () => void) => {
    isHolding = true
    try {
      change()
    } finally {
      isHolding = false
    }
    afterPaint(() => window.setTimeout(release, GRACE))
  }
  return Object.assign(useScreen, api, { paintFirst })
}
