import dgram from 'node:dgram'
import dns, { lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import net, { connect } from 'node:net'
import tls from 'node:tls'
import { describe, expect, it } from 'vitest'
import { forbidNetwork, NetworkForbiddenError } from '../../../electron/guard/network-guard.ts'

// Taken before the guard, as a package loaded earlier would have taken it.
const connectTakenEarly = net.connect
const resolverMadeEarly = new dns.promises.Resolver()

// For the rest of this test file's own process.
forbidNetwork()

const ATTEMPTS: Record<string, () => unknown> = {
  'net.connect': () => net.connect(80, '127.0.0.1'),
  'net.connect imported by name': () => connect(80, '127.0.0.1'),
  'net.connect taken before the guard': () => connectTakenEarly(80, '127.0.0.1'),
  'a socket of one’s own': () => new net.Socket().connect(80, '127.0.0.1'),
  'a listening server': () => new net.Server().listen(0),
  'tls.connect': () => tls.connect(443, 'example.invalid'),
  'dns.lookup': () => dns.lookup('example.invalid', () => {}),
  'dns.lookup imported by name': () => lookup('example.invalid', () => {}),
  'dns.promises.resolve4': () => dns.promises.resolve4('example.invalid'),
  'a resolver made before the guard': () => resolverMadeEarly.resolve4('example.invalid'),
  'a UDP socket': () => dgram.createSocket('udp4'),
  'http.get': () => http.get('http://127.0.0.1/'),
  'https.request': () => https.request('https://example.invalid/'),
  fetch: () => fetch('http://127.0.0.1/'),
}

describe('with the network guard on', () => {
  it.each(Object.entries(ATTEMPTS))('%s throws at once', (_name, attempt) => {
    expect(attempt).toThrow(NetworkForbiddenError)
  })

  it('the error has a code and says what was called', () => {
    expect(() => net.connect(80)).toThrow(
      expect.objectContaining({
        code: 'ERR_NETWORK_FORBIDDEN',
        message: expect.stringContaining('net.connect'),
      }),
    )
  })
})
