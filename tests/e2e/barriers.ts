/** What stands in the way of people who use other means than sight and mouse, by axe-core. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Axe = {
  run(options: object): Promise<{
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[]
  }>
}

/** What a theme can break: every other rule goes by structure, which is the same in all of them. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong at "serious" or "critical", in words; of all rules, or of those named. */
export async function barriers(page: Page, rules: readonly string[] | null = null): Promise<string[]> {
  // Half a megabyte of script, which a page keeps until it is loaded anew.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  return page.evaluate(async (rules) => {
    // A row that has just grown is measured in the next frame, and those below it make room in the one after.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
    // What is still appearing has not its colours yet; an animation that is called off is over as well.
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
    const { violations } = await (window as unknown as { axe: Axe }).axe.run({
      resultTypes: ['violations'],
      ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(
          ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 240)}`,
        ),
      )
  }, rules)
}

export const setTheme = (page: Page, theme: 'light' | 'dark' | 'contrast'): Promise<void> =>
  page.evaluate((name) => {
    document.documentElement.dataset.theme = name
  }, theme)

/** Nothing stands in the way in any theme; the person's own theme stays chosen. `where` is said with what is found. */
export async function expectNoBarriers(page: Page, where = ''): Promise<void> {
  const found: string[] = []
  const chosen = await page.evaluate(() => document.documentElement.dataset.theme)
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    await setTheme(page, theme)
    const rules = theme === 'light' ? null : OF_COLOURS
    found.push(...(await barriers(page, rules)).map((barrier) => `${where}, ${theme}: ${barrier}`))
  }
  await page.evaluate((theme) => {
    if (theme === undefined) delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, chosen)
  expect(found).toEqual([])
}
