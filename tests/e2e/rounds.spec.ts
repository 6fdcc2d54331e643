/** Rounds by keyboard: drawn in proportion to an attribute and blind, coded and compared. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { addCoder, announcer, SIZE, saved, text } from './coding-steps.ts'
import { coderButton, codeWithPin, setPins } from './seat-steps.ts'
import { pressEach, tabTo } from './steps.ts'

const rounds = (page: Page) => page.getByRole('table', { name: 'Rounds' })
const round = (page: Page, name: string) =>
  rounds(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
const form = (page: Page) => page.getByRole('form', { name: 'Draw a round' })
const others = (page: Page) => page.getByRole('listbox', { name: 'Codings of other coders' })

/** To the tab Rounds of Agreement, whichever is shown. */
async function openRounds(page: Page): Promise<void> {
  await pressEach(page, 'Control+6')
  await tabTo(page, page.getByRole('tab', { selected: true }))
  await pressEach(page, 'End')
  await expect(page.getByRole('tab', { name: 'Rounds' })).toHaveAttribute('aria-selected', 'true')
}

/** Draws so many notes for everybody but those left out, blind. */
async function drawRound(
  page: Page,
  name: string,
  count: number,
  leftOut: readonly string[] = [],
): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: 'Draw a round' }))
  await pressEach(page, 'Enter')
  await expect(form(page).getByLabel('Name')).toBeFocused()
  await page.keyboard.type(name)
  for (const coder of leftOut) {
    await tabTo(page, form(page).getByRole('checkbox', { name: coder }))
    await pressEach(page, 'Space')
  }
  await tabTo(page, form(page).getByRole('radio', { name: '% of notes' }))
  await pressEach(page, 'ArrowRight')
  await form(page).getByLabel('Number of notes').focus()
  await pressEach(page, 'Control+A')
  await page.keyboard.type(String(count))
  await expect(form(page).getByRole('button', { name: `Draw ${count} notes` })).toBeEnabled()
  await pressEach(page, 'Enter')
  await expect(round(page, name)).toBeVisible()
}

/** Ben and Chidi are given all notes blind; Amara, who leads and is not in it, sits there. */
async function blindSecondTeam(page: Page): Promise<void> {
  await setPins(page, ['Amara', 'Ben'])
  await addCoder(page, 'Chidi')
  await codeWithPin(page, 'Amara')
  await openRounds(page)
  await drawRound(page, 'Second team', 73, ['Amara'])
}

test('rounds are drawn, compared and gone through, by keyboard', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await test.step('figures from before a blind round began are put away: it may keep what they count', async () => {
    await page.keyboard.press('Control+6')
    await page.getByRole('button', { name: 'Compute agreement' }).first().click()
    const figures = page.getByRole('table', { name: 'Agreement by code' })
    await expect(figures).toBeVisible()
    await page.getByRole('tab', { name: 'Rounds' }).click()
    await drawRound(page, 'Blind', 5)
    await page.getByRole('tab', { name: 'By code' }).click()
    await expect(page.getByRole('button', { name: 'Compute agreement' }).first()).toBeVisible()
    await expect(figures).toBeHidden()
  })

  await test.step('a blind round is drawn in proportion to an attribute, shown before it is drawn, and compared', async () => {
    await openRounds(page)
    await tabTo(page, page.getByRole('button', { name: 'Draw a round' }))
    await pressEach(page, 'Enter')
    await expect(form(page).getByLabel('Name')).toBeFocused()
    await page.keyboard.type('Pilot')
    await expect(form(page).getByText('7 of 73 notes')).toBeVisible()

    await test.step('what cannot be drawn says why', async () => {
      const share = form(page).getByLabel('Share of all notes in percent')
      await tabTo(page, share)
      await pressEach(page, 'Control+A')
      await page.keyboard.type('0')
      await expect(form(page).getByRole('alert')).toHaveText('Above 0, up to 100')
      await expect(form(page).getByRole('button', { name: 'Draw the round' })).toBeDisabled()
      await pressEach(page, 'Control+A')
      await page.keyboard.type('20')
      await expect(form(page).getByText('15 of 73 notes')).toBeVisible()
      // The sample project is coded throughout.
      await expect(form(page).getByText(/^\d+ have codings already\. The round hides/)).toBeVisible()
    })

    await test.step('each value gets its share, and all add up', async () => {
      await tabTo(page, form(page).getByLabel('Stratify by'))
      await page.keyboard.type('note type')
      const strata = form(page).getByRole('region', { name: 'Notes drawn by value' })
      await expect(strata).toBeVisible()
      const cells = await strata.getByRole('cell').allTextContents()
      const sum = (from: number) =>
        cells.filter((_, at) => at % 2 === from).reduce((all, cell) => all + Number(cell), 0)
      expect([sum(0), sum(1)]).toEqual([15, 73])
      await expectNoBarriers(page)
    })

    await tabTo(page, form(page).getByRole('button', { name: 'Draw 15 notes' }))
    await pressEach(page, 'Enter')
    await expect(form(page)).toBeHidden()
    await expect(round(page, 'Pilot')).toContainText('20% of 73, by note type, seed 2')
    await expect(round(page, 'Pilot')).toContainText('Blind')
    await expectNoBarriers(page)

    await test.step('its notes are shown in the library, and dropped there', async () => {
      await tabTo(page, round(page, 'Pilot').getByRole('button', { name: 'Show the 15 notes of Pilot' }))
      await pressEach(page, 'Enter')
      await expect(page.getByRole('search', { name: 'Filters' }).getByRole('status')).toHaveText(
        '15 of 73 notes',
      )
      await tabTo(page, page.getByRole('button', { name: 'Do not filter by round' }))
      await pressEach(page, 'Enter')
      await expect(page.getByRole('button', { name: 'Clear filters' })).toHaveCount(0)
      await pressEach(page, 'Alt+ArrowLeft')
    })

    await test.step('agreement is that of its notes alone', async () => {
      await tabTo(page, round(page, 'Pilot').getByRole('button', { name: 'Compare Pilot' }))
      await pressEach(page, 'Enter')
      await expect(page.getByRole('tab', { name: 'By code' })).toBeFocused()
      const facts = page.locator('.agreement-facts')
      await expect(facts).toContainText('round: Pilot')
      const words = await facts.getByRole('button', { name: /counted/ }).textContent()
      const [inside, left] = (words ?? '').match(/\d+/g)?.map(Number) ?? []
      expect(inside).toBeGreaterThan(0)
      expect(inside).toBeLessThanOrEqual(15)
      expect((inside ?? 0) + (left ?? 0)).toBe(73)
      await expect(page.getByText('round Pilot', { exact: true })).toBeVisible()
    })
  })

  await test.step('a coder goes through the notes of a round, and no other, by keyboard', async () => {
    await openRounds(page)
    await drawRound(page, 'Half', 37)
    const finished = Number(/Amara (\d+)/.exec((await round(page, 'Half').textContent()) ?? '')?.[1])
    await tabTo(page, page.getByRole('button', { name: 'Code Half' }))
    await pressEach(page, 'Enter')
    await expect(page.locator('.note-list .filter-count')).toHaveText('37 of 73')
    await expect(text(page)).toBeFocused()
    const choice = page.getByLabel('Notes of')
    await expect(choice.locator('option:checked')).toHaveText(`Half: ${finished} of 37`)
    // The first that is not finished is open.
    await expect(page.getByRole('button', { name: 'Mark finished' })).toBeVisible()
    await pressEach(page, 'f')
    await expect(choice.locator('option:checked')).toHaveText(`Half: ${finished + 1} of 37`)
    await expectNoBarriers(page)
    await choice.focus()
    await page.keyboard.type('All')
    await expect(page.locator('.note-list .filter-count')).toHaveText('73')
  })
})

test('in a blind round nobody, the lead neither, sees the others’ codings of a note before all have finished it', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await setPins(page, ['Amara', 'Ben'])
  await openRounds(page)
  await drawRound(page, 'All of them', 73)
  // Both finished it before: there is nothing to be blind to any more.
  await page.getByRole('button', { name: 'Code', exact: true }).focus()
  await pressEach(page, 'Enter')
  await page.getByRole('textbox', { name: 'Filter notes' }).fill('finished')
  await page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
  const title = await page.locator('.note-title').textContent()
  await text(page).focus()
  await pressEach(page, 'Control+Shift+E')
  await expect(others(page).getByRole('option')).not.toHaveCount(0)

  /** Turns "finished" of this note on or off for the coder. */
  const turn = async (name: string, button: string) => {
    if (!(await coderButton(page, name).isVisible())) await codeWithPin(page, name)
    await expect(page.locator('.note-title')).toHaveText(title ?? '')
    await text(page).focus()
    await pressEach(page, 'f')
    await expect(page.getByRole('button', { name: button })).toBeVisible()
    await saved(page)
  }
  const expectBlind = async (waitingFor: string) => {
    await text(page).focus()
    await pressEach(page, 'Control+Shift+E')
    await expect(announcer(page)).toHaveText(
      `This note is in the blind round All of them: other coders’ codings can be shown once ${waitingFor} finished it.`,
    )
    await expect(others(page)).toBeHidden()
    await expect(page.locator('.stripe-other')).toHaveCount(0)
  }
  await turn('Ben', 'Mark finished')
  await codeWithPin(page, 'Amara')
  await expectBlind('Ben has')
  await turn('Amara', 'Mark finished')
  await expectBlind('you and Ben have')
  await turn('Ben', 'Reopen')
  await expectBlind('Amara has')
  await turn('Amara', 'Reopen')
  await pressEach(page, 'Control+Shift+E')
  await expect(others(page).getByRole('option')).not.toHaveCount(0)
})

test('what a blind round keeps from a coder goes from the screen when they take over', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await blindSecondTeam(page)
  await test.step('figures and segments a lead has open go from the screen when a coder takes over whom a blind round keeps from them', async () => {
    await tabTo(page, page.getByRole('tab', { selected: true }))
    await pressEach(page, 'Home')
    await tabTo(page, page.getByRole('button', { name: 'Compute agreement' }).first())
    await pressEach(page, 'Enter')
    const table = page.getByRole('table', { name: 'Agreement by code' })
    await table
      .getByRole('button', { name: /, Only Amara: [1-9]\d*\. Show the segments$/ })
      .first()
      .focus()
    await pressEach(page, 'Enter')
    const segments = page.getByRole('complementary', { name: 'Segments' })
    await expect(segments.getByRole('listitem')).not.toHaveCount(0)
    await expect(segments).not.toContainText('blind round')

    // Ben is in it, and Chidi has finished nothing.
    await codeWithPin(page, 'Ben')
    await expect(segments).toHaveCount(0)
    await expect(table).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Compute agreement' }).first()).toBeVisible()
    await codeWithPin(page, 'Amara')
  })

  await test.step('counts of the codebook and an open memo go from the screen with whoever was allowed to see them', async () => {
    await pressEach(page, 'Control+2')
    await text(page).focus()
    await pressEach(page, 'Control+Home', ']', 'm')
    await page.keyboard.type('A thought of mine')
    await pressEach(page, 'Escape')
    await saved(page)

    await pressEach(page, 'Control+3')
    const count = page
      .getByRole('tree', { name: 'Codebook' })
      .getByRole('treeitem')
      .filter({ has: page.locator('.codebook-name', { hasText: /^Neglect$/ }) })
      .locator('.code-count')
    await expect(count).toHaveText(/\d/)
    const ofAll = await count.textContent()
    await codeWithPin(page, 'Ben')
    await expect(count).not.toHaveText(ofAll ?? '')

    await codeWithPin(page, 'Amara')
    await expect(count).toHaveText(ofAll ?? '')
    await pressEach(page, 'Control+4')
    await page.getByRole('listbox', { name: 'Memos' }).getByRole('option').first().click()
    await expect(page.getByRole('textbox', { name: 'Memo', exact: true })).toHaveText('A thought of mine')
    await codeWithPin(page, 'Ben')
    await expect(page.getByText('A thought of mine')).toHaveCount(0)
    await expect(page.getByText('Neglect', { exact: true })).toHaveCount(0)
  })
})
