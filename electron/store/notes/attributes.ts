/** The attributes of a note and of its case, beside what is given out of the note. */
import type { BothAttributes } from '../../../shared/attributes.ts'
import type { NoteId } from '../../../shared/contract/basics.ts'
import type { AttributeValues } from '../../../shared/contract/notes.ts'
import type { ReadableDb } from '../file/connection.ts'
import { fromJson, type Json } from '../file/json.ts'

const NOTHING: BothAttributes = { note: {}, case: {} }

/** Looks attributes up note by note; what is asked for several times in a row is read once. */
export function attributeFinder(db: ReadableDb): (noteId: NoteId) => BothAttributes {
  const find = db.prepare<[string], { note: Json<AttributeValues>; case: Json<AttributeValues> | null }>(
    `SELECT note.attributes AS note, casefile.attributes AS "case" FROM note
     LEFT JOIN casefile ON casefile.num = note.casefile WHERE note.id = ?`,
  )
  let last = { id: '', attributes: NOTHING }
  return (id) => {
    if (last.id === id) return last.attributes
    const row = find.get(id)
    const parsed = (text: Json<AttributeValues> | null | undefined) => (text ? fromJson(text) : {})
    last = { id, attributes: { note: parsed(row?.note), case: parsed(row?.case) } }
    return last.attributes
  }
}

/** Values as people typed or imported them, each with what it is a value of, for the check of what leaves. */
export const attributeTexts = (both: BothAttributes): Array<{ name: string; text: string }> =>
  (['note', 'case'] as const).flatMap((of) =>
    Object.entries(both[of]).map(([name, text]) => ({ name: `Value of ${name}`, text })),
  )

/** The same attributes with each value as `change` gives it back. */
export const changedAttributes = (
  both: BothAttributes,
  change: (value: string) => string,
): BothAttributes => {
  const changed = (values: AttributeValues) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
  return { note: changed(both.note), case: changed(both.case) }
}
