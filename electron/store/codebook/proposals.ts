/** Proposals: what coders would change in a codebook they may not change; the lead accepts or declines with a reason. */
import { z } from 'zod'
import { CodeId, ProposalId } from '../../../shared/contract/basics.ts'
import type { Proposal } from '../../../shared/contract/codebook.ts'
import { CodeChanges } from '../../../shared/contract/codes.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb } from '../file/connection.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import { nameOf, numOf } from '../file/lookup.ts'
import type { RowOf } from '../file/table-definitions.ts'
import { defineChange } from '../journal/change.ts'
import { assertLeads } from '../team/coders.ts'
import { addCode, updateCode } from './codes.ts'
import { emptyCode, NewCode } from './fields.ts'

const Reason = z.string().trim().min(1).max(5_000)

const openProposal = (row: RowOf<'proposal'>): RowOf<'proposal'> => {
  if (row.status === 'open') return row
  throw new Problem('conflict', 'This proposal was decided before. Nothing was changed.')
}

export const proposalChanges = {
  /** A change of a code, or, without one, a new code (its name is among the fields). */
  'proposal.add': defineChange({
    payload: z.strictObject({ id: ProposalId, code: CodeId.nullable(), fields: CodeChanges, reason: Reason }),
    reduce: ({ db, tables, entry }, { id, code, fields, reason }) => {
      if (code !== null) numOf(db, 'code', code)
      else if (!fields.name)
        throw new Problem('bad-arguments', 'A proposed code needs a name. Nothing was changed.')
      tables.insert('proposal', {
        id,
        coder: numOf(db, 'coder', entry.coder),
        code,
        fields: toJson(fields),
        reason,
        status: 'open',
        decided_by: null,
        answer: '',
        created_at: entry.wall,
        decided_at: null,
      })
    },
    label: (db, { code, fields }) =>
      code === null ? `proposed the code ${fields.name}` : `proposed a change of ${nameOf(db, 'code', code)}`,
  }),
  /** Accepting makes the change in the same entry, so that both are undone together. */
  'proposal.decide': defineChange({
    payload: z.strictObject({
      id: ProposalId,
      isAccepted: z.boolean(),
      answer: z.string().max(5_000),
      newCode: CodeId,
    }),
    reduce: (context, { id, isAccepted, answer, newCode }) => {
      const { db, tables, entry } = context
      assertLeads(db, entry.coder, 'Only a lead decides on proposals.')
      if (!isAccepted && answer.trim() === '')
        throw new Problem('bad-arguments', 'Say why the proposal is declined. Nothing was changed.')
      const row = openProposal(tables.row('proposal', numOf(db, 'proposal', id)))
      const fields = CodeChanges.parse(fromJson(row.fields))
      if (isAccepted && row.code !== null) updateCode(context, row.code, fields)
      else if (isAccepted) addCode(context, NewCode.parse({ ...emptyCode(newCode, ''), ...fields }))
      tables.update('proposal', row.num, {
        status: isAccepted ? 'accepted' : 'declined',
        decided_by: numOf(db, 'coder', entry.coder),
        answer,
        decided_at: entry.wall,
      })
    },
    label: (_db, { isAccepted }) => `${isAccepted ? 'accepted' : 'declined'} a proposal for the codebook`,
  }),
}

/** Open ones first, then those decided last. */
export function listProposals(db: ReadableDb): Proposal[] {
  const rows = db
    .prepare<
      [],
      Omit<Proposal, 'fields' | 'createdAt' | 'decidedAt'> & {
        fields: Json<CodeChanges>
        createdAt: number
        decidedAt: number | null
      }
    >(
      `SELECT proposal.id, coder.id AS coderId, proposal.code AS codeId, proposal.fields, proposal.reason, proposal.status,
              decider.id AS decidedBy, proposal.answer, proposal.created_at AS createdAt, proposal.decided_at AS decidedAt
       FROM proposal JOIN coder ON coder.num = proposal.coder LEFT JOIN coder AS decider ON decider.num = proposal.decided_by
       ORDER BY proposal.status <> 'open', coalesce(proposal.decided_at, proposal.created_at) DESC, proposal.num DESC LIMIT 1000`,
    )
    .all()
  return rows.map(({ fields, createdAt, decidedAt, ...row }) => ({
    ...row,
    fields: CodeChanges.parse(fromJson(fields)),
    createdAt: new Date(createdAt).toISOString(),
    decidedAt: decidedAt === null ? null : new Date(decidedAt).toISOString(),
  }))
}
