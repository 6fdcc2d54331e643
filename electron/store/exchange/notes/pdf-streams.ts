/** A look at the packed streams of a PDF before anything else reads it. */
import { setImmediate } from 'node:timers/promises'
import { inflateSync, constants as zlib } from 'node:zlib'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { Problem } from '../../../../shared/problem.ts'
import { stopIfCancelled } from '../decode.ts'

/** The PDF reader holds a stream unpacked; no page of text, font or form comes near this. */
export const MAX_STREAM = 200_000_000
/** Beyond this, what lies on the pages is not looked at: each takes time, and nothing can stop it half way. */
export const MOST_THINGS = 30_000
const MAX_MS = 20_000
const PAUSE_MS = 50
const SPACES = new Set([0x0a, 0x0d, 0x20])

/**
 * Unpacks every stream for its size alone and lets it go. Throws Problem `too-large` where one would take more memory
 * than a text can need: 1 MB of a file can unpack to 1 GB. What the dictionaries say of packing is not asked, as there
 * are many ways to write it; data that is not packed, or damaged, or encrypted, fails at its first bytes.
 * Returns about how many things the file can speak of, as a bound for what lies on its pages.
 */
export async function checkPdfStreams(pdf: Buffer, signal?: CancelSignal): Promise<{ things: number }> {
  const count = new ThingCount()
  count.add(pdf)
  const started = performance.now()
  let lastPause = started
  for (let at = pdf.indexOf('stream'); at !== -1; at = pdf.indexOf('stream', at + 6)) {
    if (!fits(pdf.subarray(dataStart(pdf, at)), count)) throw unpacksTooFar()
    if (performance.now() - lastPause < PAUSE_MS) continue
    if (performance.now() - started > MAX_MS) throw unpacksTooFar()
    await setImmediate()
    stopIfCancelled(signal)
    lastPause = performance.now()
  }
  return { things: count.things }
}

const [LESS, R] = [0x3c, 0x52]
/** What may stand before and behind the R of a reference. */
const isSpace = (byte: number | undefined): boolean => byte !== undefined && byte <= 0x20
const ENDS = new Set([...'[]<>/(%'].map((sign) => sign.charCodeAt(0)))

/** Counts dictionaries and references; nothing can lie on a page without one of them. */
class ThingCount {
  things = 0

  add(data: Buffer): void {
    for (let at = 1; at < data.length && this.things <= MOST_THINGS; at++) {
      const byte = data[at]
      if (byte === LESS && data[at - 1] === LESS) this.things++
      else if (byte === R && isSpace(data[at - 1])) {
        const next = data[at + 1]
        if (isSpace(next) || ENDS.has(next ?? 0)) this.things++
      }
    }
  }
}

function dataStart(pdf: Buffer, at: number): number {
  let start = at + 6
  while (SPACES.has(pdf[start] ?? 0)) start++
  return start
}

/** Whether packed data stays small; data packed twice is unpacked twice, and more often no program packs. */
function fits(data: Buffer, count: ThingCount, layers = 3): boolean {
  if (!looksPacked(data)) return true
  if (layers === 0) return false
  try {
    const unpacked = inflateSync(data, { maxOutputLength: MAX_STREAM, finishFlush: zlib.Z_SYNC_FLUSH })
    count.add(unpacked)
    return fits(unpacked, count, layers - 1)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE'
  }
}

/** The two bytes that packed data begins with (RFC 1950, 2.2). */
const looksPacked = (data: Buffer): boolean =>
  data.length > 2 && ((data[0] as number) & 0x0f) === 8 && data.readUInt16BE(0) % 31 === 0

/** The Problem for a PDF that is a bomb. */
export const unpacksTooFar = () =>
  new Problem('too-large', 'unpacks to more than a text can need; print it to a new PDF and choose that')
