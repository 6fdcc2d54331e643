/**
 * Every kind of change there is. A new kind is added in its aggregate's module, which is listed here; two of one name
 * are an error.
 */
import { joined } from '../../shared/joined.ts'
import { codeChanges } from './codebook/codes.ts'
import { codebookEdits } from './codebook/edits.ts'
import { freezeChanges } from './codebook/freeze.ts'
import { proposalChanges } from './codebook/proposals.ts'
import { qualifierChanges } from './codebook/qualifiers.ts'
import { versionChanges } from './codebook/versions.ts'
import { codingChanges } from './codings/codings.ts'
import { codingEdits } from './codings/edits.ts'
import { decisionChanges } from './decisions/decisions.ts'
import { memoChanges } from './memos/memos.ts'
import { noteChanges } from './notes/notes.ts'
import { redactionChanges } from './notes/redactions.ts'
import { noteRemovals } from './notes/removal.ts'
import { finishedRuleChanges } from './settings/finished-rule.ts'
import { reflexiveChanges } from './settings/reflexive.ts'
import { projectChanges } from './settings/settings.ts'
import { coderChanges } from './team/coders.ts'
import { laptopChanges } from './team/laptops.ts'
import { mergeChanges } from './team/merges.ts'
import { roundChanges } from './team/rounds.ts'
import { keyChanges } from './team/signing-keys.ts'

export const kinds = joined(
  projectChanges,
  reflexiveChanges,
  finishedRuleChanges,
  coderChanges,
  keyChanges,
  noteChanges,
  noteRemovals,
  codeChanges,
  codingChanges,
  codingEdits,
  decisionChanges,
  codebookEdits,
  freezeChanges,
  versionChanges,
  proposalChanges,
  memoChanges,
  qualifierChanges,
  redactionChanges,
  roundChanges,
  mergeChanges,
  laptopChanges,
)

/** Every kind of change by name. */
export type AllKinds = typeof kinds
