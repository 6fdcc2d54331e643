/** Nothing is cut off or pushed out of the window, however large the text and small the window. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { setTheme } from './barriers.ts'
import { press, SIZE, text } from './coding-steps.ts'

const rail = (page: Page) => page.getByRole('navigation', { name: 'Places' })

/** How far the page is wider and higher than its window, in px. */
const excess = (page: Page) =>
  page.evaluate(() => ({
    width: document.body.scrollWidth - innerWidth,
    height: document.body.scrollHeight - innerHeight,
  }))

test('with the largest interface in high contrast every place is in the window', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await expect(text(page)).toBeVisible()
  await setTheme(page, 'contrast')
  const width = await page.evaluate(() => innerWidth)
  await page.keyboard.press('Control+,')
  const larger = page.getByRole('button', { name: 'Larger: size of the interface' })
  for (const _ of [15, 17, 20, 20]) if (await larger.isEnabled()) await larger.click()
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThan(width * 0.7)
  await page.keyboard.press('Escape')
  for (const button of await rail(page).getByRole('button').all())
    await expect(button).toBeInViewport({ ratio: 1 })
  for (const key of ['1', '2', '3', '4', '5', '6', '7', '8', 'i', 'f']) {
    await page.keyboard.press(`Control+${key}`)
    await expect(page.locator('main :focus')).toBeVisible()
    expect(await excess(page), `Ctrl+${key}`).toEqual({ width: 0, height: 0 })
  }
  await page.keyboard.press('Control+2')
  for (const name of ['Mark finished', 'Hide the codebook pane'])
    await expect(page.getByRole('button', { name })).toBeInViewport({ ratio: 1 })
  expect(
    await page
      .locator('.recent-code kbd')
      .first()
      .evaluate((number) => getComputedStyle(number).boxShadow),
  ).toBe('none')
})

test('in a small window the recent codes can be read, and a coding has room for five qualifiers', async ({
  launch,
}) => {
  const { page } = await launch({ size: { width: 1100, height: 720 } })
  await expect(text(page)).toBeVisible()
  expect(await excess(page)).toEqual({ width: 0, height: 0 })
  const overflow = () =>
    page.getByTestId('note-scroll').evaluate((note) => note.scrollHeight - note.clientHeight)
  // With the details put away, which keep their place in a low window too.
  await page.getByRole('button', { name: 'Hide the details' }).click()
  expect(await overflow(), 'a short note does not scroll').toBe(0)
  await page.getByRole('button', { name: 'Show the details' }).click()
  const names = page.locator('.recent-code-name')
  await expect(names).not.toHaveCount(0)
  const cut = await names.evaluateAll((all) =>
    all.filter((name) => name.clientWidth < Math.min(name.scrollWidth, 36)).map((name) => name.textContent),
  )
  expect(cut).toEqual([])

  await page.keyboard.press('Control+3')
  await page.getByRole('button', { name: 'Qualifiers' }).click()
  await page.getByRole('button', { name: 'Add the usual five' }).click()
  await page.keyboard.press('Control+2')
  await expect(text(page)).toBeFocused()
  await press(page, ']')
  const groups = page.locator('.coding-details .qualifier')
  await expect(groups).toHaveCount(5)
  await expect(groups.nth(4)).toBeInViewport({ ratio: 1 })

  await page.getByRole('textbox', { name: 'Filter notes' }).fill('Full initial assessment')
  await page.getByRole('textbox', { name: 'Filter notes' }).press('Enter')
  await expect(text(page)).toHaveAccessibleName(/Full initial assessment/)
  await expect.poll(overflow, 'a long one goes on past its last line').toBeGreaterThan(720)
})
