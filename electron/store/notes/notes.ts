/** Notes, their cases and attributes, and how far each coder is with them. */
import { z } from 'zod'
import { CaseId, Id, NoteId } from '../../../shared/contract/basics.ts'
import {
  Attribute,
  AttributeOwner,
  type AttributeValues,
  type Note,
  NoteStatus,
} from '../../../shared/contract/notes.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb } from '../file/connection.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import { findNum, numOf } from '../file/lookup.ts'
import { defineChange, itemByItem, type ReduceContext, unchanged } from '../journal/change.ts'
import type { Tables } from '../journal/tables.ts'
import { hasSomeTexts } from '../team/laptops.ts'
import { wayFrom } from './on-text.ts'

const Values = z.record(z.string(), z.string())

/** A note as the journal knows it: everything but the text, which it names by hash. `length` is in UTF-16 units, `characters` in code points. */
export const ImportedNote = z.strictObject({
  id: NoteId,
  caseId: z.string().nullable(),
  title: z.string(),
  date: z.string().nullable(),
  textHash: z.string().length(64),
  length: z.int().min(0),
  characters: z.int().min(0),
  attributes: Values,
})
export type ImportedNote = z.infer<typeof ImportedNote>

export const ImportedCase = z.strictObject({ id: CaseId, attributes: Values })
export type ImportedCase = z.infer<typeof ImportedCase>

function addAttributes(db: ReadableDb, tables: Tables, attributes: readonly Attribute[]): void {
  const find = db.prepare('SELECT num FROM attribute WHERE owner = ? AND name = ?').pluck()
  for (const { name, of, kind } of attributes) {
    if (find.get(of, name) === undefined) tables.insert('attribute', { owner: of, name, kind })
  }
}

/** Values already there stand; an import only fills what is missing. */
function addCases(db: ReadableDb, tables: Tables, cases: readonly ImportedCase[]): void {
  for (const { id, attributes } of cases) {
    const num = findNum(db, 'casefile', id)
    if (num === null) {
      tables.insert('casefile', { id, attributes: toJson(attributes) })
      continue
    }
    const known = fromJson(tables.row('casefile', num).attributes)
    tables.update('casefile', num, { attributes: toJson({ ...attributes, ...known }) })
  }
}

function setValue(
  db: ReadableDb,
  tables: Tables,
  table: 'note' | 'casefile',
  id: string,
  name: string,
  value: string | null,
): void {
  const num = numOf(db, table, id)
  const { [name]: _before, ...others } = fromJson(tables.row(table, num).attributes)
  tables.update(table, num, {
    attributes: toJson(value === null ? others : { ...others, [name]: value }),
  })
}

/** @throws Problem `not-found` */
export function assertAttribute(db: ReadableDb, of: AttributeOwner, name: string): void {
  if (!db.prepare('SELECT 1 FROM attribute WHERE owner = ? AND name = ?').get(of, name))
    throw new Problem('not-found', `There is no ${of} attribute called ${name}.`)
}

/** A note that another computer has added too is there once; another text under its id is not taken. */
function addNote({ db, tables, isFolded }: ReduceContext, note: ImportedNote): void {
  const known = isFolded ? findNum(db, 'note', note.id) : null
  if (known !== null) {
    wayFrom(db, tables.row('note', known), note.textHash)
    return
  }
  tables.insert('note', {
    id: note.id,
    casefile: note.caseId === null ? null : numOf(db, 'casefile', note.caseId),
    title: note.title,
    date: note.date,
    text_hash: note.textHash,
    length: note.length,
    characters: note.characters,
    attributes: toJson(note.attributes),
  })
}

/** The redactions there are of notes of these ids, which were taken out of the project since. */
function redactionsOf(db: ReadableDb, notes: readonly ImportedNote[]): string[] {
  const ids = new Set<string>(notes.map(({ id }) => id))
  return db
    .prepare<[], { id: string; note: string }>(
      `SELECT id, payload ->> '$.note' AS note FROM journal
       WHERE kind = 'note.redact' AND seq IN (SELECT entry FROM redaction UNION SELECT seq FROM void) ORDER BY seq`,
    )
    .all()
    .flatMap(({ id, note }) => (ids.has(note) ? [id] : []))
}

export const noteChanges = {
  'notes.import': defineChange({
    payload: z.strictObject({
      source: z.string(),
      attributes: z.array(Attribute),
      cases: z.array(ImportedCase),
      notes: z.array(ImportedNote),
      /** Redactions of notes of these ids that whoever imports them knows of. */
      redactions: z.array(z.string()).optional(),
    }),
    upcasters: [unchanged],
    complete: (db, payload) => {
      const redactions = redactionsOf(db, payload.notes)
      return redactions.length === 0 ? payload : { ...payload, redactions }
    },
    reduce: (context, { attributes, cases, notes }) => {
      const { db, tables } = context
      addAttributes(db, tables, attributes)
      addCases(db, tables, cases)
      itemByItem(
        context,
        notes,
        ({ id }) => id,
        (note) => addNote(context, note),
      )
    },
    label: (_db, { source, notes }) =>
      `imported ${notes.length} ${notes.length === 1 ? 'note' : 'notes'} from ${source}`,
  }),
  'attribute.add': defineChange({
    payload: Attribute,
    reduce: ({ db, tables }, attribute) => {
      if (
        db.prepare('SELECT 1 FROM attribute WHERE owner = ? AND name = ?').get(attribute.of, attribute.name)
      ) {
        throw new Problem(
          'conflict',
          `There is already a ${attribute.of} attribute called ${attribute.name}.`,
        )
      }
      addAttributes(db, tables, [attribute])
    },
    label: (_db, { name, of }) => `added the ${of} attribute ${name}`,
  }),
  'attribute.setValues': defineChange({
    payload: z.strictObject({
      of: AttributeOwner,
      name: z.string().min(1),
      values: z.array(z.strictObject({ id: Id, value: z.string().nullable() })).min(1),
    }),
    reduce: (context, { of, name, values }) => {
      const { db, tables } = context
      assertAttribute(db, of, name)
      itemByItem(
        context,
        values,
        ({ id }) => id,
        ({ id, value }) => setValue(db, tables, of === 'note' ? 'note' : 'casefile', id, name, value),
      )
    },
    label: (_db, { of, name, values }) =>
      values.length === 1
        ? `set ${name} of ${of} ${values[0]?.id}`
        : `changed ${name} of ${values.length} ${of}s`,
  }),
  'note.setStatus': defineChange({
    payload: z.strictObject({ notes: z.array(NoteId).min(1), status: NoteStatus }),
    reduce: (context, { notes, status }) => {
      const { db, tables, entry } = context
      const coder = numOf(db, 'coder', entry.coder)
      const changed_at = entry.wall
      const find = db
        .prepare<[number, number], number>('SELECT num FROM note_status WHERE note = ? AND coder = ?')
        .pluck()
      const setStatus = (id: NoteId) => {
        const note = numOf(db, 'note', id)
        const num = find.get(note, coder)
        if (status === 'not started') {
          if (num !== undefined) tables.delete('note_status', num)
        } else if (num === undefined) tables.insert('note_status', { note, coder, status, changed_at })
        // Said again, it has still been so since the first time.
        else if (tables.get('note_status', num)?.status !== status)
          tables.update('note_status', num, { status, changed_at })
      }
      itemByItem(context, notes, (id) => id, setStatus)
    },
    label: (_db, { notes, status }) =>
      notes.length === 1 ? `marked note ${notes[0]} ${status}` : `marked ${notes.length} notes ${status}`,
  }),
}

type NoteTableRow = {
  id: string
  title: string
  caseId: string | null
  date: string | null
  text: string | null
  textHash: string
  attributes: Json<AttributeValues>
  caseAttributes: Json<AttributeValues> | null
}

export function getNote(db: ReadableDb, noteId: NoteId): Note {
  const row = db
    .prepare<[string], NoteTableRow>(
      `SELECT note.id, note.shown_title AS title, casefile.id AS caseId, note.date, note_text.body AS text, note.text_hash AS textHash,
              note.attributes, casefile.attributes AS caseAttributes
       FROM note
       LEFT JOIN casefile ON casefile.num = note.casefile
       LEFT JOIN note_text ON note_text.hash = note.text_hash
       WHERE note.id = ?`,
    )
    .get(noteId)
  if (!row) throw new Problem('not-found', `There is no note ${noteId} in this project (any more).`)
  if (row.text === null && hasSomeTexts(db))
    throw new Problem(
      'not-found',
      `The text of note ${noteId} is not on this laptop: it did not come with the package. Ask for one that has it.`,
    )
  if (row.text === null) {
    throw new Problem(
      'project-damaged',
      `The text of note ${noteId} is missing from the project file. Open a backup.`,
    )
  }
  return {
    ...row,
    text: row.text,
    attributes: fromJson(row.attributes),
    caseAttributes: row.caseAttributes ? fromJson(row.caseAttributes) : {},
  }
}

/**
 * What a note is called in what leaves the project: its own title or its id. The first words that stand for a missing
 * title on screen are text of the note, which nobody has asked to give away.
 */
export const titleGivenOut = (db: ReadableDb, noteId: NoteId): string =>
  db.prepare<[string], string>('SELECT title FROM note WHERE id = ?').pluck().get(noteId) ?? noteId

export function textOfNote(db: ReadableDb, noteId: NoteId): string {
  const text = db
    .prepare<[string], string>(
      'SELECT note_text.body FROM note JOIN note_text ON note_text.hash = note.text_hash WHERE note.id = ?',
    )
    .pluck()
    .get(noteId)
  if (text === undefined) throw new Problem('not-found', `There is no note ${noteId} in this project.`)
  return text
}

export const listAttributes = (db: ReadableDb): Attribute[] =>
  db.prepare<[], Attribute>('SELECT name, owner AS "of", kind FROM attribute ORDER BY num').all()

const MOST_VALUES = 200

/** Attributes with the values in use, most frequent first (at most 200 of them). */
export function listAttributeValues(db: ReadableDb): Array<Attribute & { values: string[] }> {
  return listAttributes(db).map((attribute) => {
    const table = attribute.of === 'note' ? 'note' : 'casefile'
    const values = db
      .prepare<[string], string>(
        `SELECT each.value FROM ${table}, json_each(${table}.attributes) AS each
         WHERE each.key = ? GROUP BY each.value ORDER BY count(*) DESC, each.value LIMIT ${MOST_VALUES}`,
      )
      .pluck()
      .all(attribute.name)
    return { ...attribute, values: values.map(String) }
  })
}

/** Ids of the notes or cases whose attribute has one of these values. */
export function ownersWithValue(
  db: ReadableDb,
  of: Attribute['of'],
  name: string,
  values: readonly string[],
): string[] {
  const table = of === 'note' ? 'note' : 'casefile'
  return db
    .prepare<[string, string], string>(
      `SELECT ${table}.id FROM ${table}, json_each(${table}.attributes) AS each
       WHERE each.key = ? AND each.value IN (SELECT value FROM json_each(?)) ORDER BY ${table}.num`,
    )
    .pluck()
    .all(name, JSON.stringify(values))
}
