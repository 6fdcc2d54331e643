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

/** The words prose is made of first of all, most frequent first; the rarer ones are invented. */
const FREQUENT =
  'the and to of a in was with she he that for on her had not be has is at his said they this by will from mum been school about no but were who review risk plan as home family feeling some today low mood are up out also very which anxious when sleep would reported we so did staff over worker since felt more father any them support seen well currently ward there discussed'.split(
    ' ',
  )
const SYLLABLES =
  'ba be bi bo ca ce co cu da de di do fa fe fi ga ge go ha he hi ho la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi wa we sh th st er in on al ing ent'.split(
    ' ',
  )
const VOCABULARY = 8_000
/** Slots of the draw: enough for the rarest word to have about its own share. */
const SLOTS = 131_072

/** Words in the proportions of prose: the n-th most frequent of 8,000 comes up in proportion to 1/n (Zipf's law). */
function proportionedWords(): string[] {
  const words = vocabulary()
  const whole = words.reduce((sum, _, at) => sum + 1 / (at + 1), 0)
  return words.flatMap((word, at) =>
    Array<string>(Math.max(1, Math.round(SLOTS / whole / (at + 1)))).fill(word),
  )
}

function vocabulary(): string[] {
  const random = chance(8_000)
  const words = new Set(FREQUENT)
  while (words.size < VOCABULARY) {
    const count = 2 + Math.floor(random() * 3)
    words.add(Array.from({ length: count }, () => oneOf(random, SYLLABLES)).join(''))
  }
  return [...words]
}

const oneOf = (random: () => number, choices: readonly string[]): string =>
  choices[Math.floor(random() * choices.length)] as string

let drawn: string[] | null = null

/** An invented note of about `length` characters: sentences and paragraphs of words in the proportions of prose. */
export function noteText(random: () => number, length: number): string {
  drawn ??= proportionedWords()
  let text = ''
  while (text.length < length) {
    const first = oneOf(random, drawn)
    text += first.charAt(0).toUpperCase() + first.slice(1)
    for (let words = 4 + Math.floor(random() * 16); words > 0; words--) {
      text += `${random() < 0.06 ? ',' : ''} ${oneOf(random, drawn)}`
    }
    text += random() < 0.15 ? '.\n\n' : '. '
  }
  return text.trimEnd()
}
