/**
 * `npm run soak`: what takes too long for `npm test`; `npm run soak -- faults` runs the soaks that are named. The last
 * line is the verdict, as of `npm test`. UNDERSTORY_SOAK_SEED repeats a run whose seed was printed. `walks` takes
 * UNDERSTORY_WALKS (500), UNDERSTORY_WALK_SEED and UNDERSTORY_WALK_ACTS (200), `kills` UNDERSTORY_KILLS (200).
 * `random` tries every random data set, and whatever else at its full size, of which `npm test` tries some (`tests/random.ts`).
 *
 * Soaks without a window are programs of their own, `tests/soak/<name>.soak.ts`; `npm test` runs a short form of them.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { bundleInto } from './build.mjs'
import { runEndToEnd } from './e2e.mjs'
import { asProgram, closingLine, isProgram, root, run, runInFront, SetupError } from './house.mjs'
import { ensureNative } from './setup.mjs'
import { runVitest } from './unit.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const sources = path.join(root, 'tests', 'soak')
const out = path.join(root, 'out', 'soak')

/** Programs that a soak starts itself, by the name it looks for beside itself. */
const HELPERS = { 'faults-worker': 'faults/worker.ts' }
const PROGRAMS = ['faults', 'fuzz']

/** @type {Record<string, () => Promise<Counts>>} */
const SOAKS = {
  ...Object.fromEntries(PROGRAMS.map((name) => [name, () => runProgram(name)])),
  random: runRandomTests,
  walks: () => runInWindow('walk.spec.ts', { UNDERSTORY_WALKS: '500', UNDERSTORY_WALK_ACTS: '200' }),
  kills: () => runInWindow('kill.spec.ts', { UNDERSTORY_KILLS: '200' }),
}

/**
 * Runs end-to-end tests in their long form.
 * @param {string} file
 * @param {Record<string, string>} numbers how long, where the environment does not say it already
 * @returns {Promise<Counts>}
 */
async function runInWindow(file, numbers) {
  for (const [name, value] of Object.entries(numbers)) process.env[name] ??= value
  return (await runEndToEnd([`tests/e2e/${file}`])).counts
}

async function buildPrograms() {
  await ensureNative()
  await rm(out, { recursive: true, force: true })
  const entries = [
    ...PROGRAMS.map((name) => [name, path.join(sources, `${name}.soak.ts`)]),
    ...Object.entries(HELPERS).map(([name, file]) => [name, path.join(sources, file)]),
  ]
  await bundleInto('bench', out, Object.fromEntries(entries))
}

/** Runs a soak that says itself what it finds. @returns {Promise<Counts>} */
async function runProgram(/** @type {string} */ name) {
  return countOf(await runInFront([process.execPath, path.join(out, `${name}.js`)]))
}

/** A soak counts as one test. @returns {Counts} */
const countOf = (/** @type {number} */ code) => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  skipped: 0,
})

/** The tests that try random data sets, with all of them. @returns {Promise<Counts>} */
async function runRandomTests() {
  const tests = path.join(root, 'tests')
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.test.ts') && readFileSync(path.join(tests, file), 'utf8').includes("/random.ts'"),
  )
  const code = await runVitest(
    files.map((file) => path.join('tests', file)),
    { env: { ...process.env, UNDERSTORY_RANDOM: 'all' } },
  )
  return countOf(code)
}

/** Every soak that needs no window, in its short form, at once. @returns {Promise<Counts>} */
export async function runShortSoaks() {
  await buildPrograms()
  const env = { ...process.env, UNDERSTORY_SOAK: 'short' }
  const codes = await Promise.all(
    PROGRAMS.map(async (name) => {
      const { code, output } = await run(process.execPath, [path.join(out, `${name}.js`)], { env })
      console.log(output.trim())
      return code
    }),
  )
  return sum(codes.map(countOf))
}

const sum = (/** @type {Counts[]} */ all) => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
  skipped: all.reduce((total, { skipped }) => total + skipped, 0),
})

async function soak() {
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !Object.hasOwn(SOAKS, name))
  if (unknown.length > 0)
    throw new SetupError(
      `no soak is called ${unknown.join(', ')}; there are ${Object.keys(SOAKS).join(', ')}.`,
    )
  const names = wanted.length > 0 ? wanted : Object.keys(SOAKS)
  if (names.some((name) => PROGRAMS.includes(name))) await buildPrograms()
  const counts = []
  for (const name of names) {
    console.log(`\n== ${name}`)
    counts.push(await /** @type {() => Promise<Counts>} */ (SOAKS[name])())
  }
  const total = sum(counts)
  console.log(closingLine(total))
  return total.failed > 0 ? 1 : 0
}

if (isProgram(import.meta.url)) await asProgram(soak)
