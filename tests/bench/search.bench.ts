/**
 * Searching many notes, in a process that has the file open: until the first 50 hits stand, and until all are counted.
 * Against reading every text once from the file.
 */
import { join } from 'node:path'
import { type SearchArgs, search } from '../../electron/store/analysis/search.ts'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { Project } from '../../electron/store/project.ts'
import { coderId } from '../ids.ts'
import { addNotes } from '../store/project-content.ts'
import { chance, inFolder, median, noteText, PASSPHRASE, report, time } from './bench.ts'

/** UNDERSTORY_BENCH_NOTES=100000 runs the size of a trust. */
const NOTES = Number(process.env.UNDERSTORY_BENCH_NOTES ?? 10_000)
const CHUNK = 1_000
const RUNS = 5
const FIRST = 50

function makeNotes(file: string): void {
  const random = chance(5)
  const project = Project.create(file, PASSPHRASE, { title: 'Bench' })
  const coder = project.addCoder('Amara').id
  for (let from = 0; from < NOTES; from += CHUNK) {
    const notes = Array.from({ length: Math.min(CHUNK, NOTES - from) }, (_, at) => {
      const text = noteText(random, 1_800)
      // In so many of them, and at the beginnings of words alone.
      return [`N${from + at}`, random() < 0.03 ? `${text} Zephyrine clouds.` : text] as const
    })
    addNotes(project, coder, Object.fromEntries(notes), `YP${from}`)
  }
  project.close()
}

const SEARCHES: ReadonlyArray<[string, SearchArgs['mode'], string]> = [
  ['a word in 3 % of the notes', 'words', 'zephyrine'],
  ['a word in half of the notes', 'words', 'would'],
  ['a word in all notes', 'words', 'the'],
  ['a pattern with a word', 'pattern', '\\bzephyrine cl\\w+'],
  ['a pattern within words', 'pattern', 'phyrin[ae]'],
  ['a pattern in half of the notes', 'pattern', '\\bw[aeiou]uld'],
  ['a pattern without letters', 'pattern', '\\.\\s{2,}\\S'],
]

type Timed = { first: number; all: number; userMs: number; notes: number }

await inFolder(async (folder) => {
  const file = join(folder, 'bench.understory')
  makeNotes(file)
  const db = openReadOnly(file, PASSPHRASE)
  const bare = await time(3, () => {
    const read = db.prepare('SELECT body FROM note_text').pluck().iterate() as IterableIterator<string>
    let length = 0
    for (const body of read) length += body.length
    if (length === 0) throw new Error('unreachable')
  })
  const baseline = { ms: bare, is: `reading the ${NOTES} texts once from the file` }
  const run = (mode: SearchArgs['mode'], query: string): Timed => {
    let first: number | null = null
    const cpu = process.cpuUsage()
    const started = performance.now()
    const args = { query, mode, matchCase: false, filter: {}, coderId: coderId('nobody'), limit: 5_000 }
    const { notes } = search(db, args, {
      onProgress: ({ found }) => {
        if (first === null && found && found.from + found.hits.length >= FIRST)
          first = performance.now() - started
      },
    })
    const all = performance.now() - started
    return { first: first ?? all, all, userMs: process.cpuUsage(cpu).user / 1_000, notes }
  }
  for (const [name, mode, query] of SEARCHES) {
    // Nothing is known of the texts yet, as after opening the file; for the others everything is.
    const runs = Array.from({ length: RUNS }, () => run(mode, query))
    const [begun, ...others] = runs as [Timed, ...Timed[]]
    const of = (part: keyof Timed) => median(others.map((each) => each[part]))
    const more = { notes: begun.notes, notesInAll: NOTES, firstTimeMs: Math.round(begun.first) }
    report(`${name}: the first ${FIRST} hits`, of('first'), baseline, more)
    report(`${name}: all counted`, of('all'), baseline, { userMs: Math.round(of('userMs')) })
  }
  db.close()
})
