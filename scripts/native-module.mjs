/**
 * The native SQLite module (`better-sqlite3`) and the runtimes it must load in.
 *
 * The package carries binaries for Node-API 10 (Node >= 22.14, Electron >= 36).
 * A runtime with an older Node-API (Node 20, Electron 33) crashes on loading
 * them, without a message. For those the same, unmodified source is compiled
 * once, for Node-API 9. Node-API only ever grows: that build loads in every
 * newer runtime too, so one installed file serves Node and Electron together.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, rename, rm, utimes } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cacheFolder, findProgram, nodeApiLevel, root, run, SetupError, say } from './house.mjs'

/** Node-API level the package's own binaries were built for. */
const PREBUILT_FOR = 10

/** Part of the cache key: raise it when the way of compiling below changes. */
const RECIPE = 1

const moduleFolder = path.join(root, 'node_modules', 'better-sqlite3')

/** The name the package looks for, e.g. `linux-x64`, `linuxmusl-arm64`. */
function target() {
  return `${isMusl() ? 'linuxmusl' : process.platform}-${process.arch}`
}

/** The package's own question, asked of the slow process report only where a musl loader exists at all. */
function isMusl() {
  const machine = process.arch === 'x64' ? 'x86_64' : 'aarch64'
  if (process.platform !== 'linux' || !existsSync(`/lib/ld-musl-${machine}.so.1`)) return false
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport())
  return !report.header.glibcVersionRuntime
}

const installedFile = () => path.join(moduleFolder, 'prebuilds', `${target()}.node`)

/**
 * The package's own binary, set aside. It lies beside the installed one, so its
 * presence also says: what is installed now is our build.
 */
const originalFile = () => `${installedFile()}.original`

/** The package's own binary, wherever it lies now. Loads in Node >= 22.14. */
export const prebuiltFile = () => (existsSync(originalFile()) ? originalFile() : installedFile())

function cachedFile() {
  const { version } = JSON.parse(readFileSync(path.join(moduleFolder, 'package.json'), 'utf8'))
  const key = `${version}-napi${Math.min(nodeApiLevel, PREBUILT_FOR - 1)}-${target()}-r${RECIPE}`
  return path.join(cacheFolder(), 'better-sqlite3', key, 'better_sqlite3.node')
}

/**
 * Makes the native module load in the running Node, and in Electron when
 * `apiLevel` says that the Electron at hand is older than Node.
 * Instant (two file stats) when nothing is to be done.
 * @param {{ apiLevel?: number }} [options] lowest Node-API level that must be able to load it
 * @throws {SetupError} with what is missing and how to get it
 */
export async function ensureNative({ apiLevel = nodeApiLevel } = {}) {
  if (!existsSync(moduleFolder)) throw new SetupError('the packages are not installed: run "npm ci" first.')
  if (Math.min(apiLevel, nodeApiLevel) >= PREBUILT_FOR) return
  const cached = cachedFile()
  if (isSameFile(cached, installedFile())) return
  if (!existsSync(cached)) await compile(cached)
  await install(cached)
  try {
    await proveItLoads()
  } catch (error) {
    // Neither this clone nor the next may take it for a good one.
    await restorePrebuilt()
    await rm(cached)
    throw error
  }
  say(`installed the SQLite module compiled for Node-API ${PREBUILT_FOR - 1} (kept in ${cacheFolder()})`)
}

/**
 * Puts the package's own binary back, e.g. before packing with a current
 * Electron. `ensureNative` swaps in the compiled one again when it is needed.
 */
export async function restorePrebuilt() {
  if (existsSync(originalFile())) await rename(originalFile(), installedFile())
}

/** Copies keep size and time of the cached file, so that two stats tell whether it is installed. */
function isSameFile(/** @type {string} */ one, /** @type {string} */ other) {
  const a = statSync(one, { throwIfNoEntry: false })
  const b = statSync(other, { throwIfNoEntry: false })
  return Boolean(a && b && a.size === b.size && Math.abs(a.mtimeMs - b.mtimeMs) < 2000)
}

/** Renames into place: a process that has the present file loaded keeps its own copy. */
async function install(/** @type {string} */ cached) {
  const place = installedFile()
  if (existsSync(place) && !existsSync(originalFile())) await copyFile(place, originalFile())
  const fresh = `${place}.${process.pid}.new`
  await copyFile(cached, fresh)
  const { atime, mtime } = statSync(cached)
  await utimes(fresh, atime, mtime)
  await rename(fresh, place)
}

/** In a child process: a binary that does not fit ends the process that loads it. */
async function proveItLoads() {
  const proof = `
    const Database = require('better-sqlite3')
    const db = new Database(':memory:')
    db.prepare('select sqlite_version()').get()
    db.close()`
  const { code, output } = await run(process.execPath, ['-e', proof])
  if (code !== 0) {
    throw new SetupError(
      `the SQLite module does not load in Node ${process.versions.node} (exit ${code}).\n${output}`,
    )
  }
}

/**
 * Compiles the package's unmodified source in a folder of its own and keeps the
 * result as `place`. The flags lift the `NAPI_VERSION=10` of binding.gyp: the
 * few newer calls it uses exist in Node-API 9 runtimes as experimental ones.
 */
async function compile(/** @type {string} */ place) {
  requireCompiler()
  say(
    `compiling the SQLite module for a runtime with Node-API ${PREBUILT_FOR - 1}, once (a minute or three) ...`,
  )
  const started = Date.now()
  await mkdir(path.dirname(place), { recursive: true })
  const workshop = await mkdtemp(path.join(path.dirname(place), 'build-'))
  try {
    const source = await copySource(workshop)
    const { code, output } = await run(process.execPath, [nodeGyp(), ...gypArguments()], {
      cwd: source,
      env: {
        ...process.env,
        // gyp calls `node`: it must be this one.
        PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
        CXXFLAGS: '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
      },
    })
    const built = path.join(source, 'build', 'Release', 'better_sqlite3.node')
    if (code !== 0 || !existsSync(built)) throw new SetupError(explainFailedBuild(output))
    await rename(built, place)
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
  say(`compiled in ${Math.round((Date.now() - started) / 1000)} s; kept for later installs`)
}

/** The module and the one package its build needs, side by side as in node_modules. */
async function copySource(/** @type {string} */ workshop) {
  const folder = path.join(workshop, 'node_modules', 'better-sqlite3')
  await cp(moduleFolder, folder, {
    recursive: true,
    filter: (file) => !['prebuilds', 'build'].includes(path.relative(moduleFolder, file)),
  })
  const addonApi = path.dirname(
    createRequire(path.join(moduleFolder, 'package.json')).resolve('node-addon-api'),
  )
  await cp(addonApi, path.join(workshop, 'node_modules', 'node-addon-api'), { recursive: true })
  return folder
}

function gypArguments() {
  const prefix = path.dirname(path.dirname(process.execPath))
  const headers = existsSync(path.join(prefix, 'include', 'node', 'node_api.h'))
    ? [`--nodedir=${prefix}`]
    : []
  // Without headers beside the executable node-gyp looks in its own cache, then downloads them.
  return ['rebuild', '--release', '--force_build=1', ...headers, '-j', 'max']
}

/** node-gyp comes with electron-builder and with npm. */
function nodeGyp() {
  const prefix = path.dirname(path.dirname(process.execPath))
  const candidates = [
    path.join(root, 'node_modules', 'node-gyp'),
    process.env.npm_execpath &&
      path.join(path.dirname(process.env.npm_execpath), '..', 'node_modules', 'node-gyp'),
    path.join(prefix, 'lib', 'node_modules', 'npm', 'node_modules', 'node-gyp'),
  ]
  for (const folder of candidates) {
    const script = folder && path.join(folder, 'bin', 'node-gyp.js')
    if (script && existsSync(script)) return script
  }
  throw new SetupError(
    'node-gyp was not found; it comes with npm. Reinstall npm, or use Node 22.14 or newer.',
  )
}

const wayOut = 'Or use Node 22.14 or newer, which needs no compiling.'

function requireCompiler() {
  if (process.platform === 'win32') return
  // Debian's packages have the programs' names.
  const tools = ['g++', 'make', 'python3']
  const missing = tools.filter((tool) => !findProgram(tool))
  if (missing.length === 0) return
  throw new SetupError(
    `the SQLite module must be compiled for Node ${process.versions.node}, and for that this is missing: ${missing.join(', ')}.\n` +
      `  Debian, Ubuntu: apt-get install -y --no-install-recommends ${missing.join(' ')}\n  ${wayOut}`,
  )
}

/** @returns {string} the usual reason in words, then the end of what node-gyp said */
function explainFailedBuild(/** @type {string} */ output) {
  const noHeaders = /gyp ERR! stack.*(ENOTFOUND|ECONN|ETIMEDOUT|network|getaddrinfo|status code)/i.test(
    output,
  )
  const reason = noHeaders
    ? `Node's headers are not beside ${process.execPath} and could not be downloaded. Install Node from a package or archive that has include/node.`
    : 'the compiler or node-gyp reported a failure.'
  const end = output.trimEnd().split('\n').slice(-25).join('\n')
  return `the SQLite module could not be compiled: ${reason}\n  ${wayOut}\n${end}`
}
