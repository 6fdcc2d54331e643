/** Agreement and themes of two coders on many notes, against a bare loop over the same codings. */
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { computeThemes } from '../../electron/store/analysis/themes.ts'
import { Project } from '../../electron/store/project.ts'
import { addCode, addNotes } from '../store/project-content.ts'
import { chance, inFolder, noteText, PASSPHRASE, report, time } from './bench.ts'

const NOTES = 5_000
const CODES = 60
const CODINGS_PER_NOTE = 8

await inFolder(async (folder) => {
  const random = chance(5)
  const project = Project.create(join(folder, 'bench.understory'), PASSPHRASE, { title: 'Bench' })
  const coders = ['Amara', 'Ben'].map((name) => project.addCoder(name).id)
  const [first] = coders as [string]
  const notes = Object.fromEntries(
    Array.from({ length: NOTES }, (_, at) => [`N${at}`, noteText(random, 1_800)]),
  )
  addNotes(project, first, notes)
  const codes = Array.from({ length: CODES }, (_, at) => addCode(project, first, `Code ${at}`))
  for (const coder of coders) {
    const codings = Object.keys(notes).flatMap((note) =>
      Array.from({ length: CODINGS_PER_NOTE }, () => {
        const start = Math.floor(random() * 1_500)
        return {
          id: uuid(),
          note,
          code: codes[Math.floor(random() * CODES)] as string,
          start,
          end: start + 20 + Math.floor(random() * 200),
        }
      }),
    )
    project.change(coder, 'codings.apply', { codings })
    project.change(coder, 'note.setStatus', { notes: Object.keys(notes), status: 'finished' })
  }
  const read = project.db.prepare('SELECT note, coder, code, start_at, end_at FROM coding').raw()
  const bare = await time(3, () => {
    let sum = 0
    for (const row of read.iterate() as IterableIterator<number[]>) sum += row[3] as number
    if (sum < 0) throw new Error('unreachable')
  })
  const baseline = {
    ms: bare,
    is: `a bare loop over the ${2 * NOTES * CODINGS_PER_NOTE} codings from the file`,
  }
  const agree = (unit: 'note' | 'character', replicates: number) =>
    time(3, () => {
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
  report(`agreement by note with 200 resamples, ${of}`, await agree('note', 200), baseline)
  report(
    `theme table, ${of}`,
    await time(3, () => void computeThemes(project.db, { by: null, coderIds: null })),
    baseline,
  )
  project.close()
})
