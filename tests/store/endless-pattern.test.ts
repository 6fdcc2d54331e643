import { expect, it, vi } from 'vitest'
import { search } from '../../electron/store/analysis/search.ts'
import { WorkerAnalyst } from '../../electron/store/jobs/analyst.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { CancelToken, NEVER } from '../../shared/cancel.ts'
import { coderId } from '../ids.ts'
import { addNotes } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const ENDLESS = {
  query: '(a+)+$',
  mode: 'pattern',
  matchCase: false,
  filter: {},
  coderId: coderId(''),
  limit: 10,
} as const

function study() {
  const project = makeProject()
  addNotes(project, PROJECT_ACTOR, { N1: `${'a'.repeat(60)}!`, N2: 'Mum shouted.' })
  return project
}

it('a pattern that tries every way there is ends with a sentence, and the next search works', () => {
  const project = study()
  const began = Date.now()
  expect(() => search(project.db, ENDLESS)).toThrow(
    expect.objectContaining({
      code: 'too-large',
      message: expect.stringContaining('This pattern takes too long'),
    }),
  )
  expect(Date.now() - began).toBeLessThan(20_000)
  expect(search(project.db, { ...ENDLESS, query: 'm.m' })).toMatchObject({ total: 1 })
})

/** A thread that never looks at its flag, as one inside such a pattern does not. */
const DEAF = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', ({ name }) => {
      if (name === 'search') for (;;) /^(a+)+$/.test('${'a'.repeat(60)}!')
      parentPort.postMessage({ value: name })
    })`)}`,
)

it('a thread that does not answer within a second of a cancel is ended, and another does the next job', async () => {
  const project = study()
  const analyst = new WorkerAnalyst(DEAF)
  const token = new CancelToken()
  const asked = analyst.run(project, 'search', ENDLESS, { signal: token, progress: () => {}, viewer: null })
  const began = Date.now()
  token.cancel()
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  expect(Date.now() - began).toBeLessThan(5_000)
  const next = analyst.run(
    project,
    'places',
    { text: '' },
    { signal: NEVER, progress: () => {}, viewer: null },
  )
  expect(await next).toBe('places')
  await analyst.release()
})

it('letting go of the project never waits for a thread that is busy', async () => {
  const project = study()
  const analyst = new WorkerAnalyst(DEAF)
  const asked = analyst.run(project, 'search', ENDLESS, { signal: NEVER, progress: () => {}, viewer: null })
  const began = Date.now()
  await Promise.all([analyst.release(), expect(asked).rejects.toMatchObject({ code: 'cancelled' })])
  expect(Date.now() - began).toBeLessThan(5_000)
})

it('a cancel that comes after the answer leaves the thread to the job it is at by then', async () => {
  const project = study()
  const analyst = new WorkerAnalyst(DEAF)
  const [late, own] = [new CancelToken(), new CancelToken()]
  const context = { progress: () => {}, viewer: null }
  expect(await analyst.run(project, 'places', { text: '' }, { ...context, signal: late })).toBe('places')
  const asked = analyst.run(project, 'search', ENDLESS, { ...context, signal: own })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    late.cancel()
    expect(vi.getTimerCount()).toBe(0)
    own.cancel()
    expect(vi.getTimerCount()).toBe(1)
    vi.runAllTimers()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  } finally {
    vi.useRealTimers()
  }
  await analyst.release()
})
