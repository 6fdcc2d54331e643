/** The list of coders in the settings: who codes, what each may do, PINs, and a wrong one. */
import { screen } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { Coders } from '../../renderer/shell/Coders.tsx'
import { openPage, shown } from './page.tsx'

const PIN = 'grey heron 41'

async function setPin(user: UserEvent): Promise<void> {
  await user.click(await shown('button', 'Set your PIN'))
  await expect.poll(() => document.activeElement).toBe(screen.getByLabelText('Your new PIN'))
  await user.keyboard(`${PIN}{Tab}${PIN}{Enter}`)
  await shown('button', 'Change your PIN')
}

it('adds a coder where the list ends, renames and lets code, by keyboard', async () => {
  const user = await openPage('code', <Coders />)
  const add = await shown('button', 'Add a coder')
  add.focus()
  await user.keyboard('{Enter}Wren{Enter}')
  const wren = await shown('button', 'Rename Wren')
  wren.focus()
  await user.keyboard('{Enter}')
  await user.clear(await screen.findByLabelText('Name of Wren'))
  await user.keyboard('Robin{Enter}')
  const robin = await shown('button', 'Code as Robin')
  robin.focus()
  await user.keyboard('{Enter}')
  await shown('button', 'Code as Amara')
  expect(screen.queryByRole('button', { name: 'Code as Robin' })).toBeNull()
  // Robin leads nobody: roles are words now, and only the own name can be changed.
  expect(screen.queryByRole('combobox', { name: /^Role of/ })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Rename Amara' })).toBeNull()
})

it('asks whoever has a PIN for it, says a wrong one, and keeps who codes until it is right', async () => {
  const user = await openPage('code', <Coders />)
  await setPin(user)
  await user.click(await shown('button', 'Code as Ben'))
  await user.click(await shown('button', 'Code as Amara'))
  const field = await screen.findByLabelText<HTMLInputElement>('PIN of Amara')
  await expect.poll(() => document.activeElement).toBe(field)
  await user.keyboard('not this one{Enter}')
  expect((await screen.findByRole('alert')).textContent).toBe('This is not the PIN of Amara.')
  expect(field.value).toBe('')
  await user.keyboard('{Escape}')
  await shown('button', 'Code as Amara')
  await user.click(await shown('button', 'Code as Amara'))
  await screen.findByLabelText('PIN of Amara')
  await user.keyboard(`${PIN}{Enter}`)
  await shown('button', 'Code as Ben')
})

it('takes no PIN that is short or typed two ways, and removes one only with it', async () => {
  const user = await openPage('code', <Coders />)
  await user.click(await shown('button', 'Set your PIN'))
  await user.keyboard('12345')
  expect((await screen.findByRole('alert')).textContent).toBe('At least 6 characters.')
  await user.keyboard('{Escape}')
  await setPin(user)
  await user.click(await shown('button', 'Change your PIN'))
  await user.type(await screen.findByLabelText('Your PIN now'), 'not this one')
  await user.click(await shown('button', 'Remove the PIN'))
  expect((await screen.findByRole('alert')).textContent).toMatch(/^This is not the PIN of Amara/)
  await user.type(screen.getByLabelText('Your PIN now'), PIN)
  await user.click(await shown('button', 'Remove the PIN'))
  await shown('button', 'Set your PIN')
})
