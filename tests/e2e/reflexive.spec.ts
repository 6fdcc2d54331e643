/** A reflexive analysis shows no agreement: a lead sets it by keyboard, takes it back, and coders see why. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { announcer, press, SIZE } from './coding-steps.ts'

const inRail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name, exact: true })
const box = (page: Page) =>
  page.getByRole('checkbox', { name: 'Reflexive analysis: agreement figures are hidden' })
const HIDDEN = 'Agreement is hidden: this project is set to reflexive analysis (Settings, This project)'

/** Opens the settings and goes on to the choice by Tab. */
async function toChoice(page: Page): Promise<void> {
  await press(page, 'Control+,')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  for (let step = 0; step < 60; step++) {
    if (await box(page).evaluate((element) => element === document.activeElement)) return
    await press(page, 'Tab')
  }
  throw new Error('Tab does not reach the choice.')
}

test('agreement leaves the rail, the palette and its key, and comes back', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await press(page, 'Control+6')
  await expect(inRail(page, 'Agreement')).toHaveAttribute('aria-current', 'page')

  await toChoice(page)
  await press(page, 'Space')
  await expect(box(page)).toBeChecked()
  await expect(announcer(page)).toHaveText('Agreement is hidden in this project')
  await expect(inRail(page, 'Agreement')).toHaveCount(0)
  await expect(inRail(page, 'Code')).toHaveAttribute('aria-current', 'page')
  await expect(box(page)).toBeFocused()
  await expectNoBarriers(page)
  await press(page, 'Escape')

  await press(page, 'Control+6')
  await expect(announcer(page)).toHaveText(HIDDEN)
  await expect(inRail(page, 'Code')).toHaveAttribute('aria-current', 'page')
  await press(page, 'Control+k')
  await page.keyboard.type('go to')
  await expect(page.getByRole('option', { name: /Go to Themes/ })).toBeVisible()
  await expect(page.getByRole('option', { name: /Go to Agreement/ })).toHaveCount(0)
  await press(page, 'Escape')

  await press(page, 'Control+z')
  await expect(inRail(page, 'Agreement')).toBeVisible()
  await press(page, 'Control+Shift+z')
  await expect(inRail(page, 'Agreement')).toHaveCount(0)

  await toChoice(page)
  await press(page, 'Space')
  await expect(announcer(page)).toHaveText('Agreement is shown again')
  await press(page, 'Escape')
  await press(page, 'Control+6')
  await expect(inRail(page, 'Agreement')).toHaveAttribute('aria-current', 'page')
})

test('who does not lead sees the choice and cannot make it', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await press(page, 'Control+k')
  await page.keyboard.type('Code as Ben')
  await expect(page.getByRole('option', { name: /Code as Ben/ })).toBeVisible()
  await press(page, 'Enter')
  await expect(page.getByRole('button', { name: 'Coder: Ben' })).toBeVisible()
  await press(page, 'Control+,')
  await expect(box(page)).toBeDisabled()
  await expect(page.getByText('Only a lead changes this.').first()).toBeVisible()
})
