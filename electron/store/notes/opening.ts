/** How a text begins, as the project file says it of an untitled note. */
import { sure, type WritableDb } from '../file/connection.ts'
import type { RowOf } from '../file/table-definitions.ts'

const OPENING = 80
/** What is looked at; the rest of a text says nothing about how it begins. */
const HEAD = 400
const PAIR = /[\ud800-\udbff]/

const characters = (text: string, count: number): string =>
  PAIR.test(text.slice(0, count))
    ? [...text.slice(0, 2 * count)].slice(0, count).join('')
    : text.slice(0, count)

const isLonger = (text: string, count: number): boolean =>
  text.length > count && (!PAIR.test(text) || [...text].length > count)

/**
 * The first words of `text` on one line, at most 80 characters of them, with an ellipsis where there is more; to the
 * letter what the triggers of the project file make of it (`openingOf` in file/migrations/0001-first.ts).
 */
export function openingWords(text: string): string {
  const line = characters(text, HEAD)
    .replace(/[\n\t\u00a0]/g, ' ')
    .replaceAll('    ', ' ')
    .replaceAll('  ', ' ')
    .replaceAll('  ', ' ')
    .replace(/^ +| +$/g, '')
  if (!isLonger(line, OPENING)) return line
  const head = characters(line, OPENING + 1)
  const words = head.slice(0, head.lastIndexOf(' ') + 1).replace(/ +$/, '')
  return `${words === '' ? characters(head, OPENING) : words}…`
}

/**
 * To be called before many notes are added, in the same transaction, with how each text begins by its hash: what it
 * returns writes that down for the notes added since. The trigger that does it note by note would read every text again.
 */
export function openingsTogether(db: WritableDb, openings: ReadonlyMap<string, string>): () => void {
  const before = sure(db.prepare<[], number>('SELECT coalesce(max(num), 0) FROM note').pluck().get())
  const trigger = sure(
    db
      .prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'note_added'`)
      .pluck()
      .get(),
  )
  db.exec('DROP TRIGGER note_added')
  return () => {
    const added = db
      .prepare<[number], Pick<RowOf<'note'>, 'num' | 'text_hash'>>(
        'SELECT num, text_hash FROM note WHERE num > ?',
      )
      .all(before)
    const write = db.prepare('UPDATE note SET opening = ? WHERE num = ?')
    for (const { num, text_hash } of added) write.run(sure(openings.get(text_hash)), num)
    db.exec(trigger)
  }
}
