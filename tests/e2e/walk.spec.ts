/**
 * Walks like a person's: a few hundred acts one after the other, by mouse and key, in whatever order the seed gives,
 * from wherever the focus was left. After each act what is painted, what the lists say, what the file holds and what a
 * simple model expects are equal.
 *
 * Without more said, one short walk of a seed that once found something. UNDERSTORY_WALKS says how many walks there
 * are instead, UNDERSTORY_WALK_SEED which seed comes first (1), UNDERSTORY_WALK_ACTS how many acts each has (60).
 * `npm run soak -- walks` takes 500 of 200.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { Random } from '../../shared/agreement/random.ts'
import { temporaryFolder, test } from './app.ts'
import { makeStudy, PASSPHRASE } from './walk/study.ts'
import { Walk } from './walk/walk.ts'

const TWO_TO_32 = 2 ** 32
const ACTS = Number(process.env.UNDERSTORY_WALK_ACTS ?? 60)
const SEEDS = seedsAskedFor() ?? [8]

function seedsAskedFor(): number[] | null {
  const { UNDERSTORY_WALKS: count, UNDERSTORY_WALK_SEED: first = 1 } = process.env
  if (count === undefined && first === 1) return null
  return Array.from({ length: Number(count ?? 1) }, (_, at) => Number(first) + at)
}

for (const seed of SEEDS) {
  test(`a walk of ${ACTS} acts, seed ${seed}: painted, listed, stored and expected are equal after each`, async ({
    launch,
  }) => {
    test.setTimeout(60_000 + ACTS * 3_000)
    const file = await makeStudy()
    const userData = await temporaryFolder('walker')
    writeFileSync(path.join(userData, 'preferences.json'), JSON.stringify({ snap: 'word' }))
    const { page } = await launch({ args: [file], userData, size: { width: 1440, height: 900 } })
    await page.getByLabel('Passphrase').fill(PASSPHRASE)
    await page.keyboard.press('Enter')
    await expect(page.locator('.note-text')).toBeVisible()
    const db = openReadOnly(file, PASSPHRASE)
    const random = new Random(seed)
    try {
      const walk = new Walk(page, db, () => random.below(TWO_TO_32) / TWO_TO_32)
      await walk.begin()
      for (let act = 0; act < ACTS; act++) await walk.step()
      expect(walk.acts).toBe(ACTS)
    } catch (error) {
      await page.screenshot({ path: test.info().outputPath('where-it-ended.png') })
      throw error
    } finally {
      db.close()
    }
  })
}
