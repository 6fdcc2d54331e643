/** The journal as a person reads it, goes back in it and takes it away. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { codingsOfNote } from '../../electron/store/codings.ts'
import { readTable, writeFileAtomically } from '../../electron/store/exchange/table-csv.ts'
import { journalCsv, subjectOf } from '../../electron/store/journal-list.ts'
import type { Project } from '../../electron/store/project.ts'
import { reducers } from '../../electron/store/reducers.ts'
import { CancelToken, NEVER } from '../../shared/cancel.ts'
import type { ChangeEvent } from '../../shared/contract.ts'
import type { JournalFilter } from '../../shared/model.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

let project: Project
let amara: string
let neglect: string
beforeEach(() => {
  project = makeProject()
  amara = project.addCoder('Amara').id
  addNotes(project, amara, { N1: 'Mum shouted. Police came twice that night, then again.' })
  neglect = addCode(project, amara, 'Neglect')
})

const apply = (coder: string, at: number) => applyCode(project, coder, 'N1', neglect, [at, at + 3])
const codings = () => codingsOfNote(project.db, 'N1', [amara]).length
const labels = (filter: JournalFilter = {}) =>
  project.journal.list(null, 100, filter).rows.map(({ label }) => label)

describe('going to a step', () => {
  it('undoes every later step and announces it once', () => {
    for (let at = 0; at < 4; at++) apply(amara, at * 5)
    const events: ChangeEvent[] = []
    project.onChange((event) => events.push(event))
    const { done } = project.journal.steps(amara, 10)
    expect(project.goToStep(amara, done[2]?.step as string, false)).toBe(2)
    expect(codings()).toBe(2)
    expect(events).toHaveLength(1)
    expect(events[0]?.topics).toEqual(expect.arrayContaining(['codings', 'history']))
  })

  it('goes forward again as far as asked, and to the state before the first step', () => {
    for (let at = 0; at < 3; at++) apply(amara, at * 5)
    const first = project.journal.steps(amara, 100).done.at(-1)?.step as string
    project.goToStep(amara, first, true)
    expect(codings()).toBe(0)
    expect(project.journal.steps(amara, 100).done).toEqual([])
    const { undone } = project.journal.steps(amara, 100)
    const second = undone.findIndex(({ label }) => label.includes('applied'))
    expect(project.goToStep(amara, undone[second + 1]?.step as string, false)).toBe(second + 2)
    expect(codings()).toBe(2)
    expect(project.journal.steps(amara, 100).done).toHaveLength(second + 2)
  })

  it('does nothing for the step where things stand, and refuses one that is not there', () => {
    const [now] = project.journal.steps(amara, 1).done
    expect(project.goToStep(amara, now?.step as string, false)).toBe(0)
    expect(() => project.goToStep(amara, crypto.randomUUID(), false)).toThrow(/cannot be gone to/)
  })
})

describe('the list of entries', () => {
  it('comes page by page, newest first, to the first entry', () => {
    for (let at = 0; at < 7; at++) apply(amara, at * 3)
    const seqs: number[] = []
    let before: number | null = null
    let pages = 0
    do {
      const page = project.journal.list(before, 4)
      expect(page.total).toBe(project.journal.list(null, 1).total)
      seqs.push(...page.rows.map(({ seq }) => seq))
      before = page.next
      pages++
    } while (before !== null)
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a))
    expect(seqs.at(-1)).toBe(1)
    expect(pages).toBe(Math.ceil((seqs.length + 1) / 4))
  })

  it('can be asked by coder, by what was changed and by words', () => {
    const ben = project.addCoder('Ben', amara).id
    apply(amara, 0)
    apply(ben, 4)
    project.undo(ben)
    expect(labels({ coderId: ben, subject: 'codings' })).toHaveLength(1)
    expect(labels({ coderId: ben })).toHaveLength(2)
    expect(labels({ subject: 'history' })).toEqual([expect.stringContaining('undo')])
    expect(labels({ words: 'NEGLECT applied' }).length).toBe(3)
    expect(labels({ words: 'applied', coderId: amara })).toHaveLength(1)
    expect(project.journal.list(null, 10, { words: 'nothing of this kind' })).toEqual({
      total: null,
      rows: [],
      next: null,
    })
  })

  it('has a subject for every kind of change', () => {
    for (const kind of Object.keys(reducers)) {
      if (/^(coding|code|note|memo|coder)/.test(kind)) expect(subjectOf(kind)).not.toBe('project')
    }
  })
})

describe('the exported audit trail', () => {
  it('holds every entry with its hash, and a label that no spreadsheet runs', async () => {
    project.change(amara, 'coder.rename', { id: amara, name: '=cmd()' })
    apply(amara, 0)
    project.undo(amara)
    const file = join(temporaryFolder(), 'journal.csv')
    const context = { signal: NEVER, progress: () => {} }
    await writeFileAtomically(file, journalCsv(project.db, project.journal, context))
    expect(readFileSync(file, 'utf8')).toContain("'=cmd()")
    const { columns, rows } = readTable(readFileSync(file), 'The journal')
    expect(columns).toEqual(['seq', 'time', 'coder', 'kind', 'label', 'undone', 'hash'])
    const entries = [...project.journal.entries()]
    expect(rows.map((row) => row.cells[6])).toEqual(entries.map(({ hash }) => hash))
    expect(rows.filter((row) => row.cells[5] === 'yes')).toHaveLength(1)
  })

  it('stops when asked to', async () => {
    const signal = new CancelToken()
    signal.cancel()
    const pieces = journalCsv(project.db, project.journal, { signal, progress: () => {} })
    await pieces.next()
    await expect(pieces.next()).rejects.toThrow(/cancelled/)
  })
})
