/**
 * `npm run soak`: what takes too long for `npm test`. 500 random walks through the window (tests/e2e/walk.spec.ts);
 * UNDERSTORY_WALKS asks for another number, UNDERSTORY_WALK_SEED for another first seed. The last line is the verdict.
 */
import { runEndToEnd } from './e2e.mjs'
import { asProgram, isProgram } from './house.mjs'

async function soak() {
  process.env.UNDERSTORY_WALKS ??= '500'
  const { code, counts } = await runEndToEnd(['tests/e2e/walk.spec.ts'])
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
  return code
}

if (isProgram(import.meta.url)) await asProgram(soak)
