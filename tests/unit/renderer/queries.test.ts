/** What is on screen follows every act: a count never waits for long, however busy the store was when it last answered. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Readable } from '../../../renderer/queries/topics.ts'
import type { ChangeEvent } from '../../../shared/contract/events.ts'
import type { ArgsOf } from '../../../shared/contract/index.ts'
import type { NoteProgress } from '../../../shared/contract/notes.ts'
import { coderId } from '../../ids.ts'

vi.useFakeTimers()
// The page's clock and timers are the test's own.
Object.assign(globalThis, { window: globalThis })
const { QueryObserver } = await import('@tanstack/react-query')
const { answerOf, peekAnswer } = await import('../../../renderer/queries/answers.ts')
const { queryClient } = await import('../../../renderer/queries/client.ts')
const { askAnew, forgetAnswers } = await import('../../../renderer/queries/invalidation.ts')
const { waitOf } = await import('../../../renderer/queries/topics.ts')
const { client } = await import('../../../renderer/store.ts')

const AMARA = { coderId: coderId('amara') }
let notes = 63
let reach: (message: unknown) => void = () => {}

/** A store that is busy with others for `waits` ms before each answer, and works on it for `took`. */
function connect({ waits, took }: { waits: number; took: number }): void {
  client.connect({
    postMessage: (message) => {
      const { id, verb } = message as { id: number; verb: string }
      const progress: NoteProgress = { notes, finished: 21 }
      const value = verb === 'notes.order' ? new Uint32Array(notes) : progress
      setTimeout(() => reach({ id, value, took }), waits + took)
    },
    onMessage: (listener) => {
      reach = listener
    },
  })
}
/** Looks at an answer as a screen does, until the function it returns is called. */
function watchAnswer<V extends Readable>(verb: V, args: ArgsOf<V>, seen: () => void = () => {}): () => void {
  return new QueryObserver(queryClient, answerOf(verb, args)).subscribe(seen)
}
const announce = (event: ChangeEvent) => reach({ event })
const shown = () => peekAnswer('notes.progress', AMARA)?.notes

beforeEach(() => {
  notes = 63
})
afterEach(() => forgetAnswers())

describe('an answer on screen', () => {
  it('is asked for at once after a change, also when its last one had to wait behind others', async () => {
    connect({ waits: 700, took: 2 })
    const stop = watchAnswer('notes.progress', AMARA)
    await vi.advanceTimersByTimeAsync(702)
    expect(shown()).toBe(63)
    notes = 62
    announce({ topics: ['notes', 'history'], noteIds: null })
    await vi.advanceTimersByTimeAsync(702)
    expect(shown()).toBe(62)
    notes = 63
    announce({ topics: ['notes', 'history'], noteIds: null })
    await vi.advanceTimersByTimeAsync(702)
    expect(shown()).toBe(63)
    stop()
  })

  it('is asked for again when a change comes while it is under way', async () => {
    connect({ waits: 100, took: 2 })
    const stop = watchAnswer('notes.progress', AMARA)
    await vi.advanceTimersByTimeAsync(150)
    announce({ topics: ['notes'], noteIds: null })
    await vi.advanceTimersByTimeAsync(50)
    notes = 62
    announce({ topics: ['notes'], noteIds: null })
    await vi.advanceTimersByTimeAsync(160)
    expect(shown()).toBe(62)
    stop()
  })

  it('in a long list waits while codings come one after the other, and not when notes come or go', async () => {
    connect({ waits: 0, took: 200 })
    const args = { ...AMARA, sort: { by: 'codings', descending: true } } as const
    const stop = watchAnswer('notes.order', args)
    const length = () => peekAnswer('notes.order', args)?.length
    await vi.advanceTimersByTimeAsync(200)
    notes = 62
    announce({ topics: ['codings'], noteIds: null })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(length()).toBe(63)
    announce({ topics: ['notes'], noteIds: null })
    await vi.advanceTimersByTimeAsync(201)
    expect(length()).toBe(62)
    stop()
  })

  it('waits from the last answer on, a count never longer than 400 ms', () => {
    expect(waitOf('notes.order', 59, 0)).toBe(0)
    expect(waitOf('notes.order', 200, 0)).toBe(3_000)
    expect(waitOf('notes.order', 200, 2_000)).toBe(1_000)
    expect(waitOf('notes.order', 200, 5_000)).toBe(0)
    expect(waitOf('notes.order', 2_000, 0)).toBe(8_000)
    expect(waitOf('codes.list', 2_000, 0)).toBe(400)
  })
})

describe('an answer nobody looks at', () => {
  it('is there on the way back, and asked for anew where a change has made it old', async () => {
    connect({ waits: 0, took: 2 })
    watchAnswer('notes.progress', AMARA)()
    await vi.advanceTimersByTimeAsync(10)
    expect(shown()).toBe(63)
    notes = 62
    announce({ topics: ['codings'], noteIds: null })
    expect(shown()).toBe(63)
    announce({ topics: ['notes'], noteIds: null })
    expect(shown()).toBeUndefined()
    const stop = watchAnswer('notes.progress', AMARA)
    await vi.advanceTimersByTimeAsync(10)
    expect(shown()).toBe(62)
    stop()
  })

  it('is not the old one where it was left while it waited for its turn', async () => {
    connect({ waits: 0, took: 200 })
    const args = { ...AMARA, sort: { by: 'codings', descending: true } } as const
    const stop = watchAnswer('notes.order', args)
    await vi.advanceTimersByTimeAsync(200)
    announce({ topics: ['codings'], noteIds: null })
    expect(peekAnswer('notes.order', args)?.length).toBe(63)
    stop()
    expect(peekAnswer('notes.order', args)).toBeUndefined()
  })
})

describe('when somebody else sits down', () => {
  it('nothing that was answered before is there, not for a moment, and all in sight is asked again', async () => {
    connect({ waits: 0, took: 2 })
    const stop = watchAnswer('notes.progress', AMARA)
    await vi.advanceTimersByTimeAsync(10)
    notes = 7
    askAnew()
    expect(shown()).toBeUndefined()
    await vi.advanceTimersByTimeAsync(10)
    expect(shown()).toBe(7)
    stop()
  })

  it('an answer that was on its way to who sat there is shown to nobody', async () => {
    connect({ waits: 100, took: 2 })
    const seen: (number | undefined)[] = []
    const stop = watchAnswer('notes.progress', AMARA, () => seen.push(shown()))
    await vi.advanceTimersByTimeAsync(50)
    notes = 7
    askAnew()
    await vi.advanceTimersByTimeAsync(60)
    expect(shown()).toBeUndefined()
    await vi.advanceTimersByTimeAsync(60)
    expect(seen.filter((count) => count !== undefined)).toEqual([7])
    stop()
  })

  it('nothing of a project that was closed is left', async () => {
    connect({ waits: 0, took: 2 })
    const stop = watchAnswer('notes.progress', AMARA)
    await vi.advanceTimersByTimeAsync(10)
    forgetAnswers()
    expect(shown()).toBeUndefined()
    expect(queryClient.getQueryCache().getAll()).toEqual([])
    stop()
  })
})
