/** A first guess at which column of a table feeds which part of a note; a person may change every bit of it. */
import type { ImportMap } from '../../../../shared/contract/note-import.ts'
import type { AttributeKind } from '../../../../shared/contract/notes.ts'
import { attributeNames } from '../../../../shared/names.ts'
import { toIsoDate } from '../dates.ts'

/** Column names as they occur in extracts, letters and digits only, the surest first. */
const TEXT_NAMES = [
  'textcontent',
  'notetext',
  'text',
  'fulltext',
  'freetext',
  'documenttext',
  'attachmenttext',
  'body',
  'content',
  'narrative',
  'note',
  'notes',
  'comment',
  'comments',
]
const NOTE_ID_NAMES = [
  'cndocid',
  'noteid',
  'docid',
  'documentid',
  'doc',
  'recordid',
  'eventid',
  'progressnoteid',
  'noteno',
  'notenumber',
  'id',
  'note',
]
const CASE_ID_NAMES = [
  'brcid',
  'caseid',
  'caseno',
  'case',
  'patientid',
  'personid',
  'clientid',
  'childid',
  'youngpersonid',
  'youngperson',
  'ypid',
  'serviceuserid',
  'participantid',
  'participant',
  'subjectid',
  'pseudonym',
  'pseudoid',
  'rioid',
]
const DATE_NAMES = [
  'createddate',
  'notedate',
  'date',
  'datecreated',
  'eventdate',
  'documentdate',
  'contactdate',
  'referraldate',
  'createdat',
  'datetime',
]
const TITLE_NAMES = ['title', 'notetitle', 'documenttitle', 'subject', 'filename', 'heading']

const KNOWN_NAMES = new Set([TEXT_NAMES, NOTE_ID_NAMES, CASE_ID_NAMES, DATE_NAMES, TITLE_NAMES].flat())
/** True for a name that columns of notes have in extracts. */
export const isKnownName = (column: string): boolean => KNOWN_NAMES.has(plain(column))

const BOOLEANS = new Set(['yes', 'no', 'y', 'n', 'true', 'false', '0', '1'])
const MAX_CATEGORY_LENGTH = 80
const MAX_CATEGORIES = 60

/**
 * Guesses from the column names, and from the cells of the first `rows` where names say nothing: the text is the
 * longest column on average. Everything left over becomes an attribute of the note. Null where no column can be
 * the text.
 */
export function guessMap(
  columns: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): ImportMap | null {
  const cells = columns.map((_, index) =>
    rows.map((row) => (row[index] ?? '').trim()).filter((c) => c !== ''),
  )
  const free = new Map(columns.map((column, index) => [plain(column), index] as const).reverse())
  const text = textColumn(columns, cells)
  if (text === null) return null
  const taken = new Set([text])
  const take = (names: readonly string[], fits: (values: readonly string[]) => boolean) => {
    for (const name of names) {
      const index = free.get(name)
      if (index === undefined || taken.has(index) || !fits(cells[index] ?? [])) continue
      taken.add(index)
      return columns[index] as string
    }
    return undefined
  }
  const noteId = take(NOTE_ID_NAMES, areMostlyDistinct)
  const caseId = take(CASE_ID_NAMES, areShort)
  const date = take(DATE_NAMES, areDates)
  const title = take(TITLE_NAMES, areShort)
  const names = attributeNames(columns)
  const attributes = columns.flatMap((column, index) =>
    taken.has(index)
      ? []
      : [
          [
            (names.get(column) ?? column).slice(0, 200),
            { column, of: 'note' as const, kind: kindOf(cells[index] ?? []) },
          ] as const,
        ],
  )
  return {
    text: columns[text] as string,
    ...(noteId === undefined ? {} : { noteId }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(date === undefined ? {} : { date }),
    ...(title === undefined ? {} : { title }),
    // fromEntries defines even a column called "__proto__" as a plain key.
    attributes: Object.fromEntries(attributes),
  }
}

const plain = (column: string): string => column.toLowerCase().replace(/[^a-z0-9]/g, '')
const areShort = (values: readonly string[]): boolean => values.every((value) => value.length <= 400)

/** A few repeated ids are duplicates for the import to report; a column of repeats names something else. */
const areMostlyDistinct = (values: readonly string[]): boolean =>
  areShort(values) && new Set(values).size * 2 > values.length

/** Some cells may hold "unknown"; a column of which most cells are no dates is not the date. */
const areDates = (values: readonly string[]): boolean =>
  values.filter((value) => toIsoDate(value) !== null).length * 2 >= values.length

function textColumn(columns: readonly string[], cells: ReadonlyArray<readonly string[]>): number | null {
  const lengths = cells.map(
    (values) => values.reduce((sum, value) => sum + value.length, 0) / (values.length || 1),
  )
  const longest = lengths.reduce((best, length, index) => (length > (lengths[best] ?? 0) ? index : best), 0)
  const names = columns.map(plain)
  for (const name of TEXT_NAMES) {
    const index = names.indexOf(name)
    // A column called "note" that holds ids beside a column of prose is not the text.
    if (index !== -1 && (lengths[index] ?? 0) * 4 >= (lengths[longest] ?? 0)) return index
  }
  const prose = (cells[longest] ?? []).filter((value) => /\s/.test(value)).length
  const isProse = (lengths[longest] ?? 0) >= 20 && prose * 2 >= (cells[longest] ?? []).length
  return isProse ? longest : null
}

/** The kind that all the cells seen fit; numbers with leading zeros are names, not numbers. */
export function kindOf(values: readonly string[]): AttributeKind {
  if (values.length === 0) return 'text'
  const distinct = new Set(values)
  if (distinct.size <= 2 && values.every((value) => BOOLEANS.has(value.toLowerCase()))) return 'boolean'
  if (values.every((value) => /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(value))) return 'number'
  if (values.every((value) => toIsoDate(value) !== null)) return 'date'
  const isShort = values.every((value) => value.length <= MAX_CATEGORY_LENGTH)
  const isRepeated = distinct.size <= Math.max(20, values.length / 2) && distinct.size <= MAX_CATEGORIES
  return isShort && isRepeated ? 'category' : 'text'
}
