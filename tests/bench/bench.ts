/** What every benchmark shares: a folder, timing, and one JSON object a line. Ratios are to a baseline in the same run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const PASSPHRASE = 'bench'

export async function inFolder(work: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'understory-bench-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] as number

/** Milliseconds one run takes, median of `runs`. */
export async function time(runs: number, work: (run: number) => Promise<void> | void): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    await work(run)
    times.push(performance.now() - started)
  }
  return median(times)
}

const round = (value: number) => Number(value.toPrecision(4))

/** Prints one result; `ms` against `baseline` ms, and what the baseline is. */
export function report(
  job: string,
  ms: number,
  baseline: { ms: number; is: string },
  more: Record<string, unknown> = {},
): void {
  console.log(
    JSON.stringify({
      job,
      ms: round(ms),
      baselineMs: round(baseline.ms),
      ratio: round(ms / baseline.ms),
      baseline: baseline.is,
      ...more,
    }),
  )
}

/** A repeatable stand-in for chance (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const WORDS =
  'mum school low mood seen today ward review plan risk sleep family worker father settled anxious referral accepted home visit'.split(
    ' ',
  )

/** An invented note of about `length` characters. */
export function noteText(random: () => number, length: number): string {
  let text = ''
  while (text.length < length) text += `${WORDS[Math.floor(random() * WORDS.length)]} `
  return text.trimEnd()
}
