/**
 * Which codings a table of themes counts. The table decides it in memory for the whole project, the segments behind a
 * cell in SQL for one code; a test holds the two to the same answer.
 */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { CountedCodings } from '../../../shared/contract/codings.ts'
import type { QualifierFilter, Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { readQualifiers } from '../codebook/qualifiers.ts'
import type { ReadableDb } from '../file/connection.ts'
import { foldName } from '../file/lookup.ts'
import { NOTHING_KEPT } from '../team/rounds.ts'

/**
 * SQL over `coding` and `note`: the coder has finished the note, the coding says what is asked for, the note belongs
 * to a case, nothing in the note is kept from the viewer; each only where it is asked for.
 */
export const COUNTED = `(@finishedOnly = 0 OR EXISTS (SELECT 1 FROM note_status
    WHERE note_status.note = coding.note AND note_status.coder = coding.coder AND note_status.status = 'finished'))
  AND (@said IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(@said) AS asked WHERE NOT EXISTS
    (SELECT 1 FROM json_each(asked.value) AS wanted WHERE wanted.value IS
      (SELECT says.value FROM json_each(coding.qualifiers) AS says WHERE says.key = asked.key))))
  AND (@inCases = 0 OR note.casefile IS NOT NULL)
  AND (@wholeNotes = 0 OR ${NOTHING_KEPT})`

type CountedValues = { finishedOnly: number; said: string | null; inCases: number; wholeNotes: number }

/** What `COUNTED` is asked with; nothing counted asks for nothing. */
export function countedValues(
  counted: CountedCodings | undefined,
  coderIds: readonly CoderId[] | null,
  viewer: CoderId | null,
): CountedValues {
  if (!counted) return { finishedOnly: 0, said: null, inCases: 0, wholeNotes: 0 }
  const { notes, qualifiers, inCases } = counted
  return {
    finishedOnly: Number(notes === 'finished'),
    said: Object.keys(qualifiers).length === 0 ? null : JSON.stringify(qualifiers),
    inCases: Number(inCases),
    wholeNotes: Number(!isOwn(coderIds, viewer)),
  }
}

/** Whether all that is looked at is the viewer's own: nothing of that is ever kept from them. */
export const isOwn = (coderIds: readonly CoderId[] | null, viewer: CoderId | null): boolean =>
  coderIds?.every((id) => id === viewer) ?? false

/** The first thing asked for that these qualifiers do not say, with what they say instead; null where all fits. */
export function firstUnasked(
  said: Qualifiers,
  asked: QualifierFilter,
): { qualifier: string; value: string | null } | null {
  for (const [qualifier, wanted] of Object.entries(asked)) {
    const value = said[qualifier] ?? null
    if (!wanted.includes(value)) return { qualifier, value }
  }
  return null
}

const ASSERTION = foldName('assertion')
const AFFIRMED = foldName('affirmed')
/** Says more than affirmed: leaving it out would count the surest mentions as absent. */
const CONFIRMED = foldName('confirmed')
const NEGATED = foldName('negated')

/**
 * What "affirmed only" asks for in this project; null where nobody says of codings whether they are affirmed. A coding
 * that says nothing of it counts as affirmed (coders mark the exception), and so does one that is confirmed. The
 * project's own qualifiers are looked at and, since scripts bring in codings without defining any, what codings say.
 */
export function affirmedOnly(db: ReadableDb): QualifierFilter | null {
  const defined = readQualifiers(db).flatMap(({ name, values }) =>
    values.map((value) => ({ name, value: value.name })),
  )
  const said = db
    .prepare<[], { name: string; value: string }>(
      `SELECT DISTINCT says.key AS name, says.value FROM coding, json_each(coding.qualifiers) AS says
       WHERE coding.qualifiers <> '{}'`,
    )
    .all()
  const rows = [...defined, ...said].filter(({ name }) => foldName(name) === ASSERTION)
  const asked: QualifierFilter = {}
  for (const name of new Set(rows.map((row) => row.name))) {
    const values = new Set(rows.filter((row) => row.name === name).map(({ value }) => value))
    const affirmed = [...values].filter((value) => foldName(value) === AFFIRMED)
    const isDefined = defined.some((each) => each.name === name)
    const speaksOfIt =
      affirmed.length > 0 || (!isDefined && [...values].some((value) => foldName(value) === NEGATED))
    const confirmed = [...values].filter((value) => foldName(value) === CONFIRMED)
    if (speaksOfIt) asked[name] = [...affirmed, ...confirmed, null]
  }
  return Object.keys(asked).length === 0 ? null : asked
}
