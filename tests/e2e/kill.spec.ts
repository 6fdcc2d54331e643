/**
 * What the screen has shown as saved is there after the whole program was killed. A coder works in a real window; at
 * a random moment every process of the program gets SIGKILL; the file is opened again and compared with what the
 * screen said last. Twenty kills (`npm run soak -- kills`: two hundred), in three programs side by side: most of a kill
 * is waiting for a start.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { listMemos } from '../../electron/store/memos/memos.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { Project } from '../../electron/store/project.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from '../store/project-content.ts'
import { commandLine, temporaryFolder, test } from './app.ts'

const { expect } = test
test.use({ inOwnProcess: true })

/** Each costs about 2.6 s of processor time, nearly all of it starting; UNDERSTORY_KILLS asks for more or fewer. */
const KILLS = Number(process.env.UNDERSTORY_KILLS ?? 20)
const LANES = 3
/** It is killed after this many acts at most, and then at a moment within so many milliseconds. */
const MOST_ACTS = 9
const LAST_MOMENTS = 120
/** A program that gets no further in this time is killed where it is. */
const LONGEST_WORK = 4_000
const PASSPHRASE = 'correct horse'

/** Every word stands once, so that a word and a code name one coding. */
const TEXT = Array.from({ length: 300 }, (_, index) => {
  const word = `w${String(index).padStart(3, '0')}`
  return index % 15 === 14 ? `${word}.\n` : `${word} `
}).join('')
const CODES = { Alpha: 'x', Beta: 'y', Gamma: 'z' } as const
type CodeName = keyof typeof CODES
const CODE_NAMES = Object.keys(CODES) as CodeName[]

const SECRETS = 80
const SECRET_TEXT = `${'Secret '.repeat(SECRETS)}kept.`
const IMPORTED_NOTES = 800

/** What goes on beside the coding when the program is killed. */
const ROUNDS = ['coding', 'memos', 'coding', 'import', 'coding', 'redaction'] as const
type Round = (typeof ROUNDS)[number]

/** What the screen and the store's answers have said so far; it outlives the program. */
type Shown = {
  /** "Alpha w012" of every coding on screen when it last said "Saved". */
  codings: readonly string[]
  memos: string[]
  redactions: number
  imported: number | null
}

type Driver = {
  page: Page
  shown: Shown
  /** A single act is waited for before the next; codes are applied without waiting. */
  mode: 'applying' | 'one act'
  applied: number
  /** Acts begun so far, by hand and beside. */
  acts: number
  isOver: boolean
  /** The keys of the single acts there are. */
  acting: readonly (readonly string[])[]
}

type Study = { folder: string; template: string; coderId: CoderId }

async function makeStudy(): Promise<Study> {
  const folder = await temporaryFolder('kill')
  const template = path.join(folder, 'template.understory')
  const project = Project.create(template, PASSPHRASE, { title: 'Study' })
  const coderId = project.addCoder('Amara').id
  project.activate(coderId)
  addNotes(project, coderId, { N1: TEXT, N2: SECRET_TEXT }, 'YP1', (id) => `Visit ${id}`)
  for (const name of CODE_NAMES) {
    const id = addCode(project, coderId, name)
    project.change(coderId, 'codes.update', { changes: [{ id, fields: { shortcut: CODES[name] } }] })
    if (name === 'Alpha')
      applyCode(project, coderId, 'N2', id, [SECRET_TEXT.length - 5, SECRET_TEXT.length - 1])
  }
  project.close()
  const rows = Array.from(
    { length: IMPORTED_NOTES },
    (_, index) => `I${index},YP${index % 50},"Note ${index}. ${'Settled week. '.repeat(40)}"`,
  )
  await writeFile(path.join(folder, 'notes.csv'), `note_id,brc_id,text\n${rows.join('\n')}`)
  return { folder, template, coderId }
}

/** Tells the test what is on screen at each moment when the screen says "Saved". */
async function watchScreen(page: Page, shown: Shown): Promise<void> {
  await page.exposeFunction('report', (codings: string[]) => {
    shown.codings = codings
  })
  await page.evaluate(() => {
    const { report } = globalThis as unknown as { report(codings: string[]): void }
    let last = ''
    const look = () => {
      if (document.querySelector('[data-testid=saved]')?.textContent !== 'Saved') return
      const rows = [...document.querySelectorAll('.inspector [role=option]')]
      const codings = rows.map((row) => /(Alpha|Beta|Gamma).*?(w\d{3})/s.exec(row.textContent ?? ''))
      const now = codings.flatMap((found) => (found ? [`${found[1]} ${found[2]}`] : [])).sort()
      if (JSON.stringify(now) === last) return
      last = JSON.stringify(now)
      report(now)
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    look()
  })
}

type Program = { process: ChildProcess; page: Page }

/** Started as a person's desktop would, in a process group of its own; only the page is held by the tool. */
async function start(file: string, userData: string): Promise<Program> {
  const [program, ...args] = commandLine(['--remote-debugging-port=0', '--disable-gpu', file])
  const child = spawn(program, args, {
    detached: true,
    env: { ...process.env, UNDERSTORY_USER_DATA: userData },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (part) => {
      said += part
      const found = /DevTools listening on (ws:\S+)/.exec(said)
      if (found) resolve(found[1] as string)
    })
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${said}`)))
  })
  await untilThereIsAPage(new URL(address).host)
  const [context] = (await attach(address)).contexts()
  if (!context) throw new Error('The program shows nothing.')
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' })
  return { process: child, page }
}

/** Who attaches while the window is being made may wait for ever. */
async function untilThereIsAPage(host: string): Promise<void> {
  for (;;) {
    const pages = (await (await fetch(`http://${host}/json/list`)).json()) as Array<{
      url: string
      title: string
    }>
    if (pages.some(({ url, title }) => url.startsWith('app://bundle/') && title === 'Understory')) return
    await wait(50)
  }
}

/** The tool's handshake is lost now and then when processes come and go under it; the program answers the next. */
async function attach(address: string): Promise<Browser> {
  for (let tries = 4; ; tries--) {
    try {
      return await chromium.connectOverCDP(address, { timeout: 10_000 })
    } catch (error) {
      if (tries === 1) throw error
    }
  }
}

/** A ticket for a file that was "dropped": the page has no other way to name one. */
async function ticketFor(page: Page, file: string): Promise<string | undefined> {
  const session = await page.context().newCDPSession(page)
  const { result } = await session.send('Runtime.evaluate', {
    expression: `globalThis.dropped = Object.assign(document.createElement('input'), { type: 'file' })`,
  })
  await session.send('DOM.setFileInputFiles', { files: [file], objectId: result.objectId as string })
  return page.evaluate(async () => {
    const { dropped } = globalThis as unknown as { dropped: HTMLInputElement }
    return (await window.bridge.ticketForFiles([...(dropped.files ?? [])]))?.ticket
  })
}

const noteText = (page: Page) => page.getByRole('textbox', { name: /^Text of/ })

async function openInWindow({ page }: Program): Promise<void> {
  await page.getByLabel('Passphrase').fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await openNote(page)
}

/** A note comes on screen by itself; which one is not this test's business. */
async function openNote(page: Page): Promise<void> {
  await expect(noteText(page)).toBeVisible()
  const rows = page.getByRole('listbox', { name: 'Notes' }).getByRole('option')
  await rows.filter({ hasText: 'N1' }).first().click()
  await expect(noteText(page)).toContainText('w000')
  await noteText(page).press('Control+Home')
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T

/** The note has 300 words and the list of codings shows about twenty rows: what is not shown is not counted. */
const MOST_CODINGS = 12

async function work(driver: Driver): Promise<void> {
  const { page } = driver
  const keys = async (...pressed: string[]) => {
    for (const key of pressed) if (!driver.isOver) await page.keyboard.press(key)
  }
  while (!driver.isOver) {
    driver.mode = 'applying'
    driver.applied = 0
    for (let left = 1 + Math.floor(Math.random() * 4); left > 0; left--) {
      await keys('Control+ArrowRight', 'Control+ArrowRight', 'Control+Shift+ArrowLeft')
      driver.applied++
      driver.acts++
      await keys(CODES[pick(CODE_NAMES)])
    }
    await settled(driver)
    driver.mode = 'one act'
    do {
      const before = driver.shown.codings.length
      driver.acts++
      await keys(...pick(driver.acting))
      await wait(60)
      await settled(driver)
      if (before === driver.shown.codings.length && before === 0) break
    } while (driver.shown.codings.length > MOST_CODINGS)
  }
}

/** Nothing is under way any more, as far as the screen says. */
async function settled({ page, isOver }: Driver): Promise<void> {
  if (isOver) return
  await page.waitForFunction(
    () => document.querySelector('[data-testid=saved]')?.textContent === 'Saved',
    undefined,
    {
      polling: 15,
    },
  )
}

declare global {
  interface Window {
    killPort: MessagePort
  }
}

/** Loads the page again with an ear on its port, to ask the store beside what the hands do. */
async function takePort(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.addEventListener('message', ({ ports }) => {
      if (ports[0]) window.killPort = ports[0]
    })
  })
  await page.reload()
  await page.waitForFunction(() => window.killPort !== undefined)
  let id = 1_000_000
  await page.exposeFunction('nextId', () => id++)
}

/** Asks the store over the page's own port. */
const ask = (page: Page, verb: string, args: unknown) =>
  page.evaluate(
    async ({ verb, args }) => {
      const { nextId } = globalThis as unknown as { nextId(): Promise<number> }
      const id = await nextId()
      return new Promise<unknown>((resolve, reject) => {
        const onReply = ({ data }: MessageEvent) => {
          if (data.id !== id || 'progress' in data) return
          window.killPort.removeEventListener('message', onReply)
          if ('problem' in data) reject(new Error(`${data.problem.code}: ${data.problem.sentence}`))
          else resolve(data.value)
        }
        window.killPort.addEventListener('message', onReply)
        window.killPort.postMessage({ id, verb, args })
      })
    },
    { verb, args },
  )

/** Goes on beside the coding until the program is gone. */
async function sideWork(
  round: Round,
  { page }: Program,
  driver: Driver,
  { coderId, folder }: Study,
): Promise<void> {
  const { shown } = driver
  if (round === 'import') {
    const ticket = await ticketFor(page, path.join(folder, 'notes.csv'))
    const report = await ask(page, 'notes.import', {
      coderId,
      ticket,
      map: null,
      dryRun: false,
      identifiers: 'off',
    })
    shown.imported = (report as { notes: { added: number } }).notes.added
  }
  for (let count = 0; round === 'memos' && !driver.isOver; count++) {
    const id = `memo-${count}`
    const body = [{ kind: 'paragraph', runs: [{ text: id }] }]
    await ask(page, 'memos.add', {
      coderId,
      id,
      about: { kind: 'note', id: 'N1' },
      type: null,
      title: '',
      body,
    })
    shown.memos.push(id)
  }
  for (let done = 0; round === 'redaction' && !driver.isOver && done < SECRETS; done++) {
    // What was taken out before stands there as "# ".
    const ranges = [{ noteId: 'N2', start: 2 * done, end: 2 * done + 'Secret'.length }]
    await ask(page, 'identifiers.redact', { coderId, ranges, mask: '#' })
    shown.redactions = done + 1
  }
}

/** A random moment, counted in what was done rather than in time: a slow machine is killed in its work too. */
async function untilTheMoment(driver: Driver): Promise<void> {
  const target = Math.floor(Math.random() * (MOST_ACTS + 1))
  const end = performance.now() + LONGEST_WORK
  while (driver.acts < target && performance.now() < end) await wait(5)
  await wait(Math.random() * LAST_MOMENTS)
}

/** Every process that came from this one, itself included. */
function familyOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const parents = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number])
  const family = [pid]
  for (const member of family)
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  return family
}

/** All at once: main, store, page and the rest share a process group; who has left it is killed by name. */
async function killWhole({ process: main }: Program): Promise<void> {
  const { pid } = main
  if (pid === undefined) throw new Error('The program has no process.')
  const family = familyOf(pid)
  const isGone = once(main, 'exit')
  for (const target of [-pid, ...family]) {
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // Gone with its group.
    }
  }
  await isGone
}

const missingIn = (list: readonly string[], wanted: readonly string[]) =>
  wanted.filter((each) => !list.includes(each))

/** Opens the file as the next start would and compares it with what the screen said last. */
function check(
  file: string,
  coderId: CoderId,
  { shown, mode, applied }: Driver,
): { lost: string[]; codings: number } {
  const project = Project.open(file, PASSPHRASE)
  try {
    const { db } = project
    const text = (note: string) => getNote(db, note).text
    const names = new Map(db.prepare('SELECT id, name FROM code').raw().all() as Array<[string, string]>)
    const stored = codingsOfNote(db, 'N1', [coderId]).map(
      ({ codeId, span }) => `${names.get(codeId)} ${TEXT.slice(span?.start, span?.end)}`,
    )
    const gone = missingIn(stored, shown.codings)
    const unannounced = missingIn(shown.codings, stored)
    // One act was on its way at most: it may have come through without the screen having said so.
    const wasOnItsWay = mode === 'one act' && gone.length + unannounced.length <= 1
    if (mode === 'applying') expect(unannounced.length).toBeLessThanOrEqual(applied)
    const memos = listMemos(db, { offset: 0, limit: 10_000 }).rows.map(({ id }) => id)
    const lost = [...(wasOnItsWay ? [] : gone), ...missingIn(memos, shown.memos)]
    const redacted = /^(# )*/.exec(text('N2'))?.[0].length ?? 0
    expect(redacted / 2, 'redactions that are still there').toBeGreaterThanOrEqual(shown.redactions)
    const [kept] = codingsOfNote(db, 'N2', [coderId])
    expect(text('N2').slice(kept?.span?.start, kept?.span?.end)).toBe('kept')
    const count = (sql: string) => db.prepare(sql).pluck().get() as number
    const imported = count(`SELECT count(*) FROM note WHERE id LIKE 'I%'`)
    expect([0, IMPORTED_NOTES], 'an import is whole or not there').toContain(imported)
    expect(imported).toBeGreaterThanOrEqual(shown.imported ?? 0)
    expect(count('SELECT count(*) FROM staged_text'), 'texts of an import that ended early').toBe(0)
    expect(count('SELECT count(*) FROM note_text')).toBe(count('SELECT count(DISTINCT text_hash) FROM note'))
    expect(verify(db)).toMatchObject({ ok: true, problems: [] })
    return { lost, codings: stored.length }
  } finally {
    project.close()
  }
}

test(`nothing that was shown as saved is lost in ${KILLS} kills of the whole program`, async () => {
  test.skip(process.platform === 'win32', 'Process groups are not killed at once there.')
  test.setTimeout(120_000 + KILLS * 9_000)
  const study = await makeStudy()
  const tally = { kills: 0, codings: 0, memos: 0, redactions: 0, imports: 0, midAct: 0, lost: [] as string[] }

  const lane = async (name: string) => {
    const userData = await temporaryFolder('user')
    while (tally.kills < KILLS) {
      const number = tally.kills++
      const round = ROUNDS[number % ROUNDS.length] as Round
      const file = path.join(study.folder, `${name}-${number}.understory`)
      await copyFile(study.template, file)
      const running = await start(file, userData)
      const shown: Shown = { codings: [], memos: [], redactions: 0, imported: null }
      const driver: Driver = {
        page: running.page,
        shown,
        mode: 'applying',
        applied: 0,
        acts: 0,
        isOver: false,
        // Only what is done in the window itself may be undone: beside other work it would undo that.
        acting: round === 'coding' ? [['Delete'], ['Control+z'], ['Control+Shift+z']] : [['Delete']],
      }
      // Before anything is open: a page that shows a project is dearer to load anew.
      if (round !== 'coding') await takePort(running.page)
      await openInWindow(running)
      await watchScreen(running.page, shown)
      const side = sideWork(round, running, driver, study).catch((error) => error)
      const hands = work(driver).catch((error) => error)
      await untilTheMoment(driver)
      await killWhole(running)
      driver.isOver = true
      const ends = await Promise.all([hands, side])
      for (const end of ends)
        if (end instanceof Error && !/closed|crash|disconnected/i.test(end.message)) throw end
      const { lost, codings } = check(file, study.coderId, driver)
      tally.lost.push(...lost.map((coding) => `kill ${number} (${round}): ${coding}`))
      tally.codings += codings
      tally.memos += shown.memos.length
      tally.redactions += shown.redactions
      tally.imports += shown.imported === null ? 0 : 1
      tally.midAct += Number(driver.mode === 'one act')
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, index) => lane(`lane${index}`)))
  const { lost, ...counts } = tally
  console.log(
    `    ${Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}; ${lost.length} lost`,
  )
  expect(lost).toEqual([])
  // It would prove nothing to lose nothing of nothing.
  expect(tally.codings).toBeGreaterThan(KILLS)
})

test('a coding that cannot be written is taken back from the screen, which says so; the next one is kept', async () => {
  test.skip(process.platform === 'win32', 'It is ended by its process group.')
  const { folder, template, coderId } = await makeStudy()
  const file = path.join(folder, 'busy.understory')
  await copyFile(template, file)
  const program = await start(file, await temporaryFolder('user'))
  const { page } = program
  try {
    await openInWindow(program)
    const shown: Shown = { codings: [], memos: [], redactions: 0, imported: null }
    await watchScreen(page, shown)
    const other = Project.open(file, PASSPHRASE)
    // Another program that writes and does not end: what is tried meanwhile is given up after a while.
    other.db.exec('BEGIN IMMEDIATE')
    await page.keyboard.press('Control+Shift+ArrowRight')
    await page.keyboard.press(CODES.Alpha)
    const rows = page.getByRole('listbox', { name: 'Codings', exact: true }).getByRole('option')
    await expect(rows).toHaveCount(1)
    await expect(page.getByTestId('saved')).toHaveText('Saving…')
    await expect(page.getByTestId('saved')).toHaveText(/^Not saved: /)
    await expect(page.getByRole('alert')).toContainText('Another program is using this project file')
    await expect(rows).toHaveCount(0)
    other.db.exec('ROLLBACK')
    other.close()
    expect(shown.codings).toEqual([])

    await page.keyboard.press(CODES.Beta)
    await expect(rows).toHaveCount(1)
    await expect(page.getByTestId('saved')).toHaveText('Saved')
    await expect.poll(() => shown.codings).toEqual(['Beta w000'])
    await killWhole(program)
    const again = Project.open(file, PASSPHRASE)
    expect(codingsOfNote(again.db, 'N1', [coderId])).toHaveLength(1)
    again.close()
  } finally {
    if (program.process.exitCode === null && program.process.signalCode === null) await killWhole(program)
  }
})
