/** Selecting in a note: by sentence and unit, with a snap, by mouse; going to what is coded and what is not. */
import { expect, type Page } from '@playwright/test'
import { sentences } from '../../shared/sentences.ts'
import { keptChoices, temporaryFolder, test } from './app.ts'
import {
  announcer,
  applyByName,
  codings,
  noteText,
  openUncoded,
  placeOf,
  press,
  SIZE,
  selected,
  selectWords,
  text,
  toStart,
} from './coding-steps.ts'
import { tabTo } from './steps.ts'

const setting = (page: Page, unit: string) =>
  page.getByRole('radiogroup', { name: 'Select by' }).getByRole('radio', { name: unit })

test('text is selected by sentences, by growing and by the mouse, in one note after another', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await test.step('sentences are gone through and selected by comma and full stop', async () => {
    await openUncoded(page)
    await toStart(page)
    const whole = await noteText(page)
    const [first, second, third] = sentences(whole).map(({ start, end }) => whole.slice(start, end))
    await page.keyboard.press('Shift+>')
    expect(await selected(page)).toBe(first)
    await page.keyboard.press('.')
    await page.keyboard.press('Shift+>')
    await expect.poll(() => selected(page)).toContain((second ?? '').slice(0, 20))
    await page.keyboard.press('.')
    await page.keyboard.press(',')
    await page.keyboard.press(',')
    await page.keyboard.press('.')
    await page.keyboard.press('=')
    await page.keyboard.press('=')
    expect([second, third]).toContain(await selected(page))
  })

  await test.step('the selection grows from word to note and shrinks back', async () => {
    await openUncoded(page)
    await toStart(page)
    const whole = await noteText(page)
    const steps: string[] = []
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('=')
      const now = await selected(page)
      if (steps.at(-1) !== now) steps.push(now)
    }
    expect(steps[0]).toMatch(/^[\p{L}\p{N}'’_-]+$/u)
    expect(steps.at(-1)?.replaceAll('\n', '')).toBe(whole.replaceAll('\n', ''))
    expect(steps.length).toBeGreaterThanOrEqual(3)
    await expect(announcer(page)).toContainText('whole note')
    for (const step of steps.toReversed().slice(1)) {
      await page.keyboard.press('-')
      expect(await selected(page)).toBe(step)
    }
    await expect(announcer(page)).toContainText('Selected: ')
  })

  await test.step('a double press selects the word, a triple one the sentence, a fourth the paragraph', async () => {
    await openUncoded(page)
    const whole = await noteText(page)
    const spans = sentences(whole)
    const wanted = spans.find(({ start, end }) => end - start > 20 && !whole.slice(start, end).includes('\n'))
    const words = whole.slice(wanted?.start, wanted?.end)
    const word = /\p{L}{3,}/u.exec(words)?.[0] ?? ''
    const place = await placeOf(page, words.slice(0, words.indexOf(word) + word.length))
    await page.mouse.dblclick(place.right - 6, place.y)
    expect(await selected(page)).toBe(word)
    await page.mouse.click(place.right - 6, place.y, { clickCount: 3 })
    expect(await selected(page)).toBe(words)
  })
})

test('snapping takes whole words or sentences, and is remembered', async ({ launch }) => {
  const userData = await temporaryFolder('snap')
  const first = await launch({ userData, size: SIZE })
  const { page } = first
  await openUncoded(page)
  const whole = await noteText(page)
  const [sentence] = sentences(whole)
  await toStart(page)
  await press(page, 'ArrowRight', 2)
  await press(page, 'Shift+ArrowRight')
  expect(await selected(page)).toBe(whole.slice(2, 3))
  // The keys select exactly, whatever the mouse takes at least; the setting widens what is selected when it is chosen.
  await expect(setting(page, 'word')).toBeChecked()
  await press(page, 'n', 2)
  await expect(setting(page, 'character')).toBeChecked()
  await toStart(page)
  await press(page, 'ArrowRight', 2)
  await press(page, 'Shift+ArrowRight')
  expect(await selected(page)).toBe(whole.slice(2, 3))
  await page.keyboard.press('n')
  await expect(setting(page, 'word')).toBeChecked()
  await expect(setting(page, 'character')).not.toBeChecked()
  await expect(announcer(page)).toContainText('whole words')
  expect((await selected(page)).length).toBeGreaterThan(1)
  await page.keyboard.press('n')
  await expect(setting(page, 'sentence')).toBeChecked()
  expect(await selected(page)).toBe(whole.slice(0, sentence?.end))
  await applyByName(page, 'neglect')
  await expect(codings(page)).toHaveCount(1)
  await expect.poll(() => keptChoices(userData)).toMatchObject({ snap: 'sentence' })
  await first.close()

  const again = await launch({ userData, size: SIZE })
  await expect(setting(again.page, 'sentence')).toBeChecked()
  await setting(again.page, 'character').click()
  await expect(setting(again.page, 'character')).toBeChecked()
})

test('what selecting takes is chosen by mouse in passing: the keys still code what is selected', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 2)
  const words = await selected(page)
  for (const unit of ['sentence', 'word']) {
    await setting(page, unit).click()
    await expect(setting(page, unit)).toBeChecked()
    await expect(text(page)).toBeFocused()
  }
  // Pressed again where it is chosen already, too.
  await setting(page, 'word').click()
  await expect(text(page)).toBeFocused()
  expect((await selected(page)).trim()).toBe(words.trim())
  await page.keyboard.press('1')
  await expect(codings(page)).toHaveCount(1)

  // By keyboard the choice is gone through as any other of its kind.
  await tabTo(page, setting(page, 'word'), 'Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await expect(setting(page, 'sentence')).toBeChecked()
  await expect(setting(page, 'sentence')).toBeFocused()
})

test('what has a code and what has none is found by key and heard', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await test.step('paragraphs without a code are gone through by key until none is left', async () => {
    await openUncoded(page)
    await selectWords(page, 2)
    await applyByName(page, 'gangs')
    await expect(codings(page)).toHaveCount(1)
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('j')
    await expect(announcer(page)).toContainText(
      /Paragraph without a code, \d+ of \d+|Every paragraph has a code/,
    )
    await page.keyboard.press('k')
    await press(page, 'Control+a')
    await applyByName(page, 'radicalisation')
    await expect(codings(page)).toHaveCount(2)
    await page.keyboard.press('j')
    await expect(announcer(page)).toContainText('Every paragraph has a code')
  })

  await test.step('a screen reader hears which codes cover the caret, and what overlaps', async () => {
    await openUncoded(page)
    await selectWords(page, 3)
    await applyByName(page, 'county lines')
    await selectWords(page, 1)
    await applyByName(page, 'radicalisation')
    await expect(codings(page)).toHaveCount(2)
    await page.keyboard.press('Control+End')
    await expect(announcer(page)).toContainText('No code here')
    await page.keyboard.press('Control+Home')
    await expect(announcer(page)).toContainText(
      /^Coded: .*Radicalisation.*County lines|^Coded: .*County lines/,
    )
    await press(page, 'o')
    await expect(announcer(page)).toContainText(/Selected .*, \d of 2 here/)
    await expect(text(page)).toBeFocused()
  })
})
