/** Rows that come sorted by note, a note at a time, so that no more than one note's are held. */
export function* byNote<T extends { readonly noteNum: number }>(rows: Iterable<T>): Generator<T[]> {
  let own: T[] = []
  for (const row of rows) {
    if (own.length > 0 && own[0]?.noteNum !== row.noteNum) {
      yield own
      own = []
    }
    own.push(row)
  }
  if (own.length > 0) yield own
}
