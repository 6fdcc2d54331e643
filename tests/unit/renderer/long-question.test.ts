/** What a person goes through, hit by hit: it is there on every way back, and shown to nobody else. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChangeEvent, Progress } from '../../../shared/contract/events.ts'
import { coderId } from '../../ids.ts'

vi.useFakeTimers()
// The page's clock and timers are the test's own.
Object.assign(globalThis, { window: globalThis })
const { QueryObserver } = await import('@tanstack/react-query')
const { answerOf } = await import('../../../renderer/queries/answers.ts')
const { queryClient } = await import('../../../renderer/queries/client.ts')
const { askAnew, forgetAnswers } = await import('../../../renderer/queries/invalidation.ts')
const { longQuestion } = await import('../../../renderer/queries/long-question.ts')
const { useSession } = await import('../../../renderer/state/session.ts')
const { client, store } = await import('../../../renderer/store.ts')

/** A search of a store that tells the first hits after 100 ms and all of them after 200. */
let asked = 'police'
let aborted: string[] = []
let reach: (message: unknown) => void = () => {}

const question = longQuestion<{ words: string; isWhole: boolean }>({
  name: 'test',
  topics: ['notes', 'codings'],
  run: async ({ signal, onProgress, show }) => {
    const words = asked
    const args = {
      coderId: coderId('amara'),
      query: words,
      mode: 'words',
      matchCase: false,
      filter: {},
      limit: 5,
    } as const
    await store.search.notes(args, {
      signal,
      onProgress: (progress) => {
        onProgress(progress)
        show({ words, isWhole: false })
      },
    })
    return { words, isWhole: true }
  },
})

beforeEach(() => {
  asked = 'police'
  aborted = []
  useSession.setState({ coderId: coderId('amara') })
  const under = new Map<number, string>()
  client.connect({
    postMessage: (message) => {
      const { id, args, abort } = message as { id: number; args?: { query?: string }; abort?: number }
      if (abort !== undefined) {
        aborted.push(under.get(abort) ?? '')
        return
      }
      under.set(id, args?.query ?? '')
      const progress: Progress = { done: 1, total: 2, words: 'notes' }
      setTimeout(() => reach({ id, progress }), 100)
      setTimeout(() => reach({ id, value: { total: 0, notes: 0, hits: [] }, took: 200 }), 200)
    },
    onMessage: (listener) => {
      reach = listener
    },
  })
})
afterEach(() => forgetAnswers())

const announce = (event: ChangeEvent) => reach({ event })
const words = () => question.peek()?.words
/** Looks at the answer as a screen does, until the function it returns is called. */
const watch = () => {
  const query = queryClient.getQueryCache().find({ queryKey: ['test', 'amara'] })
  return new QueryObserver(queryClient, query?.options as never).subscribe(() => {})
}

describe('a long question', () => {
  it('shows what is there so far, then all of it', async () => {
    question.ask()
    await vi.advanceTimersByTimeAsync(100)
    expect(question.peek()).toEqual({ words: 'police', isWhole: false })
    await vi.advanceTimersByTimeAsync(100)
    expect(question.peek()).toEqual({ words: 'police', isWhole: true })
    expect(question.isRunning()).toBe(false)
  })

  it('ends the one before it, whose hits so far stay until it has some of its own', async () => {
    question.ask()
    await vi.advanceTimersByTimeAsync(150)
    asked = 'school'
    question.ask()
    expect(aborted).toEqual(['police'])
    await vi.advanceTimersByTimeAsync(60)
    // The answer to the first came after it was ended.
    expect(question.peek()).toEqual({ words: 'police', isWhole: false })
    await vi.advanceTimersByTimeAsync(50)
    expect(question.peek()).toEqual({ words: 'school', isWhole: false })
  })

  it('is ended before it has an answer, too', async () => {
    question.ask()
    await vi.advanceTimersByTimeAsync(50)
    asked = 'school'
    question.ask()
    await vi.advanceTimersByTimeAsync(200)
    expect(aborted).toEqual(['police'])
    expect(question.peek()).toEqual({ words: 'school', isWhole: true })
  })

  it('has no answer any more once it is forgotten, nor one on its way', async () => {
    question.ask()
    await vi.advanceTimersByTimeAsync(50)
    question.forget()
    await vi.advanceTimersByTimeAsync(500)
    expect(words()).toBeUndefined()
    expect(aborted).toEqual(['police'])
  })
})

describe('its answer, while nobody looks', () => {
  it('outlives any number of other answers', async () => {
    question.ask()
    await vi.advanceTimersByTimeAsync(200)
    for (let at = 0; at < 200; at++)
      queryClient.setQueryData(answerOf('notes.get', { noteId: `${at}` }).queryKey, {} as never)
    expect(words()).toBe('police')
  })

  it('stays after codings elsewhere and is asked for anew by who comes back, but is gone once texts have changed', async () => {
    question.ask()
    await vi.advanceTimersByTimeAsync(200)
    announce({ topics: ['codings', 'history'], noteIds: ['N1'] })
    expect(words()).toBe('police')
    asked = 'as it is now'
    const stop = watch()
    await vi.advanceTimersByTimeAsync(200)
    expect(words()).toBe('as it is now')
    stop()
    announce({ topics: ['notes'], noteIds: null })
    expect(words()).toBeUndefined()
  })

  it('is not what was so before a change that came while it was asked for', async () => {
    question.ask()
    await vi.advanceTimersByTimeAsync(50)
    announce({ topics: ['codings'], noteIds: null })
    await vi.advanceTimersByTimeAsync(500)
    expect(words()).toBeUndefined()
  })
})

describe('when somebody else sits down', () => {
  it('nothing of it is left, nor does what was on its way come', async () => {
    question.ask()
    await vi.advanceTimersByTimeAsync(100)
    useSession.setState({ coderId: coderId('ben') })
    askAnew()
    expect(aborted).toEqual(['police'])
    await vi.advanceTimersByTimeAsync(500)
    expect(words()).toBeUndefined()
    useSession.setState({ coderId: coderId('amara') })
    expect(words()).toBeUndefined()
  })
})
