/** What the store tells without being asked. */

/** What a change touched, so that a screen fetches again only what it shows. */
export type Topic =
  | 'project'
  | 'coders'
  | 'notes'
  | 'codes'
  | 'codings'
  | 'memos'
  | 'proposals'
  | 'status'
  | 'rounds'
  | 'identifiers'
  | 'history'
  | 'backups'
/** Announced after a change is durable; `noteIds` null means "possibly all". */
export type ChangeEvent = { topics: Topic[]; noteIds: string[] | null }

/** How far a long job is: `done` of `total` (null while unknown), in the unit the words name. */
export type Progress = {
  done: number
  total: number | null
  words: string
  /** Of tables, which are read by the byte: the rows so far. */
  rows?: number
}
