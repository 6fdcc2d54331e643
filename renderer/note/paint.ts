/**
 * Paints codes over the note with the CSS Custom Highlight API; the only file that touches `CSS.highlights`.
 *
 * One Highlight per code and lane, never one per span (ten times slower), and StaticRanges, never live ones (each
 * live Range makes every change of the page slower). Overlapping codings get lanes: underlines at different depths.
 */
import { assignLanes } from '../../shared/intervals.ts'
import { codeColour } from '../ui/palette.ts'
import type { OffsetMap } from './offset-map.ts'

export type PaintSpan = { id: string; codeId: string; start: number; end: number }
export type Lane = 0 | 1 | 2 | 3

/** Deeper overlaps share the last lane: a fifth line under a word could not be told apart anyway. */
const LAST_LANE = 3
/** Up to this many ranges all are registered; above, only those near what is in sight. */
const ALL_AT_ONCE = 3_000

export type Laned = PaintSpan & { lane: number }

/** The lane of each span, in the order of the text. */
export function intoLanes(spans: readonly PaintSpan[]): Laned[] {
  const { lanes } = assignLanes(spans)
  return spans.map((span, index) => ({ ...span, lane: Math.min(lanes[index] as number, LAST_LANE) }))
}

export const highlightName = (codeId: string, lane: number): string =>
  `code-${codeId.replace(/[^A-Za-z0-9-]/g, '_')}-${lane}`

/** Spans by what they look like; the unit that is registered. */
export function groupByStyle(spans: readonly Laned[]): Map<string, Laned[]> {
  const groups = new Map<string, Laned[]>()
  for (const span of spans) {
    const name = highlightName(span.codeId, span.lane)
    const group = groups.get(name)
    if (group) group.push(span)
    else groups.set(name, [span])
  }
  return groups
}

const signature = (group: readonly Laned[]) =>
  group.map((span) => `${span.id}:${span.start}:${span.end}`).join(' ')

/** Rules of ours for `::highlight()`; an adopted sheet needs no permission of the content policy. */
const sheet = new CSSStyleSheet()

const laneRule = (name: string, lane: number, colour: string) =>
  `.note-text::highlight(${name}) { text-decoration: underline solid ${colour} var(--underline); text-underline-offset: ${(0.2 + lane * 0.2).toFixed(2)}em; }`

const FIXED_RULES = [
  '.note-text::highlight(note-selection) { background-color: var(--text-selection); }',
  '.note-text::highlight(note-hit) { background-color: var(--hit); }',
  '.note-text::highlight(note-drop) { background-color: var(--text-selection); text-decoration: underline solid var(--accent) 0.13em; }',
  '.note-text::highlight(note-mask) { background-color: var(--mask); color: var(--ink-3); }',
]

export class Painter {
  readonly #map: OffsetMap
  readonly #drawn = new Map<string, string>()
  #spans: Laned[] = []
  #colours = new Map<string, string | null>()
  #activeId: string | null = null
  #window = { start: 0, end: Number.POSITIVE_INFINITY }

  constructor(map: OffsetMap) {
    this.#map = map
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet)
  }

  setCodes(colours: Map<string, string | null>): void {
    this.#colours = colours
    this.#drawn.clear()
    this.#writeRules()
    this.#register()
  }

  setSpans(spans: readonly PaintSpan[]): void {
    this.#spans = intoLanes(spans)
    this.#writeRules()
    this.#register()
    this.setActive(this.#activeId)
  }

  get laned(): readonly Laned[] {
    return this.#spans
  }

  /** What is in sight, in offsets; matters only for notes with very many codings. */
  setWindow(start: number, end: number): void {
    const margin = end - start
    this.#window = { start: start - margin, end: end + margin }
    if (this.#spans.length > ALL_AT_ONCE) this.#register()
  }

  setActive(id: string | null): void {
    this.#activeId = id
    const span = this.#spans.find((other) => other.id === id)
    if (!span) {
      CSS.highlights.delete('note-active')
      return
    }
    document.documentElement.style.setProperty(
      '--active-code',
      codeColour(this.#colours.get(span.codeId) ?? null),
    )
    this.#set('note-active', [span], 20)
  }

  setSelection(range: { start: number; end: number } | null): void {
    if (range) this.#set('note-selection', [range], 30)
    else CSS.highlights.delete('note-selection')
  }

  setMasks(masks: readonly { start: number; end: number }[]): void {
    this.#set('note-mask', masks, 0)
  }

  /** What a search found here; under the selection, over the codes. */
  setHits(hits: readonly { start: number; end: number }[]): void {
    if (hits.length > 0) this.#set('note-hit', hits, 25)
    else CSS.highlights.delete('note-hit')
  }

  /** Where something that is being dragged would land. */
  setDrop(range: { start: number; end: number } | null): void {
    if (range) this.#set('note-drop', [range], 40)
    else CSS.highlights.delete('note-drop')
  }

  dispose(): void {
    CSS.highlights.clear()
  }

  #set(name: string, ranges: readonly { start: number; end: number }[], priority: number): void {
    const highlight = new Highlight(...ranges.map((range) => this.#map.toStaticRange(range.start, range.end)))
    highlight.priority = priority
    CSS.highlights.set(name, highlight)
  }

  /** Registers what changed since the last time and nothing else. */
  #register(): void {
    const near =
      this.#spans.length <= ALL_AT_ONCE
        ? this.#spans
        : this.#spans.filter((span) => span.end > this.#window.start && span.start < this.#window.end)
    const groups = groupByStyle(near)
    for (const name of [...this.#drawn.keys()]) {
      if (groups.has(name)) continue
      CSS.highlights.delete(name)
      this.#drawn.delete(name)
    }
    for (const [name, group] of groups) {
      const now = signature(group)
      if (this.#drawn.get(name) === now) continue
      this.#set(name, group, 1 + (group[0]?.lane ?? 0))
      this.#drawn.set(name, now)
    }
  }

  #writeRules(): void {
    const rules = new Map<string, string>()
    for (const span of this.#spans) {
      const name = highlightName(span.codeId, span.lane)
      if (rules.has(name)) continue
      rules.set(name, laneRule(name, span.lane, codeColour(this.#colours.get(span.codeId) ?? null)))
    }
    const active =
      '.note-text::highlight(note-active) { background-color: color-mix(in oklab, var(--active-code) var(--fill), transparent); }'
    sheet.replaceSync([...FIXED_RULES, active, ...rules.values()].join('\n'))
  }
}
