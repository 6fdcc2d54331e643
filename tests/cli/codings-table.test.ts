/** Tables of codings that are refused, repeated, or name things almost as they are called. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { json, understory, workFolder } from './command.ts'

const folder = workFolder()

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function project(name: string, notes: string, codebook: string): string {
  const path = join(folder, `${name}.understory`)
  json(['create', path, '--template', 'empty'])
  json(['import', path, notes])
  json(['codebook', 'import', path, file(`${name}-codebook.csv`, codebook)])
  return path
}

const entriesOf = (path: string) => json<{ entries: number; ok: boolean }>(['verify', path])

describe('a table of codings that is refused', () => {
  it('leaves nothing behind, not even the coder made for it, and says how positions are counted', () => {
    const path = project('refused', file('note.txt', 'Line one.\r\nStop.'), 'name\nX\n')
    const before = entriesOf(path)
    const table = file('refused.csv', 'note,code,start,end\nnote,X,11,16\n')
    const ran = understory(['code', path, '--coder', 'Zed', '--from', table])
    expect(ran.status).toBe(1)
    expect(ran.stderr).toMatch(
      /^error bad-arguments: Row 1: 11 to 16 .* 15 characters\. Nothing was changed\./,
    )
    expect(ran.stderr).toContain('every line end is one character (LF)')
    expect(entriesOf(path)).toEqual(before)
    expect(understory(['codings', path, '--coder', 'Zed']).stderr).toMatch(/^error not-found/)

    const far = file('far.csv', 'note,code,start,end\nnote,X,11,99\n')
    expect(understory(['code', path, '--coder', 'Zed', '--from', far]).stderr).not.toContain('LF')
    const right = file('right.csv', 'note,code,start,end\nnote,X,10,15\n')
    json(['code', path, '--coder', 'Zed', '--from', right])
    expect(json(['codings', path])).toMatchObject([{ quote: 'Stop.', coder: 'Zed' }])
  })
})

describe('names in a table of codings', () => {
  const table = (code: string, note = 'S') =>
    file('names.csv', `note,code,start,end\n${note},"${code}",0,7\n`)
  const notes = 'note_id,text\nS,bananas\nCafé,pancakes\n'

  it('mean what is spelt exactly so, and are refused with all paths where several are', () => {
    const codebook = 'name,path\nFruit,Fruit\nyellow,Fruit > yellow\nYellow,Yellow\n'
    const path = project('names', file('names-notes.csv', notes), codebook)
    json(['code', path, '--coder', 'A', '--from', table('yellow')])
    json(['code', path, '--coder', 'B', '--from', table('Yellow')])
    json(['code', path, '--coder', 'C', '--from', table('FRUIT > yellow')])
    expect(json<Array<{ coder: string; code: string }>>(['codings', path])).toMatchObject([
      { coder: 'A', code: 'Fruit > yellow' },
      { coder: 'B', code: 'Yellow' },
      { coder: 'C', code: 'Fruit > yellow' },
    ])
    expect(json(['codings', path, '--code', 'yellow'])).toHaveLength(2)

    const more = file('more.csv', 'name,path\nVegetables,Vegetables\nyellow,Vegetables > yellow\n')
    json(['codebook', 'import', path, more])
    const before = entriesOf(path)
    const ran = understory(['code', path, '--coder', 'D', '--from', table('yellow')])
    expect(ran.status).toBe(1)
    expect(ran.stderr).toMatch(/^error conflict: Row 1: "yellow" fits 2 codes/)
    expect(ran.stderr).toContain('"Fruit > yellow", "Vegetables > yellow"')
    expect(entriesOf(path)).toEqual(before)
  })

  it('of notes and coders go by the same rule: composed letters, spaces and then capitals aside', () => {
    const path = project('alike', file('alike-notes.csv', notes), 'name\nCode\n')
    json(['code', path, '--coder', 'Zoé', '--from', table(' code ', 'Cafe\u0301'), '--finished', 'listed'])
    json(['code', path, '--coder', 'ZOE\u0301', '--from', table('CODE', 's')])
    expect(json(['codings', path])).toMatchObject([
      { note: 'S', coder: 'Zoé', code: 'Code' },
      { note: 'Café', coder: 'Zoé', code: 'Code' },
    ])
    expect(json<Array<{ id: string; finished: string[] }>>(['notes', path])).toMatchObject([
      { id: 'S', finished: [] },
      { id: 'Café', finished: ['Zoé'] },
    ])
    expect(json(['show', path, 'CAFÉ'])).toMatchObject({ id: 'Café' })
    const gone = understory(['show', path, 'Caff'])
    expect(gone.stderr).toMatch(/^error not-found: There is no note "Caff"/)
  })
})
