/**
 * What each role may change. This is the one table: the store asks it before every verb that changes anything, and the
 * screen may ask it before it offers one. Rules that depend on more than the role (one's own coding, a frozen codebook,
 * a blind round) are in the verbs themselves, on top of this.
 */
import type { CoderRole } from './contract/coders.ts'
import type { Contract, VerbName } from './contract/index.ts'

type KindOf<V extends VerbName> = Contract[V]['kind']
export type WriteVerb = { [V in VerbName]: KindOf<V> extends 'write' ? V : never }[VerbName]
/** Long jobs that change the project. */
export type WritingJob = 'notes.import' | 'codes.import' | 'backups.restore'

type Rule = {
  roles: readonly CoderRole[]
  /** Whoever names themselves with `id` may do it in any of these roles: everybody renames themselves. */
  self?: readonly CoderRole[]
}

/** Decides for everybody: the codebook as a whole, people, rounds, what is taken out of notes. */
const LEADS: readonly CoderRole[] = ['lead']
/** Those whose own work is in the project. */
const CODES: readonly CoderRole[] = ['lead', 'adjudicator', 'coder']
/** What is no change of the project: where one reads, and that it is closed. */
const ALL: readonly CoderRole[] = ['lead', 'adjudicator', 'coder', 'reader']

export const MAY_CHANGE: Readonly<Record<WriteVerb | WritingJob, Rule>> = {
  'project.close': { roles: ALL },
  'project.rename': { roles: LEADS },
  'project.setReflexive': { roles: LEADS },
  'project.setFinishedRule': { roles: LEADS },

  'backups.setOn': { roles: ALL },
  'backups.restore': { roles: LEADS },

  // Whoever sits down next joins as a coder; more than that only a lead gives.
  'coders.add': { roles: ALL },
  'coders.rename': { roles: LEADS, self: ALL },
  'coders.setRole': { roles: LEADS },
  'coders.codeAgain': { roles: CODES },
  'coders.addConsensus': { roles: LEADS },
  'coders.activate': { roles: ALL },
  // One's own.
  'coders.setPin': { roles: ALL },
  'coders.clearPin': { roles: LEADS },

  'rounds.add': { roles: LEADS },
  'rounds.rename': { roles: LEADS },
  'rounds.remove': { roles: LEADS },

  'attributes.add': { roles: LEADS },
  'attributes.setValue': { roles: CODES },
  'attributes.groupValues': { roles: LEADS },

  'notes.setStatus': { roles: CODES },
  'notes.remove': { roles: CODES },
  'notes.import': { roles: LEADS },

  'identifiers.setWords': { roles: LEADS },
  'identifiers.keep': { roles: CODES },
  'identifiers.redact': { roles: LEADS },

  'codes.keepRecent': { roles: ALL },
  'codes.create': { roles: CODES },
  'codes.update': { roles: CODES },
  'codes.updateAll': { roles: CODES },
  'codes.arrange': { roles: CODES },
  'codes.setRetired': { roles: LEADS },
  'codes.merge': { roles: LEADS },
  'codes.delete': { roles: LEADS },
  'codes.moveCodings': { roles: LEADS },
  'codes.addTemplate': { roles: LEADS },
  'codes.import': { roles: LEADS },

  'codebook.freeze': { roles: LEADS },
  'codebook.nameVersion': { roles: LEADS },
  'codebook.confirm': { roles: CODES },
  'proposals.add': { roles: CODES },
  'proposals.decide': { roles: LEADS },
  'qualifiers.define': { roles: LEADS },

  'codings.apply': { roles: CODES },
  'codings.applyNew': { roles: CODES },
  'codings.applyToRanges': { roles: CODES },
  'codings.remove': { roles: CODES },
  'codings.change': { roles: CODES },
  'codings.split': { roles: CODES },
  'codings.unite': { roles: CODES },

  'memos.add': { roles: CODES },
  'memos.update': { roles: CODES },
  'memos.remove': { roles: CODES },

  'reading.keep': { roles: ALL },
  'reading.keepView': { roles: ALL },
  'reading.takeView': { roles: ALL },

  'history.undo': { roles: CODES },
  'history.redo': { roles: CODES },
  'history.goTo': { roles: CODES },
}

/** "a lead", "an adjudicator". */
export const aRole = (role: CoderRole): string => `${role === 'adjudicator' ? 'an' : 'a'} ${role}`

/** What the role is for, in a line. */
export const ROLE_HINTS: Readonly<Record<CoderRole, string>> = {
  lead: 'decides about codebook, people, rounds and redaction',
  adjudicator: 'codes, and speaks for the consensus layer',
  coder: 'codes and writes memos',
  reader: 'reads and exports; changes nothing',
}

/** Whether a person in this role may use the verb; `isSelf`: it is about themselves. Verbs that change nothing: true. */
export function mayChange(role: CoderRole, verb: VerbName, isSelf = false): boolean {
  const rule = (MAY_CHANGE as Partial<Record<VerbName, Rule>>)[verb]
  return rule === undefined || rule.roles.includes(role) || (isSelf && rule.self?.includes(role) === true)
}
