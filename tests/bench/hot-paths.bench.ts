/**
 * What one act of coding costs in a project without codings, with 100,000 and with 1.6 million, each as the page asks
 * for it through the contract: it must not depend on how many there are.
 */
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { importCodings } from '../../electron/store/intake/codings.ts'
import { Project } from '../../electron/store/project.ts'
import type { CodeId, CoderId, NoteId } from '../../shared/contract/basics.ts'
import { codingId } from '../ids.ts'
import { asking, openHandlers } from '../store/open-handlers.ts'
import { addCode, addNotes } from '../store/project-content.ts'
import { chance, inFolder, median, noteText, PASSPHRASE, report } from './bench.ts'

const CODES = 60
const CODERS = ['Amara', 'Ben']
const CODINGS_PER_NOTE = 8
/** Notes of the middle project, and of the one without codings. */
const NOTES = 6_250
/** UNDERSTORY_BENCH_NOTES=100000 adds 1.6 million codings; making them takes minutes. */
const LARGE = Number(process.env.UNDERSTORY_BENCH_NOTES ?? 0)
/** Codings of one journal entry, as an import of codings makes them. */
const ENTRY = 1_000
const RUNS = 60
/** Codings by hand before anything is measured: what a page of the history shows is alike in all projects. */
const BY_HAND = 150
const HISTORY_PAGE = 100

type Ask = ReturnType<typeof asking>
type Figure = { ms: number; userMs: number }
type Figures = Record<string, Figure>

function fill(project: Project, coder: CoderId, ids: readonly string[], codes: readonly CodeId[]): void {
  const random = chance(7)
  for (let from = 0; from < ids.length; from += ENTRY / CODINGS_PER_NOTE) {
    const codings = ids.slice(from, from + ENTRY / CODINGS_PER_NOTE).flatMap((note) =>
      Array.from({ length: CODINGS_PER_NOTE }, () => {
        const start = Math.floor(random() * 150)
        const code = codes[Math.floor(random() * CODES)] as CodeId
        return { id: codingId(uuid()), note, code, start, end: start + 20 + Math.floor(random() * 20) }
      }),
    )
    project.change(coder, 'codings.apply', { codings })
  }
}

/** A project whose notes all have codings of two coders, or none; its path. */
function makeProject(file: string, notes: number, isCoded: boolean): void {
  const random = chance(5)
  const project = Project.create(file, PASSPHRASE, { title: 'Bench' })
  const coders = CODERS.map((name) => project.addCoder(name).id)
  const [first] = coders as [CoderId]
  project.activate(first)
  const ids = Array.from({ length: notes }, (_, at) => `N${at}`)
  project.allOrNothing(() => {
    for (let from = 0; from < notes; from += ENTRY) {
      const texts = ids.slice(from, from + ENTRY).map((id) => [id, noteText(random, 200)] as const)
      addNotes(project, first, Object.fromEntries(texts), `YP${from}`)
    }
    const codes = Array.from({ length: CODES }, (_, at) => addCode(project, first, `Code ${at}`))
    if (isCoded) for (const coder of coders) fill(project, coder, ids, codes)
  })
  project.close()
}

/** Median of runs one after the other, and the processor's time for one. */
async function measure(work: (run: number) => Promise<unknown>): Promise<Figure> {
  await work(RUNS)
  const times: number[] = []
  const before = process.cpuUsage()
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now()
    await work(run)
    times.push(performance.now() - started)
  }
  return { ms: median(times), userMs: process.cpuUsage(before).user / 1_000 / RUNS }
}

/** What the page asks again after each coding. */
const renew = (ask: Ask, coderId: CoderId, noteId: NoteId) =>
  Promise.all([
    ask('codes.list', {}),
    ask('codings.ofNote', { noteId, coderIds: [coderId] }),
    ask('history.state', { coderId }),
  ])

async function applyOne(ask: Ask, coderId: CoderId, codeId: CodeId, run: number): Promise<void> {
  const noteId = `N${run}`
  const span = { start: 2 + (run % 50), end: 60 + (run % 7) }
  await ask('codings.apply', { coderId, noteId, span, codings: [{ id: codingId(uuid()), codeId }] })
  await renew(ask, coderId, noteId)
}

async function measureAll(file: string): Promise<Figures> {
  const handlers = openHandlers(() => [file])
  const ask = asking(handlers)
  await ask('project.open', { ticket: 'a-ticket', passphrase: PASSPHRASE })
  const coderId = (await ask('project.info', {}))?.activeCoderId as CoderId
  const codes = (await ask('codes.list', {})).map(({ id }) => id)
  const code = (run: number) => codes[run % codes.length] as CodeId
  for (let run = 0; run < BY_HAND; run++) await applyOne(ask, coderId, code(run), run)
  const figures: Figures = {}
  const take = async (name: string, work: (run: number) => Promise<unknown>) => {
    figures[name] = await measure(work)
  }
  await take('apply a code, and what the page asks then', (run) =>
    applyOne(ask, coderId, code(run + 1), BY_HAND + run),
  )
  await take('undo it, and what the page asks then', async () => {
    await ask('history.undo', { coderId })
    await renew(ask, coderId, 'N1')
  })
  await take('save a field of a code, and what the page asks then', async (run) => {
    await ask('codes.update', { coderId, id: code(run), changes: { definition: `As said in ${run}.` } })
    await Promise.all([
      ask('codes.list', {}),
      ask('project.info', {}),
      ask('history.state', { coderId }),
      ask('codebook.state', {}),
    ])
  })
  await take('step to a coding of another note', async (run) => {
    await ask('notes.get', { noteId: `N${run}` })
    const [coding] = await ask('codings.ofNote', { noteId: `N${run}`, coderIds: [coderId] })
    if (coding) await ask('codings.history', { id: coding.id })
  })
  await take('open the history', () => ask('journal.list', { before: null, limit: HISTORY_PAGE }))
  await take('what can be undone', () => ask('history.steps', { coderId, limit: HISTORY_PAGE }))
  await take('what the undo button says', () => ask('history.state', { coderId }))
  handlers.closeProject()
  return { ...figures, ...(await measureImport(file)) }
}

/** Three rows of a table of codings brought in. */
async function measureImport(file: string): Promise<Figures> {
  const project = Project.open(file, PASSPHRASE)
  const coder = project.activeCoder().id
  const imported = await measure(async (run) => {
    const rows = [0, 1, 2].map((at) => ({
      row: at + 2,
      note: `N${3 * run + at}`,
      span: { start: 5 + at, end: 30 + run },
      code: `Code ${run % CODES}`,
      memo: '',
      qualifiers: {},
    }))
    importCodings(project, coder, rows, { source: 'a table', finished: 'none' })
  })
  project.close()
  return { 'import three codings': imported }
}

await inFolder(async (folder) => {
  const sizes = [
    { notes: NOTES, isCoded: false },
    { notes: NOTES, isCoded: true },
    ...(LARGE > 0 ? [{ notes: LARGE, isCoded: true }] : []),
  ]
  let bare: Figures | null = null
  for (const [at, { notes, isCoded }] of sizes.entries()) {
    const file = join(folder, `${at}.understory`)
    makeProject(file, notes, isCoded)
    const figures = await measureAll(file)
    bare ??= figures
    const codings = isCoded ? CODERS.length * CODINGS_PER_NOTE * notes : 0
    for (const [job, { ms, userMs }] of Object.entries(figures)) {
      const baseline = bare[job] as Figure
      report(
        `${job}, ${codings} codings`,
        ms,
        { ms: baseline.ms, is: `the same in a project of ${NOTES} notes without codings` },
        {
          userMs: Number(userMs.toPrecision(3)),
          userRatio: Number((userMs / baseline.userMs).toPrecision(3)),
        },
      )
    }
  }
})
