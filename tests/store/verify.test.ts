/** What Verify goes by: that everything in the schema is in a class, that it is of one moment, and cries no wolf. */
import { describe, expect, it } from 'vitest'
import { memoryDatabase } from '../../electron/store/file/database.ts'
import { DOMAIN_TABLES } from '../../electron/store/file/table-definitions.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import {
  DERIVED_COLUMNS,
  REPLAYED,
  TABLE_CLASSES,
  TRIGGER_CLASSES,
  VIEW_CLASSES,
} from '../../electron/store/verify/schema-classes.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import { addCode, addNotes, applyCode, listNotes } from './project-content.ts'
import { makeProject, openProject } from './temporary-project.ts'

type Part = { type: 'table' | 'index' | 'trigger' | 'view'; name: string; tbl_name: string }

describe('the schema', () => {
  const db = memoryDatabase()
  const parts = db.prepare('SELECT type, name, tbl_name FROM sqlite_schema').all() as Part[]
  const named = (type: Part['type']) =>
    parts.flatMap((part) => (part.type === type ? [part.name] : [])).sort()

  it('has no table, trigger or view that is in no class, and no class is of something that is not there', () => {
    expect(named('table')).toEqual(Object.keys(TABLE_CLASSES).sort())
    expect(named('trigger')).toEqual(Object.keys(TRIGGER_CLASSES).sort())
    expect(named('view')).toEqual(Object.keys(VIEW_CLASSES).sort())
  })

  it('has no column of a table made by entries that no entry wrote and that is not said to be derived', () => {
    const columns = db.prepare('SELECT name FROM pragma_table_xinfo(?)').pluck()
    for (const [table, written] of Object.entries(DOMAIN_TABLES))
      expect((columns.all(table) as string[]).sort(), table).toEqual(
        ['num', ...Object.keys(written), ...(DERIVED_COLUMNS[table] ?? [])].sort(),
      )
    for (const [table, { columns: compared }] of Object.entries(REPLAYED))
      if (!(table in DOMAIN_TABLES))
        expect((columns.all(table) as string[]).sort(), table).toEqual([...compared].sort())
  })

  it('is checked by replay wherever a table follows from the journal and not from texts', () => {
    const fromTexts = /^(journal|note_text|identifier_word|staged_text|note_fts.*)$/
    const followed = Object.entries(TABLE_CLASSES).filter(
      ([table, kept]) => (kept === 'journalled' || kept === 'derived') && !fromTexts.test(table),
    )
    expect(Object.keys(REPLAYED).sort()).toEqual(followed.map(([table]) => table).sort())
  })
})

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  addNotes(project, amara, { N1: 'Mum shouted. Police came twice.', N2: 'Settled week.' })
  return { project, amara, code: addCode(project, amara, 'Neglect') }
}

describe('verify', () => {
  it('is of one moment, whatever another connection codes and imports meanwhile', () => {
    const { project, amara, code } = study()
    const other = openProject(project.path)
    let seen = 0
    const report = verify(project.db, {
      onProgress: () => {
        seen++
        applyCode(other, amara, 'N1', code, [seen, seen + 3])
        addNotes(other, amara, { [`X${seen}`]: `Another note, number ${seen}.` }, null)
        other.undo(amara)
      },
    })
    expect(seen).toBeGreaterThanOrEqual(2)
    expect(report).toMatchObject({ ok: true, problems: [], notes: 2, codings: 0 })
    const later = verify(project.db)
    expect(later).toMatchObject({ ok: true, problems: [], codings: seen })
    expect(later.entries).toBe(report.entries + 3 * seen)
  })

  it('keeps nobody from coding while it reads', () => {
    const { project, amara, code } = study()
    const other = openProject(project.path)
    other.db.pragma('busy_timeout = 0')
    const coded: string[] = []
    verify(project.db, {
      onProgress: () => coded.push(applyCode(other, amara, 'N2', code, [0, 7 - coded.length])),
    })
    expect(coded.length).toBeGreaterThanOrEqual(2)
  })

  it('says ok of an index whose pieces were merged and whose words were taken out again', () => {
    const { project, amara } = study()
    const words = (note: number) =>
      Array.from({ length: 300 }, (_, at) => `w${(at * note * 7_919) % 9_973}`).join(' ')
    for (let batch = 0; batch < 20; batch++)
      addNotes(
        project,
        amara,
        Object.fromEntries([1, 2, 3, 4].map((at) => [`B${batch}-${at}`, words(batch * 4 + at)])),
        null,
      )
    for (const { id } of listNotes(project.db, amara).filter((_, at) => at % 2 === 0 && at > 3))
      redact(project, amara, [{ noteId: id, cuts: [{ start: 0, end: 600, mask: '' }] }])
    project.undo(amara)
    expect(verify(project.db).problems).toEqual([])
    project.db.exec(`INSERT INTO note_fts (note_fts) VALUES ('optimize')`)
    expect(verify(project.db).problems).toEqual([])
  })
})
