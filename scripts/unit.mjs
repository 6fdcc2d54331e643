/**
 * `npm run unit`: the tests that need no window; what is given goes to Vitest. `npm run unit -- --node24` runs them under
 * Node 24, with the SQLite module as its package brings it.
 */
import path from 'node:path'
import { asProgram, isProgram, root, runInFront, SetupError } from './house.mjs'
import { ensureNative, prebuiltFile } from './native-module.mjs'
import { findNode24, HOW_TO_GET_IT } from './node24.mjs'

const VITEST = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')

/**
 * @param {string[]} args for Vitest
 * @param {{ node24?: string, env?: NodeJS.ProcessEnv }} [options] node24: the Node 24 program to run them under
 * @returns {Promise<number>} the exit code
 */
export async function runVitest(args, { node24, env = process.env } = {}) {
  await ensureNative()
  const command = [node24 ?? process.execPath, VITEST, 'run', '--config=tests/vitest.config.ts', ...args]
  return runInFront(command, { env: node24 ? { ...env, UNDERSTORY_PREBUILT: prebuiltFile() } : env })
}

async function main() {
  const args = process.argv.slice(2)
  if (!args.includes('--node24')) return runVitest(args)
  const node24 = await findNode24()
  if (!node24) throw new SetupError(`there is no Node 24 at hand: ${HOW_TO_GET_IT}.`)
  return runVitest(
    args.filter((arg) => arg !== '--node24'),
    { node24 },
  )
}

if (isProgram(import.meta.url)) await asProgram(main)
