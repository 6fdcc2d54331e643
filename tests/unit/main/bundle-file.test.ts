import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundleFileFor, headersFor } from '../../../electron/main/bundle-file.ts'

const FOLDER = path.resolve('/built/renderer')
const ask = (address: string, method = 'GET') => bundleFileFor(FOLDER, method, address)

describe('the page is served from its folder', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['assets/index-a1b2.js', 'text/javascript; charset=utf-8'],
    ['assets/index-a1b2.css', 'text/css; charset=utf-8'],
    ['assets/inter.woff2', 'font/woff2'],
    ['assets/mark.svg', 'image/svg+xml'],
  ])('%s as %s', (name, contentType) => {
    expect(ask(`app://bundle/${name}`)).toEqual({ file: path.join(FOLDER, name), contentType })
  })

  it('ignores query and fragment, and decodes a name with a space', () => {
    expect(ask('app://bundle/a%20b.svg?v=1#x')).toMatchObject({ file: path.join(FOLDER, 'a b.svg') })
  })
})

describe('what is not part of the page is refused', () => {
  it.each([
    'app://bundle/..%2fmain/main.js',
    'app://bundle/..%2f..%2f..%2fetc%2fpasswd.json',
    'app://bundle/assets/..%2f..%2f..%2fsecret.json',
    'app://bundle/..%5c..%5csecret.json',
    'app://bundle/%00index.html',
    'app://bundle/%E0%A4%A.html',
    'app://elsewhere/index.html',
    'https://bundle/index.html',
    'app://bundle/',
    'not an address',
  ])('%s with 403', (address) => {
    expect(ask(address)).toEqual({ refusal: 403 })
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('the method %s with 405', (method) => {
    expect(ask('app://bundle/index.html', method)).toEqual({ refusal: 405 })
  })

  it.each(['index.js.map', '.stamp', 'assets/', 'secret.understory'])('"%s" with 404', (name) => {
    expect(ask(`app://bundle/${name}`)).toEqual({ refusal: 404 })
  })

  it('cannot be reached by dots the address parser removes itself', () => {
    expect(ask('app://bundle/%2e%2e/%2e%2e/main.js')).toMatchObject({ file: path.join(FOLDER, 'main.js') })
  })
})

it('every answer carries the policy and may not be sniffed', () => {
  expect(headersFor('text/html')).toMatchObject({
    'Content-Security-Policy': expect.stringContaining("default-src 'none'"),
    'X-Content-Type-Options': 'nosniff',
  })
})
