import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const file = (name: string) => new URL(name, import.meta.url).pathname

const shared = {
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
