/**
 * Node 24, beside the Node that runs this: the pinned Electron is of its generation, and loads the SQLite module as its
 * package brings it. It comes from npm (package `node`, 190 MB unpacked), only when somebody asks for it, and lies in the
 * cache folder.
 */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { cacheFolder, run, runInFront, SetupError, say } from './house.mjs'

const VERSION = '24.21.0'
const platform = process.platform === 'win32' ? 'win' : process.platform
/** The part of package `node` that holds the program. */
const packageName = `node-${platform}-${process.arch}`
const folder = () => path.join(cacheFolder(), `node-${VERSION}`)
const program = () =>
  path.join(folder(), 'node_modules', packageName, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** How to get it, for whoever reads that it is missing. */
export const HOW_TO_GET_IT = '"npm run setup -- --with-node24" fetches it; UNDERSTORY_NODE24 names another'

/** @returns {Promise<string | null>} the program, by UNDERSTORY_NODE24 or from the cache; null for none that runs */
export async function findNode24() {
  const candidate = process.env.UNDERSTORY_NODE24 ?? program()
  const { code, stdout } = await run(candidate, ['--version'])
  return code === 0 && stdout.startsWith('v24.') ? candidate : null
}

/** @throws {SetupError} where npm cannot fetch it */
export async function fetchNode24() {
  if (existsSync(program())) return
  await mkdir(folder(), { recursive: true })
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const what = `${packageName}@${VERSION}`
  const code = await runInFront([npm, 'install', '--no-audit', '--no-fund', '--prefix', folder(), what])
  if (code !== 0) throw new SetupError(`npm could not fetch ${what}.`)
  say(`Node ${VERSION} lies in ${folder()}`)
}
