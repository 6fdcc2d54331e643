/** The people who code. */
import { z } from 'zod'
import type { Coder } from '../../shared/model.ts'
import { Problem } from '../../shared/problem.ts'
import { defineChange } from './change.ts'
import type { Db } from './database.ts'
import { numOf } from './lookup.ts'

const fold = (name: string) => name.trim().normalize('NFC').toLocaleLowerCase('en-GB')

export const listCoders = (db: Db): Coder[] =>
  db.prepare('SELECT id, name FROM coder ORDER BY num').all() as Coder[]

/** Finds a coder by name, capitals aside; names are how people and scripts refer to each other. */
export const findCoder = (db: Db, name: string): Coder | null =>
  listCoders(db).find((coder) => fold(coder.name) === fold(name)) ?? null

/** Two coders of one name could not be told apart in any table of agreement. */
function assertNameFree(db: Db, name: string, exceptId?: string): void {
  const other = findCoder(db, name)
  if (other && other.id !== exceptId) {
    throw new Problem('conflict', `There is already a coder called ${other.name}. Choose another name.`)
  }
}

export const coderChanges = {
  'coder.add': defineChange({
    payload: z.strictObject({ id: z.string(), name: z.string().trim().min(1) }),
    isUndoable: false,
    reduce: ({ db, tables }, { id, name }) => {
      assertNameFree(db, name)
      tables.insert('coder', { id, name })
    },
    label: (_db, { name }) => `added the coder ${name}`,
  }),
  'coder.rename': defineChange({
    payload: z.strictObject({ id: z.string(), name: z.string().trim().min(1) }),
    reduce: ({ db, tables }, { id, name }) => {
      assertNameFree(db, name, id)
      tables.update('coder', numOf(db, 'coder', id), { name })
    },
    label: (_db, { name }) => `renamed a coder to ${name}`,
  }),
}
