/** What hangs on a sheet of a workbook without being in its cells. Source: ECMA-376 part 1, 18.7 and 20.5. */
import { posix } from 'node:path'
import { type LeftOutKind, Tally } from '../tally.ts'
import { MAX_SMALL_PART, readRelations } from './parts.ts'
import { parseWholeXml } from './xml-parts.ts'
import type { ZipParts } from './zip-parts.ts'

/** By the type of the part: which of its tags stands for one of what. */
const PARTS = new Map<string, ReadonlyMap<string, LeftOutKind>>([
  ['comments', new Map<string, LeftOutKind>([['comment', 'comments']])],
  [
    'drawing',
    new Map<string, LeftOutKind>([
      ['pic', 'pictures'],
      ['sp', 'boxes'],
      ['graphicFrame', 'charts'],
    ]),
  ],
])

/** Counts the comments, pictures, text boxes and charts of the sheet in `part`. */
export async function besidesRows(zip: ZipParts, part: string): Promise<Tally> {
  const tally = new Tally('notes')
  const folder = posix.dirname(part)
  const relationsPart = `${folder}/_rels/${posix.basename(part)}.rels`
  if (!zip.has(relationsPart)) return tally
  for (const relation of (await readRelations(zip, relationsPart, folder)).values()) {
    const tags = PARTS.get(relation.type)
    if (!tags || !zip.has(relation.part)) continue
    await parseWholeXml(zip.path, zip.read(relation.part, MAX_SMALL_PART), {
      open: (name) => {
        const kind = tags.get(name)
        if (kind) tally.add(kind)
      },
    })
  }
  return tally
}
