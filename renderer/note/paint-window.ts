/**
 * What of a note is in sight, in pixels and in offsets: there its codes are registered and its margin is measured.
 * Either has the browser paint the codes anew, which takes more than a frame's time in a densely coded note. So at
 * rest little more than the sight is made ready; while it scrolls, much is made ready at a time and then left alone.
 */
import { type RefObject, useEffect } from 'react'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import { boxAt, caretBox } from './hit.ts'
import type { OffsetMap } from './offset-map.ts'
import { useOthers } from './others.ts'
import type { Painter } from './paint.ts'
import { placeBars, type Stripe } from './stripes.tsx'

/** A stretch of the note in pixels from its top. */
export type Ready = { from: number; to: number }
export type Sight = Ready & { stripes: Stripe[] }
export type Going = 'up' | 'down' | 'nowhere'
type Columns = Map<string, number>
export type Measured = {
  map: OffsetMap
  painter: Painter
  /** The columns bars have, own and others'. */
  columns: Columns
  otherColumns: Columns
  ready: Ready
}
type Bar = Omit<Stripe, 'lane'>
type Coded = { id: string; codeId: CodeId; coderId?: CoderId; start: number; end: number }
type Live = RefObject<Measured | null>
type Element = RefObject<HTMLDivElement | null>
export type MeasureRef = RefObject<(going: Going) => void>

export const EMPTY_SIGHT: Sight = { stripes: [], from: 0, to: 0 }
export const NOTHING_READY: Ready = { from: 0, to: 0 }

/** How far beyond the sight codes are registered, in lengths of the sight. */
const BEYOND: Record<Going, { above: number; below: number }> = {
  nowhere: { above: 0.3, below: 0.3 },
  up: { above: 2, below: 0.1 },
  down: { above: 0.1, below: 2 },
}
/** In ms: after this long without scrolling the note is at rest. */
const REST = 120

/** Paragraphs between two heights of the note: the first, and the one after the last. */
function linesBetween(map: OffsetMap, from: number, to: number): { first: number; last: number } {
  const search = (height: number) => {
    let low = 0
    let high = map.madeLines - 1
    while (low < high) {
      const mid = (low + high + 1) >> 1
      if (map.paragraph(mid).offsetTop <= height) low = mid
      else high = mid - 1
    }
    return low
  }
  return { first: search(from), last: search(to) }
}

/** In pixels: a line this far out of the stretch is as good as its first or last, and found in fewer steps. */
const SLACK = 80

type Height = { offset: number; at: number }

/**
 * An offset of a paragraph whose line stands between two heights of the note; where there is no such line, the last
 * one above them or (`isBelow`) the first below. It is looked for as one looks up a word: by how far the heights are
 * between two known ones, and every other time in the middle, since lines are not filled evenly.
 */
function offsetBetween(
  map: OffsetMap,
  line: number,
  top: number,
  [from, to]: readonly [number, number],
  isBelow: boolean,
): number {
  const paragraph = map.paragraph(line)
  let above: Height = { offset: map.starts[line] as number, at: paragraph.offsetTop }
  let below: Height = { offset: map.lineEnd(line), at: paragraph.offsetTop + paragraph.offsetHeight }
  for (let step = 0; below.offset - above.offset > 1; step++) {
    const share = step % 2 === 0 ? ((from + to) / 2 - above.at) / (below.at - above.at) : 0.5
    const guess = Math.round(above.offset + share * (below.offset - above.offset))
    const offset = Math.max(above.offset + 1, Math.min(guess, below.offset - 1))
    const at = caretBox(map, offset).top - top
    if (at < from) above = { offset, at }
    else if (at > to) below = { offset, at }
    else return offset
  }
  return isBelow ? below.offset : above.offset
}

/**
 * The text between two heights of the note. A paragraph may be as long as a book: only so much of it as stands there
 * is meant, and some lines around that.
 */
function textBetween(map: OffsetMap, top: number, { from, to }: Ready): { start: number; end: number } {
  const { first, last } = linesBetween(map, from, to)
  const foot = map.paragraph(last).offsetTop + map.paragraph(last).offsetHeight
  return {
    start:
      map.paragraph(first).offsetTop < from - SLACK
        ? offsetBetween(map, first, top, [from - SLACK, from - SLACK / 2], false)
        : (map.starts[first] as number),
    end: foot > to + SLACK ? offsetBetween(map, last, top, [to, to + SLACK / 2], true) : map.lineEnd(last),
  }
}

/** `top` is where the note begins in the window. */
function inSight(body: HTMLElement, scroller: HTMLElement): Ready & { top: number } {
  const top = body.getBoundingClientRect().top
  const view = scroller.getBoundingClientRect()
  return { top, from: Math.max(0, view.top - top), to: Math.min(body.offsetHeight, view.bottom - top) }
}

/** Makes ready what is in sight and around it, and answers with the bars of its margin. */
export function measureSight(live: Measured, body: HTMLElement, scroller: HTMLElement, going: Going): Sight {
  const { map, painter, columns, otherColumns } = live
  const { top, from, to } = inSight(body, scroller)
  const length = to - from
  const above = length * BEYOND[going].above
  const below = length * BEYOND[going].below
  live.ready = { from: Math.max(0, from - above), to: Math.min(body.offsetHeight, to + below) }
  const { start, end } = textBetween(map, top, live.ready)
  painter.setWindow(start, end)
  // Names stand where they are in sight; while the note scrolls, where they will come into sight.
  const margin = going === 'nowhere' ? { from, to } : live.ready
  const barsOf = (codings: readonly Coded[]): Bar[] =>
    codings.flatMap((coding) => {
      if (coding.end <= start || coding.start > end) return []
      const head = coding.start < start ? null : boxAt(map, coding.start, coding.start + 1)
      const foot = coding.end > end ? null : boxAt(map, coding.end - 1, coding.end)
      const { id, codeId, coderId } = coding
      const bar = {
        id,
        codeId,
        coderId,
        top: head ? head.top - top : live.ready.from - 40,
        bottom: foot ? foot.bottom - top : live.ready.to + 40,
      }
      return bar.bottom > margin.from && bar.top < margin.to ? bar : []
    })
  const own = placeBars(barsOf(painter.laned), columns)
  return {
    stripes: [...own, ...beside(own, placeBars(barsOf(othersIn(map.text.length)), otherColumns))],
    from: margin.from + 2,
    to: Math.max(margin.to - 2, margin.from + 40),
  }
}

/** What the other coders did, right of one's own. */
function beside(own: readonly Stripe[], others: readonly Stripe[]): Stripe[] {
  const lanes = own.reduce((most, { lane }) => Math.max(most, lane + 1), 0)
  return others.map((stripe) => ({ ...stripe, lane: stripe.lane + lanes }))
}

const othersIn = (length: number): Coded[] =>
  useOthers
    .getState()
    .codings.flatMap(({ span, ...coding }) => (span && span.end <= length ? { ...coding, ...span } : []))

/** Keeps what comes in sight ready while the note scrolls, changes its size or gets its fonts. */
export function useMeasuring(live: Live, body: Element, scroller: Element, measure: MeasureRef): void {
  useEffect(() => {
    const element = scroller.current
    let frame = 0
    let timer = 0
    let before = element?.scrollTop ?? 0
    const soon = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => measure.current('nowhere'))
    }
    const onFrame = () => {
      if (!live.current || !body.current || !element) return
      const going = element.scrollTop < before ? 'up' : 'down'
      before = element.scrollTop
      const { from, to } = inSight(body.current, element)
      const { ready } = live.current
      if (from < ready.from || to > ready.to) measure.current(going)
    }
    const onScroll = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(onFrame)
      window.clearTimeout(timer)
      timer = window.setTimeout(() => measure.current('nowhere'), REST)
    }
    const observer = new ResizeObserver(soon)
    if (body.current) observer.observe(body.current)
    if (element) observer.observe(element)
    element?.addEventListener('scroll', onScroll, { passive: true })
    void document.fonts.ready.then(soon)
    return () => {
      cancelAnimationFrame(frame)
      window.clearTimeout(timer)
      observer.disconnect()
      element?.removeEventListener('scroll', onScroll)
    }
  }, [live, body, scroller, measure])
}
