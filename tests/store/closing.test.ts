import { closeSync, existsSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import type { CallContext } from '../../shared/rpc.ts'
import { openHandlers } from './open-handlers.ts'
import { addCode, addNotes } from './project-content.ts'
import { makeProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const context: CallContext = {
  signal: { aborted: false, addEventListener: () => {} },
  progress: () => {},
}

const handlersFor = () => openHandlers((ticket) => [ticket])

function makeStudy(folder: string, name: string): string {
  const project = makeProject(join(folder, `${name}.understory`))
  project.addCoder('Amara')
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. '.repeat(2_000) })
  for (let at = 0; at < 30; at++) addCode(project, PROJECT_ACTOR, `Code ${at}`)
  project.close()
  return project.path
}

/** Overwrites all but the first page, as a failing disk would, behind the back of whoever has it open. */
function damage(path: string): void {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(statSync(path).size - 4_096, 7), 0, undefined, 4_096)
  closeSync(file)
}

describe('a project that is damaged while it is open', () => {
  it('is closed all the same, and another opens in its place', async () => {
    const folder = temporaryFolder()
    const [first, second] = [makeStudy(folder, 'first'), makeStudy(folder, 'second')]
    const handlers = handlersFor()
    await handlers['project.open']({ ticket: first, passphrase: PASSPHRASE }, context)
    damage(first)
    await handlers['project.close']({}, context)
    expect(await handlers['project.info']({}, context)).toBeNull()
    const info = await handlers['project.open']({ ticket: second, passphrase: PASSPHRASE }, context)
    expect(info).toMatchObject({ fileName: 'second.understory' })
    handlers.closeProject()
    expect(existsSync(`${second}-wal`)).toBe(false)
  })

  it('gives way to another that is opened in its place', async () => {
    const folder = temporaryFolder()
    const [first, second] = [makeStudy(folder, 'first'), makeStudy(folder, 'second')]
    const handlers = handlersFor()
    await handlers['project.open']({ ticket: first, passphrase: PASSPHRASE }, context)
    damage(first)
    const info = await handlers['project.open']({ ticket: second, passphrase: PASSPHRASE }, context)
    expect(info).toMatchObject({ fileName: 'second.understory' })
    handlers.closeProject()
  })
})

describe('a project that opens but cannot say what is in it', () => {
  it('is refused, and the one that is open stays', async () => {
    const folder = temporaryFolder()
    const [first, second] = [makeStudy(folder, 'first'), makeStudy(folder, 'second')]
    const handlers = handlersFor()
    await handlers['project.open']({ ticket: first, passphrase: PASSPHRASE }, context)
    damage(second)
    await expect(
      Promise.resolve().then(() =>
        handlers['project.open']({ ticket: second, passphrase: PASSPHRASE }, context),
      ),
    ).rejects.toThrow()
    expect((await handlers['project.info']({}, context))?.fileName).toBe('first.understory')
    handlers.closeProject()
  })
})
