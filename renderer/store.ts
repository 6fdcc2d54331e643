/** The page's one way to data: `store.codings.apply({...})` is the contract's verb `codings.apply`. */
import { PORT_LOST_MESSAGE, PORT_MESSAGE } from '../shared/bridge.ts'
import type { ArgsOf, ResultOf, VerbName } from '../shared/contract/index.ts'
import { type CallOptions, StoreClient } from '../shared/rpc.ts'

type Aggregate = VerbName extends infer V ? (V extends `${infer A}.${string}` ? A : never) : never
type Method<A extends string> = VerbName extends infer V ? (V extends `${A}.${infer M}` ? M : never) : never
export type Store = {
  [A in Aggregate]: {
    [M in Method<A>]: `${A}.${M}` extends infer V extends VerbName
      ? (args: ArgsOf<V>, options?: CallOptions) => Promise<ResultOf<V>>
      : never
  }
}

export const client = new StoreClient()

const verbsOf = (aggregate: string) =>
  new Proxy(
    {},
    {
      get: (_, method) => (args: never, options?: CallOptions) =>
        client.call(`${aggregate}.${String(method)}` as VerbName, args, options),
    },
  )

export const store = new Proxy({} as Record<string, object>, {
  get(known, aggregate) {
    const name = String(aggregate)
    known[name] ??= verbsOf(name)
    return known[name]
  },
}) as Store

/** Waits for ports from the main process. A new port replaces the old one. */
export function connectStore(onLost: () => void): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window) return
    if (event.data === PORT_LOST_MESSAGE) {
      client.disconnect()
      onLost()
    }
    const port = event.ports[0]
    if (event.data !== PORT_MESSAGE || !port) return
    client.connect({
      postMessage: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.onmessage = (message) => listener(message.data)
      },
    })
  })
}
