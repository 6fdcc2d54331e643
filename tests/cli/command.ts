/** Runs the real command line in a process of its own, as a script would. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

export const PASSPHRASE = 'staple battery'
const LAUNCHER = fileURLToPath(new URL('../../scripts/understory.mjs', import.meta.url))

export type Ran = { status: number | null; stdout: string; stderr: string }

export function understory(args: readonly string[], env: Record<string, string> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE, ...env },
  })
  return { status, stdout, stderr }
}

/** Runs a command that must succeed and parses the one JSON document it prints. */
export function json<T>(args: readonly string[]): T {
  const { status, stdout, stderr } = understory([...args, '--json'])
  if (status !== 0) throw new Error(`understory ${args.join(' ')} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as T
}

/** A folder for one test file, removed at its end. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'understory-cli-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
