import { availableParallelism } from 'node:os'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const file = (name: string) => new URL(name, import.meta.url).pathname

/**
 * Trying a PIN takes 32 MB and some tenth of a second, which is what a thief needs and what a test does not: here a
 * thirty-second of it. What is built and shipped keeps its own cost (`store/chairs.test.ts`).
 */
const quickPins: Plugin = {
  name: 'quick-pins',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/electron/store/team/pins.ts')) return null
    const quick = code.replace('N: 2 ** 15', 'N: 2 ** 10')
    if (quick === code) throw new Error('The cost of a PIN is not where it was: quick-pins finds it no more.')
    return quick
  },
}

const shared = {
  plugins: [quickPins],
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
