/**
 * The one map of verbs between the page (or the command line) and the store: what goes in, what comes out, and
 * whether it reads, writes or is a long job with progress and abort. Both sides check with these schemas. The types are
 * inferred from them, so what is checked at a boundary and what the compiler knows cannot drift apart.
 *
 * No verb takes a file path: the main process shows the dialogs and hands the page a ticket, an opaque word that
 * the store turns back into the path the person picked.
 */
import type { z } from 'zod'
import { joined } from '../joined.ts'
import { agreementVerbs } from './agreement.ts'
import { backupsVerbs } from './backups.ts'
import { codebookVerbs } from './codebook.ts'
import { codersVerbs } from './coders.ts'
import { codesVerbs } from './codes.ts'
import { codingsVerbs } from './codings.ts'
import { historyVerbs } from './history.ts'
import { identifiersVerbs } from './identifiers.ts'
import { memosVerbs } from './memos.ts'
import { noteImportVerbs } from './note-import.ts'
import { notesVerbs } from './notes.ts'
import { projectVerbs } from './project.ts'
import { qualifiersVerbs } from './qualifiers.ts'
import { retrievalVerbs } from './retrieval.ts'
import { roundsVerbs } from './rounds.ts'
import { searchVerbs } from './search.ts'
import { themesVerbs } from './themes.ts'
import { unitizingVerbs } from './unitizing.ts'

export const contract = joined(
  agreementVerbs,
  backupsVerbs,
  codebookVerbs,
  codersVerbs,
  codesVerbs,
  codingsVerbs,
  historyVerbs,
  identifiersVerbs,
  memosVerbs,
  noteImportVerbs,
  notesVerbs,
  projectVerbs,
  qualifiersVerbs,
  retrievalVerbs,
  roundsVerbs,
  searchVerbs,
  themesVerbs,
  unitizingVerbs,
)

export type Contract = typeof contract
export type VerbName = keyof Contract
export type ArgsOf<V extends VerbName> = z.input<Contract[V]['args']>
/** What a handler receives: checked and with defaults filled in. */
export type CheckedArgsOf<V extends VerbName> = z.output<Contract[V]['args']>
export type ResultOf<V extends VerbName> = z.output<Contract[V]['result']>
