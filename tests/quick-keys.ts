/**
 * The cipher library as tests use it: the same library, the same files on the disk, and each key derived once for each
 * process. 256,000 rounds of PBKDF2 at every opening are what a passphrase needs and what a test does not: it opens
 * thousands of files with a few passphrases. vitest.config.ts puts this in the place of the library; no program that is
 * built or shipped can reach it. `quick-keys.test.ts` holds the two against each other.
 */
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'

type Library = typeof import('better-sqlite3')
type DatabaseOptions = import('better-sqlite3').Options

const Library = createRequire(import.meta.url)('better-sqlite3') as Library

const SALT = 16
const KEY = 32
const ROUNDS = 256_000

/** New files begin with one of these by turns: what tells files apart by what they begin with is still tried. */
const NEW_SALTS = Array.from({ length: 3 }, () => randomBytes(SALT))
let made = 0

const keys = new Map<string, Buffer>()

function keyOf(passphrase: Buffer, salt: Buffer): Buffer {
  const name = `${salt.toString('hex')} ${passphrase.toString('hex')}`
  const key = keys.get(name) ?? pbkdf2Sync(passphrase, salt, ROUNDS, KEY, 'sha512')
  keys.set(name, key)
  return key
}

const connections = new Set<InstanceType<Library>>()
const readings: number[] = []

/** Closing a file gives up all locks of this process on it: what was opened to be read waits until no database is open. */
function closeReadings(): void {
  for (const one of connections) if (!one.open) connections.delete(one)
  if (connections.size === 0) for (const file of readings.splice(0)) closeSync(file)
}

/** What a file begins with; null for an empty one. */
function saltOf(path: string): Buffer | null {
  closeReadings()
  const file = openSync(path, 'r')
  readings.push(file)
  const salt = Buffer.alloc(SALT)
  return readSync(file, salt, 0, SALT, 0) === SALT ? salt : null
}

/** The library takes these for keys and not for passphrases. */
const isRaw = (passphrase: Buffer): boolean => /^(raw:|x')/i.test(passphrase.toString('latin1'))

/** The binary named by UNDERSTORY_PREBUILT: the package's own, where another is installed. */
const prebuilt = process.env.UNDERSTORY_PREBUILT ? loaded(process.env.UNDERSTORY_PREBUILT) : undefined

function loaded(file: string): unknown {
  const binary = { exports: {} }
  process.dlopen(binary, file)
  return binary.exports
}

class QuickLibrary extends Library {
  constructor(path?: string | Buffer, options: DatabaseOptions = {}) {
    super(path, (prebuilt ? { ...options, nativeBinding: prebuilt } : options) as DatabaseOptions)
  }

  override key(passphrase: Buffer): number {
    if (this.memory || isRaw(passphrase)) return super.key(passphrase)
    const salt = saltOf(this.name) ?? (NEW_SALTS[made++ % NEW_SALTS.length] as Buffer)
    connections.add(this)
    const raw = Buffer.concat([keyOf(passphrase, salt), salt]).toString('hex')
    return super.key(Buffer.from(`raw:${raw}`))
  }
}

// biome-ignore lint/style/noDefaultExport: as the library gives it
export default QuickLibrary
