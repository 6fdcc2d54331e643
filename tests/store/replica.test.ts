/** A file that was copied goes on as another replica; one that was moved stays what it was. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Project } from '../../electron/store/project.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import { copyWords } from '../../shared/seal-words.ts'
import { coderId } from '../ids.ts'
import { FIXTURE_PASSPHRASE } from './every-kind.ts'
import { makeProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const open: Project[] = []
afterEach(() => {
  for (const project of open.splice(0)) project.close()
})

function openOn(settingsFolder: string, path: string): Project {
  const project = Project.open(path, PASSPHRASE, { settingsFolder })
  open.push(project)
  return project
}
/** A change, and which replica it was made in. */
function write(project: Project, value: string): string {
  const actor = project.activeCoder().id
  return project.change(actor, 'project.set', { name: 'title', value }).entry.replica
}
function writeOn(settingsFolder: string, path: string, value = 'Another title'): string {
  const project = openOn(settingsFolder, path)
  const replica = write(project, value)
  project.close()
  return replica
}

function study() {
  const folder = temporaryFolder()
  const project = makeProject(join(folder, 'study.understory'))
  project.addCoder('Amara')
  project.close()
  const [mine, theirs] = ['mine', 'theirs'].map((name) => join(folder, name)) as [string, string]
  return { folder, path: project.path, mine, theirs }
}

const copiesOf = (project: Project) => {
  const { ok, problems, copies } = verify(project.db)
  expect({ ok, problems }).toEqual({ ok: true, problems: [] })
  return copies
}

describe('a project file', () => {
  it('is one replica however often it is opened, and when it is moved or renamed', () => {
    const { folder, path, mine } = study()
    const first = writeOn(mine, path, 'One')
    expect(writeOn(mine, path, 'Two')).toBe(first)
    mkdirSync(join(folder, 'elsewhere'))
    const moved = join(folder, 'elsewhere', 'renamed.understory')
    renameSync(path, moved)
    expect(writeOn(mine, moved, 'Three')).toBe(first)
    expect(copyWords(copiesOf(openOn(mine, moved)))).toBeNull()
  })

  it('on another computer or account goes on as another replica, and verify knows where they part', () => {
    const { folder, path, mine, theirs } = study()
    const first = writeOn(mine, path)
    const copy = join(folder, 'copy.understory')
    copyFileSync(path, copy)
    const project = openOn(theirs, copy)
    const entries = verify(project.db).entries
    const other = write(project, 'Theirs')
    expect(other).not.toBe(first)
    expect(write(project, 'Theirs again')).toBe(other)
    project.close()
    // Closing seals: the key that seals there is one of that copy.
    const again = openOn(theirs, copy)
    expect(write(again, 'And again')).toBe(other)
    const copies = copiesOf(again)
    expect(copies.map(({ partedAfter }) => partedAfter)).toEqual([null, entries])
    expect(copyWords(copies)).toBe(`Written in 2 copies of the file; they part after entry ${entries}.`)
    // The first goes on as itself.
    expect(writeOn(mine, path)).toBe(first)
  })

  it('copied on one computer is another replica as long as the first is there', () => {
    const { folder, path, mine } = study()
    const first = writeOn(mine, path)
    const [copy, last] = ['copy', 'last'].map((name) => join(folder, `${name}.understory`)) as [
      string,
      string,
    ]
    copyFileSync(path, copy)
    copyFileSync(path, last)
    const other = writeOn(mine, copy)
    expect(other).not.toBe(first)
    expect(writeOn(mine, path)).toBe(first)
    expect(writeOn(mine, copy)).toBe(other)
    rmSync(path)
    expect(writeOn(mine, last)).toBe(first)
  })

  it('that two computers take turns with is written by each as its own replica, and sealed with one key each', () => {
    const { path, mine, theirs } = study()
    const turns = [mine, theirs, mine, theirs, mine].map((device, at) => writeOn(device, path, `Turn ${at}`))
    const [first, second] = turns
    expect(second).not.toBe(first)
    expect(turns).toEqual([first, second, first, second, first])
    const project = openOn(mine, path)
    expect(copiesOf(project)).toHaveLength(2)
    const keys = project.db.prepare(`SELECT count(*) FROM journal WHERE kind = 'coder.key'`).pluck().get()
    expect(keys).toBe(2)
  })

  it('of which an older copy is put in its place goes on as another replica: its next entry follows another one', () => {
    const { path, mine } = study()
    const first = writeOn(mine, path, 'One')
    copyFileSync(path, `${path}.older`)
    writeOn(mine, path, 'Two')
    copyFileSync(`${path}.older`, path)
    const project = openOn(mine, path)
    expect(project.notices.map(({ words }) => words)).toEqual([
      expect.stringContaining('holds less than it did'),
    ])
    expect(write(project, 'Three')).not.toBe(first)
    expect(copiesOf(project)).toHaveLength(2)
  })

  it('that a script has made or changed is the person’s own where they go on with it', () => {
    const { path, mine } = study()
    const script = Project.open(path, PASSPHRASE, { settingsFolder: mine, isGuest: true })
    const first = write(script, 'By script')
    script.close()
    expect(existsSync(mine)).toBe(false)
    expect(writeOn(mine, path)).toBe(first)
    expect(writeOn(mine, path)).toBe(first)
  })

  it.each([
    ['by scripts', true],
    ['in the window', false],
  ])(
    'of which nothing is known goes on as another replica wherever a copy is written %s',
    (_where, isGuest) => {
      const folder = temporaryFolder()
      const replicas = ['one', 'two'].map((name) => {
        const path = join(folder, `${name}.understory`)
        copyFileSync('tests/fixtures/projects/schema-1.understory', path)
        const project = Project.open(path, FIXTURE_PASSPHRASE, {
          settingsFolder: join(folder, isGuest ? 'nothing' : name),
          isGuest,
        })
        open.push(project)
        return write(project, name)
      })
      const first = verify(open[0]?.db as Project['db']).copies
      expect(new Set(replicas).size).toBe(2)
      expect(first).toHaveLength(2)
    },
  )

  it('stays what it was where the first change is refused', () => {
    const { path, mine, theirs } = study()
    const first = writeOn(mine, path)
    const project = openOn(theirs, path)
    const local = () => project.db.prepare(`SELECT * FROM local WHERE name NOT LIKE 'mark.%'`).all()
    const before = local()
    expect(() => project.change(coderId('nobody'), 'project.set', { name: 'title', value: 'No' })).toThrow(
      /no coder/,
    )
    expect(local()).toEqual(before)
    project.journal.transaction(() => {})
    expect(local()).toEqual(before)
    write(project, 'Theirs')
    expect(copiesOf(project)).toHaveLength(2)
    project.close()
    expect(writeOn(mine, path)).toBe(first)
  })

  it('made by a command and given to two people is written by each as another replica', () => {
    const { folder, path, mine, theirs } = study()
    const maker = Project.open(path, PASSPHRASE)
    maker.compareWithMark({ settingsFolder: join(folder, 'makers'), isGuest: true })
    write(maker, 'Made')
    maker.close()
    // As on another computer: the name of the device that made it is one that neither of them has.
    const project = Project.open(path, PASSPHRASE)
    project.db
      .prepare(`UPDATE local SET name = 'replica.' || ? WHERE name LIKE 'replica.%'`)
      .run('0'.repeat(32))
    project.close()
    const copy = join(folder, 'copy.understory')
    copyFileSync(path, copy)
    expect(writeOn(mine, path)).not.toBe(writeOn(theirs, copy))
  })

  it('has no replica without entries: what writes none leaves it as it was', () => {
    const { path, mine, theirs } = study()
    const first = writeOn(mine, path)
    const project = openOn(theirs, path)
    project.journal.transaction(() => {})
    expect(copiesOf(project)).toHaveLength(1)
    expect(write(project, 'Theirs')).not.toBe(first)
    expect(copiesOf(project)).toHaveLength(2)
  })

  it('is not changed by who only looks at it', () => {
    const { path, mine, theirs } = study()
    const first = writeOn(mine, path)
    openOn(theirs, path).close()
    expect(writeOn(mine, path)).toBe(first)
  })

  it('begins its chain anew nowhere: a first entry that continues nothing is found', () => {
    const { folder, path, mine, theirs } = study()
    writeOn(mine, path)
    const copy = join(folder, 'copy.understory')
    copyFileSync(path, copy)
    writeOn(theirs, copy)
    const project = openOn(theirs, copy)
    const { db } = project
    db.prepare(
      `UPDATE journal SET prev_hash = ? WHERE seq =
         (SELECT min(seq) FROM journal GROUP BY replica ORDER BY min(seq) DESC LIMIT 1)`,
    ).run('0'.repeat(64))
    expect(verify(db).problems.join('\n')).toMatch(/does not continue the chain before it/)
  })

  it('is told apart by names where no settings can be kept', () => {
    const { folder, path } = study()
    const blocked = join(folder, 'blocked')
    writeFileSync(blocked, '')
    const first = writeOn(blocked, path)
    expect(writeOn(blocked, path)).toBe(first)
  })
})
