/** The command line: in this process, or in one of its own where a test is about the process. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

export const PASSPHRASE = 'staple battery'
export const LAUNCHER = fileURLToPath(new URL('../../scripts/understory.mjs', import.meta.url))

/** What the launcher imports, with its workers beside it; built before the tests (`build-command.mjs`). */
const BUNDLE = '../../out/cli/cli.js'
const { runCommand } = (await import(BUNDLE)) as {
  runCommand: (argv: readonly string[]) => Promise<number>
}

export type Ran = { status: number | null; stdout: string; stderr: string }

/** Runs a command as a script would: the launcher, in a process of its own. */
export function launched(args: readonly string[], env: Record<string, string> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE, ...env },
  })
  return { status, stdout, stderr }
}

/** Runs a command by the function that the launcher calls; a process for each takes minutes. One at a time. */
export async function understory(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const said = { stdout: '', stderr: '' }
  const giveBack = [lend({ UNDERSTORY_PASSPHRASE: PASSPHRASE, ...env }), listen('stdout'), listen('stderr')]
  try {
    return { status: await runCommand(args), ...said }
  } finally {
    for (const back of giveBack) back()
  }

  function listen(name: 'stdout' | 'stderr'): () => void {
    const stream = process[name]
    const { write } = stream
    const before = stream.listeners('error')
    stream.write = (text: unknown) => {
      said[name] += String(text)
      return true
    }
    return () => {
      stream.write = write
      for (const listener of stream.listeners('error'))
        if (!before.includes(listener)) stream.off('error', listener as () => void)
    }
  }
}

/** Sets variables until what is returned is called. */
function lend(variables: Record<string, string>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, variables)
  return () => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  }
}

/** Runs a command that must succeed and parses the one JSON document it prints. */
export async function json<T>(args: readonly string[]): Promise<T> {
  const { status, stdout, stderr } = await understory([...args, '--json'])
  if (status !== 0) throw new Error(`understory ${args.join(' ')} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as T
}

/** A folder for one test file, removed at its end. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'understory-cli-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
