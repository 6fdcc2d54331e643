/** The window's menu says the same keys as the page, in the words of its platform. */
import { describe, expect, it, vi } from 'vitest'
import { accelerator } from '../../../electron/main/accelerator.ts'
import { COMMANDS } from '../../../renderer/keys/commands.ts'
import type { MenuCommand } from '../../../shared/bridge.ts'

vi.mock('electron', () => ({ app: {}, Menu: {} }))
const { MENU_KEYS } = await import('../../../electron/main/menu.ts')

describe('the keys in the menu', () => {
  it('are those the page acts on', () => {
    for (const [command, keys] of Object.entries(MENU_KEYS) as [MenuCommand, string][])
      expect(COMMANDS[command].keys).toEqual([keys])
  })

  it.each([
    ['Mod+Alt+O', 'CmdOrCtrl+Alt+O'],
    ['Mod+Shift+ArrowLeft', 'CmdOrCtrl+Shift+Left'],
    ['Mod++', 'CmdOrCtrl+Plus'],
    ['F6', 'F6'],
  ])('reads "%s" as "%s"', (keys, written) => expect(accelerator(keys)).toBe(written))
})
