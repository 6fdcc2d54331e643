/**
 * The cipher library as tests use it: the same library, the same files on the disk, and each key derived once for each
 * process. 256,000 rounds of PBKDF2 at every opening are what a passphrase needs and what a test does not: it opens
 * thousands of files with a few passphrases. vitest.config.ts puts this in the place of the library, and so does
 * `quick-keys-here.mjs` in a process that runs many commands; no program that is built or shipped can reach it. `quick-keys.test.ts` holds the two against each other.
 */
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'

/** @type {typeof import('better-sqlite3')} */
const Library = createRequire(import.meta.url)('better-sqlite3')

const SALT = 16
const KEY = 32
const ROUNDS = 256_000

/** New files begin with one of these by turns: what tells files apart by what they begin with is still tried. */
const NEW_SALTS = Array.from({ length: 3 }, () => randomBytes(SALT))
let made = 0

/** @type {Map<string, Buffer>} */
const keys = new Map()

/**
 * @param {Buffer} passphrase
 * @param {Buffer} salt
 */
function keyOf(passphrase, salt) {
  const name = `${salt.toString('hex')} ${passphrase.toString('hex')}`
  const key = keys.get(name) ?? pbkdf2Sync(passphrase, salt, ROUNDS, KEY, 'sha512')
  keys.set(name, key)
  return key
}

/** @type {Set<import('better-sqlite3').Database>} */
const connections = new Set()
/** @type {number[]} */
const readings = []

/** Closing a file gives up all locks of this process on it: what was opened to be read waits until no database is open. */
function closeReadings() {
  for (const one of connections) if (!one.open) connections.delete(one)
  if (connections.size === 0) for (const file of readings.splice(0)) closeSync(file)
}

/**
 * What a file begins with; null for an empty one.
 * @param {string} path
 */
function saltOf(path) {
  closeReadings()
  const file = openSync(path, 'r')
  readings.push(file)
  const salt = Buffer.alloc(SALT)
  return readSync(file, salt, 0, SALT, 0) === SALT ? salt : null
}

/** The library takes these for keys and not for passphrases. */
const isRaw = (/** @type {Buffer} */ passphrase) => /^(raw:|x')/i.test(passphrase.toString('latin1'))

/** The binary named by UNDERSTORY_PREBUILT: the package's own, where another is installed. */
const prebuilt = process.env.UNDERSTORY_PREBUILT ? loaded(process.env.UNDERSTORY_PREBUILT) : undefined

/** @param {string} file */
function loaded(file) {
  const binary = { exports: {} }
  process.dlopen(binary, file)
  return binary.exports
}

class QuickLibrary extends Library {
  /**
   * @param {string | Buffer} [path]
   * @param {import('better-sqlite3').Options} [options]
   */
  constructor(path, options = {}) {
    // Its types know of a file's name alone.
    super(path, prebuilt ? { ...options, nativeBinding: /** @type {any} */ (prebuilt) } : options)
  }

  /**
   * @override
   * @param {Buffer} passphrase
   */
  key(passphrase) {
    if (this.memory || isRaw(passphrase)) return super.key(passphrase)
    const salt = saltOf(this.name) ?? /** @type {Buffer} */ (NEW_SALTS[made++ % NEW_SALTS.length])
    connections.add(this)
    const raw = Buffer.concat([keyOf(passphrase, salt), salt]).toString('hex')
    return super.key(Buffer.from(`raw:${raw}`))
  }
}

// biome-ignore lint/style/noDefaultExport: as the library gives it
export default QuickLibrary
