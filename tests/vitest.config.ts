import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const file = (name: string) => new URL(name, import.meta.url).pathname

export default defineConfig({
  resolve: { alias: { 'better-sqlite3': file('./quick-keys.mjs') } },
  test: {
    root: file('..'),
    include: ['tests/unit/**/*.test.ts', 'tests/store/**/*.test.ts', 'tests/cli/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: 'tests/build-command.mjs',
    setupFiles: 'tests/tidy.ts',
    pool: 'forks',
    // Importing the program anew for every file takes longer than most files do.
    isolate: false,
    maxWorkers: availableParallelism(),
  },
})
