/**
 * What every development script needs to know: where the project is, where
 * things that outlive `node_modules` are kept, and how to speak and run.
 */
import { spawn } from 'node:child_process'
import { accessSync, existsSync, constants as modes, realpathSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { constants, homedir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout these scripts belong to, wherever it was cloned. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** Node-API level of the Node that runs this script. */
export const nodeApiLevel = Number(process.versions.napi)

export const isRoot = process.getuid?.() === 0

/**
 * Folder for what is costly to make and safe to delete (compiled module,
 * development Electron). Outside node_modules, so that a new install or a
 * second clone does not make it again.
 */
export function cacheFolder() {
  if (process.env.UNDERSTORY_CACHE) return path.resolve(process.env.UNDERSTORY_CACHE)
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) {
    return path.join(process.env.LOCALAPPDATA, 'understory', 'cache')
  }
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'understory')
}

/** Says one line to the person. Always stderr: stdout belongs to the command line program. */
export function say(/** @type {string} */ line) {
  process.stderr.write(`understory: ${line}\n`)
}

/** A failure whose message is written for the person; scripts print it without a stack. */
export class SetupError extends Error {}

/** The verdict of many tests. @param {{ passed: number, failed: number, skipped: number }} counts */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/**
 * Runs a script's main function as the whole program.
 * @param {() => Promise<number | void>} main resolves to the exit code
 */
export async function asProgram(main) {
  try {
    process.exitCode = (await main()) || 0
  } catch (error) {
    if (error instanceof SetupError) say(error.message)
    else console.error(error)
    process.exitCode = 1
  }
}

/** True when `moduleUrl` is the script node was started with, also by way of a link. */
export function isProgram(/** @type {string} */ moduleUrl) {
  const started = process.argv[1]
  return started !== undefined && existsSync(started) && fileURLToPath(moduleUrl) === realpathSync(started)
}

/**
 * Runs a command to its end, quietly: what it prints is kept and returned, to
 * be shown when something failed.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number }} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>} code 127: could not be started
 */
export function run(command, args, { cwd = root, env = process.env, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.setEncoding('utf8')
    child.stderr.setEncoding('utf8')
    let stdout = ''
    let output = ''
    child.stdout.on('data', (part) => {
      stdout += part
      output += part
    })
    child.stderr.on('data', (part) => {
      output += part
    })
    child.on('error', (error) => resolve({ code: 127, stdout, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, output }))
  })
}

/**
 * Runs a command with this program's own terminal and passes interrupts on.
 * The command gets a process group of its own, and the whole group gets the
 * signal: xvfb-run, for one, would end without the programs it started.
 * @param {string[]} command program and arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code (128 + signal number when a signal ended it)
 */
export function runInFront([program = '', ...args], { cwd = root, env = process.env } = {}) {
  return new Promise((resolve) => {
    const grouped = process.platform !== 'win32'
    const child = spawn(program, args, { cwd, env, stdio: 'inherit', detached: grouped })
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      if (grouped && child.pid) process.kill(-child.pid, signal)
      else child.kill(signal)
    }
    for (const signal of FORWARDED) process.on(signal, forward)
    const done = (/** @type {number} */ code) => {
      for (const signal of FORWARDED) process.off(signal, forward)
      resolve(code)
    }
    child.on('error', (error) => {
      say(`${program} could not be started: ${error.message}`)
      done(127)
    })
    child.on('close', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

/** @type {NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Where `name` lies on the PATH, or undefined. */
export function findProgram(/** @type {string} */ name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const ending of endings) {
      const candidate = path.join(folder, name + ending)
      try {
        accessSync(candidate, modes.X_OK)
        if (statSync(candidate).isFile()) return candidate
      } catch {
        // not in this folder
      }
    }
  }
  return undefined
}

/**
 * Copies a folder on Linux. Hard links make it free where both lie on one disk.
 * @param {string} from
 * @param {string} to must not exist
 */
export async function copyByLinks(from, to) {
  if ((await run('cp', ['-al', from, to])).code === 0) return
  await rm(to, { recursive: true, force: true })
  const { code, output } = await run('cp', ['-a', from, to])
  if (code !== 0) throw new SetupError(`${from} could not be copied: ${output.trim()}`)
}
