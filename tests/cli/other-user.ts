/** Somebody who may not read or write everything: root may, so that another user is asked instead. */
import { spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

/** The words before a program that make it theirs; none where whoever runs the tests is not root. */
export const AS_NOBODY: readonly string[] = isRoot
  ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  : []

export function giveToNobody(paths: readonly string[]): void {
  if (isRoot) for (const path of paths) chownSync(path, NOBODY, NOBODY)
}

/** A clone may lie where only its owner goes. */
export const canNobodyRead = (file: string): boolean =>
  process.platform !== 'win32' &&
  spawnSync(AS_NOBODY[0] ?? 'cat', [...AS_NOBODY.slice(1), ...(isRoot ? ['cat'] : []), file]).status === 0
