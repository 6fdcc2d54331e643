/** Qualifiers: what a coding says besides its code (negated, past, about a sibling ...). Defined per project, optional. */
import { z } from 'zod'
import type { CoderId } from '../../../shared/contract/basics.ts'
import {
  QualifierDefinition,
  QualifierRename,
  type Qualifiers,
  type QualifierUse,
} from '../../../shared/contract/qualifiers.ts'
import { Problem } from '../../../shared/problem.ts'
import { qualifierProblem } from '../../../shared/qualifiers.ts'
import type { ReadableDb } from '../file/connection.ts'
import { fromJson, toJson } from '../file/json.ts'
import type { RowOf } from '../file/table-definitions.ts'
import { readSetting } from '../file/values.ts'
import { defineChange, type ReduceContext } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import { putSetting } from '../settings/settings.ts'

const SETTING = 'qualifiers'
const Definitions = z.array(QualifierDefinition).max(20)

/** A coding keeps what it says under the new name, in the place the old one had. */
function renamedIn(said: Qualifiers, { qualifier, value, to }: QualifierRename): Qualifiers {
  const entries = Object.entries(said).map(([name, each]): [string, string] => {
    if (name !== qualifier) return [name, each]
    if (value === null) return [to, each]
    return [name, each === value ? to : each]
  })
  return Object.fromEntries(entries)
}

function renameEverywhere({ db, tables }: ReduceContext, rename: QualifierRename): void {
  for (const table of ['coding', 'code'] as const) {
    const rows = db
      .prepare<object, Pick<RowOf<'coding' | 'code'>, 'num' | 'qualifiers'>>(
        `SELECT num, qualifiers FROM ${table} WHERE qualifiers <> '{}' AND EXISTS (
           SELECT 1 FROM json_each(${table}.qualifiers) AS said
           WHERE said.key = @qualifier AND (@value IS NULL OR said.value = @value))
         ORDER BY num`,
      )
      .all({ qualifier: rename.qualifier, value: rename.value })
    for (const { num, qualifiers } of rows) {
      tables.update(table, num, { qualifiers: toJson(renamedIn(fromJson(qualifiers), rename)) })
    }
  }
}

export const qualifierChanges = {
  'qualifiers.define': defineChange({
    payload: z.strictObject({
      qualifiers: Definitions,
      renamed: z.array(QualifierRename).max(50).optional(),
    }),
    reduce: (context, { qualifiers, renamed }) => {
      putSetting(context.db, context.tables, SETTING, JSON.stringify(qualifiers))
      for (const rename of renamed ?? []) renameEverywhere(context, rename)
    },
    label: (_db, { qualifiers }) =>
      qualifiers.length === 0
        ? 'removed the qualifiers'
        : `defined the qualifiers ${qualifiers.map(({ name }) => name).join(', ')}`,
  }),
}

/** What a coder may say of a coding in this project; none until somebody defines them. */
export function readQualifiers(db: ReadableDb): QualifierDefinition[] {
  const stored = readSetting(db, SETTING)
  return stored === null ? [] : Definitions.parse(JSON.parse(stored))
}

/** Replaces the project's qualifiers; codings and codes follow what was renamed. Refuses a set that contradicts itself. */
export function defineQualifiers(
  project: Changes<typeof qualifierChanges>,
  coderId: CoderId,
  qualifiers: QualifierDefinition[],
  renamed: QualifierRename[] | undefined,
): void {
  const problem = qualifierProblem(qualifiers)
  if (problem) throw new Problem('conflict', `${problem} Nothing was changed.`)
  project.change(coderId, 'qualifiers.define', { qualifiers, ...(renamed ? { renamed } : {}) })
}

/** How many codings, by all coders, say what. */
export function qualifierUse(db: ReadableDb): QualifierUse[] {
  return db
    .prepare<[], QualifierUse>(
      `SELECT said.key AS qualifier, said.value, count(*) AS codings
       FROM coding, json_each(coding.qualifiers) AS said
       WHERE coding.qualifiers <> '{}' GROUP BY said.key, said.value`,
    )
    .all()
}
