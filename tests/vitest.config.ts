import { defineConfig } from 'vitest/config'

const file = (name: string) => new URL(name, import.meta.url).pathname

export default defineConfig({
  resolve: { alias: { 'better-sqlite3': file('./quick-keys.ts') } },
  test: {
    root: file('..'),
    include: ['tests/unit/**/*.test.ts', 'tests/store/**/*.test.ts', 'tests/cli/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: 'tests/build-command.mjs',
    pool: 'forks',
  },
})
