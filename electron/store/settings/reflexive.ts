/**
 * Reflexive analysis rejects figures of agreement: a project can hide them on its screens. Nothing is forbidden; the
 * figures can still be computed from the command line.
 */
import { z } from 'zod'
import type { ReadableDb } from '../file/connection.ts'
import { readSetting } from '../file/values.ts'
import { defineChange } from '../journal/change.ts'
import { assertLeads } from '../team/coders.ts'
import { putSetting } from './settings.ts'

const REFLEXIVE = 'reflexive'

export const isReflexive = (db: ReadableDb): boolean => readSetting(db, REFLEXIVE) === 'true'

export const reflexiveChanges = {
  'project.setReflexive': defineChange({
    payload: z.strictObject({ isReflexive: z.boolean() }),
    reduce: ({ db, tables, entry }, { isReflexive }) => {
      assertLeads(db, entry.coder, 'Only a lead decides whether agreement figures are hidden.')
      putSetting(db, tables, REFLEXIVE, String(isReflexive))
    },
    label: (_db, { isReflexive }) =>
      isReflexive ? 'made the analysis reflexive: agreement is hidden' : 'showed agreement again',
  }),
}
