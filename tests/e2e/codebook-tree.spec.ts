/** The codebook as a tree: built, moved, merged, split and deleted, by keyboard alone and by mouse. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { barriers, expectNoBarriers } from './barriers.ts'
import { press, SIZE } from './coding-steps.ts'

const tree = (page: Page) => page.getByRole('tree', { name: 'Codebook' })
const row = (page: Page, name: string) => tree(page).getByRole('treeitem', { name, exact: false })
const chosen = (page: Page) => tree(page).getByRole('treeitem', { selected: true })
const entry = (page: Page) => page.getByRole('region', { name: 'Codebook entry' })

async function openCodebook(page: Page): Promise<void> {
  await expect(page.locator('.note-text')).toBeVisible()
  await page.keyboard.press('Control+3')
  await expect(page.locator('html')).toHaveAttribute('data-place', 'codebook')
  await expect(row(page, 'Maltreatment')).toBeVisible()
  await tree(page).focus()
}

async function make(page: Page, key: string, label: string, name: string): Promise<void> {
  await page.keyboard.press(key)
  await expect(page.getByLabel(label)).toBeFocused()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(row(page, name)).toHaveAttribute('aria-selected', 'true')
  await expect(tree(page)).toBeFocused()
}

/** Types the first letters of a name in the tree: the row of that name has the keyboard. */
async function goTo(page: Page, name: string): Promise<void> {
  await tree(page).focus()
  await page.keyboard.press('/')
  await page.keyboard.type(name)
  await expect(row(page, name)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(row(page, name)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('/')
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Escape')
  await expect(tree(page)).toBeFocused()
}

test('the codebook as a tree: looked at, counted, dragged, built, merged and split', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openCodebook(page)
  await test.step('nothing bars the way to the codebook in any theme', async () => {
    await tree(page).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await expectNoBarriers(page)
    await press(page, 'Shift+ArrowDown', 2)
    await page.keyboard.press('Shift+Delete')
    await expect(page.getByRole('button', { name: /^Delete 3 codes and/ })).toBeFocused()
    await expectNoBarriers(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(chosen(page)).toHaveCount(1)
    await page.keyboard.press('Shift+S')
    await expect(page.getByRole('group', { name: /^Split/ })).toBeFocused()
    await expectNoBarriers(page)
    await page.getByRole('radio', { name: 'As a list' }).check({ force: true })
    await expect(page.getByRole('listbox', { name: /^Codings of/ })).toBeVisible()
    await expectNoBarriers(page)
    await page.getByRole('radio', { name: 'One by one' }).check({ force: true })
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Back to the entry' }).click()
  })

  await test.step('every figure of the overview leads to the text it counts', async () => {
    /** `found`: what the retrieval must say of the figure. */
    const follow = async (figure: RegExp, found: (number: string | undefined) => RegExp) => {
      const button = page.getByRole('button', { name: figure }).first()
      const number = /: ([\d,]+)\. Show the text$/.exec((await button.getAttribute('aria-label')) ?? '')?.[1]
      await button.press('Enter')
      await expect(page.locator('html')).toHaveAttribute('data-place', 'retrieval')
      await expect(page.getByText(found(number)).first()).toBeVisible()
      await page.keyboard.press('Alt+ArrowLeft')
      await expect(page.locator('html')).toHaveAttribute('data-place', 'codebook')
    }
    await page.keyboard.press('Control+Alt+PageDown')
    await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('table', { name: 'Use of codes' })).toBeVisible()
    await expectNoBarriers(page)
    const inNotes = (notes: string | undefined) => new RegExp(`segments? in ${notes} of 73 notes`)
    await follow(/^Notes with Neglect: /, inNotes)
    await page.getByRole('radio', { name: 'Co-occur' }).check({ force: true })
    await expectNoBarriers(page)
    await follow(/^Notes with .+ and /, inNotes)
    await page.getByRole('radio', { name: 'Confused between coders' }).check({ force: true })
    await expect(page.getByRole('table', { name: 'Codes confused between coders' })).toBeVisible()
    await expectNoBarriers(page)
    await follow(/ where another coder applied /, (segments) => new RegExp(`^${segments} segments? in `))
    await page.getByRole('tab', { name: 'Codes', exact: true }).click()
  })

  await test.step('several codes are chosen and dragged by mouse, and another order says why they stay', async () => {
    const names = ['Neglect', 'Emotional abuse', 'Physical abuse: adult on child'].map((name) =>
      tree(page).getByRole('treeitem', { name: new RegExp(`^Colour of ${name} ${name}|^${name} \\d`) }),
    )
    const [first, second, third] = names as [(typeof names)[0], (typeof names)[0], (typeof names)[0]]
    const target = row(page, 'Missing').first()
    await first.click()
    await second.click({ modifiers: ['Control'] })
    await third.click({ modifiers: ['Control'] })
    await expect(chosen(page)).toHaveCount(3)
    await second.dragTo(target)
    for (const name of names) await expect(name).toHaveAttribute('aria-level', '3')
    await page.keyboard.press('Control+z')
    for (const name of names) await expect(name).toHaveAttribute('aria-level', '2')

    await page.getByRole('button', { name: 'Manual order' }).click()
    await page.getByRole('menuitemradio', { name: 'A to Z' }).click()
    await first.dragTo(target)
    await expect(page.getByText(/moved in manual order/).first()).toBeVisible()
    await expect(target).not.toHaveAttribute('aria-expanded')
    await page.getByRole('button', { name: 'A to Z' }).click()
    await page.getByRole('menuitemradio', { name: 'Manual order' }).click()
  })

  await test.step('an entry takes a coding as its example, and says where the category comes from', async () => {
    await goTo(page, 'Emotional abuse')
    await page.keyboard.press('Enter')
    await expect(entry(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
    const example = entry(page).getByRole('region', { name: 'Typical example' })
    await example.getByRole('button', { name: 'Link one of its codings' }).press('Enter')
    await expect(page.getByRole('option').first()).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(example.locator('.entry-segment .listed-text')).not.toBeEmpty()
    const source = entry(page).getByLabel('Source')
    await source.fill('Working Together to Safeguard Children')
    await source.press('Enter')
    await goTo(page, 'Missing')
    await goTo(page, 'Emotional abuse')
    await expect(source).toHaveValue('Working Together to Safeguard Children')
    await expect(example.locator('.entry-segment .listed-text')).not.toBeEmpty()
    expect(await barriers(page)).toEqual([])
  })

  await test.step('a codebook is built, merged, split and thinned out by keyboard alone', async () => {
    await test.step('three levels, each named where it stands', async () => {
      await page.keyboard.press('Home')
      await make(page, 'Shift+F', 'Name of the new folder', 'Home life')
      await make(page, 'Shift+N', 'Name of the new code', 'Meals')
      await make(page, 'Shift+N', 'Name of the new code', 'No breakfast')
      await make(page, 'n', 'Name of the new code', 'No lunch')
      await make(page, 'n', 'Name of the new code', 'No supper')
      await expect(row(page, 'Home life')).toHaveAttribute('aria-level', '1')
      await expect(row(page, 'Meals')).toHaveAttribute('aria-level', '2')
      await expect(row(page, 'No supper')).toHaveAttribute('aria-level', '3')
      await expect(row(page, 'No supper')).toHaveAttribute('aria-posinset', '3')
    })

    await test.step('several are chosen and moved together, as one step', async () => {
      await page.keyboard.press('Shift+ArrowUp')
      await expect(chosen(page)).toHaveCount(2)
      await expect(entry(page).getByRole('heading', { name: '2 codes selected' })).toBeVisible()
      await page.keyboard.press('Alt+ArrowLeft')
      await expect(row(page, 'No lunch')).toHaveAttribute('aria-level', '2')
      await expect(row(page, 'No supper')).toHaveAttribute('aria-level', '2')
      await page.keyboard.press('Control+z')
      await expect(row(page, 'No lunch')).toHaveAttribute('aria-level', '3')
      await expect(row(page, 'No supper')).toHaveAttribute('aria-level', '3')
    })

    await test.step('two codes are merged into one, and every coding is still there', async () => {
      await goTo(page, 'Neglect: supervision')
      await page.keyboard.press('Shift+ArrowUp')
      await expect(chosen(page)).toHaveCount(2)
      await page.keyboard.press('Shift+M')
      const bar = page.getByRole('region', { name: 'Merge codes' })
      await expect(bar.getByRole('button', { name: 'Merge 1 code' })).toBeFocused()
      await expect(bar).toContainText('9 codings')
      await page.keyboard.press('Enter')
      await expect(row(page, 'Neglect: supervision')).toHaveCount(0)
      await expect(chosen(page).getByRole('img', { name: '39 codings' })).toBeVisible()
      await expect(tree(page)).toBeFocused()
    })

    await test.step('a code is split one coding after the other, and the rest stays', async () => {
      await goTo(page, 'Emotional abuse')
      await page.keyboard.press('Shift+S')
      const walk = page.getByRole('group', { name: 'Split Emotional abuse' })
      await expect(walk).toBeFocused()
      await expect(walk).toContainText('0 of 10 codings reviewed')
      await page.keyboard.press('n')
      await expect(page.getByLabel('Name of the new code')).toBeFocused()
      await page.keyboard.type('Blamed')
      await page.keyboard.press('Enter')
      await expect(walk.getByRole('button', { name: /Blamed/ })).toBeVisible()
      await expect(walk).toBeFocused()
      await page.keyboard.press('1')
      await page.keyboard.press('l')
      await page.keyboard.press('1')
      await expect(walk).toContainText('3 of 10 codings reviewed, 2 to move')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('l')
      await expect(walk).toContainText('3 of 10 codings reviewed, 1 to move')
      await page.keyboard.press('Control+Enter')
      await expect(row(page, 'Emotional abuse').getByRole('img', { name: '9 codings' })).toBeVisible()
      await expect(row(page, 'Blamed').getByRole('img', { name: '1 coding' })).toBeVisible()
      await expect(tree(page)).toBeFocused()
    })

    await test.step('of a code without codings nothing is said that only codings would need', async () => {
      await goTo(page, 'No lunch')
      await page.keyboard.press('Shift+Delete')
      const bar = page.getByRole('region', { name: 'Delete codes' })
      await expect(bar.getByRole('button', { name: 'Delete 1 code' })).toBeFocused()
      await expect(bar.getByRole('paragraph')).toHaveText('Delete “No lunch”? It has no codings.')
      await expect(bar.getByRole('button', { name: 'Retire instead' })).toHaveCount(0)
      await page.keyboard.press('Escape')
      await expect(bar).toHaveCount(0)
    })

    await test.step('a code is deleted after being told what goes, and one undo brings all of it back', async () => {
      await goTo(page, 'Bullying, peer victimisation')
      await page.keyboard.press('Shift+Delete')
      const bar = page.getByRole('region', { name: 'Delete codes' })
      await expect(bar).toContainText('32 codings in')
      await expect(bar.getByRole('button', { name: 'Delete 1 code and 32 codings' })).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(row(page, 'Bullying, peer victimisation')).toHaveCount(0)
      await expect(page.getByText('Deleted 1 code and 32 codings').first()).toBeVisible()
      await page.keyboard.press('Control+z')
      await expect(
        row(page, 'Bullying, peer victimisation').getByRole('img', { name: '32 codings' }),
      ).toBeVisible()
    })
  })
})
