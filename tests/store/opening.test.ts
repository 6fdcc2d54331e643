/** How a note begins: written at its import for many notes at once, and by the file's triggers for single ones. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openingOf } from '../../electron/store/file/migrations/0001-first.ts'
import { importNotes } from '../../electron/store/intake/notes.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { openingWords } from '../../electron/store/notes/opening.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import { addNotes } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

const piece = fc.oneof(
  fc.constantFrom(' ', '  ', '    ', '\n', '\t', '\u00a0', '\r', '.', '😀', 'é'),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 90 }),
  fc.integer({ min: 1, max: 90 }).map((length) => 'a'.repeat(length)),
)

it('is to the letter what the triggers make of a text', () => {
  const db = new Database(':memory:')
  const bySql = db.prepare(`SELECT ${openingOf('?')}`).pluck()
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('').replaceAll('\0', '')
      expect(openingWords(text)).toBe(bySql.get(text))
    }),
    { numRuns: 3_000 },
  )
  db.close()
})

it('is right for every note of an import, and the triggers go on for those that come after', async () => {
  const project = makeProject()
  const path = join(temporaryFolder(), 'n.csv')
  writeFileSync(path, 'note_id,text\n1,"Seen\nat   home."\n2,Calm.\n3,Calm.\n')
  await importNotes(project, PROJECT_ACTOR, [path], { map: null, dryRun: false, identifiers: 'off' })
  addNotes(project, project.activeCoder().id, { 4: 'Settled.' })
  expect(project.db.prepare('SELECT opening FROM note ORDER BY num').pluck().all()).toEqual([
    'Seen at home.',
    'Calm.',
    'Calm.',
    'Settled.',
  ])
  expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
})
