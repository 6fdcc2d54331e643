/** Where electron-builder puts the program that runs as it is. */
import path from 'node:path'
import { root } from './house.mjs'

/** Packed for tests: the same, but Playwright may attach. Relative to the root. */
export const packedFolder = (/** @type {boolean} */ forTests) =>
  path.join('release', forTests ? 'for-tests' : '')

/** @returns {string} the executable, which need not exist */
export function packedExecutable(/** @type {boolean} */ forTests) {
  const folder = path.join(root, packedFolder(forTests))
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`
  if (process.platform === 'darwin') {
    return path.join(folder, `mac${arch}`, 'Understory.app', 'Contents', 'MacOS', 'Understory')
  }
  if (process.platform === 'win32') return path.join(folder, `win${arch}-unpacked`, 'Understory.exe')
  return path.join(folder, `linux${arch}-unpacked`, 'understory')
}
