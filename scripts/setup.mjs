/**
 * Makes both runtimes work wherever the project is cloned: the native SQLite
 * module and Electron. Runs after every install (`--after-install`), by hand
 * (`npm run setup`, which also looks again for the pinned Electron;
 * `-- --with-deps` also installs system libraries, as root; `-- --with-node24`
 * also fetches Node 24 for the tests), and, through the
 * functions below, before everything that needs the runtimes.
 */
import { ensureElectron } from './electron-runtime.mjs'
import { asProgram, isProgram, SetupError, say } from './house.mjs'
import { ensureNative } from './native-module.mjs'
import { fetchNode24 } from './node24.mjs'

export { ensureElectron } from './electron-runtime.mjs'
export { ensureNative } from './native-module.mjs'
export { displayCommand } from './system-libraries.mjs'

/**
 * Both, fitting each other: the native module must load in Node and in the Electron at hand.
 * @param {{ search?: boolean, withDeps?: boolean }} [options] as for ensureElectron
 */
export async function ensureRuntimes(options) {
  await ensureNative()
  const electron = await ensureElectron(options)
  await ensureNative({ apiLevel: electron.nodeApiLevel })
  return electron
}

/**
 * An install must give a working command line program; without Electron only
 * the window is missing, so that is said and not fatal.
 */
async function setUp() {
  const afterInstall = process.argv.includes('--after-install')
  const withDeps = process.argv.includes('--with-deps')
  await ensureNative()
  if (process.argv.includes('--with-node24')) await fetchNode24()
  try {
    await ensureRuntimes({ search: true, withDeps })
  } catch (error) {
    if (!afterInstall || !(error instanceof SetupError)) throw error
    say(`warning: the window cannot be started yet; the command line can. ${error.message}`)
  }
}

if (isProgram(import.meta.url)) await asProgram(setUp)
