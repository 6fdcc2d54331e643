/** Tables of codings that are refused, repeated, or name things almost as they are called. */
import { describe, expect, it } from 'vitest'
import { allCodings } from '../../electron/store/codings/codings.ts'
import { CODINGS_COLUMNS, readCodingsCsv, toCsv } from '../../electron/store/exchange/tables/csv.ts'
import { importCodings } from '../../electron/store/intake/codings.ts'
import { noteProgress } from '../../electron/store/notes/list.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { coderId } from '../ids.ts'
import { addCode, addNotes } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

function study(notes: Record<string, string>) {
  const project = makeProject()
  const lead = project.addCoder('Lead').id
  addNotes(project, lead, notes)
  return { project, lead }
}

const code = (project: Project, coder: CoderId, table: string, finished: 'none' | 'listed' = 'none') =>
  project.allOrNothing(() => {
    const { rows } = readCodingsCsv(Buffer.from(table))
    return importCodings(project, project.coderCalled(coder).id, rows, { source: 'a test', finished })
  })

const codings = (project: Project) => [...allCodings(project.db, { coderId: null, codeId: null })]

describe('a table of codings that is refused', () => {
  it('leaves nothing behind, not even its coder, and says how positions are counted', () => {
    const { project, lead } = study({ note: 'Line one.\nStop.' })
    addCode(project, lead, 'X')
    const before = fingerprint(project.db)
    const refused = (rows: string) => () => code(project, coderId('Zed'), `note,code,start,end\n${rows}`)
    expect(refused('note,X,11,16')).toThrow(
      /^Row 1: 11 to 16 .* 15 characters\. Nothing was changed\. .* every line end is one character \(LF\)/,
    )
    expect(refused('note,X,11,99')).toThrow(/15 characters\. Nothing was changed\.$/)
    expect(refused('note,Y,0,4')).toThrow('Row 1: There is no code "Y" in the codebook. Nothing was changed.')
    expect(refused('none,X,0,4')).toThrow('Row 1: there is no note none. Nothing was changed.')
    expect(fingerprint(project.db)).toBe(before)
    code(project, coderId('Zed'), 'note,code,start,end\nnote,X,10,15')
    expect(codings(project)).toMatchObject([{ span: { start: 10, end: 15 } }])
    expect(verify(project.db).ok).toBe(true)
  })
})

describe('a table of codings that repeats itself', () => {
  it('makes one coding with all memos and qualifiers, once however often it is read', () => {
    const { project, lead } = study({ O: 'He was tired.' })
    const x = addCode(project, lead, 'X')
    const read = (rows: string) =>
      code(project, coderId('A'), `note,code,start,end,memo,qualifier.time,qualifier.who\n${rows}`)
    const rows = 'O,X,0,6,first memo,past,\nO,X,0,6,second memo,,sibling\nO,X,0,6,first memo,,\n'
    const empty = fingerprint(project.db)
    expect(read(rows)).toMatchObject({ added: 1, duplicate: 2, memosAdded: 1, qualifiersAdded: 1 })
    const one = { memo: 'first memo\nsecond memo', qualifiers: { time: 'past', who: 'sibling' } }
    expect(codings(project)).toMatchObject([one])
    const before = fingerprint(project.db)
    expect(read(rows)).toMatchObject({ added: 0, duplicate: 3, memosAdded: 0, qualifiersAdded: 0 })
    // As an export has them: all memos of a coding in one cell.
    expect(read('O,X,0,6,"first memo\nsecond memo",past,sibling')).toMatchObject({ added: 0, memosAdded: 0 })
    expect(fingerprint(project.db)).toBe(before)
    expect(read('O,X,0,6,third memo,,')).toMatchObject({ added: 0, duplicate: 1, memosAdded: 1 })
    const { id } = project.coderCalled('A')
    project.undo(id)
    expect(fingerprint(project.db)).toBe(before)

    // Another value of a qualifier is another statement: named, and no word is lost.
    expect(read('O,X,0,6,now too,now,')).toMatchObject({
      added: 1,
      contradictions: [{ row: 1, note: 'O', code: 'X', qualifier: 'time', there: 'past', given: 'now' }],
    })
    expect(read('O,X,0,6,now too,now,')).toMatchObject({ added: 0, duplicate: 1, contradictions: [] })
    expect(codings(project)).toMatchObject([one, { memo: 'now too', qualifiers: { time: 'now' } }])
    expect(verify(project.db).ok).toBe(true)
    project.undo(id)
    project.undo(id)
    expect(codings(project).filter(({ codeId }) => codeId === x)).toEqual([])
    expect(empty).not.toBe(before)
  })
})

describe('an apostrophe before a formula', () => {
  it('is taken off in tables of our own making alone: in others it is what somebody typed', () => {
    const { project, lead } = study({ O: 'He was tired.' })
    addCode(project, lead, 'X')
    code(project, coderId('A'), "note,code,start,end,memo\nO,X,0,6,'-ve mood")
    expect(codings(project)).toMatchObject([{ memo: "'-ve mood" }])
    const own = toCsv(
      [...CODINGS_COLUMNS],
      [['O', '', 'B', 'X', 0, 6, 'He was', '-ve mood', 'an id', 'a time']],
    )
    code(project, coderId('B'), own)
    expect(own).toContain("'-ve mood")
    expect(codings(project).map(({ memo }) => memo)).toEqual(["'-ve mood", '-ve mood'])
  })
})

describe('names in a table of codings', () => {
  const table = (words: string, note = 'S') => `note,code,start,end\n${note},"${words}",0,7\n`
  const notes = { S: 'bananas', Café: 'pancakes' }

  it('mean what is spelt exactly so, and are refused with all paths where several are', () => {
    const { project, lead } = study(notes)
    const fruit = addCode(project, lead, 'Fruit')
    const small = addCode(project, lead, 'yellow', fruit)
    const large = addCode(project, lead, 'Yellow')
    code(project, coderId('A'), table('yellow'))
    code(project, coderId('B'), table('Yellow'))
    code(project, coderId('C'), table('FRUIT > yellow'))
    expect(codings(project).map(({ codeId }) => codeId)).toEqual([small, large, small])

    addCode(project, lead, 'yellow', addCode(project, lead, 'Vegetables'))
    const before = fingerprint(project.db)
    expect(() => code(project, coderId('D'), table('yellow'))).toThrow(
      'Row 1: "yellow" fits 2 codes equally well: "Fruit > yellow", "Vegetables > yellow". Nothing was changed; write one of these.',
    )
    expect(fingerprint(project.db)).toBe(before)
  })

  it('of notes and coders go by the same rule: composed letters, spaces and then capitals aside', () => {
    const { project, lead } = study(notes)
    addCode(project, lead, 'Code')
    code(project, coderId('Zoé'), table(' code ', 'Cafe\u0301'), 'listed')
    code(project, coderId('ZOE\u0301'), table('CODE', 's'))
    const { id } = project.coderCalled('Zoé')
    expect(codings(project).map(({ noteId, coderId }) => [noteId, coderId])).toEqual([
      ['S', id],
      ['Café', id],
    ])
    expect(noteProgress(project.db, id)).toMatchObject({ finished: 1 })
  })
})
