/** How the parts of an office file (workbook, Word document) refer to each other. Source: ECMA-376 part 2. */
import { posix } from 'node:path'
import { parseWholeXml } from './xml-parts.ts'
import { wrongKind, type ZipParts } from './zip-parts.ts'

/** Lists are held whole while they are read. */
export const MAX_SMALL_PART = 50_000_000

/**
 * The part that an office file is about, named in its list of relations. Throws Problem `file-unreadable` for a zip
 * file that is no office file; `what` is what it should be.
 */
export async function mainPart(zip: ZipParts, what: string): Promise<string> {
  if (zip.has('_rels/.rels')) {
    const relations = await readRelations(zip, '_rels/.rels', '')
    const main = [...relations.values()].find((relation) => relation.type === 'officeDocument')
    if (main && zip.has(main.part)) return main.part
  }
  throw wrongKind(zip.path, what)
}

/** `type` is the last word of the relation's type, which is the same in both dialects of the standard. */
export type Relation = { type: string; part: string }

/** The relations in `part` by their id. What lies outside the file is left out, so nothing can ever follow it. */
export async function readRelations(
  zip: ZipParts,
  part: string,
  folder: string,
): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  await parseWholeXml(zip.path, zip.read(part, MAX_SMALL_PART), {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return
      const path = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), part: path })
    },
  })
  return relations
}
