/** A table of codings that is refused, by script; what one may hold is tested on the store. */
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

async function project(name: string, notes: string, codebook: string): Promise<string> {
  const path = join(folder, `${name}.understory`)
  await json(['create', path, '--template', 'empty'])
  await json(['import', path, notes])
  await json(['codebook', 'import', path, file(`${name}-codebook.csv`, codebook)])
  return path
}

const entriesOf = (path: string) => json<{ entries: number; ok: boolean }>(['verify', path])

describe('a table of codings that is refused', () => {
  it('leaves nothing behind, not even the coder made for it, and says how positions are counted', async () => {
    const path = await project('refused', file('note.txt', 'Line one.\r\nStop.'), 'name\nX\n')
    const before = await entriesOf(path)
    const table = file('refused.csv', 'note,code,start,end\nnote,X,11,16\n')
    const ran = await understory(['code', path, '--coder', 'Zed', '--from', table])
    expect(ran.status).toBe(1)
    expect(ran.stderr).toMatch(
      /^error bad-arguments: Row 1: 11 to 16 .* 15 characters\. Nothing was changed\./,
    )
    expect(ran.stderr).toContain('every line end is one character (LF)')
    expect(await entriesOf(path)).toEqual(before)
  })
})
