/**
 * The built page in a current Chromium, newer than the one in Electron, with a real store beside it: what the page is
 * written in holds there too. Skipped where there is no Chromium (scripts/e2e.mjs looks for one).
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium, expect, type Page, test } from '@playwright/test'
import { bundleFileFor, headersFor } from '../../electron/main/bundle-file.ts'
import { PAGE_URL } from '../../electron/main/page-address.ts'
import { type Bridge, PORT_MESSAGE } from '../../shared/bridge.ts'
import { StoreBeside } from '../store-beside.ts'
import { temporaryFolder } from './app.ts'
import {
  announcer,
  applyByName,
  codings,
  openUncoded,
  SIZE,
  saved,
  selectWords,
  text,
} from './coding-steps.ts'

const CHROMIUM = process.env.UNDERSTORY_CHROMIUM ?? ''
const PAGE = fileURLToPath(new URL('../../out/renderer', import.meta.url))
/** A page from here has all that one of the program's own scheme has, and nothing listens there. */
const ORIGIN = 'http://localhost'

test.skip(!existsSync(CHROMIUM), 'there is no Chromium at hand')

test('a note is coded, the coding undone and done again, and agreement shown in a current Chromium', async () => {
  const store = new StoreBeside(await temporaryFolder('beside'))
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    chromiumSandbox: !(process.env.UNDERSTORY_ELECTRON_ARGS ?? '').includes('--no-sandbox'),
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  try {
    const page = await browser.newPage({ viewport: SIZE })
    await openBeside(page, store)
    await walk(page)
  } finally {
    await browser.close()
    store.close()
  }
})

async function walk(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
  await openUncoded(page)
  await selectWords(page, 3)
  await applyByName(page, 'emotional ab')
  await expect(text(page)).toBeFocused()
  await expect(codings(page)).toHaveCount(1)
  await expect(announcer(page)).toContainText('Applied Emotional abuse')
  expect(
    await page.evaluate(() => [...CSS.highlights.keys()].filter((name) => name.startsWith('code-'))),
  ).toHaveLength(1)
  await saved(page)
  await page.keyboard.press('Control+z')
  await expect(codings(page)).toHaveCount(0)
  await page.keyboard.press('Control+y')
  await expect(codings(page)).toHaveCount(1)
  await saved(page)

  await page.keyboard.press('Control+6')
  await page.getByRole('button', { name: 'Compute agreement' }).first().click()
  await expect(page.getByRole('table', { name: 'Agreement by code' }).getByRole('row')).not.toHaveCount(0)
}

/** Serves the built page without a server, gives it the bridge and a port, and waits until it shows something. */
async function openBeside(page: Page, store: StoreBeside): Promise<void> {
  await page.route('**/*', async (route) => {
    const { pathname, origin } = new URL(route.request().url())
    const found = origin === ORIGIN && bundleFileFor(PAGE, 'GET', new URL(pathname, PAGE_URL).href)
    if (!found || 'refusal' in found) return route.abort()
    await route.fulfill({ body: await readFile(found.file), headers: headersFor(found.contentType) })
  })
  const receive = store.serve((message) => {
    void page.evaluate((sent) => (globalThis as unknown as Beside).fromStore(sent), message).catch(() => {})
  })
  await page.exposeFunction('toStore', receive)
  await page.exposeFunction('toBridge', (name: keyof Bridge, args: never[]) =>
    (store.bridge[name] as (...given: never[]) => unknown)(...args),
  )
  await page.addInitScript(besideStore, { names: Object.keys(store.bridge), portMessage: PORT_MESSAGE })
  await page.goto(`${ORIGIN}/index.html`)
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' })
}

type Beside = {
  toStore(message: unknown): void
  toBridge(name: string, args: unknown[]): Promise<unknown>
  fromStore(message: unknown): void
}

/** In the page, in the place of the preload script. */
function besideStore({ names, portMessage }: { names: string[]; portMessage: string }): void {
  const window = globalThis as unknown as Beside & Omit<Window, 'bridge'> & { bridge: object }
  const { port1, port2 } = new MessageChannel()
  window.bridge = Object.fromEntries(
    names.map((name) => [name, (...args: unknown[]) => window.toBridge(name, args)]),
  )
  window.fromStore = (message) => port1.postMessage(message)
  port1.onmessage = ({ data }) => window.toStore(data)
  window.addEventListener('DOMContentLoaded', () =>
    window.postMessage(portMessage, window.location.origin, [port2]),
  )
}
