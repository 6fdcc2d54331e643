/** Agreement and themes of two coders on many notes, against a bare loop over the same codings. */
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { computeThemes } from '../../electron/store/analysis/themes.ts'
import { Project } from '../../electron/store/project.ts'
import type { AgreementUnit } from '../../shared/model.ts'
import { addCode, addNotes } from '../store/project-content.ts'
import { chance, inFolder, noteText, PASSPHRASE, report, time } from './bench.ts'

/** UNDERSTORY_BENCH_NOTES=100000 runs the size of a trust: 1.6 million codings. */
const NOTES = Number(process.env.UNDERSTORY_BENCH_NOTES ?? 5_000)
const RUNS = process.env.UNDERSTORY_BENCH_NOTES ? 1 : 3
const CODES = 60
const CODINGS_PER_NOTE = 8
const CHUNK = 5_000

function* chunks(size: number): Generator<number[]> {
  for (let from = 0; from < size; from += CHUNK)
    yield Array.from({ length: Math.min(CHUNK, size - from) }, (_, at) => from + at)
}

await inFolder(async (folder) => {
  const random = chance(5)
  const project = Project.create(join(folder, 'bench.understory'), PASSPHRASE, { title: 'Bench' })
  const coders = ['Amara', 'Ben'].map((name) => project.addCoder(name).id)
  const [first] = coders as [string]
  for (const numbers of chunks(NOTES)) {
    const notes = numbers.map((at) => [`N${at}`, noteText(random, 1_800)] as const)
    addNotes(project, first, Object.fromEntries(notes), `YP${numbers[0]}`)
  }
  const codes = Array.from({ length: CODES }, (_, at) => addCode(project, first, `Code ${at}`))
  for (const coder of coders) {
    for (const numbers of chunks(NOTES)) {
      const codings = numbers.flatMap((at) =>
        Array.from({ length: CODINGS_PER_NOTE }, () => {
          const start = Math.floor(random() * 1_500)
          return {
            id: uuid(),
            note: `N${at}`,
            code: codes[Math.floor(random() * CODES)] as string,
            start,
            end: start + 20 + Math.floor(random() * 200),
          }
        }),
      )
      project.change(coder, 'codings.apply', { codings })
      project.change(coder, 'note.setStatus', { notes: numbers.map((at) => `N${at}`), status: 'finished' })
    }
  }
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
    await time(RUNS, () => void computeThemes(project.db, { by: null, coderIds: null })),
    baseline,
  )
  project.close()
})
