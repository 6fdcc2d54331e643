/**
 * Packs the application with electron-builder: `npm run pack` makes a folder
 * that runs as it is; arguments choose other targets, as in
 * `npm run pack -- --linux AppImage deb`.
 *
 * `--for-tests` packs into release/for-tests with the one fuse that lets
 * Playwright attach; `npm run e2e -- --packed` runs the tests in it.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from './build.mjs'
import { asProgram, copyByLinks, root, runInFront, SetupError, say } from './house.mjs'
import { restorePrebuilt } from './native-module.mjs'
import { packedExecutable, packedFolder } from './packed.mjs'
import { writeSbom } from './sbom.mjs'
import { ensureNative, ensureRuntimes } from './setup.mjs'

/** @typedef {import('./electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

const require = createRequire(import.meta.url)

await asProgram(async () => {
  const forTests = process.argv.includes('--for-tests')
  const wanted = process.argv.slice(2).filter((argument) => argument !== '--for-tests')
  const electron = await ensureRuntimes()
  if (electron.standIn && wanted.length > 0 && !wanted.includes('--dir')) {
    throw new SetupError('the stand-in Electron is for tests: with it only the plain folder is packed.')
  }
  const { missing } = await build()
  if (missing.length > 0)
    throw new SetupError(`nothing was packed: ${missing.join(', ')} cannot be built yet.`)
  await writeSbom()
  const folder = await mkdtemp(path.join(tmpdir(), 'understory-pack-'))
  try {
    const code = await pack(electron, folder, wanted.length > 0 ? wanted : ['--dir'], forTests)
    return code || (await checkFuses(forTests))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/**
 * @param {ElectronRuntime} electron
 * @param {string} folder for temporary files
 * @param {string[]} targets as electron-builder's command line has them
 * @param {boolean} forTests
 */
async function pack(electron, folder, targets, forTests) {
  const options = [...targets, '--publish', 'never', '--config', 'electron-builder.yml']
  if (forTests) {
    options.push(`-c.directories.output=${packedFolder(true)}`)
    options.push('-c.electronFuses.enableNodeCliInspectArguments=true')
  }
  const icon = path.join('resources', 'icons', 'understory.png')
  if (existsSync(path.join(root, icon))) options.push(`-c.icon=${icon}`)
  options.push(`-c.electronVersion=${electron.version}`)
  if (electron.standIn) options.push(`-c.electronDist=${await bareStandIn(electron, folder)}`)
  // A current Electron gets the binary its authors tested; the one compiled here is for older ones.
  if (electron.nodeApiLevel >= 10) await restorePrebuilt()
  try {
    return await runInFront([
      process.execPath,
      path.join(root, 'node_modules', 'electron-builder', 'cli.js'),
      ...options,
    ])
  } finally {
    await ensureNative({ apiLevel: electron.nodeApiLevel })
  }
}

/** The stand-in without its development loader, which would be packed too. */
async function bareStandIn(/** @type {ElectronRuntime} */ electron, /** @type {string} */ folder) {
  const copy = path.join(folder, 'electron')
  await copyByLinks(path.dirname(electron.path), copy)
  await rm(path.join(copy, 'resources', 'app'), { recursive: true })
  return copy
}

/**
 * Reads the fuses back from what was packed and compares them with what must
 * hold: they are the program's own locks, and easily lost.
 */
async function checkFuses(/** @type {boolean} */ forTests) {
  const executable = packedExecutable(forTests)
  if (!existsSync(executable)) {
    say(`its fuses were not looked at: there is no ${path.relative(root, executable)}`)
    return 0
  }
  const { FuseV1Options: fuse, getCurrentFuseWire } = require('@electron/fuses')
  const wanted = new Map([
    [fuse.RunAsNode, false],
    [fuse.EnableCookieEncryption, true],
    [fuse.EnableNodeOptionsEnvironmentVariable, false],
    [fuse.EnableNodeCliInspectArguments, forTests],
    [fuse.EnableEmbeddedAsarIntegrityValidation, true],
    [fuse.OnlyLoadAppFromAsar, true],
    [fuse.LoadBrowserProcessSpecificV8Snapshot, false],
    [fuse.GrantFileProtocolExtraPrivileges, false],
  ])
  const wire = await getCurrentFuseWire(executable)
  // On the wire a fuse is the character "1" or "0".
  const wrong = [...wanted].filter(([option, on]) => (Number(wire[option]) === '1'.charCodeAt(0)) !== on)
  if (wrong.length > 0) {
    const names = wrong.map(([option]) => fuse[option]).join(', ')
    throw new SetupError(`fuses of the packed program are set wrong: ${names}.`)
  }
  say(`packed ${path.relative(root, executable)}, all ${wanted.size} fuses as wanted`)
  return 0
}
