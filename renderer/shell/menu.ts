/** The window's own menu: it asks for what keys and palette ask for, and offers what the palette offers. */
import { MENU_MESSAGE, type MenuAct, type MenuEntry, type MenuOffer } from '../../shared/bridge.ts'
import { COMMAND_IDS, COMMANDS, type CommandId } from '../keys/commands.ts'
import { keysOf, useOwnKeys } from '../keys/own-keys.ts'
import { runCommand, useCommands } from '../keys/use-command.ts'
import { useSession } from '../state/session.ts'
import { askFor } from './opening.ts'

export const isPlace = (id: CommandId): boolean => id.startsWith('place')
const isExport = (id: CommandId): boolean => id.startsWith('export')

/** Given where it is looked for, so that a palette and a menu that are open never differ. */
export const isOffered = (id: CommandId): boolean =>
  useCommands.getState().handlers[id] !== undefined &&
  !(id === 'placeAgreement' && useSession.getState().project?.isReflexive === true)

/** In a menu that says "Export" or "Go" itself. */
const shortLabel = (label: string): string => {
  const words = label.replace(/^(?:Export|Go to) /, '')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

const entry = (id: CommandId): MenuEntry => ({
  id,
  label: shortLabel(COMMANDS[id].label),
  keys: keysOf(id)[0] ?? null,
  // Places are known to the start screen too, where there is nothing to go to.
  isOffered: useSession.getState().phase === 'open' && isOffered(id),
})

export const menuOffer = (): MenuOffer => ({
  isProjectOpen: useSession.getState().phase === 'open',
  exports: COMMAND_IDS.filter(isExport).map(entry),
  project: [entry('backUp'), entry('backups')],
  places: COMMAND_IDS.filter(isPlace).map(entry),
})

const isAct = (data: unknown): data is { type: typeof MENU_MESSAGE; act: MenuAct } =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === MENU_MESSAGE

const isCommandId = (id: string): id is CommandId => Object.hasOwn(COMMANDS, id)

function act(asked: MenuAct): void {
  if (asked.command === 'openFile') askFor({ name: 'unlock', picked: asked.picked })
  else if (asked.command !== 'run') runCommand(asked.command)
  else if (isCommandId(asked.id)) runCommand(asked.id)
}

export function listenToMenu(): void {
  window.addEventListener('message', ({ source, data }) => {
    if (source === window && isAct(data)) act(data.act)
  })
  let told = ''
  let isTelling = false
  const tell = () => {
    isTelling = false
    const offer = menuOffer()
    const key = JSON.stringify(offer)
    if (key === told) return
    told = key
    void window.bridge.setMenu(offer)
  }
  // A place that is left and another that is entered take and give many commands at once.
  const tellSoon = () => {
    if (isTelling) return
    isTelling = true
    queueMicrotask(tell)
  }
  useSession.subscribe(tellSoon)
  useCommands.subscribe(tellSoon)
  useOwnKeys.subscribe(tellSoon)
  tellSoon()
}
