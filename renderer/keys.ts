/** The one table of keys: what can be pressed, where, and what it is called. Menus and the key sheet read it. */
export type Scope = 'anywhere' | 'note' | 'tree' | 'list' | 'search' | 'identifiers'

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
  placeAgreement: { keys: ['Mod+4'], label: 'Go to Agreement', scope: 'anywhere', group: 'Everywhere' },
  placeThemes: { keys: ['Mod+5'], label: 'Go to Themes', scope: 'anywhere', group: 'Everywhere' },
  placeJournal: { keys: ['Mod+6'], label: 'Go to Journal', scope: 'anywhere', group: 'Everywhere' },
  placeSearch: { keys: ['Mod+F'], label: 'Search all notes', scope: 'anywhere', group: 'Everywhere' },
  placeIdentifiers: {
    keys: ['Mod+I'],
    label: 'Check for identifiers',
    scope: 'anywhere',
    group: 'Everywhere',
  },
  nextPane: { keys: ['F6'], label: 'Next pane', scope: 'anywhere', group: 'Everywhere' },
  previousPane: { keys: ['Shift+F6'], label: 'Previous pane', scope: 'anywhere', group: 'Everywhere' },
  undo: { keys: ['Mod+Z'], label: 'Undo', scope: 'anywhere', group: 'Everywhere' },
  redo: { keys: ['Mod+Shift+Z', 'Mod+Y'], label: 'Redo', scope: 'anywhere', group: 'Everywhere' },
  back: {
    keys: ['Alt+ArrowLeft'],
    label: 'Back to where I came from',
    scope: 'anywhere',
    group: 'Everywhere',
  },
  settings: { keys: ['Mod+,'], label: 'Settings', scope: 'anywhere', group: 'Everywhere' },
  shortcuts: { keys: ['F1', '?'], label: 'Show keys', scope: 'anywhere', group: 'Everywhere' },
  lock: { keys: ['Mod+L'], label: 'Lock and close the project', scope: 'anywhere', group: 'Everywhere' },

  quickCode: { keys: ['/', 'Q'], label: 'Apply a code by name', scope: 'note', group: 'Coding' },
  quickCodeAnywhere: {
    keys: ['Mod+J'],
    label: 'Apply a code by name (from anywhere)',
    scope: 'anywhere',
    group: 'Coding',
  },
  codeKey: {
    keys: ['A–Z', '0–9'],
    label: "Apply the code with this key (a code's own key)",
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
  memo: { keys: ['M'], label: 'Write a memo on the selected coding', scope: 'note', group: 'Coding' },
  deselect: { keys: ['Escape'], label: 'Let go of the selection', scope: 'note', group: 'Coding' },

  toggleFinished: { keys: ['F'], label: 'Mark this note finished, or not', scope: 'note', group: 'Notes' },
  finishAndNext: {
    keys: ['Mod+Enter'],
    label: 'Mark finished and go to the next note',
    scope: 'note',
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
  },
  caretPage: { keys: ['PageUp', 'PageDown'], label: 'By page', scope: 'note', group: 'Reading caret' },
  caretExtend: {
    keys: ['Shift+…'],
    label: 'Extend the selection with any of these',
    scope: 'note',
    group: 'Reading caret',
  },
  selectAll: { keys: ['Mod+A'], label: 'Select the whole text', scope: 'note', group: 'Reading caret' },

  treeRename: { keys: ['F2'], label: 'Rename', scope: 'tree', group: 'Codebook' },
  treeNew: { keys: ['N'], label: 'New code beside this one', scope: 'tree', group: 'Codebook' },
  treeNewChild: { keys: ['Shift+N'], label: 'New code inside this one', scope: 'tree', group: 'Codebook' },
  treeRetire: { keys: ['Delete'], label: 'Retire or restore', scope: 'tree', group: 'Codebook' },
  treeMove: {
    keys: ['Alt+↑', 'Alt+↓', 'Alt+←', 'Alt+→'],
    label: 'Move up, down, out or in',
    scope: 'tree',
    group: 'Codebook',
  },

  hitMove: { keys: ['↑', '↓'], label: 'Previous or next hit', scope: 'search', group: 'Search' },
  hitOpen: { keys: ['Enter'], label: 'Open the note at the hit', scope: 'search', group: 'Search' },
  hitToggle: { keys: ['Space'], label: 'Choose the hit, or not', scope: 'search', group: 'Search' },
  hitToggleNote: {
    keys: ['N'],
    label: 'Choose all hits of this note, or none',
    scope: 'search',
    group: 'Search',
  },
  hitsAll: { keys: ['Mod+A'], label: 'Choose all hits', scope: 'search', group: 'Search' },
  hitsNone: { keys: ['Mod+Shift+A'], label: 'Choose no hit', scope: 'search', group: 'Search' },
  hitsUnit: {
    keys: ['S'],
    label: 'Code the hit, its sentence or its paragraph',
    scope: 'search',
    group: 'Search',
  },
  hitsCode: { keys: ['/', 'Q'], label: 'Apply a code to the chosen hits', scope: 'search', group: 'Search' },
  nextHit: { keys: ['F3'], label: 'Next hit in this note', scope: 'anywhere', group: 'Search' },
  previousHit: { keys: ['Shift+F3'], label: 'Previous hit in this note', scope: 'anywhere', group: 'Search' },

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
    label: 'Keep it: this is no identifier',
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
  findingOpen: { keys: ['Enter'], label: 'Open the note there', scope: 'identifiers', group: 'Identifiers' },
  runCheck: {
    keys: ['Mod+Enter'],
    label: 'Run the check for identifiers',
    scope: 'identifiers',
    group: 'Identifiers',
  },
  saveWords: { keys: ['Mod+S'], label: 'Save words and masks', scope: 'identifiers', group: 'Identifiers' },
} as const satisfies Record<string, { keys: readonly string[]; label: string; scope: Scope; group: string }>

export type CommandId = keyof typeof COMMANDS
export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[]

/** Letters the note itself uses, so that a code cannot have them as its own key. */
export const RESERVED_CODE_KEYS: ReadonlyMap<string, string> = new Map(
  COMMAND_IDS.filter((id) => COMMANDS[id].scope === 'note').flatMap((id) =>
    COMMANDS[id].keys
      .filter((key) => /^[A-Z0-9]$/.test(key))
      .map((key) => [key.toLowerCase(), COMMANDS[id].label]),
  ),
)

export type KeyLike = {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

const isMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform)

export function matchesKey(event: KeyLike, combination: string): boolean {
  const parts = combination === '+' ? ['+'] : combination.split('+')
  const key = parts.at(-1) as string
  const isMod = isMac ? event.metaKey : event.ctrlKey
  if (isMod !== parts.includes('Mod') || event.altKey !== parts.includes('Alt')) return false
  // A character such as "?" or "[" may need Shift on some keyboards; it is asked for by itself.
  const isSymbol = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (!isSymbol && event.shiftKey !== parts.includes('Shift')) return false
  return (event.key === ' ' ? 'space' : event.key.toLowerCase()) === key.toLowerCase()
}

/** The command of this scope that a key press stands for. */
export function commandFor(event: KeyLike, scope: Scope): CommandId | null {
  for (const id of COMMAND_IDS) {
    if (COMMANDS[id].scope === scope && COMMANDS[id].keys.some((keys) => matchesKey(event, keys))) return id
  }
  return null
}

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
}

export const keyParts = (combination: string): string[] =>
  combination.split('+').map((part) => WORDS[part] ?? part)

/** The first way to press a command, in words: "Ctrl+K". */
export const keyLabel = (id: CommandId): string => keyParts(COMMANDS[id].keys[0] as string).join('+')
