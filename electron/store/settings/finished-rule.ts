/** What happens when a note that its coder marked finished is to be coded; a lead says it for the project. */
import { z } from 'zod'
import { FinishedRule } from '../../../shared/contract/notes.ts'
import type { ReadableDb } from '../file/connection.ts'
import { readSetting } from '../file/values.ts'
import { defineChange } from '../journal/change.ts'
import { assertLeads } from '../team/coders.ts'
import { putSetting } from './settings.ts'

const FINISHED_RULE = 'finishedRule'

export function finishedRule(db: ReadableDb): FinishedRule {
  const { data } = FinishedRule.safeParse(readSetting(db, FINISHED_RULE))
  return data ?? 'ask'
}

const WORDS: Record<FinishedRule, string> = {
  ask: 'coding a finished note asks first',
  reopen: 'coding a finished note reopens it',
  code: 'a finished note takes codings and stays finished',
}

export const finishedRuleChanges = {
  'project.setFinishedRule': defineChange({
    payload: z.strictObject({ rule: FinishedRule }),
    reduce: ({ db, tables, entry }, { rule }) => {
      assertLeads(db, entry.coder, 'Only a lead decides what happens to finished notes.')
      putSetting(db, tables, FINISHED_RULE, rule)
    },
    label: (_db, { rule }) => `decided that ${WORDS[rule]}`,
  }),
}
