/**
 * `npm test`: everything that must hold, in one run. A failure does not stop
 * what comes after it, so that one run shows all there is to mend. The last
 * line is the verdict: `N passed, M failed`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from './build.mjs'
import { runEndToEnd } from './e2e.mjs'
import { asProgram, closingLine, root, run, SetupError, say } from './house.mjs'
import { findNode24, HOW_TO_GET_IT } from './node24.mjs'
import { ensureRuntimes } from './setup.mjs'
import { runShortSoaks } from './soak.mjs'
import { runVitest } from './unit.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {Counts & { name: string, seconds: number }} Row */

const PASSED = { passed: 1, failed: 0, skipped: 0 }
const FAILED = { passed: 0, failed: 1, skipped: 0 }
const NOTHING = { passed: 0, failed: 0, skipped: 0 }

const unitResults = path.join(root, 'test-results', 'unit.json')
const program = (/** @type {string[]} */ ...parts) => path.join(root, 'node_modules', ...parts)

/** @returns {Promise<Counts>} nothing when well: it is a condition, not a test */
async function checkRuntimes() {
  await ensureRuntimes()
  return NOTHING
}

async function checkTypes() {
  const { code, output } = await run(process.execPath, [
    program('typescript', 'bin', 'tsc'),
    '-b',
    '--pretty',
    'false',
  ])
  if (code !== 0) console.log(output.trim())
  return code === 0 ? PASSED : FAILED
}

async function checkStyle() {
  const biome = program('@biomejs', 'biome', 'bin', 'biome')
  const { code, output } = await run(process.execPath, [biome, 'check', '.'])
  console.log(output.trim())
  return code === 0 ? PASSED : FAILED
}

/** @returns {Promise<Counts>} */
async function countTests(
  /** @type {string[]} */ files,
  /** @type {string | undefined} */ node24 = undefined,
) {
  await rm(unitResults, { force: true })
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitResults}`]
  const code = await runVitest([...files, ...reports], node24 ? { node24 } : {})
  if (!existsSync(unitResults)) return FAILED
  const results = JSON.parse(readFileSync(unitResults, 'utf8'))
  return {
    passed: results.numPassedTests,
    // A file that cannot be loaded has no failed test; the exit code tells.
    failed: results.numFailedTests || (code === 0 ? 0 : 1),
    skipped: results.numPendingTests + results.numTodoTests,
  }
}

/** What holds the project file, on what people run: the SQLite module as its package brings it. */
async function runUnderNode24() {
  const node24 = await findNode24()
  if (node24) return countTests(['tests/store', 'tests/cli'], node24)
  console.log(`not run: there is no Node 24 at hand (${HOW_TO_GET_IT})`)
  return NOTHING
}

/** @returns {Promise<Counts>} nothing when well: the end-to-end tests show what it is worth */
async function checkBuild() {
  await build()
  return NOTHING
}

/** One after the other; those of one group at once, as none of them keeps two processors busy. */
const STEPS = [
  [{ name: 'runtimes', take: checkRuntimes }],
  [
    { name: 'types', take: checkTypes },
    { name: 'lint', take: checkStyle },
    { name: 'short soaks', take: runShortSoaks },
  ],
  [{ name: 'unit tests', take: () => countTests([]) }],
  [{ name: 'under Node 24', take: runUnderNode24 }],
  [{ name: 'build', take: checkBuild }],
  [{ name: 'end-to-end tests', take: async () => (await runEndToEnd()).counts }],
]

await asProgram(async () => {
  /** @type {Row[]} */
  const rows = []
  for (const steps of STEPS) {
    console.log(`\n== ${steps.map(({ name }) => name).join(', ')}`)
    const started = performance.now()
    const taken = steps.map(async ({ name, take }) => {
      const counts = await take().catch(explain)
      return { name, ...counts, seconds: (performance.now() - started) / 1000 }
    })
    rows.push(...(await Promise.all(taken)))
  }
  const total = { passed: sum(rows, 'passed'), failed: sum(rows, 'failed'), skipped: sum(rows, 'skipped') }
  console.log(`\n${table(rows)}\n`)
  console.log(closingLine(total))
  return total.failed > 0 ? 1 : 0
})

/** @returns {Counts} */
function explain(/** @type {unknown} */ error) {
  if (error instanceof SetupError) say(error.message)
  else console.error(error)
  return FAILED
}

/**
 * @param {Counts[]} rows
 * @param {keyof Counts} key
 */
function sum(rows, key) {
  return rows.reduce((total, row) => total + row[key], 0)
}

/** @param {Row[]} rows */
function table(rows) {
  const line = (/** @type {(string | number)[]} */ [name, ...cells]) =>
    `${name}`.padEnd(18) + cells.map((cell) => `${cell}`.padStart(9)).join('')
  const body = rows.map((row) =>
    line([row.name, row.passed, row.failed, row.skipped, `${row.seconds.toFixed(1)} s`]),
  )
  return [line(['', 'passed', 'failed', 'skipped', 'time']), ...body].join('\n')
}
