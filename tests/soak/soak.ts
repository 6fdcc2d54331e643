/** What every soak shares: a seed that is printed, how long it runs, a line for each kind of trial, and the verdict. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** UNDERSTORY_SOAK=short is what `npm test` runs; UNDERSTORY_SOAK_SEED repeats a run. */
export const isShort = process.env.UNDERSTORY_SOAK === 'short'
/** The short form is the same every time: what it finds, it finds again. */
export const seed = Number(process.env.UNDERSTORY_SOAK_SEED ?? (isShort ? 1 : Date.now() % 1_000_000))

export type Chance = {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  pick<T>(list: readonly T[]): T
}

/** Numbers that look drawn and are the same for the same seed (mulberry32). */
export function chance(from: number): Chance {
  let state = from >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, pick: (list) => list[below(list.length)] as never }
}

let passed = 0
let failed = 0
/** More of a kind say nothing new. */
const MOST_SHOWN = Number(process.env.UNDERSTORY_SHOWN ?? 5)

/** Prints what came of one kind of trial; it fails with what went wrong in it. */
export function report(line: string, wrongs: readonly string[] = []): void {
  if (wrongs.length === 0) passed++
  else failed++
  console.log(`${wrongs.length === 0 ? 'ok  ' : 'FAIL'} ${line}`)
  for (const wrong of wrongs.slice(0, MOST_SHOWN)) console.log(`     ${wrong}`)
  if (wrongs.length > MOST_SHOWN) console.log(`     and ${wrongs.length - MOST_SHOWN} more`)
}

/** Runs a soak as the whole program: its last line is the verdict. */
export async function asSoak(name: string, work: (folder: string) => Promise<void>): Promise<void> {
  console.log(`${name}: seed ${seed}`)
  const folder = mkdtempSync(join(tmpdir(), 'understory-soak-'))
  try {
    await work(folder)
  } catch (error) {
    report(`${name} broke off`, [error instanceof Error ? String(error.stack) : String(error)])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}
