/** The people who code. */
import { z } from 'zod'
import { type Coder, CoderRole } from '../../shared/model.ts'
import { Problem } from '../../shared/problem.ts'
import { defineChange } from './change.ts'
import type { Db } from './database.ts'
import { nameOf, numOf } from './lookup.ts'

const fold = (name: string) => name.trim().normalize('NFC').toLocaleLowerCase('en-GB')

export const listCoders = (db: Db): Coder[] =>
  db.prepare('SELECT id, name, role FROM coder ORDER BY num').all() as Coder[]

/** @throws Problem `not-found` */
export function getCoder(db: Db, id: string): Coder {
  const coder = listCoders(db).find((each) => each.id === id)
  if (!coder) throw new Problem('not-found', 'There is no such coder in this project.')
  return coder
}

/** Finds a coder by name, capitals aside; names are how people and scripts refer to each other. */
export const findCoder = (db: Db, name: string): Coder | null =>
  listCoders(db).find((coder) => fold(coder.name) === fold(name)) ?? null

/** Whether this actor decides about the codebook; scripts act for the lead. */
export const leads = (db: Db, coderId: string): boolean =>
  listCoders(db).find((coder) => coder.id === coderId)?.role !== 'coder'

/** Throws `not-allowed` with these words unless this actor leads. */
export function assertLeads(db: Db, coderId: string, words: string): void {
  if (!leads(db, coderId)) throw new Problem('not-allowed', `${words} Nothing was changed.`)
}

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
      // Somebody must be able to decide: who comes first leads, until the lead names another.
      const role: CoderRole = listCoders(db).length === 0 ? 'lead' : 'coder'
      tables.insert('coder', { id, name, role })
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
  'coder.setRole': defineChange({
    payload: z.strictObject({ id: z.string(), role: CoderRole }),
    reduce: ({ db, tables, entry }, { id, role }) => {
      assertLeads(db, entry.coder, 'Only a lead names leads.')
      const others = listCoders(db).filter((coder) => coder.role === 'lead' && coder.id !== id)
      if (role === 'coder' && others.length === 0)
        throw new Problem('conflict', 'A project needs a lead. Make somebody else one first.')
      tables.update('coder', numOf(db, 'coder', id), { role })
    },
    label: (db, { id, role }) => `made ${nameOf(db, 'coder', id)} ${role === 'lead' ? 'a lead' : 'a coder'}`,
  }),
}
