/** A retrieval question as a sentence, for the head of what is exported and for the command line. */
import type { CodeId, CoderId } from './contract/basics.ts'
import type { RetrievalQuery } from './contract/retrieval.ts'
import { listed } from './listed.ts'

type Names = { code(id: CodeId): string; coder(id: CoderId): string }

const readable = (name: string): string => name.replaceAll('_', ' ')

function codesPart({ codeIds, relation, otherIds, distance }: RetrievalQuery, names: Names): string {
  const codes = codeIds.map(names.code)
  const others = otherIds.map(names.code)
  if (relation === 'all') return listed(codes, 'and')
  const asked = codes.length === 0 ? 'any code' : listed(codes, 'or')
  if (relation === 'any') return asked
  if (relation === 'instead') return `${asked}, where another coder applied ${listed(others, 'or')} instead`
  if (relation === 'within') return `${asked}, within ${listed(others, 'or')}`
  const gap = distance === 1 ? '1 character' : `${distance} characters`
  return `${asked}, ${distance === 0 ? 'touching' : `at most ${gap} from`} ${listed(others, 'or')}`
}

function notesPart({ filter }: RetrievalQuery, names: Names): string[] {
  const parts: string[] = []
  if (filter.caseId !== undefined) parts.push(`of case ${filter.caseId}`)
  if (filter.status !== undefined) parts.push(`that are ${filter.status}`)
  if (filter.codeId !== undefined) parts.push(`that carry ${names.code(filter.codeId)}`)
  for (const { name, values } of filter.attributes ?? [])
    parts.push(
      `whose ${readable(name)} is ${listed(
        values.map((value) => value ?? 'missing'),
        'or',
      )}`,
    )
  return parts
}

/** "Segments coded Neglect or Abuse, at most 200 characters from Social work, by Amara, in notes of case YP01." */
export function questionInWords(query: RetrievalQuery, names: Names): string {
  const parts = [`Segments coded ${codesPart(query, names)}`]
  if (query.relation === 'all') parts[0] += ' on the same text'
  if (query.withoutIds.length > 0) parts.push(`without ${listed(query.withoutIds.map(names.code), 'or')}`)
  if (query.coderIds !== null) parts.push(`by ${listed(query.coderIds.map(names.coder), 'or')}`)
  for (const [name, values] of Object.entries(query.qualifiers))
    parts.push(
      `where ${readable(name)} is ${listed(
        values.map((value) => value ?? 'not set'),
        'or',
      )}`,
    )
  const notes = notesPart(query, names)
  if (notes.length > 0) parts.push(`in notes ${listed(notes, 'and')}`)
  if (!query.includeChildren && query.codeIds.length > 0) parts.push('codes below not counted')
  if (!query.includeWholeNotes) parts.push('whole-note codings left out')
  return `${parts.join(', ')}.`
}
