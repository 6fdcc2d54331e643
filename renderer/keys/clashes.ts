/** Whether keys can be given to a command, and who has them already. */
import { isSymbol, KEY_NAMES, parseCombination } from './combination.ts'
import type { Scope } from './command.ts'
import { COMMAND_IDS, COMMANDS, type CommandId } from './commands.ts'
import { keysOf } from './own-keys.ts'

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
  const { mod, alt, key } = parseCombination(combination)
  const isPlain = !mod && !alt && !isSymbol(key) && !/^f\d+$/.test(key)
  if (scope === 'anywhere' && isPlain)
    return {
      kind: 'taken',
      words: `is for typing: a command that works everywhere needs ${KEY_NAMES.Mod} or ${KEY_NAMES.Alt}`,
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
