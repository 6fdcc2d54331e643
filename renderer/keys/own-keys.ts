/** The person's own keys over those of the table, and what a key press stands for by them. */
import { create } from 'zustand'
import { type KeyLike, keyParts, matchesKey } from './combination.ts'
import type { Scope } from './command.ts'
import { COMMAND_IDS, COMMANDS, type CommandId, commandOf } from './commands.ts'

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

/** The command of this scope that a key press stands for. */
export function commandFor(event: KeyLike, scope: Scope): CommandId | null {
  for (const id of COMMAND_IDS) {
    if (COMMANDS[id].scope === scope && keysOf(id).some((keys) => matchesKey(event, keys))) return id
  }
  return null
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

/** The first way to press a command, in words: "Ctrl+K"; empty where the person took its keys away. */
export const keyLabel = (id: CommandId): string => {
  const [first] = keysOf(id)
  return first === undefined ? '' : keyParts(first).join('+')
}
