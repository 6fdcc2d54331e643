import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { type CancelSignal, CancelToken } from '../../shared/cancel.ts'
import type { VerbName } from '../../shared/contract/index.ts'
import { Problem } from '../../shared/problem.ts'
import { type Handlers, type PortLike, StoreClient, serve } from '../../shared/rpc.ts'
import { coderId } from '../ids.ts'

const AMARA = { id: coderId('1'), name: 'Amara', role: 'lead', layer: 'own', person: null } as const

/** A real message channel with one end served by the given handlers. */
function connect(handlers: Partial<Handlers>) {
  const { port1, port2 } = new MessageChannel()
  const portOf = (port: typeof port1): PortLike => ({
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
  })
  const { announce, end } = serve(portOf(port1), handlers as Handlers)
  const client = new StoreClient()
  return {
    client,
    announce,
    end,
    join: () => client.connect(portOf(port2)),
    close: () => port1.close(),
    port: port2,
  }
}

describe('the way between page and store', () => {
  it('carries a call there and a checked result back', async () => {
    const { client, join, close } = connect({
      'coders.list': () => [AMARA],
    })
    join()
    expect(await client.call('coders.list', {})).toEqual([AMARA])
    close()
  })

  it('queues calls made before there is a port', async () => {
    const { client, join, close } = connect({ 'coders.list': () => [] })
    const early = client.call('coders.list', {})
    join()
    expect(await early).toEqual([])
    close()
  })

  it('forgets a call that is cancelled while it waits for a port', async () => {
    const asked: string[] = []
    const { client, join, close } = connect({
      'coders.list': () => [],
      'identifiers.scan': () => {
        asked.push('scan')
        return { notes: 0, total: 0, findings: [] } as never
      },
    })
    const token = new CancelToken()
    const early = client.call('identifiers.scan', { limit: 1 }, { signal: token })
    token.cancel()
    await expect(early).rejects.toMatchObject({ code: 'cancelled' })
    const late = client.call('identifiers.scan', { limit: 1 }, { signal: token })
    await expect(late).rejects.toMatchObject({ code: 'cancelled' })
    join()
    await client.call('coders.list', {})
    expect(asked).toEqual([])
    close()
  })

  it('ends the jobs of a page that is gone, and nothing that writes', async () => {
    const signals = new Map<string, CancelSignal>()
    const never = () => new Promise<never>(() => {})
    const { client, join, end, close } = connect({
      'coders.list': () => [],
      'identifiers.scan': (_args, { signal }) => {
        signals.set('job', signal)
        return never()
      },
      'coders.add': (_args, { signal }) => {
        signals.set('write', signal)
        return never()
      },
    })
    join()
    void client.call('identifiers.scan', { limit: 1 })
    void client.call('coders.add', { coderId: coderId('1'), name: 'Ben' })
    await client.call('coders.list', {})
    end()
    expect([signals.get('job')?.aborted, signals.get('write')?.aborted]).toEqual([true, false])
    close()
  })

  it('says in a sentence what does not fit', async () => {
    const { client, join, close } = connect({})
    join()
    const said = async (verb: VerbName, args: unknown) =>
      ((await client.call(verb, args as never).catch((error) => error)) as Problem).message
    const name = 'x'.repeat(301)
    expect(await said('project.rename', { coderId: 'a', title: name })).toBe(
      'What was given to project.rename (title) does not fit: 300 characters is the most there may be. Nothing was changed.',
    )
    expect(await said('notes.get', { noteId: '' })).toMatch(/\(noteId\) does not fit: it is empty\. Nothing/)
    expect(await said('notes.get', { noteId: 7 })).toMatch(/it is missing or of another kind\. Nothing/)
    expect(await said('coders.list', { more: 1 })).toMatch(/there is more in it than is known\. Nothing/)
    expect(await said('notes.setStatus', { coderId: 'a', noteId: 'b', status: 'c' })).toMatch(/none of those/)
    expect(await said('codings.unite', { coderId: 'a', ids: ['b'] })).toMatch(/2 of them is the least/)
    expect(await said('constructor' as never, {})).toMatch(
      /^This was asked in a way .* Nothing was changed\.$/,
    )
    close()
  })

  it('says of what nobody foresaw no words of its own', async () => {
    const { client, join, close } = connect({
      'coders.list': () => (undefined as unknown as { list(): [] }).list(),
    })
    join()
    const refused = (await client.call('coders.list', {}).catch((error) => error)) as Problem
    expect([refused.code, refused.message]).toEqual([
      'internal',
      expect.stringMatching(/^Something went wrong/),
    ])
    expect(refused.message).not.toMatch(/undefined/)
    close()
  })

  it('refuses malformed arguments before any handler sees them', async () => {
    let seen = 0
    const { client, join, close, port } = connect({
      'notes.get': () => {
        seen++
        throw new Error('must not be reached')
      },
    })
    join()
    await expect(client.call('notes.get', { noteId: '' })).rejects.toMatchObject({ code: 'bad-arguments' })
    await expect(client.call('notes.get', { noteId: 'a', extra: 1 } as never)).rejects.toMatchObject({
      code: 'bad-arguments',
    })
    await expect(client.call('no.such' as never, {} as never)).rejects.toMatchObject({
      code: 'bad-arguments',
    })
    port.postMessage({ id: 99, verb: '__proto__', args: {} })
    port.postMessage('nonsense')
    expect(seen).toBe(0)
    close()
  })

  it('does not pass on a result that breaks the contract', async () => {
    const { client, join, close } = connect({ 'coders.list': () => [{ id: 1 }] as never })
    join()
    await expect(client.call('coders.list', {})).rejects.toMatchObject({ code: 'internal' })
    close()
  })

  it('carries a problem with its code and sentence', async () => {
    const { client, join, close } = connect({
      'history.undo': () => {
        throw new Problem('nothing-to-undo', 'There is nothing to undo.')
      },
    })
    join()
    await expect(client.call('history.undo', { coderId: coderId('a') })).rejects.toMatchObject({
      code: 'nothing-to-undo',
      message: 'There is nothing to undo.',
    })
    close()
  })

  it('reports progress and can be cancelled', async () => {
    const { client, join, close } = connect({
      'project.verify': (_args, { signal, progress }) =>
        new Promise((_resolve, reject) => {
          progress({ done: 1, total: 2, words: 'entries' })
          signal.addEventListener('abort', () => reject(new Problem('cancelled', 'Cancelled.')))
        }),
    })
    join()
    const stop = new AbortController()
    const job = client.call('project.verify', {}, { signal: stop.signal, onProgress: () => stop.abort() })
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    close()
  })

  it('announces changes, and fails what was under way when the store goes', async () => {
    const { client, announce, join, close } = connect({ 'project.verify': () => new Promise(() => {}) })
    join()
    const heard = new Promise((resolve) => client.onChange(resolve))
    announce({ topics: ['codings'], noteIds: ['N1'] })
    expect(await heard).toEqual({ topics: ['codings'], noteIds: ['N1'] })
    const under = client.call('project.verify', {})
    client.disconnect()
    await expect(under).rejects.toMatchObject({ code: 'store-stopped' })
    close()
  })
})
