/** The project itself: its identity, title and settings. */
import { z } from 'zod'
import type { ReadableDb } from '../file/connection.ts'
import { defineChange } from '../journal/change.ts'
import type { Tables } from '../journal/tables.ts'

const numOfSetting = (db: ReadableDb, name: string) =>
  db.prepare<[string], number>('SELECT num FROM setting WHERE name = ?').pluck().get(name)

/** Writes a setting from within a reducer. */
export function putSetting(db: ReadableDb, tables: Tables, name: string, value: string): void {
  const num = numOfSetting(db, name)
  if (num === undefined) tables.insert('setting', { name, value })
  else tables.update('setting', num, { value })
}

const SETTING_WORDS: Record<string, string> = {
  'identifiers.allow': 'changed the words that are never reported as identifiers',
  'identifiers.deny': 'changed the words that are always reported as identifiers',
  masks: 'changed the masks',
}

export const projectChanges = {
  'project.create': defineChange({
    payload: z.strictObject({ id: z.string(), title: z.string(), isSample: z.boolean() }),
    isUndoable: false,
    reduce: ({ db, tables }, { id, title, isSample }) => {
      putSetting(db, tables, 'id', id)
      putSetting(db, tables, 'title', title)
      putSetting(db, tables, 'isSample', String(isSample))
    },
    label: (_db, { title }) => `made the project ${title}`,
  }),
  'project.set': defineChange({
    payload: z.strictObject({ name: z.string().min(1), value: z.string() }),
    reduce: ({ db, tables }, { name, value }) => putSetting(db, tables, name, value),
    // Lists of words are named, not quoted: a label is read in passing, also by people who should not see the words.
    label: (_db, { name, value }) =>
      name === 'title' ? `renamed the project to ${value}` : (SETTING_WORDS[name] ?? `set ${name}`),
  }),
  /** A backup took the place of the file: how far it goes, and what the file before it is called now. */
  'project.restore': defineChange({
    payload: z.strictObject({ entries: z.int().min(0), head: z.string(), kept: z.string().nullable() }),
    isUndoable: false,
    // It changes no table: the file as a whole is another one.
    reduce: () => {},
    label: (_db, { kept }) =>
      kept === null ? 'put a backup in place' : `put a backup in place; the file before is kept as ${kept}`,
  }),
}
