/**
 * The one table of keys. Menus, tooltips, the palette and the key sheet read it, and a person's own keys go over it.
 */
import { joined } from '../../shared/joined.ts'
import { CODING_COMMANDS } from './coding-commands.ts'
import type { Command } from './command.ts'
import { PLACE_COMMANDS } from './place-commands.ts'

export const COMMANDS = joined(CODING_COMMANDS, PLACE_COMMANDS)

export type CommandId = keyof typeof COMMANDS
export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[]

/** What stands in the table about a command, whatever its own literal type is. */
export const commandOf = (id: CommandId): Command => COMMANDS[id]

export const labelOf = (id: CommandId): string => COMMANDS[id].label
