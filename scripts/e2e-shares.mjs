/** Which share of the end-to-end tests runs which files: so that all shares end at about the same time. */
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { root } from './house.mjs'

/** Seconds that each file took when they were last measured, with `npm run e2e -- --times`. */
const timesFile = path.join(root, 'tests', 'e2e', 'times.json')

/** @typedef {Record<string, number>} Times seconds by path from the root */

/** @returns {Times} */
export const readTimes = () => JSON.parse(readFileSync(timesFile, 'utf8'))

/** @param {Times} times */
export const writeTimes = (times) => writeFile(timesFile, `${JSON.stringify(times, null, 2)}\n`)

/**
 * Gives the longest file that is left to the share that has least to do. A file that was never measured counts as an
 * average one.
 * @param {readonly string[]} files
 * @param {Times} times
 * @param {number} count
 * @returns {string[][]} the files of each share that has any; every file is in one
 */
export function shareOut(files, times, count) {
  const known = Object.values(times)
  const average = known.length > 0 ? known.reduce((sum, seconds) => sum + seconds) / known.length : 1
  const secondsOf = (/** @type {string} */ file) => times[file] ?? average
  const shares = Array.from({ length: count }, () => ({ files: /** @type {string[]} */ ([]), seconds: 0 }))
  for (const file of files.toSorted((one, other) => secondsOf(other) - secondsOf(one))) {
    const share = shares.reduce((least, other) => (other.seconds < least.seconds ? other : least))
    share.files.push(file)
    share.seconds += secondsOf(file)
  }
  return shares.map(({ files }) => files).filter((files) => files.length > 0)
}

/**
 * @typedef {{ file: string, suites?: Suite[], specs?: { tests: { results: { duration: number }[] }[] }[] }} Suite
 * @param {readonly ({ suites: Suite[] } | null)[]} results what Playwright wrote down of each share; file names are
 *   those in tests/e2e, durations in ms
 * @returns {Times} by path, in alphabetical order
 */
export function timesOf(results) {
  const suites = results.flatMap((result) => result?.suites ?? [])
  const rows = suites.map((suite) => [`tests/e2e/${suite.file}`, Math.round(millisecondsOf(suite) / 1000)])
  return Object.fromEntries(rows.toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)))
}

/** @param {Suite} suite @returns {number} */
function millisecondsOf({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ tests }) =>
    tests.flatMap(({ results }) => results.map(({ duration }) => duration)),
  )
  return [...own, ...suites.map(millisecondsOf)].reduce((sum, part) => sum + part, 0)
}
