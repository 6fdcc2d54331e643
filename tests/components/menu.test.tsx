/** Menus take keys as quickly as they are pressed: each goes on from where the one before has led. */
import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { Menu } from '../../renderer/ui/Menu.tsx'

const onSelect = vi.fn()
afterEach(() => onSelect.mockClear())

async function openMenu(names: readonly string[]): Promise<void> {
  const items = names.map((name) => ({ id: name, label: name, onSelect: () => onSelect(name) }))
  const anchor = { left: 10, right: 20, top: 10, bottom: 20 }
  render(<Menu anchor={anchor} label="Codes" items={items} onClose={() => {}} />)
  await expect.poll(() => document.activeElement?.textContent).toBe(names[0])
  expect(screen.getAllByRole('menuitem')).toHaveLength(names.length)
}

/** All at once: nothing else has a turn in between. */
function press(...keys: string[]): void {
  for (const key of keys) fireEvent.keyDown(document.activeElement ?? document.body, { key })
}

const NAMES = ['Add', 'Delete', 'Merge', 'Move']

it.each([
  { keys: ['End'], takes: 'Move' },
  { keys: ['ArrowDown', 'ArrowDown'], takes: 'Merge' },
  { keys: ['ArrowUp'], takes: 'Move' },
  { keys: ['End', 'ArrowDown'], takes: 'Add' },
  { keys: ['End', 'Home', 'ArrowDown'], takes: 'Delete' },
  { keys: ['d'], takes: 'Delete' },
  { keys: ['m', 'o'], takes: 'Move' },
])('takes $takes by $keys and Enter, however quickly they come', async ({ keys, takes }) => {
  await openMenu(NAMES)
  press(...keys, 'Enter')
  await expect.poll(() => onSelect.mock.calls).toEqual([[takes]])
})
