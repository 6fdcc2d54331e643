/**
 * Is a passphrase wrong, or is the beginning of the file damaged? SQLCipher reads the first page first, with a key made
 * from the passphrase and the salt in the first 16 bytes; damage there looks like a wrong passphrase. Every other page
 * carries a checksum that only the right key makes, so another page tells the two apart.
 *
 * The scheme (https://www.zetetic.net/sqlcipher/design): PBKDF2-HMAC-SHA512 with 256,000 rounds makes the key; two more
 * rounds with the salt XOR 0x3a make that of the checksums; a page of 4,096 bytes ends with 16 bytes of IV and an
 * HMAC-SHA512 over the encrypted bytes, the IV and the page's number in little endian.
 */
import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const PAGE = 4_096
const SALT = 16
const HMAC = 64
const KEY = 32
const ROUNDS = 256_000
const CHECK_ROUNDS = 2
const CHECK_MASK = 0x3a
/** Pages that are tried: more than one may be damaged. */
const TRIED = 3

/** Hex of what a file begins with; null where it cannot be read. To be asked of no file that is open here: see `isOpenHere`. */
export function saltOf(path: string): string | null {
  try {
    return readAt(path, 0, SALT).toString('hex')
  } catch {
    return null
  }
}

/**
 * Whether some page after the first was encrypted with this passphrase, by the salt the file begins with or by one that
 * it was known to begin with.
 */
export function fitsLaterPages(path: string, key: Buffer, knownSalt: string | null): boolean {
  const pages = Math.floor(sizeOf(path) / PAGE)
  const numbers = [2, Math.ceil(pages / 2), pages].filter((number) => number > 1 && number <= pages)
  const salts = new Set([saltOf(path), knownSalt].filter((salt) => salt !== null))
  return [...salts].some((salt) => {
    const checkKey = checkKeyOf(key, Buffer.from(salt, 'hex'))
    return [...new Set(numbers)]
      .slice(0, TRIED)
      .some((number) => isWhole(readAt(path, (number - 1) * PAGE, PAGE), number, checkKey))
  })
}

/** What the pages are encrypted with. */
export const cipherKeyOf = (key: Buffer, salt: Buffer): Buffer => pbkdf2Sync(key, salt, ROUNDS, KEY, 'sha512')

function checkKeyOf(key: Buffer, salt: Buffer): Buffer {
  const cipherKey = cipherKeyOf(key, salt)
  const checkSalt = Buffer.from(salt.map((byte) => byte ^ CHECK_MASK))
  return pbkdf2Sync(cipherKey, checkSalt, CHECK_ROUNDS, KEY, 'sha512')
}

function isWhole(page: Buffer, number: number, checkKey: Buffer): boolean {
  const counted = Buffer.alloc(4)
  counted.writeUInt32LE(number)
  const covered = page.subarray(0, PAGE - HMAC)
  const expected = createHmac('sha512', checkKey).update(covered).update(counted).digest()
  return timingSafeEqual(expected, page.subarray(PAGE - HMAC))
}

function sizeOf(path: string): number {
  const file = openSync(path, 'r')
  try {
    return fstatSync(file).size
  } finally {
    closeSync(file)
  }
}

function readAt(path: string, from: number, length: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(length)
    readSync(file, bytes, 0, length, from)
    return bytes
  } finally {
    closeSync(file)
  }
}
