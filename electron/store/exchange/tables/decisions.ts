/** A table of decisions about disagreements, as a script or a spreadsheet writes it. */
import { Problem } from '../../../../shared/problem.ts'
import { type CodingIn, readTable, spanIn } from './csv.ts'

/** The columns that a log of disagreements begins with when it is written here. */
export const LOG_COLUMNS = ['disagreement', 'note', 'kind']

const KNOWN = ['disagreement', 'decision', 'code', 'start', 'end', 'reason']
const LONGEST_REASON = 5_000

/** One row; an empty `decision` decides nothing. `span` is in code points, null for the whole note. */
export type DecisionIn = Pick<CodingIn, 'row' | 'span'> & {
  disagreement: string
  decision: string
  code: string
  reason: string
}

/**
 * Reads columns `disagreement` and `decision`, and if wanted `code`, `start`, `end` and `reason`; others are left out and
 * named in `ignored`. A row that cannot be meant throws Problem `import-failed` naming the row.
 */
export function readDecisionsCsv(bytes: Uint8Array): { rows: DecisionIn[]; ignored: string[] } {
  const table = readTable(bytes, 'The table of decisions', LOG_COLUMNS)
  const names = table.columns.map((column) => column.toLowerCase())
  for (const name of ['disagreement', 'decision'])
    if (!names.includes(name))
      throw new Problem(
        'import-failed',
        `The table of decisions has no column "${name}". Nothing was changed; it has ${table.columns.join(', ')}.`,
      )
  const rows = table.rows.map(({ row, cells }): DecisionIn => {
    const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim()
    const wrong = (what: string) =>
      new Problem(
        'import-failed',
        `Row ${row} of the table of decisions ${what}. Nothing was changed; correct that row.`,
      )
    const [disagreement, decision, reason] = [cell('disagreement'), cell('decision'), cell('reason')]
    if (disagreement === '') throw wrong('names no disagreement')
    if (reason.length > LONGEST_REASON) throw wrong('has a reason longer than 5,000 characters')
    // What stands there of a log is said of its segments, and nothing was asked for.
    const isOwn = decision.toLowerCase() === 'own'
    const span = isOwn ? spanIn(cell('start'), cell('end'), wrong) : null
    return { row, disagreement, decision, code: cell('code'), span, reason }
  })
  const ignored = table.columns.filter((column) => column !== '' && !KNOWN.includes(column.toLowerCase()))
  return { rows, ignored }
}
