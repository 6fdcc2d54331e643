/** Agreement and themes of two coders on many notes, against a bare loop over the same codings. */
import { join } from 'node:path'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { computeThemes, WHOLE_SCOPE } from '../../electron/store/analysis/themes.ts'
import type { AgreementUnit } from '../../shared/contract/agreement.ts'
import { inFolder, report, time } from './bench.ts'
import { CODES, CODINGS_PER_NOTE, makeStudy } from './study.ts'

/** UNDERSTORY_BENCH_NOTES=100000 runs the size of a trust: 1.6 million codings. */
const NOTES = Number(process.env.UNDERSTORY_BENCH_NOTES ?? 5_000)
const RUNS = process.env.UNDERSTORY_BENCH_NOTES ? 1 : 3

await inFolder(async (folder) => {
  const { project, coders } = makeStudy(join(folder, 'bench.understory'), NOTES)
  const read = project.db.prepare('SELECT note, coder, code, start_at, end_at FROM coding').raw()
  const bare = await time(RUNS, () => {
    let sum = 0
    for (const row of read.iterate() as IterableIterator<number[]>) sum += row[3] as number
    if (sum < 0) throw new Error('unreachable')
  })
  const baseline = {
    ms: bare,
    is: `a bare loop over the ${2 * NOTES * CODINGS_PER_NOTE} codings from the file`,
  }
  const agree = (unit: AgreementUnit, replicates: number) =>
    time(RUNS, () => {
      computeAgreement(project.db, {
        coderIds: coders,
        unit,
        codeIds: null,
        replicates,
        resampled: 'note',
        seed: 1,
      })
    })
  const of = `${NOTES} notes, ${CODES} codes, 2 coders`
  report(`agreement by note, ${of}`, await agree('note', 0), baseline)
  report(`agreement by character, ${of}`, await agree('character', 0), baseline)
  report(`agreement by sentence, ${of}`, await agree('sentence', 0), baseline)
  report(`agreement by note with 1,000 resamples, ${of}`, await agree('note', 1_000), baseline)
  report(
    `theme table, ${of}`,
    await time(
      RUNS,
      () => void computeThemes(project.db, { scope: { ...WHOLE_SCOPE, notes: 'all' }, viewer: null }),
    ),
    baseline,
  )
  project.close()
})
