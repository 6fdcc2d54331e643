/** What the window's own menu asks for is what keys and palette ask for. */
import { MENU_MESSAGE, type MenuAct } from '../../shared/bridge.ts'
import { runCommand } from '../state/commands.ts'
import { useSession } from '../state/session.ts'
import { askFor } from './opening.ts'

const isAct = (data: unknown): data is { type: typeof MENU_MESSAGE; act: MenuAct } =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === MENU_MESSAGE

export function listenToMenu(): void {
  window.addEventListener('message', ({ source, data }) => {
    if (source !== window || !isAct(data)) return
    if (data.act.command === 'openFile') askFor({ name: 'unlock', picked: data.act.picked })
    else runCommand(data.act.command)
  })
  const tell = () => void window.bridge.setProjectOpen(useSession.getState().phase === 'open')
  useSession.subscribe((now, before) => {
    if (now.phase !== before.phase) tell()
  })
}
