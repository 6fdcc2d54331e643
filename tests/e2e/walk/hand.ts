/** A hand on a mouse: it arrives, presses, moves with a drift, and lets go; it does not set selections. */
import type { Page } from '@playwright/test'

export type Point = { x: number; y: number }

/** Where a character of the note stands: its left and right edge, and the middle of its line. */
export type Box = { left: number; right: number; y: number }

/** Boxes of the first and last character of each stretch; null for one that is not in sight. */
export const boxesOf = (
  page: Page,
  spans: readonly { start: number; end: number }[],
): Promise<({ first: Box; last: Box } | null)[]> =>
  page.evaluate((spans) => {
    const lines = [...document.querySelectorAll('.note-text > p')]
    const view = document.querySelector('.note-scroll')?.getBoundingClientRect()
    const starts: number[] = []
    let at = 0
    for (const line of lines) {
      starts.push(at)
      at += (line.textContent ?? '').length + 1
    }
    const boxOf = (offset: number) => {
      const index = starts.findLastIndex((start) => start <= offset)
      const node = lines[index]?.firstElementChild?.firstChild ?? lines[index]?.firstChild
      const text = document.createTreeWalker(lines[index] as Node, NodeFilter.SHOW_TEXT).nextNode() ?? node
      const range = document.createRange()
      range.setStart(text as Node, offset - (starts[index] as number))
      range.setEnd(text as Node, offset - (starts[index] as number) + 1)
      const box = range.getBoundingClientRect()
      if (!view || box.top < view.top + 34 || box.bottom > view.bottom - 34) return null
      return { left: box.left, right: box.right, y: (box.top + box.bottom) / 2 }
    }
    return spans.map(({ start, end }) => {
      const first = boxOf(start)
      const last = boxOf(end - 1)
      return first && last ? { first, last } : null
    })
  }, spans)

/** Until the text rests: what is pressed is what is seen, not what slides by. */
export const atRest = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const topOf = () => document.querySelector('.note-scroll')?.scrollTop
    for (let still = 0, before = topOf(); still < 4; ) {
      await frame()
      const now = topOf()
      still = now === before ? still + 1 : 0
      before = now
    }
  })

export class Hand {
  readonly #page: Page
  readonly #random: () => number

  constructor(page: Page, random: () => number) {
    this.#page = page
    this.#random = random
  }

  /** Arrives not quite straight. */
  async #arrive({ x, y }: Point): Promise<void> {
    await this.#page.mouse.move(x - 3 + 6 * this.#random(), y + 2)
    await this.#page.mouse.move(x, y)
  }

  async drag(from: Point, to: Point, onWay?: () => Promise<Point>): Promise<void> {
    const { mouse } = this.#page
    await this.#arrive(from)
    await mouse.down()
    const steps = 2 + Math.floor(this.#random() * 4)
    await this.#go(from, to, steps)
    if (onWay) await mouse.move(...pair(await onWay()))
    await mouse.up()
  }

  async #go(from: Point, to: Point, steps: number): Promise<void> {
    for (let at = 1; at <= steps; at++) {
      const drift = at < steps ? Math.sin(at) * 1.5 : 0
      const x = from.x + ((to.x - from.x) * at) / steps
      await this.#page.mouse.move(x, from.y + ((to.y - from.y) * at) / steps + drift)
    }
  }

  /** Presses as often as said on one spot, with the little movement a hand makes. */
  async press(at: Point, times = 1): Promise<void> {
    await this.#arrive(at)
    for (let clickCount = 1; clickCount <= times; clickCount++) {
      await this.#page.mouse.down({ clickCount })
      if (this.#random() < 0.5) await this.#page.mouse.move(at.x + 1, at.y)
      await this.#page.mouse.up({ clickCount })
    }
  }
}

const pair = ({ x, y }: Point): [number, number] => [x, y]
