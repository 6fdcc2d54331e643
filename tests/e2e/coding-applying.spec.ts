/** Applying codes: several at once, again, by number, in vivo, by dragging, from the menu; and what a code means. */
import { expect } from '@playwright/test'
import { sentences } from '../../shared/sentences.ts'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import {
  active,
  announcer,
  applyByName,
  codings,
  noteText,
  openUncoded,
  paintedWords,
  placeOf,
  press,
  SIZE,
  saved,
  selected,
  selectFrom,
  selectWords,
  text,
  toStart,
} from './coding-steps.ts'
import { tabTo } from './steps.ts'

test('several codes are chosen in the box and applied as one step', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 3)
  await page.keyboard.press('/')
  await page.keyboard.type('county lines')
  await page.keyboard.press('Shift+Enter')
  await expect(page.getByRole('option', { name: /County lines/ }).first()).toHaveAttribute(
    'aria-checked',
    'true',
  )
  await page.keyboard.type('radicalisation')
  await page.keyboard.press('Enter')
  await expect(codings(page)).toHaveCount(2)
  await expect(announcer(page)).toContainText('Applied County lines, Radicalisation')
  await saved(page)
  await page.keyboard.press('Control+z')
  await expect(codings(page)).toHaveCount(0)
})

test('recent codes keep their numbers; G applies the last one again', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectFrom(page, 2, 2)
  await applyByName(page, 'county lines')
  await selectFrom(page, 2, 3)
  await applyByName(page, 'radicalisation')
  const strip = page.getByRole('list', { name: 'Recent codes' }).getByRole('button')
  const first = (await strip.nth(0).textContent()) ?? ''
  await expect(strip.first()).toContainText('1')
  await selectFrom(page, 2, 4)
  await page.keyboard.press('1')
  await expect(codings(page)).toHaveCount(3)
  await expect(strip.nth(0)).toHaveText(first)
  await selectFrom(page, 2, 5)
  await page.keyboard.press('g')
  await expect(codings(page)).toHaveCount(4)
  await expect(announcer(page)).toContainText(`Applied ${first.slice(1)}`)
  await selectFrom(page, 2, 6)
  await strip.nth(1).click()
  await expect(codings(page)).toHaveCount(5)
  await expect(text(page)).toBeFocused()
})

test('selected words become a code', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 2)
  const words = (await selected(page)).trim()
  await page.keyboard.press('v')
  await expect(codings(page)).toHaveCount(1)
  await expect(codings(page).first()).toContainText(words)
  await expect(announcer(page)).toContainText('New code')
  await saved(page)
  const made = page.locator('.coding-drawer strong')
  await expect(made).not.toHaveText('Code')
  const name = (await made.textContent()) ?? ''
  const code = page
    .getByRole('tree', { name: 'Codebook' })
    .getByRole('treeitem', { name: new RegExp(`^${name}( 1 here)?$`) })
  await page.getByRole('textbox', { name: 'Filter codes' }).fill(name)
  await expect(code).toHaveCount(1)

  await text(page).focus()
  await page.keyboard.press('Control+z')
  await expect(codings(page)).toHaveCount(0)
  await expect(announcer(page)).toContainText(`created the code ${name} and applied it`)
  await expect(code).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  await expect(codings(page)).toHaveCount(1)
})

test('what a code means is shown where it is applied and beside the codebook', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await test.step('the box shows what a code means and how this coder has used it', async () => {
    await openUncoded(page)
    await selectWords(page, 2)
    await page.keyboard.press('/')
    await page.keyboard.type('neglect')
    const aside = page.getByRole('complementary', { name: 'Definition of the code' })
    await expect(aside).toContainText('Neglect')
    await expect(aside).toContainText('Use when')
    await expect(aside).toContainText('You coded')
    await expectNoBarriers(page)
    await page.getByRole('combobox').press('Escape')
    await expect(text(page)).toBeFocused()
  })

  await test.step('beside the codebook stands what the code with the keyboard means', async () => {
    await openUncoded(page)
    await page.getByRole('textbox', { name: 'Filter codes' }).fill('neglect')
    await page.keyboard.press('ArrowDown')
    await press(page, 'ArrowDown', 2)
    await expect(page.getByTestId('code-card')).toBeVisible()
    await expect(page.getByTestId('code-card')).toContainText('Use when')
    await expect(page.getByTestId('code-card').getByText(/^You coded/)).toBeInViewport()
    const card = await page.getByTestId('code-card').boundingBox()
    const words = await text(page).boundingBox()
    const list = await page.getByRole('tree', { name: 'Codebook' }).boundingBox()
    if (!card || !words || !list) throw new Error('the card stands alone')
    expect(card.x, 'the words of the note stay in sight').toBeGreaterThanOrEqual(words.x + words.width)
    expect(card.x + card.width, 'the codes stay in sight').toBeLessThanOrEqual(list.x)
    await page.keyboard.press('F6')
    await expect(page.getByTestId('code-card')).toHaveCount(0)
  })
})

test('the card stays while the pointer goes down the codes, and covers none of them', async ({ launch }) => {
  const { page } = await launch({ size: { width: 1100, height: 700 } })
  await openUncoded(page)
  const tree = page.getByRole('tree', { name: 'Codebook' })
  const card = page.getByTestId('code-card')
  await tree.getByRole('treeitem', { name: 'Neglect', exact: true }).hover()
  await expect(card).toContainText('Persistent failure')
  const first = await card.elementHandle()
  for (const name of ['Neglect: supervision', 'Neglect: medical/educational', 'Emotional abuse']) {
    await tree.getByRole('treeitem', { name }).hover()
    await expect(card.locator('strong')).toHaveText(name)
    expect(await first?.evaluate((element) => element.isConnected), 'it does not come and go').toBe(true)
    const [over, list] = [await card.boundingBox(), await tree.boundingBox()]
    if (!over || !list) throw new Error('the card stands alone')
    const isBeside = over.x + over.width <= list.x || over.x >= list.x + list.width
    expect(isBeside || over.y >= list.y + list.height, name).toBe(true)
  }
  await page.mouse.move(400, 20)
  await expect(card).toHaveCount(0)
})

test('a code that is named in a definition leads to its entry, and back', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 2)
  await applyByName(page, 'neglect')
  await expect(codings(page)).toHaveCount(1)
  await page.keyboard.press('Control+Shift+k')
  const drawer = page.getByRole('region', { name: 'Selected coding' })
  const named = drawer.getByRole('button', { name: 'A-POV', exact: true })
  await tabTo(page, named)
  await expectNoBarriers(page, 'drawer')
  await page.keyboard.press('Enter')
  const name = page.getByRole('textbox', { name: 'Name', exact: true })
  await expect(name).toHaveValue('Poverty, housing, homelessness')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
  await expect(drawer).toBeVisible()

  // In the entry itself, and from there to the one before.
  const tree = page.getByRole('tree', { name: 'Codebook' })
  await tree.getByRole('treeitem', { name: /^Neglect(?!:)/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Go to “Poverty, housing, homelessness”, named here' }).click()
  await expect(name).toHaveValue('Poverty, housing, homelessness')
  await page.getByRole('textbox', { name: 'Filter the codebook' }).fill('neglect')
  await page.keyboard.press('Enter')
  await expect(name).toHaveValue('Neglect')
  const cited = page.getByRole('list', { name: 'Codes named in “Do not use when”' })
  await expect(cited.getByRole('button')).toHaveText([
    'Poverty, housing, homelessness',
    'Neglect: medical/educational',
  ])
  await cited.getByRole('button').last().click()
  await expect(name).toHaveValue('Neglect: medical/educational')
  await expect(page.locator('main :focus')).toBeVisible()
  await expectNoBarriers(page, 'entry')
  await page.getByRole('button', { name: 'Back to Neglect', exact: true }).click()
  await expect(name).toHaveValue('Neglect')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
})

test('selected text is dragged onto a code', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectFrom(page, 2, 4)
  const words = (await selected(page)).trim()
  const place = await placeOf(page, words)
  const code = page.getByRole('tree', { name: 'Codebook' }).getByRole('treeitem', { name: 'Emotional abuse' })
  const box = await code.boundingBox()
  if (!box) throw new Error('the code is not in sight')
  await page.mouse.move(place.x, place.y)
  await page.mouse.down()
  await page.mouse.move(place.x + 20, place.y + 20, { steps: 4 })
  // Over a new element the first move only enters it.
  await page.mouse.move(box.x + 60, box.y + 14, { steps: 8 })
  await page.mouse.move(box.x + 62, box.y + 14, { steps: 2 })
  await expect(code).toHaveAttribute('data-drop', 'inside')
  await page.mouse.up()
  await expect(codings(page)).toHaveCount(1)
  expect(await active(page)).toBe(words)
  await saved(page)
})

test('a code is dragged onto a sentence, and onto a coding in the margin to recode it', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  const whole = await noteText(page)
  const [sentence] = sentences(whole)
  const words = whole.slice(sentence?.start, sentence?.end)
  const place = await placeOf(page, words.slice(0, 12))
  const tree = page.getByRole('tree', { name: 'Codebook' })
  const drag = async (name: string, x: number, y: number) => {
    const box = await tree.getByRole('treeitem', { name }).boundingBox()
    if (!box) throw new Error(`${name} is not in sight`)
    await page.mouse.move(box.x + 60, box.y + 14)
    await page.mouse.down()
    await page.mouse.move(box.x - 40, box.y + 20, { steps: 4 })
    await page.mouse.move(x, y, { steps: 8 })
    await page.mouse.move(x + 2, y, { steps: 2 })
  }
  await page.keyboard.down('Alt')
  await drag('Emotional abuse', place.x, place.y)
  await expect.poll(() => paintedWords(page, 'note-drop')).toMatch(/^[\p{L}\p{N}_]+$/u)
  await expect(page.locator('.drop-words').last()).toContainText('to this word')
  await page.keyboard.up('Alt')
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(codings(page)).toHaveCount(0)
  await drag('Emotional abuse', place.x, place.y)
  await expect.poll(() => paintedWords(page, 'note-drop')).toBe(words)
  await page.mouse.up()
  await expect(codings(page)).toHaveCount(1)
  expect(await active(page)).toBe(words)
  expect(await paintedWords(page, 'note-drop')).toBe('')

  const label = await page.locator('.stripe-label').first().boundingBox()
  if (!label) throw new Error('the coding has no name in the margin')
  await drag('County lines', label.x + 20, label.y + 9)
  await expect(page.locator('.drop-words').last()).toContainText('Recode “Emotional abuse”')
  await page.mouse.up()
  await expect(codings(page)).toHaveCount(1)
  await expect(codings(page).first()).toContainText('County lines')
})

test('the menu of the text offers the acts with their keys, by mouse and by key', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 5)
  await applyByName(page, 'county lines')
  const words = await active(page)
  const place = await placeOf(page, words)
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Escape')
  await page.mouse.click(place.x, place.y, { button: 'right' })
  const menu = page.getByRole('menu')
  await expect(menu.getByRole('menuitem', { name: /Recode/ })).toBeVisible()
  await expectNoBarriers(page)
  await menu.getByRole('menuitem', { name: /Split here/ }).click()
  await expect(codings(page)).toHaveCount(2)
  await expect(text(page)).toBeFocused()

  await selectWords(page, 2)
  await page.keyboard.press('Shift+F10')
  await expect(menu).toBeVisible()
  await expect(menu.getByRole('menuitem', { name: /Apply the last code again/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await expect(text(page)).toBeFocused()
})

test('the pointer on a stripe shows the code and its definition; a press chooses it', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 5)
  await applyByName(page, 'emotional ab')
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  const label = page.locator('.stripe-label').first()
  await label.hover()
  await expect(page.getByRole('tooltip')).toContainText('Emotional abuse')
  await label.click()
  await expect(label).toHaveClass(/stripe-label-active/)
  await expect(text(page)).toBeFocused()
})

test('a code without a selection says that it is for the whole note, and Enter alone applies none', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await toStart(page)
  const box = page.getByRole('combobox', { name: 'Apply a code by name' })
  await page.keyboard.press('/')
  await expect(box).toHaveAccessibleDescription('No text is selected: this codes the whole note.')
  await expect(page.getByRole('option', { selected: true }).and(page.locator('.picklist-item'))).toHaveCount(
    0,
  )
  await page.keyboard.press('Enter')
  await expect(box).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(codings(page)).toHaveCount(0)

  await applyByName(page, 'county lines')
  await expect(page.getByRole('list', { name: 'Codes of the whole note' }).getByRole('listitem')).toHaveCount(
    1,
  )
  await selectWords(page, 2)
  await page.keyboard.press('/')
  await expect(box).toHaveAccessibleDescription('')
  await page.keyboard.press('Enter')
  await expect(codings(page)).toHaveCount(2)
})
