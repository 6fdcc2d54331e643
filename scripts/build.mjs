/**
 * Builds the parts of the application into `out/`, each only when its sources
 * changed since its last build. `npm run build` builds all;
 * `npm run build -- main store` builds these.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { asProgram, isProgram, root, run, SetupError, say } from './house.mjs'
import { ensureNative } from './native-module.mjs'

const CONFIG = 'electron/vite.config.ts'

/** What every bundle depends on, besides its own folders. */
const ALWAYS = ['shared', 'package.json', 'package-lock.json', CONFIG, 'scripts/build.mjs']

/** @typedef {'main' | 'preload' | 'store' | 'cli' | 'renderer'} Target */

/** @type {Record<Target, { entry: string, sources: string[] }>} */
const TARGETS = {
  main: { entry: 'electron/main/main.ts', sources: ['electron'] },
  preload: { entry: 'electron/preload/preload.ts', sources: ['electron'] },
  store: {
    entry: 'electron/store/store.ts',
    sources: ['electron', 'resources/sample', 'resources/templates'],
  },
  cli: { entry: 'electron/cli/cli.ts', sources: ['electron'] },
  renderer: { entry: 'renderer/index.html', sources: ['renderer'] },
}
export const ALL_TARGETS = /** @type {Target[]} */ (Object.keys(TARGETS))

/**
 * @param {{ targets?: Target[], quiet?: boolean }} [options] quiet: speak only of failures
 * @returns {Promise<{ built: Target[], fresh: Target[], missing: Target[] }>}
 * @throws when a part does not build; its last good build stays in place
 */
export async function build({ targets = ALL_TARGETS, quiet = false } = {}) {
  /** @type {{ built: Target[], fresh: Target[], missing: Target[] }} */
  const result = { built: [], fresh: [], missing: [] }
  for (const target of targets) {
    if (!existsSync(path.join(root, TARGETS[target].entry))) {
      result.missing.push(target)
      if (!quiet) say(`${target}: skipped, ${TARGETS[target].entry} does not exist yet`)
      continue
    }
    const stamp = stampOf(target)
    if (isFresh(target, stamp)) {
      result.fresh.push(target)
      continue
    }
    const started = performance.now()
    await bundle(target, stamp)
    result.built.push(target)
    if (!quiet) say(`${target}: built in ${Math.round(performance.now() - started)} ms`)
  }
  if (!quiet && result.built.length === 0 && result.fresh.length > 0) say('everything is built already')
  return result
}

const outFolder = (/** @type {string} */ target) => path.join(root, 'out', target)
const stampFile = (/** @type {string} */ folder) => path.join(folder, '.stamp')

function isFresh(/** @type {Target} */ target, /** @type {string} */ stamp) {
  const file = stampFile(outFolder(target))
  return existsSync(file) && readFileSync(file, 'utf8') === stamp
}

/** Says whether sources changed: a hash of their paths, sizes and times, without reading them. */
function stampOf(/** @type {Target} */ target) {
  const hash = createHash('sha256')
  for (const source of [...TARGETS[target].sources, ...ALWAYS]) addToHash(hash, path.join(root, source))
  return hash.digest('hex')
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} file
 */
function addToHash(hash, file) {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats?.isDirectory()) {
    for (const name of readdirSync(file).sort()) addToHash(hash, path.join(file, name))
  } else if (stats) {
    hash.update(`${file}\0${stats.size}\0${stats.mtimeMs}\n`)
  }
}

/**
 * Builds beside the final folder and swaps at the end: a program that reads the
 * last build meanwhile, or a failure, finds it whole.
 * @param {Target} target
 * @param {string} stamp
 */
async function bundle(target, stamp) {
  const place = outFolder(target)
  // The same depth as the final folder: source maps hold relative paths.
  const fresh = `${place}.${process.pid}.new`
  const old = `${place}.${process.pid}.old`
  try {
    await bundleInto(target, fresh)
    if (target === 'store') await makeSample(fresh)
    await writeFile(stampFile(fresh), stamp)
    if (existsSync(place)) await rename(place, old)
    await rename(fresh, place)
  } finally {
    await rm(fresh, { recursive: true, force: true })
    await rm(old, { recursive: true, force: true })
  }
}

/** Makes the sample project that a first start lays down. */
async function makeSample(/** @type {string} */ folder) {
  await ensureNative()
  const program = path.join(folder, 'make-sample.js')
  const file = path.join(folder, 'sample.understory')
  const settings = path.join(folder, 'settings')
  await mkdir(settings)
  const { code, stdout, output } = await run(process.execPath, [
    program,
    path.join(root, 'resources'),
    file,
    settings,
  ])
  await rm(settings, { recursive: true })
  if (code !== 0) throw new SetupError(`the sample project could not be made.\n${output}`)
  await writeFile(`${file}.key`, stdout)
  // A project is its owner's alone; this one is for whoever runs the program.
  await chmod(file, 0o644)
}

/**
 * Runs Vite for one part. Vite is loaded only here: most runs find nothing to build.
 * @param {Target | 'bench'} target
 * @param {string} folder
 * @param {Record<string, string>} [input] entry files by name, in place of the part's own
 */
export async function bundleInto(target, folder, input) {
  const { build: viteBuild, createLogger, loadConfigFromFile, mergeConfig } = await import('vite')
  const loaded = await loadConfigFromFile(
    { command: 'build', mode: target },
    path.join(root, CONFIG),
    root,
    'warn',
    undefined,
    // The default writes a bundle of the file into node_modules.
    'runner',
  )
  if (!loaded) throw new SetupError(`${CONFIG} could not be read.`)
  await mkdir(path.dirname(folder), { recursive: true })
  const config = mergeConfig(loaded.config, {
    configFile: false,
    customLogger: toStderr(createLogger('warn')),
    build: { outDir: folder, ...(input && { rolldownOptions: { input } }) },
  })
  // Vite and React choose their development build by this variable, e.g. under a test runner.
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await viteBuild(config)
  } catch (error) {
    // Vite's own stack says nothing about the source; its message shows the place.
    throw new SetupError(`${target} does not build. ${error instanceof Error ? error.message : error}`)
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

/** @param {import('vite').Logger} logger */
function toStderr(logger) {
  const write = (/** @type {string} */ text) => process.stderr.write(`${text}\n`)
  return { ...logger, info: () => {}, warn: write, warnOnce: write, error: write }
}

async function main() {
  const wanted = /** @type {Target[]} */ (process.argv.slice(2))
  const unknown = wanted.filter((target) => !ALL_TARGETS.includes(target))
  if (unknown.length > 0) {
    throw new SetupError(`no part is called ${unknown.join(', ')}; there are ${ALL_TARGETS.join(', ')}.`)
  }
  await build(wanted.length > 0 ? { targets: wanted } : {})
}

if (isProgram(import.meta.url)) await asProgram(main)
