import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { afterPaint, createPaintedStore } from '../../../renderer/state/paint-first.ts'

let frames: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers()
  frames = []
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('what waits for the paint', () => {
  it('runs once, after the next frame and not in it', () => {
    const run = vi.fn()
    afterPaint(run)
    for (const frame of frames) frame()
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1_000)
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('runs also where no frame ever comes', () => {
    const run = vi.fn()
    afterPaint(run)
    vi.advanceTimersByTime(1_000)
    expect(run).toHaveBeenCalledTimes(1)
  })
})

describe('a change that is painted first', () => {
  it('reaches who paints it at once, and is what the store says', () => {
    const store = createPaintedStore(() => ({ count: 0 }))
    const heard = vi.fn()
    store.subscribe(({ count }) => heard(count))
    store.paintFirst(() => store.setState({ count: 1 }))
    expect(heard.mock.calls).toEqual([[1]])
    expect(store.getState().count).toBe(1)
  })

  it('that fails does not keep later changes from being heard', () => {
    const store = createPaintedStore(() => ({ count: 0 }))
    expect(() =>
      store.paintFirst(() => {
        throw new Error('refused')
      }),
    ).toThrow('refused')
    const heard = vi.fn()
    store.subscribe(({ count }) => heard(count))
    store.setState({ count: 2 })
    expect(heard.mock.calls).toEqual([[2]])
  })

  it('reaches the screens after the paint, once and with what was there before the first of its changes', () => {
    const store = createPaintedStore(() => ({ count: 0 }))
    const heard = vi.fn()
    store.subscribeScreen((now, before) => heard(before.count, now.count))
    store.paintFirst(() => store.setState({ count: 1 }))
    store.paintFirst(() => store.setState({ count: 2 }))
    for (const frame of frames) frame()
    expect(heard).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1_000)
    expect(heard.mock.calls).toEqual([[0, 2]])
  })

  it('reaches the screens with a later change that is not held', () => {
    const store = createPaintedStore(() => ({ count: 0 }))
    const heard = vi.fn()
    store.subscribeScreen((now, before) => heard(before.count, now.count))
    store.paintFirst(() => store.setState({ count: 1 }))
    store.setState({ count: 2 })
    expect(heard.mock.calls).toEqual([[0, 2]])
    vi.advanceTimersByTime(1_000)
    expect(heard).toHaveBeenCalledTimes(1)
  })

  it('takes along what is to change with the screens', () => {
    const store = createPaintedStore(() => ({ count: 0 }))
    const order: string[] = []
    store.subscribeScreen(() => order.push('screen'))
    store.paintFirst(() => store.setState({ count: 1 }))
    store.withScreens(() => order.push('with them'))
    expect(order).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(order).toEqual(['screen', 'with them'])
  })

  it('is not told to a screen that has gone', () => {
    const store = createPaintedStore(() => ({ count: 0 }))
    const heard = vi.fn()
    const stop = store.subscribeScreen(heard)
    store.paintFirst(() => store.setState({ count: 1 }))
    stop()
    vi.advanceTimersByTime(1_000)
    expect(heard).not.toHaveBeenCalled()
  })
})
