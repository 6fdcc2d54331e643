import { availableParallelism } from 'node:os'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const file = (name: string) => new URL(name, import.meta.url).pathname

/**
 * Trying a PIN or the passphrase of a package takes much memory and a part of a second, which is what a thief needs and
 * what a test does not: here a small part of it. What is built and shipped keeps its own cost (`store/chairs.test.ts`,
 * `cli/packages.test.ts`).
 */
const QUICK: ReadonlyArray<readonly [file: string, shipped: string, tried: string]> = [
  ['/electron/store/team/pins.ts', 'N: 2 ** 15', 'N: 2 ** 10'],
  ['/electron/store/exchange/packages/sealed.ts', 'PASSPHRASE_WORK = 18', 'PASSPHRASE_WORK = 6'],
]
const quickSecrets: Plugin = {
  name: 'quick-secrets',
  enforce: 'pre',
  transform(code, id) {
    const found = QUICK.find(([file]) => id.endsWith(file))
    if (!found) return null
    const quick = code.replace(found[1], found[2])
    if (quick === code)
      throw new Error(`The cost that ${id} has is not where it was: quick-secrets finds it no more.`)
    return quick
  },
}

const shared = {
  plugins: [quickSecrets],
  resolve: { alias: { 'better-sqlite3': file('./quick-keys.mjs') } },
  root: file('..'),
}
const inBoth = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  pool: 'forks',
  // Importing the program anew for every file takes longer than most files do.
  isolate: false,
} as const

export default defineConfig({
  ...shared,
  test: {
    root: file('..'),
    globalSetup: 'tests/build-command.mjs',
    maxWorkers: availableParallelism(),
    projects: [
      {
        ...shared,
        test: {
          ...inBoth,
          name: 'unit',
          setupFiles: 'tests/tidy.ts',
          include: ['tests/unit/**/*.test.ts', 'tests/store/**/*.test.ts', 'tests/cli/**/*.test.ts'],
        },
      },
      {
        ...shared,
        test: {
          ...inBoth,
          name: 'components',
          // Undone from the last to the first: the page goes before its folder.
          setupFiles: ['tests/tidy.ts', 'tests/components/tidy.ts'],
          include: ['tests/components/**/*.test.tsx'],
          environment: file('./components/environment.ts'),
        },
      },
    ],
  },
})
