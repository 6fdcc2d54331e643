/**
 * The one table of keys: what can be pressed, where, and what it is called. Menus, tooltips, the palette and the key
 * sheet read it, and a person's own keys go over it.
 */
import { create } from 'zustand'

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

export const COMMANDS = {
  palette: {
    keys: ['Mod+K'],
    label: 'Find a place, command, code or note',
    scope: 'anywhere',
    group: 'Everywhere',
  },
  placeNotes: { keys: ['Mod+1'], label: 'Go to Notes', scope: 'anywhere', group: 'Everywhere' },
  placeCode: { keys: ['Mod+2'], label: 'Go to Code', scope: 'anywhere', group: 'Everywhere' },
  placeCodebook: { keys: ['Mod+3'], label: 'Go to Codebook', scope: 'anywhere', group: 'Everywhere' },
  placeMemos: { keys: ['Mod+4'], label: 'Go to Memos', scope: 'anywhere', group: 'Everywhere' },
  placeRetrieval: { keys: ['Mod+5'], label: 'Go to Retrieval', scope: 'anywhere', group: 'Everywhere' },
  placeAgreement: { keys: ['Mod+6'], label: 'Go to Agreement', scope: 'anywhere', group: 'Everywhere' },
  placeThemes: { keys: ['Mod+7'], label: 'Go to Themes', scope: 'anywhere', group: 'Everywhere' },
  placeJournal: { keys: ['Mod+8'], label: 'Go to Journal', scope: 'anywhere', group: 'Everywhere' },
  placeSearch: { keys: ['Mod+F'], label: 'Search all notes', scope: 'anywhere', group: 'Everywhere' },
  placeIdentifiers: {
    keys: ['Mod+I'],
    label: 'Check for identifiers',
    scope: 'anywhere',
    group: 'Everywhere',
  },
  nextPane: { keys: ['F6'], label: 'Next pane', scope: 'anywhere', group: 'Everywhere' },
  previousPane: { keys: ['Shift+F6'], label: 'Previous pane', scope: 'anywhere', group: 'Everywhere' },
  history: {
    keys: ['Mod+Alt+Z'],
    label: 'Show or hide the history',
    scope: 'anywhere',
    group: 'Everywhere',
  },
  rowMenu: {
    keys: ['Shift+F10', 'ContextMenu'],
    label: 'Menu of the row, or of the text',
    scope: 'list',
    group: 'Everywhere',
    isFixed: true,
  },
  undo: { keys: ['Mod+Z'], label: 'Undo', scope: 'anywhere', group: 'Everywhere' },
  redo: { keys: ['Mod+Shift+Z', 'Mod+Y'], label: 'Redo', scope: 'anywhere', group: 'Everywhere' },
  back: {
    keys: ['Alt+ArrowLeft'],
    label: 'Back to the previous place',
    scope: 'anywhere',
    group: 'Everywhere',
  },
  settings: { keys: ['Mod+,'], label: 'Settings', scope: 'anywhere', group: 'Everywhere' },
  shortcuts: { keys: ['F1', '?'], label: 'Show keys', scope: 'anywhere', group: 'Everywhere' },
  newProject: { keys: ['Mod+N'], label: 'New project', scope: 'anywhere', group: 'Project' },
  openProject: { keys: ['Mod+Alt+O'], label: 'Open project…', scope: 'anywhere', group: 'Project' },
  lock: { keys: ['Mod+L'], label: 'Lock', scope: 'anywhere', group: 'Project' },
  closeProject: { keys: ['Mod+Shift+W'], label: 'Close project', scope: 'anywhere', group: 'Project' },
  backUp: { keys: [], label: 'Back up the project', scope: 'anywhere', group: 'Project' },
  backups: { keys: [], label: 'Show backups', scope: 'anywhere', group: 'Project' },
  ownPin: { keys: [], label: 'Set or change your PIN', scope: 'anywhere', group: 'Project' },
  exportAgreement: { keys: [], label: 'Export agreement', scope: 'anywhere', group: 'Project' },
  exportThemes: { keys: [], label: 'Export themes', scope: 'anywhere', group: 'Project' },
  exportCodebook: { keys: [], label: 'Export codebook', scope: 'anywhere', group: 'Project' },
  exportSegments: { keys: [], label: 'Export segments (codings)', scope: 'anywhere', group: 'Project' },
  exportJournal: { keys: [], label: 'Export journal', scope: 'anywhere', group: 'Project' },

  quickCode: { keys: ['/', 'Q'], label: 'Apply a code by name', scope: 'note', group: 'Coding' },
  quickCodeAnywhere: {
    keys: ['Mod+J'],
    label: 'Apply a code by name (from anywhere)',
    scope: 'anywhere',
    group: 'Coding',
  },
  codeKey: {
    keys: ['A–Z', '0'],
    label: 'Apply the code that has this key',
    scope: 'note',
    group: 'Coding',
  },
  wholeNote: { keys: ['W'], label: 'Apply to the whole note, on or off', scope: 'note', group: 'Coding' },
  removeCoding: {
    keys: ['Delete', 'Backspace'],
    label: 'Remove the selected coding',
    scope: 'note',
    group: 'Coding',
  },
  cycleCodings: {
    keys: ['O'],
    label: 'Next of the codings that overlap here',
    scope: 'note',
    group: 'Coding',
  },
  previousCoding: { keys: ['['], label: 'Previous coding', scope: 'note', group: 'Coding' },
  nextCoding: { keys: [']'], label: 'Next coding', scope: 'note', group: 'Coding' },
  codingEntry: {
    keys: ['Alt+ArrowRight'],
    label: 'Go to the coding in the list of codings',
    scope: 'anywhere',
    group: 'Coding',
  },
  readCodes: {
    keys: [],
    label: 'Read aloud over codes: nothing, names, or names and words',
    scope: 'note',
    group: 'Reading caret',
  },
  showOthers: {
    keys: ['Mod+Shift+E'],
    label: 'Show other coders’ codings beside yours, on or off',
    scope: 'anywhere',
    group: 'Coding',
  },
  nextUncoded: {
    keys: ['J'],
    label: 'Next paragraph without a code',
    scope: 'note',
    group: 'Coding',
  },
  previousUncoded: {
    keys: ['K'],
    label: 'Previous paragraph without a code',
    scope: 'note',
    group: 'Coding',
  },
  recentCode: {
    keys: ['1–9'],
    label: 'Apply the recent code of this number',
    scope: 'note',
    group: 'Coding',
  },
  codeAgain: { keys: ['G'], label: 'Apply the code used last again', scope: 'note', group: 'Coding' },
  inVivo: {
    keys: ['V'],
    label: 'New code from the selected words (in vivo)',
    scope: 'note',
    group: 'Coding',
  },
  recode: { keys: ['R'], label: 'Recode the selected coding', scope: 'note', group: 'Coding' },
  takeEdge: {
    keys: ['E'],
    label: 'Move an edge of the selected coding; again: the other edge',
    scope: 'note',
    group: 'Coding',
  },
  splitCoding: { keys: ['S'], label: 'Split the coding at the caret', scope: 'note', group: 'Coding' },
  uniteCodings: {
    keys: ['U'],
    label: 'Unite with the same code beside it',
    scope: 'note',
    group: 'Coding',
  },
  memo: { keys: ['M'], label: 'Write a memo on the selected coding', scope: 'note', group: 'Coding' },
  noteMemo: { keys: ['Mod+M'], label: 'Write a memo on this note', scope: 'anywhere', group: 'Coding' },
  toggleDetails: {
    keys: ['Mod+D'],
    label: 'Show or hide the details of the selected coding',
    scope: 'anywhere',
    group: 'Coding',
  },
  detailsPlace: {
    keys: ['Mod+Shift+D'],
    label: 'Details of the coding below the note or beside it',
    scope: 'anywhere',
    group: 'Coding',
  },
  codingMeaning: {
    keys: ['Mod+Shift+K'],
    label: 'Show or hide the definition of its code',
    scope: 'anywhere',
    group: 'Coding',
  },
  codingHistory: {
    keys: ['Mod+Shift+H'],
    label: 'Show or hide the history of the selected coding',
    scope: 'anywhere',
    group: 'Coding',
  },
  anotherMemo: {
    keys: ['Mod+Shift+M'],
    label: 'Write another memo on the same',
    scope: 'anywhere',
    group: 'Coding',
  },
  deselect: {
    keys: ['Escape'],
    label: 'Clear the selection',
    scope: 'note',
    group: 'Coding',
    isFixed: true,
  },

  toggleFinished: {
    keys: ['F'],
    label: 'Mark this note finished, or reopen it',
    scope: 'note',
    group: 'Notes',
  },
  finishAndNext: {
    keys: ['Mod+Enter'],
    label: 'Mark finished and go to the next note',
    scope: 'note',
    group: 'Notes',
  },
  noteLarger: {
    keys: ['Mod+=', 'Mod++'],
    label: 'Larger text of notes',
    scope: 'anywhere',
    group: 'Notes',
  },
  noteSmaller: { keys: ['Mod+-'], label: 'Smaller text of notes', scope: 'anywhere', group: 'Notes' },
  noteSizeReset: {
    keys: ['Mod+0'],
    label: 'Usual size of the text of notes',
    scope: 'anywhere',
    group: 'Notes',
  },
  nextNote: { keys: ['Mod+PageDown'], label: 'Next note', scope: 'anywhere', group: 'Notes' },
  previousNote: { keys: ['Mod+PageUp'], label: 'Previous note', scope: 'anywhere', group: 'Notes' },
  toggleNoteList: { keys: ['Mod+B'], label: 'Show or hide the note list', scope: 'anywhere', group: 'Notes' },
  toggleCodePane: {
    keys: ['Mod+Shift+B'],
    label: 'Show or hide the codebook pane',
    scope: 'anywhere',
    group: 'Notes',
  },

  noteTick: { keys: ['Space'], label: 'Tick the note, or not', scope: 'notes', group: 'Notes' },
  notesAll: { keys: ['Mod+A'], label: 'Tick all notes shown', scope: 'notes', group: 'Notes' },
  notesNone: { keys: ['Mod+Shift+A'], label: 'Tick no note', scope: 'notes', group: 'Notes' },
  removeNotes: { keys: ['Delete'], label: 'Remove notes', scope: 'notes', group: 'Notes' },
  importFiles: { keys: ['Mod+O'], label: 'Import files', scope: 'anywhere', group: 'Notes' },
  importFolder: { keys: ['Mod+Shift+O'], label: 'Import a folder', scope: 'anywhere', group: 'Notes' },
  noteColumns: {
    keys: ['Mod+Shift+L'],
    label: 'Choose the columns of the note list',
    scope: 'anywhere',
    group: 'Notes',
  },
  attributes: {
    keys: ['Mod+Shift+T'],
    label: 'Show or hide the attributes',
    scope: 'anywhere',
    group: 'Notes',
  },

  caretMove: {
    keys: ['←', '→', '↑', '↓'],
    label: 'Move the reading caret',
    scope: 'note',
    group: 'Reading caret',
  },
  caretWord: { keys: ['Mod+←', 'Mod+→'], label: 'By word', scope: 'note', group: 'Reading caret' },
  caretParagraph: { keys: ['Mod+↑', 'Mod+↓'], label: 'By paragraph', scope: 'note', group: 'Reading caret' },
  caretLine: {
    keys: ['Home', 'End'],
    label: 'Start or end of line (with Ctrl: of the note)',
    scope: 'note',
    group: 'Reading caret',
    isFixed: true,
  },
  caretPage: {
    keys: ['PageUp', 'PageDown'],
    label: 'By page',
    scope: 'note',
    group: 'Reading caret',
    isFixed: true,
  },
  caretExtend: {
    keys: ['Shift+…'],
    label: 'Extend the selection with any of these',
    scope: 'note',
    group: 'Reading caret',
  },
  previousSentence: {
    keys: [',', '<'],
    label: 'Previous sentence (with Shift: extend to it)',
    scope: 'note',
    group: 'Reading caret',
  },
  nextSentence: {
    keys: ['.', '>'],
    label: 'Next sentence (with Shift: extend to it)',
    scope: 'note',
    group: 'Reading caret',
  },
  grow: {
    keys: ['=', '+'],
    label: 'Select more: word, sentence, paragraph, note',
    scope: 'note',
    group: 'Reading caret',
  },
  shrink: { keys: ['-'], label: 'Select less', scope: 'note', group: 'Reading caret' },
  snapSetting: {
    keys: ['N'],
    label: 'Select characters, whole words or whole sentences',
    scope: 'note',
    group: 'Reading caret',
  },
  selectAll: { keys: ['Mod+A'], label: 'Select the whole text', scope: 'note', group: 'Reading caret' },

  codebookNextView: {
    keys: ['Mod+Alt+PageDown'],
    label: 'Next view of the codebook',
    scope: 'anywhere',
    group: 'Codebook',
  },
  codebookPreviousView: {
    keys: ['Mod+Alt+PageUp'],
    label: 'Previous view of the codebook',
    scope: 'anywhere',
    group: 'Codebook',
  },
  treeRename: { keys: ['F2'], label: 'Rename', scope: 'tree', group: 'Codebook' },
  treeNew: { keys: ['N'], label: 'New code beside this one', scope: 'tree', group: 'Codebook' },
  treeNewChild: { keys: ['Shift+N'], label: 'New code inside this one', scope: 'tree', group: 'Codebook' },
  treeNewFolder: { keys: ['Shift+F'], label: 'New folder', scope: 'tree', group: 'Codebook' },
  treeEntry: { keys: ['Enter'], label: 'Write the entry', scope: 'tree', group: 'Codebook' },
  treeColour: { keys: ['Shift+C'], label: 'Change the colour', scope: 'tree', group: 'Codebook' },
  treeMerge: { keys: ['Shift+M'], label: 'Merge codes', scope: 'tree', group: 'Codebook' },
  treeCodings: {
    keys: ['Shift+S'],
    label: 'Split the code, or move its codings',
    scope: 'tree',
    group: 'Codebook',
  },
  treeRetire: { keys: ['Delete'], label: 'Retire or restore', scope: 'tree', group: 'Codebook' },
  treeDelete: { keys: ['Shift+Delete'], label: 'Delete the code', scope: 'tree', group: 'Codebook' },
  treeChoose: {
    keys: ['Shift+↑', 'Shift+↓'],
    label: 'Select several codes',
    scope: 'tree',
    group: 'Codebook',
  },
  treeToggle: {
    keys: ['Mod+Space'],
    label: 'Select this code too, or not',
    scope: 'tree',
    group: 'Codebook',
    isFixed: true,
  },
  treeAll: { keys: ['Mod+A'], label: 'Select all codes', scope: 'tree', group: 'Codebook', isFixed: true },
  treeFilter: { keys: ['/'], label: 'Find codes by letters', scope: 'tree', group: 'Codebook' },
  treeOrder: { keys: ['Shift+O'], label: 'Next order of the codes', scope: 'tree', group: 'Codebook' },
  treeMove: {
    keys: ['Alt+↑', 'Alt+↓', 'Alt+←', 'Alt+→'],
    label: 'Move up, down, out or in',
    scope: 'tree',
    group: 'Codebook',
  },
  importTick: {
    keys: ['Space'],
    label: 'Tick a code to import, with all below it',
    scope: 'codebook',
    group: 'Codebook',
  },
  recheckRight: {
    keys: ['Y'],
    label: 'Confirm the coding',
    scope: 'codebook',
    group: 'Codebook',
  },
  recheckCode: {
    keys: ['C'],
    label: 'Recode the coding',
    scope: 'codebook',
    group: 'Codebook',
  },
  recheckRemove: {
    keys: ['Delete', 'Backspace'],
    label: 'Remove the coding',
    scope: 'codebook',
    group: 'Codebook',
  },
  recheckOpen: {
    keys: ['Enter'],
    label: 'Open the note at the coding',
    scope: 'codebook',
    group: 'Codebook',
  },

  codingsTo: {
    keys: ['1–9'],
    label: 'Move the coding to the code of this number',
    scope: 'codings',
    group: 'Codings of a code',
  },
  codingsLeave: {
    keys: ['L', 'ArrowRight'],
    label: 'Leave the coding and go on',
    scope: 'codings',
    group: 'Codings of a code',
  },
  codingsBack: {
    keys: ['ArrowLeft'],
    label: 'Back to the previous coding',
    scope: 'codings',
    group: 'Codings of a code',
  },
  codingsNew: {
    keys: ['N'],
    label: 'New code to move codings to',
    scope: 'codings',
    group: 'Codings of a code',
  },
  codingsPick: {
    keys: ['/', 'Q'],
    label: 'Choose a code to move codings to',
    scope: 'codings',
    group: 'Codings of a code',
  },
  codingsDone: {
    keys: ['Mod+Enter'],
    label: 'Move the codings as decided',
    scope: 'codings',
    group: 'Codings of a code',
  },
  codingsTick: {
    keys: ['Space'],
    label: 'Tick the coding, or not',
    scope: 'codings',
    group: 'Codings of a code',
  },
  codingsAll: {
    keys: ['Mod+A'],
    label: 'Tick all codings, or none',
    scope: 'codings',
    group: 'Codings of a code',
  },

  hitMove: { keys: ['↑', '↓'], label: 'Previous or next hit', scope: 'search', group: 'Search' },
  hitOpen: { keys: ['Enter'], label: 'Open the note at the hit', scope: 'search', group: 'Search' },
  hitToggle: { keys: ['Space'], label: 'Tick the hit, or not', scope: 'search', group: 'Search' },
  hitToggleNote: {
    keys: ['N'],
    label: 'Tick all hits of this note, or none',
    scope: 'search',
    group: 'Search',
  },
  hitsAll: { keys: ['Mod+A'], label: 'Tick all hits', scope: 'search', group: 'Search' },
  hitsNone: { keys: ['Mod+Shift+A'], label: 'Tick no hit', scope: 'search', group: 'Search' },
  hitsUnit: {
    keys: ['S'],
    label: 'Code the hit, its sentence or its paragraph',
    scope: 'search',
    group: 'Search',
  },
  hitsCode: { keys: ['/', 'Q'], label: 'Apply a code to the ticked hits', scope: 'search', group: 'Search' },
  nextHit: { keys: ['F3'], label: 'Next hit in this note', scope: 'anywhere', group: 'Search' },
  previousHit: { keys: ['Shift+F3'], label: 'Previous hit in this note', scope: 'anywhere', group: 'Search' },

  segmentMove: {
    keys: ['↑', '↓'],
    label: 'Previous or next segment',
    scope: 'retrieval',
    group: 'Retrieval',
  },
  segmentContext: {
    keys: ['→', '←'],
    label: 'More or less context',
    scope: 'retrieval',
    group: 'Retrieval',
  },
  segmentOpen: {
    keys: ['Enter'],
    label: 'Open the note at the segment',
    scope: 'retrieval',
    group: 'Retrieval',
  },
  segmentToggle: {
    keys: ['Space'],
    label: 'Tick the segment, or not',
    scope: 'retrieval',
    group: 'Retrieval',
  },
  segmentToggleGroup: {
    keys: ['N'],
    label: 'Tick all segments of this group, or none',
    scope: 'retrieval',
    group: 'Retrieval',
  },
  segmentsAll: { keys: ['Mod+A'], label: 'Tick all segments', scope: 'retrieval', group: 'Retrieval' },
  segmentsNone: { keys: ['Mod+Shift+A'], label: 'Tick no segment', scope: 'retrieval', group: 'Retrieval' },
  segmentsGroup: { keys: ['G'], label: 'Group by note or by case', scope: 'retrieval', group: 'Retrieval' },
  segmentsCode: {
    keys: ['/', 'Q'],
    label: 'Add a code to the ticked segments',
    scope: 'retrieval',
    group: 'Retrieval',
  },
  segmentsRecode: {
    keys: ['R'],
    label: 'Recode the ticked segments',
    scope: 'retrieval',
    group: 'Retrieval',
  },
  segmentsUncode: {
    keys: ['Delete', 'Backspace'],
    label: 'Remove the code from the ticked segments',
    scope: 'retrieval',
    group: 'Retrieval',
  },
  segmentsExport: { keys: ['Mod+E'], label: 'Export the segments', scope: 'retrieval', group: 'Retrieval' },

  findingNext: {
    keys: ['J', 'ArrowDown'],
    label: 'Next possible identifier',
    scope: 'identifiers',
    group: 'Identifiers',
  },
  findingPrevious: {
    keys: ['K', 'ArrowUp'],
    label: 'Previous possible identifier',
    scope: 'identifiers',
    group: 'Identifiers',
  },
  findingKeep: {
    keys: ['E'],
    label: 'Keep it: this is not an identifier',
    scope: 'identifiers',
    group: 'Identifiers',
  },
  findingRedact: { keys: ['R'], label: 'Redact this', scope: 'identifiers', group: 'Identifiers' },
  findingRedactAll: {
    keys: ['Shift+R'],
    label: 'Redact all like it',
    scope: 'identifiers',
    group: 'Identifiers',
  },
  findingIgnore: {
    keys: ['I'],
    label: 'Ignore this word everywhere',
    scope: 'identifiers',
    group: 'Identifiers',
  },
  findingOpen: {
    keys: ['Enter'],
    label: 'Open the note at the finding',
    scope: 'identifiers',
    group: 'Identifiers',
  },
  runCheck: {
    keys: ['Mod+Enter'],
    label: 'Run the check for identifiers',
    scope: 'identifiers',
    group: 'Identifiers',
  },
  saveWords: { keys: ['Mod+S'], label: 'Save words and masks', scope: 'identifiers', group: 'Identifiers' },
} as const satisfies Record<string, Command>

export type CommandId = keyof typeof COMMANDS
export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[]

/** What stands in the table about a command, whatever its own literal type is. */
export const commandOf = (id: CommandId): Command => COMMANDS[id]

export type OwnKeys = Readonly<Record<string, readonly string[]>>

/** The person's own keys by command, over those of the table; an empty list means "none". Kept by preferences.ts. */
export const useOwnKeys = create<{ own: OwnKeys }>(() => ({ own: {} }))

/** What can be pressed for a command: the person's own keys, else those of the table. */
export const keysOf = (id: CommandId): readonly string[] =>
  (canChange(id) ? useOwnKeys.getState().own[id] : undefined) ?? COMMANDS[id].keys

/** Words such as "Shift+…" or "A–Z" stand for many keys; they and what a list or the caret does itself stay. */
export const canChange = (id: CommandId): boolean =>
  !commandOf(id).isFixed && COMMANDS[id].keys.every((keys) => !/[←→↑↓–…]/.test(keys))

export const isChanged = (id: CommandId): boolean =>
  canChange(id) && useOwnKeys.getState().own[id] !== undefined

export type KeyLike = {
  key: string
  code?: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

const isMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform)

type Combination = { mod: boolean; alt: boolean; shift: boolean; key: string }

const read = new Map<string, Combination>()
/** "Mod+Alt+Z" in parts; the key itself may be a plus. */
function parse(combination: string): Combination {
  const known = read.get(combination)
  if (known) return known
  const [, modifiers = '', key = ''] = /^((?:(?:Mod|Alt|Shift)\+)*)(.+)$/.exec(combination) ?? []
  const parts = modifiers.split('+')
  const parsed = {
    mod: parts.includes('Mod'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
    key: key.toLowerCase(),
  }
  read.set(combination, parsed)
  return parsed
}

/** A character such as "?" or "[" may need Shift on some keyboards; it is asked for by itself. */
const isSymbol = (key: string): boolean => key.length === 1 && !/[a-z0-9]/i.test(key)

/** The key itself in small letters. With Alt held a Mac types another character, so there the place counts. */
function keyOf(event: KeyLike): string {
  const place = event.altKey && isMac ? /^(?:Key|Digit)(.)$/.exec(event.code ?? '')?.[1] : undefined
  return place?.toLowerCase() ?? (event.key === ' ' ? 'space' : event.key.toLowerCase())
}

export function matchesKey(event: KeyLike, combination: string): boolean {
  const wanted = parse(combination)
  if (keyOf(event) !== wanted.key) return false
  const isMod = isMac ? event.metaKey : event.ctrlKey
  if (isMod !== wanted.mod || event.altKey !== wanted.alt) return false
  return isSymbol(wanted.key) || event.shiftKey === wanted.shift
}

/** The command of this scope that a key press stands for. */
export function commandFor(event: KeyLike, scope: Scope): CommandId | null {
  for (const id of COMMAND_IDS) {
    if (COMMANDS[id].scope === scope && keysOf(id).some((keys) => matchesKey(event, keys))) return id
  }
  return null
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified'])

/** What was pressed, as the table writes it: "Mod+Alt+Z". Null for a modifier alone. */
export function combinationOf(event: KeyLike): string | null {
  if (MODIFIERS.has(event.key) || (isMac ? event.ctrlKey : event.metaKey)) return null
  const key = keyOf(event)
  const name = key.length === 1 ? key.toUpperCase() : key === 'space' ? 'Space' : event.key
  const parts = [
    (isMac ? event.metaKey : event.ctrlKey) && 'Mod',
    event.altKey && 'Alt',
    event.shiftKey && !isSymbol(key) && 'Shift',
    name,
  ]
  return parts.filter(Boolean).join('+')
}

/** What the note's keys leave no room for, by letter or digit: a code cannot have them as its own key. */
export function reservedCodeKeys(): ReadonlyMap<string, string> {
  const reserved = new Map<string, string>()
  for (const id of COMMAND_IDS) {
    if (COMMANDS[id].scope !== 'note' || id === 'codeKey') continue
    for (const key of keysOf(id).flatMap(inRange)) reserved.set(key.toLowerCase(), COMMANDS[id].label)
  }
  return reserved
}

/** "1–9" as nine keys; of anything else only a plain letter or digit. */
function inRange(keys: string): string[] {
  const [, from, to] = /^([A-Z0-9])–([A-Z0-9])$/.exec(keys) ?? []
  if (!from || !to) return /^[A-Z0-9]$/.test(keys) ? [keys] : []
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)]
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index))
}

/** Keys of the system, of every text field and of the window's own menu. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  ['Mod+C', 'Copy'],
  ['Mod+X', 'Cut'],
  ['Mod+V', 'Paste'],
  ['Mod+Shift+V', 'Paste without format'],
  ['Mod+W', 'Close the window'],
  ['Mod+Q', 'Quit'],
  ['F11', 'Full screen'],
  ['Alt+F4', 'Close the window'],
  ['Shift+F10', 'Menu of the row'],
  ['ContextMenu', 'Menu of the row'],
  ['Tab', 'Next control'],
  ['Shift+Tab', 'Previous control'],
  ['Escape', 'Close'],
])

/** The reading caret's own keys; Ctrl and Shift with them are its too. */
const CARET = /^(?:Mod\+)?(?:Shift\+)?(?:Arrow(?:Left|Right|Up|Down)|Home|End)$|^(?:Shift\+)?Page(?:Up|Down)$/

export type Clash =
  /** Cannot be had at all. */
  { kind: 'taken'; words: string } | { kind: 'command'; id: CommandId }

/** What stands in the way of giving a command these keys; null when nothing does. */
export function clashOf(id: CommandId, combination: string): Clash | null {
  const taken = TAKEN.get(combination)
  if (taken) return { kind: 'taken', words: `is already the key of “${taken}”` }
  const { scope } = COMMANDS[id]
  if ((scope === 'note' || scope === 'anywhere') && CARET.test(combination))
    return { kind: 'taken', words: 'moves the reading caret' }
  const { mod, alt, key } = parse(combination)
  const isPlain = !mod && !alt && !isSymbol(key) && !/^f\d+$/.test(key)
  if (scope === 'anywhere' && isPlain)
    return {
      kind: 'taken',
      words: `is for typing: a command that works everywhere needs ${WORDS.Mod} or ${WORDS.Alt}`,
    }
  const other = COMMAND_IDS.find(
    (candidate) =>
      candidate !== id &&
      meet(COMMANDS[candidate].scope, scope) &&
      keysOf(candidate).some((keys) => keys === combination),
  )
  return other ? { kind: 'command', id: other } : null
}

const meet = (one: Scope, other: Scope) => one === other || one === 'anywhere' || other === 'anywhere'

const WORDS: Record<string, string> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Alt: isMac ? '⌥' : 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'Page up',
  PageDown: 'Page down',
  ContextMenu: 'Menu',
}

/** "Mod+Alt+Z" as what stands on the keys: Ctrl, Alt, Z. */
export const keyParts = (combination: string): string[] => {
  const parts = combination.endsWith('+')
    ? [...combination.slice(0, -1).split('+').filter(Boolean), '+']
    : combination.split('+')
  return parts.map((part) => WORDS[part] ?? part)
}

/** The first way to press a command, in words: "Ctrl+K"; empty where the person took its keys away. */
export const keyLabel = (id: CommandId): string => {
  const [first] = keysOf(id)
  return first === undefined ? '' : keyParts(first).join('+')
}
