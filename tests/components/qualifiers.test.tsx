/** The editor of qualifiers: what is new is named where it appears, and no two values have one key. */
import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { QualifierEditor } from '../../renderer/codebook/QualifierEditor.tsx'
import { openPage, shown } from './page.tsx'

const focused = () => document.activeElement as HTMLElement

it('names a new qualifier and a new value where they appear', async () => {
  const user = await openPage('codebook', <QualifierEditor />)
  await user.click(await shown('button', 'New qualifier'))
  const name = await shown('textbox', 'Name of the qualifier')
  await expect.poll(focused).toBe(name)
  await user.keyboard('severity{Enter}')
  const severity = within(await shown('region', 'severity'))
  await user.click(severity.getByRole('button', { name: 'New value' }))
  await expect.poll(() => severity.getAllByRole('textbox', { name: 'Value' }).indexOf(focused())).toBe(1)
  await user.keyboard('mild{Enter}')
  const short = await severity.findByRole<HTMLInputElement>('textbox', { name: 'Short form of “mild”' })
  expect(short.value).toBe('mil')
  await user.click(severity.getByRole('button', { name: 'New value' }))
  await expect.poll(() => severity.getAllByRole('textbox', { name: 'Value' }).indexOf(focused())).toBe(2)
})

it('refuses a key that another value has, and says whose it is', async () => {
  const user = await openPage('codebook', <QualifierEditor />)
  await user.click(await shown('button', 'Add the usual five'))
  await shown('region', 'told by')
  const key = await shown<HTMLInputElement>('textbox', 'Key of “past”')
  await user.click(key)
  await user.keyboard('n')
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Shift+N is already the key of “negated” (assertion). Choose another key for “past”.',
  )
  await user.keyboard('{Escape}')
  expect(key.value).toBe('T')
})
