import { defineConfig } from '@playwright/test'

/** Which share of the tests this is, when `npm run e2e` runs them in several displays. */
const share = process.env.UNDERSTORY_E2E_SHARE ?? '1'

// One window at a time: the tests of a share have one display, and timing is part of what they look at.
export default defineConfig({
  testDir: 'e2e',
  outputDir: `../test-results/e2e-${share}`,
  workers: 1,
  timeout: 120_000,
  // The tests' own tsconfig leads libraries to their types, which is no place to run them from.
  tsconfig: '../scripts/tsconfig.base.json',
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI === 'true',
  reporter: [['list'], ['json', { outputFile: `../test-results/e2e-${share}.json` }]],
})
