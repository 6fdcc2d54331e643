import type { ImportMap, ImportPreview } from '../../shared/contract/note-import.ts'

/** What a person said of single rows: true to take one though it looks like no note, false to leave it out. */
export type RowChoice = Readonly<Record<number, boolean>>

/** Columns of first rows in the sheet; rows that look like no notes are shown besides, so that each can be decided on. */
const ROWS = 3
const MOST_ROWS = 6

export type FirstRow = {
  number: number
  /** In the order of the columns. */
  cells: readonly string[]
  isTaken: boolean
  /** What it looks like in place of a note; null where it looks like one. */
  looksLike: string | null
}

/** The first rows, with those that look like no notes among them and three others. */
export function firstRows({ rows, numbers, notNotes = [] }: ImportPreview, choice: RowChoice): FirstRow[] {
  const reasons = new Map(notNotes.map(({ row, reason }) => [row, reason]))
  const all = rows.map((cells, at) => {
    const number = numbers?.[at] ?? at + 1
    const looksLike = reasons.get(number) ?? null
    return { number, cells, looksLike, isTaken: choice[number] ?? looksLike === null }
  })
  const strange = all.slice(0, MOST_ROWS).filter(({ looksLike }) => looksLike !== null).length
  return all.slice(0, Math.min(MOST_ROWS, ROWS + strange))
}

/** The choice as the map says it. */
export function chosenRows(choice: RowChoice): Pick<ImportMap, 'leaveOut' | 'take'> {
  const rows = Object.entries(choice).map(([row, isTaken]) => ({ row: Number(row), isTaken }))
  const [take, leaveOut] = [true, false].map((wanted) =>
    rows.filter(({ isTaken }) => isTaken === wanted).map(({ row }) => row),
  )
  return { ...(take?.length ? { take } : {}), ...(leaveOut?.length ? { leaveOut } : {}) }
}
