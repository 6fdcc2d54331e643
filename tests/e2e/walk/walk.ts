/** Chooses what to do next, does it as a hand would, tells the model, and compares. */
import type { Locator, Page } from '@playwright/test'
import type { ReadableDb } from '../../../electron/store/file/connection.ts'
import { atRest, boxesOf, Hand } from './hand.ts'
import { isSame, lineOf, Model, type ModelCoding, nameOf, type Span, wordsOf } from './model.ts'
import { countsElsewhere, type Screen, type Stored, screenOf, storeOf } from './screen.ts'
import { CODES, NOTES, type StudyCode, titleOf } from './study.ts'

type Unit = 'character' | 'word' | 'sentence'
const UNITS: readonly Unit[] = ['character', 'word', 'sentence']
/** In ms: how long the window may take to show what is stored. */
const SETTLED = 10_000

export class Walk {
  readonly #page: Page
  readonly #db: ReadableDb
  readonly #random: () => number
  readonly #hand: Hand
  readonly #model = new Model()
  readonly #told: string[] = []
  #screen: Screen | undefined
  #stored: Stored
  readonly #stepsAtFirst: number
  #stepsBefore = 0
  #unit: Unit = 'word'
  /** The memo that has been typed but may not be stored yet. */
  #memo: { coding: string; words: string } | null = null
  acts = 0

  constructor(page: Page, db: ReadableDb, random: () => number) {
    this.#page = page
    this.#db = db
    this.#random = random
    this.#hand = new Hand(page, random)
    this.#stored = storeOf(db)
    this.#stepsAtFirst = this.#stored.steps
  }

  async begin(): Promise<void> {
    await this.#page.locator('.note-row').first().click()
    await this.#settle('the beginning')
  }

  async step(): Promise<void> {
    this.acts++
    const told = await this.#choose().catch((error: Error) => {
      throw new Error(`Act ${this.acts} could not be done: ${error.message}\n${this.#before()}`)
    })
    await this.#settle(told)
    this.#told.push(told)
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.#random() * items.length)]
    if (item === undefined) throw new Error('There is nothing to choose from.')
    return item
  }

  get #isInText(): boolean {
    return this.#screen?.focus.includes('note-text') ?? false
  }

  async #choose(): Promise<string> {
    const die = this.#random()
    if (die < 0.3) return this.#dragWords()
    if (die < 0.36) return this.#pressOnWord()
    if (die < 0.39) return this.#wheelWhilePressed()
    if (die < 0.62) return this.#applySome()
    if (die < 0.69) return this.#writeMemo()
    if (die < 0.77) return this.#wander()
    if (die < 0.84) return this.#undoOrRedo()
    if (die < 0.89) return this.#changeCoding()
    if (die < 0.92) return this.#finish()
    if (die < 0.97) return this.#openOther()
    return this.#nextUnit()
  }

  // What is selected

  /** Words of the note in sight, in turn. */
  async #inSight(): Promise<{ span: Span; first: Box; last: Box }[]> {
    const words = wordsOf(this.#model.text)
    await atRest(this.#page)
    const boxes = await boxesOf(this.#page, words)
    return words.flatMap((span, at) => {
      const box = boxes[at]
      return box ? [{ span, ...box }] : []
    })
  }

  #expected(from: Span, to: Span): Span {
    const span = { start: Math.min(from.start, to.start), end: Math.max(from.end, to.end) }
    if (this.#unit !== 'sentence') return span
    return {
      start: lineOf(this.#model.text, span.start).start,
      end: lineOf(this.#model.text, span.end - 1).end,
    }
  }

  async #dragWords(): Promise<string> {
    const words = await this.#inSight()
    const at = Math.floor(this.#random() * words.length)
    const to = Math.max(0, Math.min(words.length - 1, at + Math.floor(this.#random() * 14) - 5))
    const [one, other] = [words[at], words[to]]
    if (!one || !other) return 'nothing to drag over'
    // At the outer edges where characters are selected or it is one word; anywhere inside the words else.
    const share = 0.6 * this.#random()
    // Of a single letter one half belongs to what is beside it.
    const isLetter = [one, other].some(({ span }) => span.end - span.start === 1)
    const inside = this.#unit === 'character' || one === other || isLetter ? 0 : share
    const isForward = to >= at
    const from = isForward
      ? { x: one.first.left + 1 + inside * (one.first.right - one.first.left), y: one.first.y }
      : { x: one.last.right - 1 - inside * (one.last.right - one.last.left), y: one.last.y }
    const end = isForward
      ? { x: other.last.right - 1 - inside * (other.last.right - other.last.left), y: other.last.y }
      : { x: other.first.left + 1 + inside * (other.first.right - other.first.left), y: other.first.y }
    await this.#hand.drag(from, end)
    const span = this.#expected(one.span, other.span)
    this.#model.select(span)
    return `drag over “${this.#model.text.slice(span.start, span.end)}”`
  }

  async #pressOnWord(): Promise<string> {
    const word = this.#pick(await this.#inSight())
    const times = this.#pick([1, 1, 2, 2, 3, 4])
    const at = { x: word.first.left + 0.7 * (word.first.right - word.first.left), y: word.first.y }
    await this.#hand.press(at, times)
    const { text } = this.#model
    if (times === 1) this.#model.select(null)
    else this.#model.select(times === 2 ? word.span : lineOf(text, word.span.start))
    return `press ${times} times on “${text.slice(word.span.start, word.span.end)}”`
  }

  async #wheelWhilePressed(): Promise<string> {
    const one = this.#pick(await this.#inSight())
    let reached: Span = one.span
    const from = { x: one.first.left + 1, y: one.first.y }
    await this.#hand.drag(from, { x: from.x + 30, y: from.y }, async () => {
      await this.#page.mouse.wheel(0, 120)
      await this.#page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
      const below = (await this.#inSight()).filter(({ span }) => span.start >= one.span.start)
      const other = below.length > 0 ? this.#pick(below) : undefined
      if (!other) return { x: from.x + 30, y: from.y }
      reached = other.span
      return { x: other.last.right - 1, y: other.last.y }
    })
    const span = this.#expected(one.span, reached)
    // Where nothing below is in sight any more the hand ends where it happens to be.
    if (reached === one.span) return this.#takeOver('wheel while pressed')
    this.#model.select(span)
    return `wheel while pressed, over “${this.#model.text.slice(span.start, span.end)}”`
  }

  /** The hand ended where no word is: whatever is painted as selected is taken as what was meant. */
  async #takeOver(told: string): Promise<string> {
    const { selected } = await screenOf(this.#page)
    const [start, end] = selected?.split('-').map(Number) ?? []
    this.#model.select(start === undefined || end === undefined ? null : { start, end })
    return told
  }

  async #nextUnit(): Promise<string> {
    if (!this.#isInText) return this.#wander()
    await this.#page.keyboard.press('n')
    this.#unit = UNITS[(UNITS.indexOf(this.#unit) + 1) % UNITS.length] ?? 'word'
    const { selected } = this.#model
    if (selected) {
      // Another choice begins from what was selected before the last one widened it.
      const exact = this.#model.exact ?? selected
      const shown = this.#unit === 'character' ? exact : this.#expected(exact, exact)
      this.#model.select(shown)
      this.#model.exact = exact
    }
    return `select by ${this.#unit}`
  }

  // Codes

  async #applySome(): Promise<string> {
    const code = this.#pick(CODES)
    if (this.#model.here().length > 30) return this.#changeCoding()
    const words = this.#model.inHand()
    const isByKey = this.#isInText
    const ways = isByKey ? ['own key', 'own key', 'number', 'name', 'tree', 'whole note'] : ['tree', 'recent']
    const way = this.#pick(ways)
    if (!words && (way === 'name' || this.#random() < 0.8)) return this.#dragWords()
    return this.#applyBy(way, code, words)
  }

  async #applyBy(way: string, code: StudyCode, words: Span | null): Promise<string> {
    const { keyboard } = this.#page
    const recent = this.#screen?.recent ?? []
    let applied = code
    let span = words
    if (way === 'own key') await keyboard.press(code.key)
    else if (way === 'name') {
      await keyboard.press('/')
      await keyboard.type(code.name)
      await keyboard.press('Enter')
    } else if (way === 'whole note') {
      await keyboard.press('w')
      await keyboard.press(code.key)
      span = null
    } else if (way === 'tree' || recent.length === 0) {
      await this.#hand.press(await middleOf(this.#inTree(code)))
    } else {
      const number = Math.floor(this.#random() * recent.length)
      applied = CODES.find(({ name }) => name === recent[number]) ?? code
      if (way === 'number') await keyboard.press(String(number + 1))
      else await this.#hand.press(await middleOf(this.#page.locator('.recent-code').nth(number)))
    }
    const told = `apply ${applied.name} by ${way}`
    if (span === null && way !== 'whole note') return `${told} to nothing`
    const isReopening = await this.#answerIfFinished(applied.id, span)
    this.#model.apply(applied.id, span, isReopening)
    return `${told} to ${span ? `“${this.#model.text.slice(span.start, span.end)}”` : 'the whole note'}`
  }

  #inTree(code: StudyCode): Locator {
    return this.#page.locator('.code-panel [role=treeitem]').filter({ hasText: code.name })
  }

  /** A finished note asks before it takes a code. Answers whether it was reopened. */
  async #answerIfFinished(code: string, span: Span | null): Promise<boolean> {
    const coding = { note: this.#model.note, code, span }
    if (this.#model.statusOf(this.#model.note) !== 'finished') return false
    if (this.#model.work.codings.some((other) => isSame(other, coding))) return false
    await this.#page.getByRole('button', { name: 'Reopen and apply' }).click()
    return true
  }

  /** The coding that is painted as the active one. */
  #activeCoding(): ModelCoding | null {
    const found = this.#stored.codings.find(({ id }) => id === this.#screen?.activeId)
    return found ? asModel(found) : null
  }

  async #changeCoding(): Promise<string> {
    const coding = this.#activeCoding()
    if (!coding || !this.#isInText) return this.#pressOnCoding()
    if (this.#random() < 0.6) {
      await this.#page.keyboard.press('Delete')
      this.#model.remove(coding)
      return `remove ${nameOf(coding.code)}`
    }
    const code = this.#pick(CODES)
    await this.#page.keyboard.press('r')
    await this.#page.keyboard.type(code.name)
    await this.#page.keyboard.press('Enter')
    this.#model.recode(coding, code.id)
    return `recode ${nameOf(coding.code)} to ${code.name}`
  }

  async #pressOnCoding(): Promise<string> {
    const spans = this.#model.here().flatMap(({ span }) => span ?? [])
    if (spans.length === 0) return this.#dragWords()
    const span = this.#pick(spans)
    await atRest(this.#page)
    const [box] = await boxesOf(this.#page, [span])
    if (!box) return this.#pressOnWord()
    await this.#hand.press({ x: box.first.left + 0.6 * (box.first.right - box.first.left), y: box.first.y })
    this.#model.select(null)
    return `press on a coding at ${span.start}`
  }

  // Elsewhere

  async #writeMemo(): Promise<string> {
    const coding = this.#stored.codings.find(({ id }) => id === this.#screen?.activeId)
    if (!coding || !this.#isInText) return this.#wander()
    const words = `memo ${this.acts}. `
    await this.#page.keyboard.press('m')
    await this.#page.waitForFunction(() => document.activeElement?.classList.contains('memo-text'))
    await this.#page.keyboard.type(words)
    this.#memo = { coding: coding.id, words }
    return `write “${words}”`
  }

  async #wander(): Promise<string> {
    if (this.#random() < 0.1) return this.#lookAtCounts()
    const { keyboard } = this.#page
    const where = this.#pick([
      'Filter codes',
      'Filter codings',
      'Filter notes',
      'palette',
      'tree',
      'codebook',
      'history',
    ])
    if (where.startsWith('Filter')) {
      const asked = this.#page.getByRole('textbox', { name: where, exact: true })
      // Codings can be filtered only where there are some.
      const field = (await asked.isVisible())
        ? asked
        : this.#page.getByRole('textbox', { name: 'Filter codes' })
      await this.#hand.press(await middleOf(field))
      await keyboard.type('ho')
      await field.fill('')
    } else if (where === 'palette') {
      await keyboard.press('Control+k')
      await keyboard.type('go')
      await keyboard.press('Escape')
    } else if (where === 'codebook') {
      await keyboard.press('Control+3')
      await keyboard.press('Control+2')
    } else if (where === 'history') {
      await keyboard.press('Control+Alt+z')
      await keyboard.press('Control+Alt+z')
    } else {
      await keyboard.press('F6')
    }
    return `go to ${where}`
  }

  /** The Notes table counts her codings, the codebook everybody's: Ben has one in each note. */
  async #lookAtCounts(): Promise<string> {
    const { codings } = this.#model.work
    const notes = NOTES.map(({ id }) => `${titleOf(id)} ${codings.filter(({ note }) => note === id).length}`)
    const codes = CODES.map(({ id, name }, at) => {
      const own = codings.filter(({ code }) => code === id).length
      return `${name} ${own + (at < NOTES.length ? 1 : 0)}`
    })
    await this.#page.keyboard.press('Control+1')
    await this.#until('The Notes table', async () => (await countsElsewhere(this.#page)).notes, notes.sort())
    await this.#page.keyboard.press('Control+3')
    await this.#until('The codebook', async () => (await countsElsewhere(this.#page)).codes, codes.sort())
    await this.#page.keyboard.press('Control+2')
    return 'look at the counts in Notes and Codebook'
  }

  async #until(what: string, read: () => Promise<string[]>, expected: readonly string[]): Promise<void> {
    const end = Date.now() + SETTLED
    let shown: string[] = []
    do shown = await read()
    while (shown.join() !== expected.join() && Date.now() < end)
    if (shown.join() !== expected.join())
      throw new Error(`${what} shows ${JSON.stringify(shown)}, expected ${JSON.stringify(expected)}`)
  }

  async #undoOrRedo(): Promise<string> {
    // In a memo or a filter these keys undo typing.
    if (!this.#isInText) return this.#wander()
    if (this.#random() < 0.65) {
      await this.#page.keyboard.press('Control+z')
      this.#model.undo()
      return 'undo'
    }
    await this.#page.keyboard.press('Control+Shift+z')
    this.#model.redo()
    return 'redo'
  }

  async #finish(): Promise<string> {
    if (this.#model.statusOf(this.#model.note) === 'finished') {
      await this.#page.getByRole('button', { name: 'Reopen', exact: true }).click()
      this.#model.mark('in progress')
      return 'reopen'
    }
    await this.#hand.press(
      await middleOf(this.#page.getByRole('button', { name: 'Mark finished' })),
      this.#pick([1, 2]),
    )
    this.#model.mark('finished')
    return 'mark finished'
  }

  async #openOther(): Promise<string> {
    const to = this.#pick(NOTES)
    await this.#hand.press(
      await middleOf(this.#page.locator('.note-row').filter({ hasText: titleOf(to.id) })),
    )
    this.#model.open(to.id)
    return `open ${to.id}`
  }

  // What must be equal

  async #settle(told: string): Promise<void> {
    const end = Date.now() + SETTLED
    let differences = ['not looked at']
    for (;;) {
      this.#screen = await screenOf(this.#page)
      const stored = storeOf(this.#db)
      differences = this.#differences(this.#screen, stored)
      if (differences.length === 0) {
        this.#count(stored)
        return
      }
      if (Date.now() > end) break
    }
    throw new Error(`After act ${this.acts} (${told}):\n${differences.join('\n')}\n${this.#before()}`)
  }

  #before(): string {
    return `The acts before, the last at the end:\n  ${this.#told.slice(-12).join('\n  ')}`
  }

  /** Steps that the journal has beyond those the model made are memos, which are kept before the act that left them. */
  #count(stored: Stored): void {
    const more = stored.steps - this.#stepsAtFirst - this.#model.steps
    if (more < 0) throw new Error(`The journal has ${-more} steps too few.`)
    this.#model.insertSteps(more, this.#model.steps > this.#stepsBefore)
    this.#stepsBefore = this.#model.steps
    this.#stored = stored
    this.#memo = null
  }

  #differences(screen: Screen, stored: Stored): string[] {
    const found: string[] = []
    const differ = (what: string, is: unknown, expected: unknown) => {
      const [shown, wanted] = [JSON.stringify(is), JSON.stringify(expected)]
      if (shown !== wanted) found.push(`${what}: ${shown}, expected ${wanted}`)
    }
    const model = this.#model
    const all = model.work.codings.map(keyOf).sort()
    differ('stored', stored.codings.map((coding) => keyOf(asModel(coding))).sort(), all)
    differ('painted', screen.painted.map(paintedKey).sort(), model.here().flatMap(paintedKeyOf).sort())
    differ('selected', screen.selected, model.selected && `${model.selected.start}-${model.selected.end}`)
    differ('saved', screen.saved, 'Saved')
    differ('listed', screen.listedCount, model.here().length)
    if (screen.listed.length === model.here().length)
      differ(
        'listed words',
        [...screen.listed].sort(),
        model
          .here()
          .map((coding) => this.#listedAs(coding))
          .sort(),
      )
    differ(
      'note list',
      screen.rows.map(({ title, count, status }) => `${title} ${count} ${status}`),
      NOTES.map(
        ({ id }) =>
          `${titleOf(id)} ${model.work.codings.filter(({ note }) => note === id).length} ${model.statusOf(id)}`,
      ),
    )
    const here = new Map<string, number>()
    for (const { code } of model.here()) here.set(nameOf(code), (here.get(nameOf(code)) ?? 0) + 1)
    differ('counts of codes here', sorted(screen.here), sorted(Object.fromEntries(here)))
    const finished = NOTES.filter(({ id }) => model.statusOf(id) === 'finished').length
    differ('finished', screen.finished, `${finished} of ${NOTES.length} notes finished`)
    if (this.#memo) {
      const { coding, words } = this.#memo
      const memo = stored.codings.find(({ id }) => id === coding)?.memo ?? ''
      if (!memo.includes(words.trim())) found.push(`memo: “${memo}” without “${words}”`)
    }
    return found
  }

  #listedAs({ code, span }: ModelCoding): string {
    const quote = span ? this.#model.text.slice(span.start, span.end) : 'Whole note'
    return `${nameOf(code)}: ${quote.length > 80 ? `${quote.slice(0, 80).trimEnd()}…` : quote}`
  }
}

type Box = NonNullable<Awaited<ReturnType<typeof boxesOf>>[number]>['first']

const asModel = ({ note, code, start, end }: Stored['codings'][number]): ModelCoding => ({
  note,
  code,
  span: start === null || end === null ? null : { start, end },
})

const keyOf = ({ note, code, span }: ModelCoding) =>
  `${note} ${code} ${span ? `${span.start}-${span.end}` : 'whole'}`
const colourOf = (code: string) => CODES.find(({ id }) => id === code)?.colour ?? ''
const paintedKey = ({ colour, start, end }: Screen['painted'][number]) => `${colour} ${start}-${end}`
const paintedKeyOf = ({ code, span }: ModelCoding) =>
  span ? [paintedKey({ colour: colourOf(code), ...span })] : []
const sorted = (counts: Record<string, number>) =>
  Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1))

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  if (!box) throw new Error(`${locator} is not in sight.`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
