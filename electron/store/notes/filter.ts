/** One filter over notes, for the list, the search and everything that works on some of the notes. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { NoteFilter } from '../../../shared/contract/notes.ts'

type Values = Record<string, string | number | null>

/**
 * SQL for a filter, over `note` and `casefile` (left joined). The coder's own progress and codings count; nobody
 * filters by what others did.
 */
export function filterClause(filter: NoteFilter, coderId: CoderId): { where: string; values: Values } {
  const parts: string[] = ['1 = 1']
  const values: Values = { filterCoder: coderId }
  filter.attributes?.forEach(({ of, name, values: wanted }, index) => {
    const column = of === 'note' ? 'note.attributes' : 'casefile.attributes'
    const value = `(SELECT each.value FROM json_each(${column}) AS each WHERE each.key = @name${index})`
    // A missing value is a value to ask for, but IN never matches it.
    parts.push(
      `(${value} IN (SELECT value FROM json_each(@values${index})) OR (@missing${index} = 1 AND ${value} IS NULL))`,
    )
    values[`name${index}`] = name
    values[`values${index}`] = JSON.stringify(wanted.filter((each) => each !== null))
    values[`missing${index}`] = Number(wanted.includes(null))
  })
  if (filter.caseId !== undefined) {
    parts.push('casefile.id = @caseId')
    values.caseId = filter.caseId
  }
  if (filter.codeId !== undefined) {
    parts.push(`EXISTS (SELECT 1 FROM coding JOIN coder ON coder.num = coding.coder JOIN code ON code.num = coding.code
      WHERE coding.note = note.num AND coder.id = @filterCoder AND code.id = @codeId)`)
    values.codeId = filter.codeId
  }
  if (filter.roundId !== undefined) {
    parts.push(`EXISTS (SELECT 1 FROM round_note JOIN round ON round.num = round_note.round
      WHERE round_note.note = note.num AND round.id = @roundId)`)
    values.roundId = filter.roundId
  }
  if (filter.status !== undefined) {
    const finished = `EXISTS (SELECT 1 FROM note_status JOIN coder ON coder.num = note_status.coder
      WHERE note_status.note = note.num AND coder.id = @filterCoder AND note_status.status = 'finished')`
    const begun = `(EXISTS (SELECT 1 FROM note_status JOIN coder ON coder.num = note_status.coder
      WHERE note_status.note = note.num AND coder.id = @filterCoder) OR
      EXISTS (SELECT 1 FROM coding JOIN coder ON coder.num = coding.coder
      WHERE coding.note = note.num AND coder.id = @filterCoder))`
    if (filter.status === 'finished') parts.push(finished)
    else if (filter.status === 'in progress') parts.push(`NOT ${finished} AND ${begun}`)
    else parts.push(`NOT ${begun}`)
  }
  return { where: parts.join(' AND '), values }
}
