/** Runs many commands in one process of their own, each in a folder of its own, or as somebody else. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PASSPHRASE, type Ran } from './command.ts'

/** `folder`: where the command runs, so that its arguments name files as a person does; `env` is added to what there is. */
export type Call = { folder: string; args: readonly string[]; env?: Record<string, string> }

const RUN_ALL = fileURLToPath(new URL('./run-all.mjs', import.meta.url))
/** The commands of a run open hundreds of projects with one passphrase. */
const QUICK_KEYS = new URL('../quick-keys-here.mjs', import.meta.url).href
const BUNDLE = pathToFileURL(fileURLToPath(new URL('../../out/cli/cli.js', import.meta.url))).href

/** Runs them one after the other; `as`: the words before the program that make it somebody else's. */
export function runAll(calls: readonly Call[], as: readonly string[] = []): Ran[] {
  const [program = '', ...words] = [...as, process.execPath, '--import', QUICK_KEYS, RUN_ALL, BUNDLE]
  const { status, stdout, stderr } = spawnSync(program, words, {
    encoding: 'utf8',
    input: JSON.stringify(calls),
    maxBuffer: 1 << 28,
    env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE },
  })
  if (status !== 0) throw new Error(`The commands ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as Ran[]
}
