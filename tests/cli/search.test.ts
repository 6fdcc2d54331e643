import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { json, understory, workFolder } from './command.ts'

const folder = workFolder()

type Found = { total: number; hits: Array<{ note: string; start: number; end: number; quote: string }> }

it('finds words as they are typed and patterns that know all letters, in code points', async () => {
  const project = join(folder, 'search.understory')
  const notes = join(folder, 'notes.csv')
  writeFileSync(
    notes,
    "note_id,text\nW1,🐕 Denies self-harm; can't sleep; went to A&E; p.r.n. for 6/7.\nW2,Her fiancé is naïve.\n",
  )
  await json(['create', project, '--template', 'empty'])
  await json(['import', project, notes, '--identifiers', 'off'])
  const search = (...args: string[]) => json<Found>(['search', project, ...args])
  expect(await search('self-harm')).toMatchObject({
    total: 1,
    hits: [{ note: 'W1', start: 9, end: 18, quote: 'self-harm' }],
  })
  expect(await search('A&E OR fiancé', '--limit', '1')).toMatchObject({ total: 2, hits: [{ note: 'W1' }] })
  expect((await search('\\bfiancé\\b', '--pattern')).total).toBe(1)
  expect((await search('\\bve\\b', '--pattern')).total).toBe(0)
  expect((await understory(['search', project, '& /'])).stderr).toMatch(
    /^error bad-arguments: This search has no letter/,
  )
})
