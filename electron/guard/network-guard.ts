/**
 * Takes the network away from a Node process. Chromium's side is closed by the request filter, the host rules and
 * the WebRTC policy of the main process; none of these reach Node's own sockets, so main and store call this first.
 * The pages need no guard: they have no Node.
 */
import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

/** Thrown (never returned as a rejected promise) by every call that would have reached for a network. */
export class NetworkForbiddenError extends Error {
  readonly code = 'ERR_NETWORK_FORBIDDEN'

  constructor(call: string) {
    super(`${call} was refused: Understory never uses a network.`)
    this.name = 'NetworkForbiddenError'
  }
}

type Owner = { readonly words: string; readonly holder: object; readonly members: readonly string[] }

const RESOLVER_MEMBERS = [
  'lookup',
  'lookupService',
  'resolve',
  'resolve4',
  'resolve6',
  'resolveAny',
  'resolveCaa',
  'resolveCname',
  'resolveMx',
  'resolveNaptr',
  'resolveNs',
  'resolvePtr',
  'resolveSoa',
  'resolveSrv',
  'resolveTxt',
  'reverse',
] as const

/**
 * Socket prototypes come first in importance: a package that took `net.connect` before this ran still ends there.
 * Listening is refused as well, since an open port is as much a way out as a connection.
 */
const OWNERS: readonly Owner[] = [
  { words: 'net', holder: net, members: ['connect', 'createConnection', 'createServer'] },
  { words: 'net.Socket', holder: net.Socket.prototype, members: ['connect'] },
  { words: 'net.Server', holder: net.Server.prototype, members: ['listen'] },
  { words: 'tls', holder: tls, members: ['connect', 'createServer'] },
  { words: 'http', holder: http, members: ['request', 'get', 'createServer'] },
  { words: 'https', holder: https, members: ['request', 'get', 'createServer'] },
  { words: 'http2', holder: http2, members: ['connect', 'createServer', 'createSecureServer'] },
  { words: 'dgram', holder: dgram, members: ['createSocket'] },
  { words: 'dgram.Socket', holder: dgram.Socket.prototype, members: ['bind', 'connect', 'send'] },
  { words: 'dns', holder: dns, members: RESOLVER_MEMBERS },
  { words: 'dns.promises', holder: dns.promises, members: RESOLVER_MEMBERS },
  { words: 'dns.Resolver', holder: dns.Resolver.prototype, members: RESOLVER_MEMBERS },
  { words: 'dns.promises.Resolver', holder: dns.promises.Resolver.prototype, members: RESOLVER_MEMBERS },
  { words: 'globalThis', holder: globalThis, members: ['fetch', 'WebSocket', 'EventSource'] },
]

function refuse({ words, holder, members }: Owner): void {
  for (const member of members) {
    if (!(member in holder)) continue
    const call = `${words}.${member}`
    Object.defineProperty(holder, member, {
      value: function refused(): never {
        throw new NetworkForbiddenError(call)
      },
      configurable: true,
      writable: true,
    })
  }
}

/**
 * Makes every way from Node to a network throw NetworkForbiddenError, for the rest of this thread's life. A worker
 * thread has its own copies of these modules: it calls this for itself.
 */
export function forbidNetwork(): void {
  for (const owner of OWNERS) refuse(owner)
  // Without this, `import { connect } from 'node:net'` would still hand out the original.
  syncBuiltinESMExports()
}
