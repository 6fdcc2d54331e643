import { describe, expect, it } from 'vitest'
import { isOurAddress, isOurPage } from '../../../electron/main/page-address.ts'
import {
  assertOurSender,
  type CallLike,
  ForeignSenderError,
  isOurSender,
} from '../../../electron/main/sender.ts'

const OURS = 7
const call = (changes: { url?: string; parent?: unknown; id?: number } = {}): CallLike => ({
  sender: { id: changes.id ?? OURS },
  senderFrame: { url: changes.url ?? 'app://bundle/index.html', parent: changes.parent ?? null },
})

describe('the check of who calls', () => {
  it('lets the main frame of our page in the project window through', () => {
    expect(isOurSender(call(), OURS)).toBe(true)
    expect(isOurSender(call({ url: 'app://bundle/index.html?place=notes#top' }), OURS)).toBe(true)
  })

  it.each([
    ['another window', call({ id: 8 })],
    ['a frame inside the page', call({ parent: { url: 'app://bundle/index.html' } })],
    ['another host of our scheme', call({ url: 'app://elsewhere/index.html' })],
    ['a host that begins like ours', call({ url: 'app://bundle.example/index.html' })],
    ['our address inside a foreign one', call({ url: 'https://example.invalid/?next=app://bundle/' })],
    ['our host under another scheme', call({ url: 'https://bundle/index.html' })],
    ['a file', call({ url: 'file:///bundle/index.html' })],
    ['an empty page', call({ url: 'about:blank' })],
    ['no address at all', call({ url: '' })],
    ['a frame that has gone', { sender: { id: OURS }, senderFrame: null }],
  ])('refuses %s', (_name, refused) => {
    expect(isOurSender(refused, OURS)).toBe(false)
    expect(() => assertOurSender(refused, OURS)).toThrow(ForeignSenderError)
  })

  it('refuses everyone while there is no window', () => {
    expect(isOurSender(call(), undefined)).toBe(false)
  })
})

describe('our address', () => {
  it('is compared by protocol and host, with or without a port, user or capital letters in the way', () => {
    expect(isOurAddress('APP://bundle/assets/index.js')).toBe(true)
    expect(isOurAddress('app://bundle:8080/index.html')).toBe(false)
    expect(isOurAddress('app://user@bundle/index.html')).toBe(true)
    expect(isOurAddress('app:bundle/index.html')).toBe(false)
  })

  it('of the page is one document, not everything that is served', () => {
    expect(isOurPage('app://bundle/index.html#codes')).toBe(true)
    expect(isOurPage('app://bundle/assets/index.js')).toBe(false)
    expect(isOurPage('app://bundle/other.html')).toBe(false)
  })
})
