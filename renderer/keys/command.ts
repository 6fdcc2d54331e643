/** A line of the table of keys: what can be pressed, where, and what it is called. */
export type Scope =
  | 'anywhere'
  | 'note'
  | 'notes'
  | 'tree'
  | 'codebook'
  | 'codings'
  | 'list'
  | 'search'
  | 'identifiers'
  | 'retrieval'

export type Command = {
  /** As "Mod+Alt+Z"; Mod is Ctrl, on a Mac Command. Words such as "A–Z" stand for many keys. */
  keys: readonly string[]
  label: string
  scope: Scope
  group: string
  /** The keys cannot be changed: something else than this table acts on them. */
  isFixed?: true
}
