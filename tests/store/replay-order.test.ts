/**
 * What a change does hangs on nothing but the journal: not on the order in which SQLite finds rows, which is another one
 * as soon as it has counted what is in a table (`PRAGMA optimize`, at every closing), or has another index.
 */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { defineQualifiers } from '../../electron/store/codebook/qualifiers.ts'
import { MIGRATIONS } from '../../electron/store/file/migrate.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import { Project } from '../../electron/store/project.ts'
import type { CodeId, CoderId, CodingId } from '../../shared/contract/basics.ts'
import { FIXTURE_PASSPHRASE } from './every-kind.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { differencesBackwards } from './replay-backwards.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

const FIXTURE = fileURLToPath(
  new URL(`../fixtures/projects/schema-${MIGRATIONS.length}.understory`, import.meta.url),
)

const open: Project[] = []
afterEach(() => {
  for (const project of open.splice(0)) project.close()
})

it('every kind of change does the same whichever way rows are found', () => {
  const path = join(temporaryFolder(), 'study.understory')
  copyFileSync(FIXTURE, path)
  const project = Project.open(path, FIXTURE_PASSPHRASE)
  open.push(project)
  expect(differencesBackwards(project.db)).toEqual([])
})

it('so do changes of many rows', () => {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben').id
  addNotes(project, amara, { N1: 'Secret one two three four five six seven.' })
  const [neglect, violence] = ['Neglect', 'Violence'].map((name) => addCode(project, amara, name)) as [
    CodeId,
    CodeId,
  ]
  const assertion = (second: string) => [
    {
      name: 'assertion',
      values: [
        { name: 'affirmed', key: 'a', short: 'aff' },
        { name: second, key: 'n', short: 'neg' },
      ],
    },
  ]
  defineQualifiers(project, amara, assertion('negated'), undefined)
  // Later rows stand earlier in the text, so that an index by place finds them the other way round.
  const apply = (coder: CoderId, code: CodeId) =>
    [23, 15, 7].map((start) => applyCode(project, coder, 'N1', code, [start, start + 7]))
  const [first] = apply(amara, neglect)
  apply(ben, neglect)
  const [, , last] = apply(amara, violence)
  project.change(amara, 'codings.change', {
    changes: [first, last].map((id) => ({ id: id as CodingId, qualifiers: { assertion: 'negated' } })),
  })
  // Two codes show one coding, which goes when the codes become one.
  for (const code of [neglect, violence])
    project.change(amara, 'codes.update', {
      changes: [{ id: code, fields: { exampleCodingId: last as CodingId } }],
    })
  for (const start of [30, 15])
    project.change(amara, 'identifier.keep', { note: 'N1', start, end: start + 3 })
  const renamed = [{ qualifier: 'assertion', value: 'negated', to: 'absent' }]
  defineQualifiers(project, amara, assertion('absent'), renamed)
  redact(project, amara, [{ noteId: 'N1', cuts: [{ start: 0, end: 6, mask: '[x]' }] }])
  project.change(amara, 'codes.merge', { into: neglect, from: [violence] })
  project.undo(amara)
  const theme = addCode(project, amara, 'Theme')
  for (const name of ['One', 'Two', 'Three']) addCode(project, amara, name, theme)
  project.change(amara, 'codes.delete', { ids: [theme] })
  expect(differencesBackwards(project.db)).toEqual([])
})
