import { describe, expect, it } from 'vitest'
import { previewNotes, readNotes } from '../../../electron/store/exchange/notes/read.ts'
import type { ImportMap } from '../../../shared/contract/note-import.ts'
import { ImportPreview } from '../../../shared/contract/note-import.ts'
import { all, cp1252, testFolder, utf16be } from './folder.ts'

const folder = testFolder()
const read = (path: string, map: ImportMap | null = null) => all(readNotes([path], map))

describe('JSON Lines', () => {
  it('are read by the guess, with the union of the first lines’ keys as columns', async () => {
    const lines = [
      { note_id: 'a', brc_id: 42, note_date: '2020-09-01T10:00:00', text: 'One\r\ntwo', seen: true },
      { note_id: 'b', text: 'Mum’s 😀 note', tags: ['x', { y: 1 }], score: 1.5, seen: null },
    ]
    const path = folder.file('n.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'))
    const preview = await previewNotes([path])
    expect(ImportPreview.parse(preview)).toEqual(preview)
    expect(preview).toMatchObject({
      kind: 'table',
      encoding: 'utf-8',
      columns: ['note_id', 'brc_id', 'note_date', 'text', 'seen', 'tags', 'score'],
      guess: { text: 'text', noteId: 'note_id', caseId: 'brc_id', date: 'note_date' },
    })
    expect(await read(path)).toMatchObject([
      { row: 1, id: 'a', caseId: '42', date: '2020-09-01', text: 'One\ntwo', attributes: { seen: 'true' } },
      { row: 2, id: 'b', text: 'Mum’s 😀 note', attributes: { tags: '["x",{"y":1}]', score: '1.5' } },
    ])
  })

  it('lose only the lines that are wrong, each with its reason and line', async () => {
    const lines = [
      '{"id":"1","text":"fine"}',
      '{"id":"2","text":"cut',
      '',
      '["3","a list"]',
      'null',
      '{"id":"6","text":"half \\ud800"}',
      '{"id":"7\\u0000","text":"NUL in the id"}',
      `{"id":"8","text":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      '{"id":"9","text":"fine too"}',
      '{"id":"10"}',
    ]
    const notes = await read(folder.file('bad.ndjson', lines.join('\n')), { text: 'text', noteId: 'id' })
    expect(notes.map(({ row, problem }) => [row, problem])).toEqual([
      [1, undefined],
      [2, 'is not well-formed JSON'],
      [4, 'is not a JSON object'],
      [5, 'is not a JSON object'],
      [6, 'contains half of a character'],
      [7, 'contains NUL bytes'],
      [8, 'holds lists inside lists without end'],
      [9, undefined],
      [10, 'empty text'],
    ])
  })

  it('keep ids of any length to the last digit', async () => {
    const line =
      '{"id":12345678901234567890,"case":-98765432109876543210,"text":"has 12345678901234567890 \\" in it"}'
    expect(
      await read(folder.file('id.jsonl', line), { text: 'text', noteId: 'id', caseId: 'case' }),
    ).toMatchObject([
      {
        id: '12345678901234567890',
        caseId: '-98765432109876543210',
        text: 'has 12345678901234567890 " in it',
      },
    ])
  })

  it('keep odd keys as plain data', async () => {
    const path = folder.file(
      'p.jsonl',
      '{"__proto__":"p","constructor":"c","text":"The text"}\n{"text":"Second"}',
    )
    const [first, second] = await read(path)
    expect(Object.entries(first?.attributes ?? {})).toEqual([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ])
    expect(second?.attributes).toEqual({})
    expect(({} as Record<string, unknown>).p).toBeUndefined()
  })

  it('are read alike in every encoding, with any line ends, wherever a piece of the file ends', async () => {
    const text = '{"text":"Mum’s"}\r\n{"text":"£5"}\r{"text":"end"}\n'
    const forms = [Buffer.from(text), Buffer.from(`\ufeff${text}`), utf16be(`\ufeff${text}`), cp1252(text)]
    for (const bytes of forms) {
      expect(await read(folder.file('e.jsonl', bytes))).toMatchObject([
        { row: 1, text: 'Mum’s' },
        { row: 2, text: '£5' },
        { row: 3, text: 'end' },
      ])
    }
    for (let shift = 0; shift < 6; shift++) {
      const lines = Array.from({ length: 30_000 }, (_, i) => `{"text":"é😀 ${i}"}`)
      const path = folder.file('pieces.jsonl', `{"text":"${'x'.repeat(shift)}"}\r\n${lines.join('\r\n')}\r\n`)
      const notes = await read(path, { text: 'text' })
      expect(notes).toHaveLength(30_001)
      expect(notes.slice(1).every((note, i) => note.text === `é😀 ${i}` && note.row === i + 2)).toBe(true)
    }
  })

  it('end in a Problem when there is nothing to read, or too much in one line', async () => {
    await expect(read(folder.file('a.jsonl', '\n \n'))).rejects.toThrow(/a\.jsonl is empty/)
    await expect(read(folder.file('b.jsonl', 'id,text\n1,x\n'))).rejects.toThrow(
      /none of its first lines is a JSON/,
    )
    await expect(read(folder.file('c.jsonl', '{"id":1}'))).rejects.toThrow(
      /no column that looks like the text/,
    )
    const keys = Array.from({ length: 2_001 }, (_, i) => `"k${i}":1`)
    await expect(read(folder.file('d.jsonl', `{${keys.join(',')}}`))).rejects.toThrow(/2001 columns/)
    await expect(read(folder.file('e.jsonl', `{"text":"${'x'.repeat(40_000_000)}"}`))).rejects.toThrow(
      /line \(1\) of more than 40,000,000 characters/,
    )
  })

  it('tells of names that come up too late to be columns', async () => {
    const lines = Array.from({ length: 1_003 }, (_, at) =>
      JSON.stringify(at < 1_000 ? { text: `Note ${at}` } : { text: `Note ${at}`, risk: 'high', empty: '' }),
    )
    const notes = await all(readNotes([folder.file('late.jsonl', lines.join('\n'))], null))
    expect(notes).toHaveLength(1_004)
    expect(notes.at(-1)).toMatchObject({
      row: 0,
      remark:
        'names that only come up after the first 1,000 lines are no columns and not in the notes: risk (3)',
    })
  })
})
