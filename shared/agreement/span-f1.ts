import { coderPairs } from './percent.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'
import type { CodedSpan } from './unitizing.ts'

/**
 * When two spans of the same code count as the same: the share that their intersection has of their union is at least
 * this. 1: equal ends; 0: any overlap.
 */
export type LeastOverlap = number

function matches(a: CodedSpan, b: CodedSpan, least: LeastOverlap): boolean {
  if (a.value !== b.value) return false
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  return shared > 0 && shared >= least * (Math.max(a.end, b.end) - Math.min(a.start, b.start))
}

/** Largest one-to-one matching of two coders' spans (augmenting paths): for each of `b` its partner in `a`, or −1. */
export function matchSpans(
  a: readonly CodedSpan[],
  b: readonly CodedSpan[],
  least: LeastOverlap,
): Int32Array {
  const candidates = a.map((x) => b.flatMap((y, at) => (matches(x, y, least) ? [at] : [])))
  const partner = new Int32Array(b.length).fill(-1)
  const place = (x: number, tried: Uint8Array): boolean => {
    for (const y of candidates[x] as number[]) {
      if (tried[y] === 1) continue
      tried[y] = 1
      if ((partner[y] as number) < 0 || place(partner[y] as number, tried)) {
        partner[y] = x
        return true
      }
    }
    return false
  }
  for (let x = 0; x < a.length; x++) place(x, new Uint8Array(b.length))
  return partner
}

/** How many spans the largest one-to-one matching pairs. */
export const matchedSpans = (a: readonly CodedSpan[], b: readonly CodedSpan[], least: LeastOverlap): number =>
  matchSpans(a, b, least).filter((partner) => partner >= 0).length

/**
 * F1 of spans: 2M/(n₁ + n₂), mean over the coder pairs in which either coder has a span. 0 … 1. Every span counts as
 * made, nested ones too. Undefined: no text to compare, or no pair has a span. Source: Hripcsak & Rothschild 2005 for
 * the use of F1.
 *
 * @param length positions of the text; without any there is nothing to compare, and no code that was not used
 */
export function spanF1(
  coders: ReadonlyArray<readonly CodedSpan[]>,
  least: LeastOverlap,
  length = Number.POSITIVE_INFINITY,
): Outcome {
  let sum = 0
  let pairs = 0
  for (const [g, h] of coderPairs(coders.length)) {
    const a = coders[g] as readonly CodedSpan[]
    const b = coders[h] as readonly CodedSpan[]
    if (a.length + b.length === 0) continue
    sum += (2 * matchedSpans(a, b, least)) / (a.length + b.length)
    pairs++
  }
  if (coders.length < 2 || length === 0) return undefinedBecause('nothing to compare')
  return pairs === 0 ? undefinedBecause('category not used') : defined(sum / pairs)
}
