/**
 * How much of a write-ahead log can be read. SQLite takes frames up to the first whose checksum is wrong, without a
 * word about what comes after it; here the rest is looked at too.
 *
 * The format (https://www.sqlite.org/fileformat2.html#walformat): a header of 32 bytes with two salts, then frames of
 * 24 bytes and a page each. A checksum goes on from frame to frame; a new run through the log has new salts. The pages
 * are encrypted before the checksum is taken, so this needs no key.
 */
import { readFileSync } from 'node:fs'

const HEADER = 32
const FRAME_HEADER = 24
const MAGIC = 0x377f0682

type Sum = readonly [number, number]

/**
 * Whether a change that was confirmed cannot be read any more: the last frame of one comes after what can be read. A
 * change that was cut short or taken back has no last frame, and is no damage.
 */
export function isLogDamaged(path: string): boolean {
  const log = readFileSync(path)
  if (log.length < HEADER) return false
  const words = wordsOf(log)
  const stored = (at: number): Sum => [log.readUInt32BE(at), log.readUInt32BE(at + 4)]
  let sum = add(words, 0, 24, [0, 0])
  // Of a log whose header cannot be read SQLite reads nothing at all.
  if (words === null || !same(sum, stored(24))) return log.length > HEADER
  const page = log.readUInt32BE(8)
  const salts = stored(16)
  let isReadable = true
  for (let at = HEADER; at + FRAME_HEADER + page <= log.length; at += FRAME_HEADER + page) {
    const isOfThisRun = same(stored(at + 8), salts)
    if (isReadable) {
      sum = add(words, at + FRAME_HEADER, page, add(words, at, 8, sum))
      isReadable = isOfThisRun && same(sum, stored(at + 16))
    }
    const isLastOfChange = log.readUInt32BE(at + 4) !== 0
    if (!isReadable && isOfThisRun && isLastOfChange) return true
  }
  return false
}

const same = (one: Sum, other: Sum): boolean => one[0] === other[0] && one[1] === other[1]

type Words = (at: number) => number

/** The log in whole numbers, in the order of bytes its first word tells; null where it tells none. */
function wordsOf(log: Buffer): Words | null {
  const magic = log.readUInt32BE(0)
  if ((magic & ~1) >>> 0 !== MAGIC) return null
  return magic & 1 ? (at) => log.readUInt32BE(at) : (at) => log.readUInt32LE(at)
}

function add(words: Words | null, from: number, length: number, [first, second]: Sum): Sum {
  if (words === null) return [0, 0]
  let one = first
  let two = second
  for (let at = from; at < from + length; at += 8) {
    one = (one + words(at) + two) >>> 0
    two = (two + words(at + 4) + one) >>> 0
  }
  return [one, two]
}
