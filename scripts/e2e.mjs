/**
 * Runs the end-to-end tests (tests/e2e) in real Electron: `npm run e2e`,
 * `npm run e2e -- -g "name of a test"`; with `--packed` in the program that
 * `npm run pack -- --for-tests` made; with `--times` writing down afterwards how
 * long each file took, by which the files are shared out.
 *
 * What the tests are given, in the environment:
 * - UNDERSTORY_ELECTRON       the executable for Playwright's `_electron.launch`
 * - UNDERSTORY_ELECTRON_ARGS  arguments to put first, separated by spaces; may be empty. Give
 *   `chromiumSandbox: true` too: Playwright itself adds --no-sandbox without it
 * - UNDERSTORY_E2E_TMP        a folder for project files and profiles, removed afterwards
 * - UNDERSTORY_CHROMIUM       a Chromium to try the page in, if there is one
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { build } from './build.mjs'
import { readTimes, shareOut, timesOf, writeTimes } from './e2e-shares.mjs'
import {
  asProgram,
  cacheFolder,
  copyByLinks,
  isProgram,
  isRoot,
  root,
  run,
  runInFront,
  SetupError,
  say,
} from './house.mjs'
import { packedExecutable } from './packed.mjs'
import { displayCommand, ensureRuntimes } from './setup.mjs'

const resultFolder = path.join(root, 'test-results')
/** More of them at once than this, and the tests that wait for a window wait for each other. */
const MOST_SHARES = 2
/** Where Debian's package puts it. */
const CHROMIUM = process.env.UNDERSTORY_CHROMIUM ?? '/usr/bin/chromium'
const testFolder = path.join(root, 'tests', 'e2e')
/** Of this program; everything else is Playwright's. */
const OWN_SWITCHES = ['--packed', '--times']

/** Nobody's number on Linux: owns no files, may log in nowhere. */
const ORDINARY_USER = 65534

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @param {string[]} args passed on to Playwright
 * @returns {Promise<{ code: number, counts: Counts }>}
 */
export async function runEndToEnd(args = []) {
  if (!hasTests()) {
    say('there are no end-to-end tests yet')
    return { code: 0, counts: { passed: 0, failed: 0, skipped: 0 } }
  }
  if (!existsSync(CHROMIUM)) say('the page is not tried in Chromium: none is at hand')
  const isPacked = args.includes('--packed')
  const electron = await ensureRuntimes()
  await build()
  const program = isPacked ? packedProgram() : electron.path
  await mkdir(resultFolder, { recursive: true })
  const chosen = args.filter((argument) => !OWN_SWITCHES.includes(argument))
  const display = await displayCommand()
  // Windows on one display would take the focus from each other; in memory there are as many displays as one likes.
  const isShared = chosen.length === 0 && display.length > 0
  const shares = isShared
    ? shareOut(await testFiles(), readTimes(), Math.min(MOST_SHARES, cpus().length))
    : [chosen]
  const folder = await mkdtemp(path.join(tmpdir(), 'understory-e2e-'))
  try {
    const { prefix, executable, electronArguments } = await chooseUser(program, folder)
    // A display in memory has no graphics card: to act as one takes a fifth of all the processor's time.
    const drawing = display.length > 0 ? ['--disable-gpu'] : []
    const env = testEnvironment(folder, executable, [...electronArguments, ...drawing])
    const results = await Promise.all(
      shares.map((chosen, at) =>
        runShare({ at, prefix: [...prefix, ...ownDisplay(display, at)], args: chosen, env }),
      ),
    )
    if (args.includes('--times')) await writeTimes(timesOf(shares.map((_, at) => readResults(at))))
    return {
      code: Math.max(...results.map(({ code }) => code)),
      counts: results.map(({ counts }) => counts).reduce(add),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Each share has its own number to begin with, so that two starting at once do not take the same display. */
const ownDisplay = (/** @type {string[]} */ command, /** @type {number} */ at) =>
  command[0] === 'xvfb-run' ? ['xvfb-run', '-n', String(130 + 20 * at), ...command.slice(1)] : command

const resultFile = (/** @type {number} */ at) => path.join(resultFolder, `e2e-${at + 1}.json`)

/** What Playwright wrote down of a share; null where it broke off. */
const readResults = (/** @type {number} */ at) =>
  existsSync(resultFile(at)) ? JSON.parse(readFileSync(resultFile(at), 'utf8')) : null

/**
 * @param {{ at: number, prefix: string[], args: string[], env: NodeJS.ProcessEnv }} share
 * @returns {Promise<{ code: number, counts: Counts }>}
 */
async function runShare({ at, prefix, args, env }) {
  await rm(resultFile(at), { force: true })
  const playwright = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const code = await runInFront(
    [...prefix, process.execPath, playwright, 'test', '--config=tests/playwright.config.ts', ...args],
    { env: { ...env, UNDERSTORY_E2E_SHARE: String(at + 1) } },
  )
  return { code, counts: countsOf(readResults(at), code) }
}

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

function packedProgram() {
  const program = packedExecutable(true)
  if (!existsSync(program))
    throw new SetupError('nothing is packed: run "npm run pack -- --for-tests" first.')
  return program
}

/** Paths from the root, as Playwright takes them. */
const testFiles = async () =>
  (await readdir(testFolder)).filter(isTestFile).map((name) => `tests/e2e/${name}`)

const isTestFile = (/** @type {string} */ name) => /\.(spec|test)\.ts$/.test(name)

function hasTests() {
  return existsSync(testFolder) && readdirSync(testFolder).some(isTestFile)
}

/**
 * Chromium refuses its sandbox to root. So that the tests see the product as it
 * is, sandbox included, root hands the whole test run to an ordinary user, who
 * may read everything (a clone may lie in a private folder) but writes only to
 * `folder` and to test-results.
 * @param {string} electron
 * @param {string} folder
 * @returns {Promise<{ prefix: string[], executable: string, electronArguments: string[] }>}
 */
async function chooseUser(electron, folder) {
  if (!isRoot || process.platform !== 'linux')
    return { prefix: [], executable: electron, electronArguments: [] }
  const prefix = [
    'setpriv',
    `--reuid=${ORDINARY_USER}`,
    `--regid=${ORDINARY_USER}`,
    '--clear-groups',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
    // Without it, access(2), and so existsSync, does not count that right.
    '--securebits=+no_setuid_fixup',
  ]
  if (!(await worksForOrdinaryUser(prefix))) {
    say('as root, and no ordinary user may sandbox here: the tests run without it (--no-sandbox)')
    return { prefix: [], executable: electron, electronArguments: ['--no-sandbox'] }
  }
  say(`as root: the tests run as an ordinary user (${ORDINARY_USER}), with the sandbox`)
  // Before Electron is linked into the folder: owner and rights belong to the kept copy too.
  await chmod(folder, 0o777)
  await mkdir(path.join(folder, 'home'))
  await run('chown', ['-R', `${ORDINARY_USER}:${ORDINARY_USER}`, folder, resultFolder])
  return { prefix, executable: await reachableCopy(electron, folder), electronArguments: [] }
}

/** Chromium's sandbox is a user namespace of its own; containers often forbid it. */
async function worksForOrdinaryUser(/** @type {string[]} */ prefix) {
  const [program = '', ...args] = prefix
  const reads = await run(program, [...args, 'test', '-r', path.join(root, 'package.json')])
  const sandboxes = await run(program, [...args, 'unshare', '--user', '--map-root-user', 'true'])
  return reads.code === 0 && sandboxes.code === 0
}

/**
 * Sandboxed children start the executable again, without the right to read
 * everything: it must lie where anyone may go.
 * @param {string} electron
 * @param {string} folder
 */
async function reachableCopy(electron, folder) {
  const copy = path.join(folder, 'electron')
  await copyByLinks(path.dirname(electron), copy)
  return path.join(copy, path.basename(electron))
}

/**
 * @param {string} folder
 * @param {string} executable
 * @param {string[]} electronArguments
 * @returns {NodeJS.ProcessEnv}
 */
function testEnvironment(folder, executable, electronArguments) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    UNDERSTORY_ELECTRON: executable,
    UNDERSTORY_ELECTRON_ARGS: electronArguments.join(' '),
    UNDERSTORY_E2E_TMP: folder,
    UNDERSTORY_CHROMIUM: CHROMIUM,
    // The command line program, started by a test, finds what is there already.
    UNDERSTORY_CACHE: cacheFolder(),
  }
  const home = path.join(folder, 'home')
  if (!existsSync(home)) return env
  const { XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_DATA_HOME, XDG_RUNTIME_DIR, ...rest } = env
  return { ...rest, HOME: home, npm_config_cache: path.join(home, '.npm') }
}

/**
 * A run that broke off counts as one failure more.
 * @param {{ stats: { expected: number, unexpected: number, skipped: number } } | null} results
 * @param {number} code
 * @returns {Counts}
 */
function countsOf(results, code) {
  if (!results) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, skipped } = results.stats
  return { passed: expected, failed: unexpected || (code === 0 ? 0 : 1), skipped }
}

if (isProgram(import.meta.url)) await asProgram(async () => (await runEndToEnd(process.argv.slice(2))).code)
