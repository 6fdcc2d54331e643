/** While a round of double coding runs, the codebook may be frozen: only leads change it, coders propose. */
import { z } from 'zod'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb } from '../file/connection.ts'
import { readSetting } from '../file/values.ts'
import { defineChange, type ReduceContext } from '../journal/change.ts'
import { putSetting } from '../settings/settings.ts'
import { assertLeads, leads } from '../team/coders.ts'

const FROZEN = 'codebook.frozen'

export const isCodebookFrozen = (db: ReadableDb): boolean => readSetting(db, FROZEN) === 'true'

/** Throws `not-allowed` when the codebook is frozen and this actor does not lead. */
export function assertCodebookOpen({ db, entry }: Pick<ReduceContext, 'db' | 'entry'>): void {
  if (!isCodebookFrozen(db) || leads(db, entry.coder)) return
  throw new Problem(
    'not-allowed',
    'The codebook is frozen while a round runs. Nothing was changed; propose the change, and the lead decides.',
  )
}

export const freezeChanges = {
  'codebook.freeze': defineChange({
    payload: z.strictObject({ isFrozen: z.boolean() }),
    reduce: ({ db, tables, entry }, { isFrozen }) => {
      assertLeads(db, entry.coder, 'Only a lead freezes or opens the codebook.')
      putSetting(db, tables, FROZEN, String(isFrozen))
    },
    label: (_db, { isFrozen }) => (isFrozen ? 'froze the codebook' : 'opened the codebook for changes'),
  }),
}
