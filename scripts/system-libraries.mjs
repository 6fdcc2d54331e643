/**
 * What Electron needs from a Linux machine: shared libraries and a display.
 */
import { existsSync } from 'node:fs'
import { findProgram, isRoot, run, SetupError, say } from './house.mjs'

/** Debian's names. Newer releases add "t64" to some; `availableNames` looks. */
export const ELECTRON_PACKAGES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0',
  'libdrm2',
]
const DISPLAY_PACKAGES = ['xvfb', 'xauth']

/** In automated runs the machine is ours to complete; on a person's machine only when they say so. */
const mayInstall = (/** @type {boolean} */ withDeps) =>
  (withDeps || process.env.CI === 'true') && isRoot && existsSync('/usr/bin/apt-get')

/**
 * @param {string} executable Electron's
 * @param {{ withDeps: boolean }} options
 * @throws {SetupError} naming what is missing and the command that installs it
 */
export async function ensureSystemLibraries(executable, { withDeps }) {
  if (process.platform !== 'linux') return
  let missing = await whatIsMissing(executable)
  if (missing.length === 0) return
  const command = await installCommand()
  if (mayInstall(withDeps)) {
    say(`installing system packages for Electron: ${command.join(' ')}`)
    await run('apt-get', ['update'])
    await run('apt-get', command.slice(1), { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    missing = await whatIsMissing(executable)
  }
  if (missing.length > 0) {
    const how = existsSync('/usr/bin/apt-get') ? `\n  Debian, Ubuntu: ${command.join(' ')}` : ''
    throw new SetupError(`Electron cannot start here, missing: ${missing.join(', ')}${how}`)
  }
}

/** @returns {Promise<string[]>} shared libraries, and xvfb-run where there is no screen */
async function whatIsMissing(/** @type {string} */ executable) {
  const { stdout } = await run('ldd', [executable])
  const missing = [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => String(match[1]))
  if (!hasDisplay() && !findProgram('xvfb-run')) missing.push('xvfb-run (there is no display)')
  return missing
}

async function installCommand() {
  const names = [...ELECTRON_PACKAGES, ...(hasDisplay() ? [] : DISPLAY_PACKAGES)]
  return ['apt-get', 'install', '-y', '--no-install-recommends', ...(await availableNames(names))]
}

async function availableNames(/** @type {string[]} */ names) {
  const newer = names.map((name) => `${name}t64`)
  const { stdout } = await run('apt-cache', ['--no-all-versions', 'show', ...newer])
  const known = new Set([...stdout.matchAll(/^Package: (\S+)/gm)].map((match) => String(match[1])))
  return names.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name))
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/**
 * What to put before a command that opens windows: nothing, or a display in memory.
 * @returns {Promise<string[]>}
 */
export async function displayCommand() {
  if (hasDisplay()) return []
  if (!findProgram('xvfb-run')) {
    throw new SetupError('there is no display. Install one in memory: apt-get install -y xvfb xauth')
  }
  say('no display here: windows open on one in memory (xvfb-run)')
  return ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24 -nolisten tcp']
}
