/** Steps that several tests of coding share. */
import { expect, type Page } from '@playwright/test'

export const SIZE = { width: 1440, height: 900 }

export const text = (page: Page) => page.getByRole('textbox', { name: /^Text of/ })
export const saved = (page: Page) => expect(page.getByTestId('saved')).toHaveText('Saved')
export const announcer = (page: Page) => page.getByTestId('announcer')
export const codings = (page: Page) =>
  page.getByRole('listbox', { name: 'Codings', exact: true }).getByRole('option')

/** Opens a note that this coder has not coded yet, so that counts start at none. */
export async function openUncoded(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Filter notes' }).fill('not started')
  await page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
  await expect(text(page)).toBeVisible()
  await expect(codings(page)).toHaveCount(0)
}

/** Adds a coder, who codes from now on. */
export async function addCoder(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Coder:/ }).click()
  await page.getByRole('button', { name: 'Add coder…' }).click()
  await page.getByRole('textbox', { name: 'Name of the new coder' }).fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: `Coder: ${name}` })).toBeFocused()
}

/** Puts the caret at the beginning of the text. */
export async function toStart(page: Page): Promise<void> {
  await text(page).focus()
  await page.keyboard.press('Control+Home')
}

export async function selectWords(page: Page, words: number): Promise<void> {
  await toStart(page)
  for (let i = 0; i < words; i++) await page.keyboard.press('Control+Shift+ArrowRight')
}

/** Selects words from the beginning of a sentence on, counted from 0. */
export async function selectFrom(page: Page, sentence: number, words: number): Promise<void> {
  await toStart(page)
  await press(page, '.', sentence)
  await press(page, 'Control+Shift+ArrowRight', words)
}

export async function applyByName(page: Page, name: string): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
}

export const press = async (page: Page, key: string, times = 1): Promise<void> => {
  for (let i = 0; i < times; i++) await page.keyboard.press(key)
}

/** The words that are painted as `name`: "note-selection", "note-active", "note-drop". */
export const paintedWords = (page: Page, name: string): Promise<string> =>
  page.evaluate((name) => {
    const parts: string[] = []
    for (const range of (CSS.highlights.get(name) ?? []) as unknown as Iterable<StaticRange>) {
      const live = document.createRange()
      live.setStart(range.startContainer, range.startOffset)
      live.setEnd(range.endContainer, range.endOffset)
      parts.push(live.toString())
    }
    return parts.join('|')
  }, name)

export const selected = (page: Page): Promise<string> => paintedWords(page, 'note-selection')
export const active = (page: Page): Promise<string> => paintedWords(page, 'note-active')

/** The text of the note as the page has it, its first lines joined by LF. */
export const noteText = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.note-text > p')].map((line) => line.textContent).join('\n'),
  )

/** The middle of some words of the note in the window; the first place where they stand. */
export const placeOf = (
  page: Page,
  words: string,
): Promise<{ x: number; y: number; left: number; right: number }> =>
  page.evaluate((words) => {
    for (const line of document.querySelectorAll('.note-text > p')) {
      const node = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode() as Text | null
      const at = node?.data.indexOf(words) ?? -1
      if (!node || at === -1) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + words.length)
      const [box] = range.getClientRects()
      if (box)
        return {
          x: (box.left + box.right) / 2,
          y: (box.top + box.bottom) / 2,
          left: box.left,
          right: box.right,
        }
    }
    throw new Error(`“${words}” is not in the note`)
  }, words)
