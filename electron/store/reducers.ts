/** Every kind of change there is. A new kind is added in its aggregate's module and listed here. */
import type { z } from 'zod'
import { codebookEdits } from './codebook-edits.ts'
import { freezeChanges } from './codebook-freeze.ts'
import { versionChanges } from './codebook-versions.ts'
import { coderChanges } from './coders.ts'
import { codeChanges } from './codes.ts'
import { codingEdits } from './coding-edits.ts'
import { codingChanges } from './codings.ts'
import { finishedRuleChanges } from './finished-rule.ts'
import { memoChanges } from './memos.ts'
import { noteRemovals } from './note-removal.ts'
import { noteChanges } from './notes.ts'
import { proposalChanges } from './proposals.ts'
import { qualifierChanges } from './qualifiers.ts'
import { redactionChanges } from './redactions.ts'
import { reflexiveChanges } from './reflexive.ts'
import { roundChanges } from './rounds.ts'
import { projectChanges } from './settings.ts'
import { keyChanges } from './signing-keys.ts'

export const reducers = {
  ...projectChanges,
  ...reflexiveChanges,
  ...finishedRuleChanges,
  ...coderChanges,
  ...keyChanges,
  ...noteChanges,
  ...noteRemovals,
  ...codeChanges,
  ...codingChanges,
  ...codingEdits,
  ...codebookEdits,
  ...freezeChanges,
  ...versionChanges,
  ...proposalChanges,
  ...memoChanges,
  ...qualifierChanges,
  ...redactionChanges,
  ...roundChanges,
} as const

export type ChangeKind = keyof typeof reducers
export type PayloadOf<K extends ChangeKind> = z.input<(typeof reducers)[K]['payload']>
