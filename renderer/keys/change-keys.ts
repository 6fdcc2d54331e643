/** Changes of the person's own keys, kept on this computer. */
import { setPreferences } from '../preferences.ts'
import { say } from '../state/session.ts'
import { clashOf } from './clashes.ts'
import { COMMAND_IDS, COMMANDS, type CommandId } from './commands.ts'
import { canChange, keysOf, useOwnKeys } from './own-keys.ts'

const sameKeys = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((keys, index) => keys === other[index])

/** Keeps only what differs from the program's own keys, so that a later default still reaches the person. */
function keep(id: CommandId, list: readonly string[]): void {
  const { [id]: _, ...keys } = useOwnKeys.getState().own
  setPreferences({ keys: sameKeys(list, COMMANDS[id].keys) ? keys : { ...keys, [id]: list } })
}

/** Gives a command new keys as its first, in place of its first; or takes `away` from it. Others lose what it gets. */
export function giveKeys(id: CommandId, combination: string | null, away?: string): void {
  const kept = keysOf(id).filter((keys) => keys !== away && keys !== combination)
  if (combination === null) {
    keep(id, kept)
    return
  }
  for (let loser = loserOf(id, combination); loser; loser = loserOf(id, combination)) {
    keep(
      loser,
      keysOf(loser).filter((keys) => keys !== combination),
    )
  }
  keep(id, [combination, ...kept.slice(1)])
}

function loserOf(id: CommandId, combination: string): CommandId | null {
  const clash = clashOf(id, combination)
  return clash?.kind === 'command' && canChange(clash.id) ? clash.id : null
}

export function resetKeys(id: CommandId): void {
  const keys = { ...useOwnKeys.getState().own }
  delete keys[id]
  setPreferences({ keys })
}

export function resetAllKeys(): void {
  const before = useOwnKeys.getState().own
  const count = COMMAND_IDS.filter((id) => before[id] !== undefined).length
  setPreferences({ keys: {} })
  say(count === 1 ? 'Reset the keys of one command' : `Reset the keys of ${count} commands`, {
    label: 'Undo',
    run: () => setPreferences({ keys: before }),
  })
}
