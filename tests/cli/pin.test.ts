/** A PIN that was forgotten, and what the command line says of PINs at all. */
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { Project } from '../../electron/store/project.ts'
import { setOwnPin, sitsAtOnce } from '../../electron/store/team/chairs.ts'
import { json, PASSPHRASE, understory, workFolder } from './command.ts'

const project = join(workFolder(), 'study.understory')
const PIN = 'grey heron 41'

beforeAll(() => {
  const made = Project.create(project, PASSPHRASE, { title: 'PINs' })
  for (const name of ['Amara', 'Ben']) made.addCoder(name)
  setOwnPin(made, { current: null, pin: PIN })
  made.close()
})

/** Tests of this block build on each other. */
describe('PINs by script', () => {
  it('are named and never shown', async () => {
    const { stdout } = await understory(['pin', project])
    expect(stdout).toBe('Amara: has a PIN\nBen: no PIN\n')
    expect((await understory(['--help'])).stdout).toContain('nobody’s PIN is asked for')
  })

  it('are not removed for who has none, nor without the passphrase', async () => {
    expect((await understory(['pin', project, '--clear', 'Ben'])).stderr).toMatch(
      /^error bad-arguments: Ben has no PIN/,
    )
    expect((await understory(['pin', project, '--clear', 'Zoe'])).stderr).toMatch(/^error not-found/)
    const wrong = await understory(['pin', project, '--clear', 'Amara'], { UNDERSTORY_PASSPHRASE: 'another' })
    expect(wrong).toMatchObject({ status: 1, stderr: expect.stringMatching(/^error wrong-passphrase/) })
    expect(await json(['pin', project])).toEqual({
      people: [
        { name: 'Amara', hasPin: true },
        { name: 'Ben', hasPin: false },
      ],
    })
  })

  it('are removed with the passphrase, and the journal says so', async () => {
    const { people } = await json<{ people: { name: string; hasPin: boolean }[] }>([
      'pin',
      project,
      '--clear',
      'Amara',
    ])
    expect(people[0]).toEqual({ name: 'Amara', hasPin: false })
    const opened = Project.open(project, PASSPHRASE)
    expect(sitsAtOnce(opened)).toBe(true)
    expect(opened.history.list(null, 1).rows[0]).toMatchObject({
      coder: 'Project',
      label: 'removed the PIN of Amara',
    })
    opened.close()
    expect(await json(['verify', project])).toMatchObject({ ok: true })
  })
})
