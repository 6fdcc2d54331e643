/** In a frozen codebook a coder proposes, and a lead declines with a reason or accepts. */
import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { ProposalsView } from '../../renderer/codebook/versions/ProposalsView.tsx'
import { activateCoder } from '../../renderer/state/seat.ts'
import { useSession } from '../../renderer/state/session.ts'
import { store } from '../../renderer/store.ts'
import { coderId } from '../ids.ts'
import { openPage, shown } from './page.tsx'

const idOf = (name: string) =>
  useSession.getState().project?.coders.find((coder) => coder.name === name)?.id ?? coderId('')
const proposal = async (words: string) => {
  const all = await within(await shown('listbox', 'Proposals')).findAllByRole('option')
  return all.find(({ textContent }) => textContent?.includes(words)) as HTMLElement
}

it('keeps a proposal as it was made until a lead decides, who gives a reason for a no', async () => {
  const user = await openPage('codebook', <ProposalsView />)
  await store.codebook.freeze({ coderId: idOf('Amara'), isFrozen: true })
  await activateCoder(idOf('Ben'))
  for (const words of ['Clearer.', 'Shorter.']) {
    await user.click(await shown('button', 'Propose a change'))
    await expect.poll(() => document.activeElement).toBe(screen.getByRole('combobox', { name: 'Code' }))
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Code' }),
      screen.getByRole('option', { name: /Neglect$/ }),
    )
    const definition = await shown<HTMLTextAreaElement>('textbox', 'Definition')
    await user.clear(definition)
    await user.type(definition, `Needs are not met. ${words}`)
    await user.type(await shown('textbox', 'Why'), words)
    await user.click(await shown('button', 'Propose'))
    await screen.findByText('A lead decides about it.')
  }
  await activateCoder(idOf('Amara'))
  await user.click(await proposal('Shorter.'))
  const decline = await shown('button', 'Decline')
  expect(decline.hasAttribute('disabled')).toBe(true)
  await user.type(await shown('textbox', 'Answer'), 'Says less than before.')
  await user.click(decline)
  await expect.poll(async () => (await proposal('Shorter.')).textContent).toContain('Declined')
  await user.click(await proposal('Clearer.'))
  await user.click(await shown('button', 'Accept'))
  await expect.poll(async () => (await proposal('Clearer.')).textContent).toContain('Accepted')
  const codes = await store.codes.list({})
  expect(codes.find(({ name }) => name === 'Neglect')?.definition).toBe('Needs are not met. Clearer.')
})
