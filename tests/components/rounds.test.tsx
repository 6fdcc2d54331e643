/** Rounds as a list and a form: drawn, renamed, removed and brought back by a lead; only looked at by a coder. */
import { screen, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { RoundsView } from '../../renderer/rounds/RoundsView.tsx'
import { undo } from '../../renderer/state/coding.ts'
import { activateCoder } from '../../renderer/state/seat.ts'
import { useSession } from '../../renderer/state/session.ts'
import { coderId } from '../ids.ts'
import { openPage, shown } from './page.tsx'

const compare = vi.fn()
const open = () => openPage('agreement', <RoundsView onCompare={compare} />)
const form = async () => within(await shown('form', 'Draw a round'))
const round = (name: string) => screen.findByRole('rowheader', { name })
/** The keyboard is on the list after an act on one of its rows. */
const isOnList = () =>
  expect.poll(() => document.activeElement).toBe(screen.getByRole('table', { name: 'Rounds' }))
const isGone = (name: string) => expect.poll(() => screen.queryByRole('rowheader', { name })).toBeNull()

/** Draws so many notes, not blind: no PIN is asked for. */
async function draw(user: UserEvent, name: string, count: number): Promise<void> {
  await user.click(await shown('button', 'Draw a round'))
  const fields = await form()
  await expect.poll(() => document.activeElement).toBe(fields.getByLabelText('Name'))
  await user.keyboard(name)
  await user.click(fields.getByRole('radio', { name: 'notes' }))
  const number = fields.getByLabelText('Number of notes')
  await user.clear(number)
  await user.type(number, String(count))
  if (fields.getByRole<HTMLInputElement>('checkbox', { name: 'Blind' }).checked)
    await user.click(fields.getByRole('checkbox', { name: 'Blind' }))
  const go = await fields.findByRole('button', { name: `Draw ${count} notes` })
  await expect.poll(() => go.hasAttribute('disabled')).toBe(false)
  await user.click(go)
  await round(name)
}

it('lets a lead rename and remove a round and bring it back; a coder only looks', async () => {
  const user = await open()
  await draw(user, 'Pilot', 5)
  await user.click(await shown('button', 'Rename Pilot'))
  await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Name of Pilot')
  await user.clear(document.activeElement as HTMLElement)
  await user.keyboard('Training{Enter}')
  await round('Training')
  await isOnList()
  await draw(user, 'Main', 6)
  // Another seed of its own accord: the same one would draw notes of the first round again.
  expect((await shown('row', /^Main/)).textContent).toContain('seed 2')
  await user.click(await shown('button', 'Remove Training'))
  await isGone('Training')
  await isOnList()
  await undo()
  await round('Training')

  const ben = useSession.getState().project?.coders.find(({ name }) => name === 'Ben')
  await activateCoder(ben?.id ?? coderId(''))
  await screen.findByText(/Only a lead draws rounds\./)
  expect(screen.queryByRole('button', { name: /^(Draw a round|Remove|Rename T|Rename M)/ })).toBeNull()
  await user.click(await shown('button', 'Compare Main'))
  expect(compare).toHaveBeenCalledWith(expect.objectContaining({ name: 'Main' }))
})

it('draws nothing without a name, a coder, a whole seed, or from more notes than there are', async () => {
  const user = await open()
  await user.click(await shown('button', 'Draw a round'))
  const fields = await form()
  const isReady = () => !fields.getByRole('button', { name: /^Draw/ }).hasAttribute('disabled')
  await expect.poll(isReady).toBe(true)

  const name = fields.getByLabelText<HTMLInputElement>('Name')
  const given = name.value
  await user.clear(name)
  expect(isReady()).toBe(false)
  await user.type(name, given)
  expect(isReady()).toBe(true)

  await user.clear(fields.getByLabelText('Seed'))
  expect(fields.getByText('A whole number')).toBeTruthy()
  expect(isReady()).toBe(false)
  await user.type(fields.getByLabelText('Seed'), '7')
  await expect.poll(isReady).toBe(true)

  for (const coder of ['Amara', 'Ben']) await user.click(fields.getByRole('checkbox', { name: coder }))
  expect(fields.getByText('Choose the coders.')).toBeTruthy()
  expect(isReady()).toBe(false)
  await user.click(fields.getByRole('checkbox', { name: 'Ben' }))
  await expect.poll(isReady).toBe(true)

  await user.click(fields.getByRole('radio', { name: 'notes' }))
  await user.clear(fields.getByLabelText('Number of notes'))
  await user.type(fields.getByLabelText('Number of notes'), '7000')
  await expect.poll(isReady).toBe(false)
  await user.keyboard('{Escape}')
  await expect.poll(() => screen.queryByRole('form')).toBeNull()
})
