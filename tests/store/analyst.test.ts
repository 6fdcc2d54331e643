import { execFileSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { WorkerAnalyst } from '../../electron/store/jobs/analyst.ts'
import { NEVER } from '../../shared/cancel.ts'
import { addNotes } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const context = { signal: NEVER, progress: () => {}, viewer: null }

/** The worker runs as it is built for the program. */
beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.mjs', 'cli'], { cwd: root, stdio: 'ignore' })
})

describe('analysis in a thread', () => {
  it('answers one job after another on one connection, failures in between included', async () => {
    const analyst = new WorkerAnalyst(pathToFileURL(`${root}/out/cli/analysis-worker.js`))
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    addNotes(project, amara, { N1: 'Home visit today.' })
    const ask = (query: string) =>
      analyst.run(
        project,
        'search',
        { query, mode: 'words', matchCase: false, filter: {}, coderId: amara, limit: 10 },
        context,
      )
    expect((await ask('home')).total).toBe(1)
    await expect(ask('"home')).rejects.toMatchObject({ code: 'bad-arguments' })
    expect((await ask('"home visit"')).total).toBe(1)
    // What was written meanwhile is seen, and several may ask at once.
    addNotes(project, amara, { N2: 'Another visit.' }, 'YP2')
    const [visits, verified] = await Promise.all([
      ask('visit'),
      analyst.run(project, 'verify', null, context),
    ])
    expect([visits.total, verified.ok]).toEqual([2, true])
    await analyst.release()
    expect((await ask('visit')).total).toBe(2)
    await analyst.release()
  })
})
