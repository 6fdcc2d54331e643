/** Qualifiers: what a coding says besides its code (negated, past, about a sibling ...). Defined per project, optional. */
import { z } from 'zod'
import { QualifierDefinition } from '../../shared/model.ts'
import { defineChange } from './change.ts'
import type { Db } from './database.ts'
import { putSetting, readSetting } from './settings.ts'

const SETTING = 'qualifiers'
const Definitions = z.array(QualifierDefinition).max(20)

export const qualifierChanges = {
  'qualifiers.define': defineChange({
    payload: z.strictObject({ qualifiers: Definitions }),
    reduce: ({ db, tables }, { qualifiers }) => putSetting(db, tables, SETTING, JSON.stringify(qualifiers)),
    label: (_db, { qualifiers }) =>
      qualifiers.length === 0
        ? 'took away the qualifiers'
        : `defined the qualifiers ${qualifiers.map(({ name }) => name).join(', ')}`,
  }),
}

/** What a coder may say of a coding in this project; none until somebody defines them. */
export function readQualifiers(db: Db): QualifierDefinition[] {
  const stored = readSetting(db, SETTING)
  return stored === null ? [] : Definitions.parse(JSON.parse(stored))
}
