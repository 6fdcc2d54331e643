/**
 * Paints codes over the note with the CSS Custom Highlight API; the only file that touches `CSS.highlights`.
 *
 * One Highlight per code and lane, never one per span (ten times slower), and StaticRanges, never live ones (each
 * live Range makes every change of the page slower). Overlapping codings get lanes: underlines at different depths.
 */
import type { CodeId } from '../../shared/contract/basics.ts'
import { assignLanes } from '../../shared/intervals.ts'
import { codeColour } from '../ui/palette.ts'
import type { OffsetMap } from './offset-map.ts'
import { LONG } from './surface.ts'

export type PaintSpan = { id: string; codeId: CodeId; start: number; end: number }
type Range = { start: number; end: number }
export type Lane = 0 | 1 | 2 | 3

/** Deeper overlaps share the last lane: a fifth line under a word could not be told apart anyway. */
const LAST_LANE = 3
/**
 * Up to this many ranges all are registered; above, only those near what is in sight. After any change of the page, in
 * whatever place, the browser looks at each registered range again and paints its text anew.
 */
const ALL_AT_ONCE = 60

export type Laned = PaintSpan & { lane: number }

/** The lane of each span, in the order of the text. */
export function intoLanes(spans: readonly PaintSpan[]): Laned[] {
  const { lanes } = assignLanes(spans)
  return spans.map((span, index) => ({ ...span, lane: Math.min(lanes[index] as number, LAST_LANE) }))
}

/** A colour as part of a name. */
const keyOf = (colour: string | null): string => (colour ?? 'none').replace('#', '')

/** Codes of one colour look the same in a lane: fewer names are fewer styles for every line of the text. */
export const highlightName = (colour: string | null, lane: number): string => `code-${keyOf(colour)}-${lane}`

type Colours = ReadonlyMap<string, string | null>

/** Spans by what they look like; the unit that is registered. */
export function groupByStyle(spans: readonly Laned[], colours: Colours): Map<string, Laned[]> {
  const groups = new Map<string, Laned[]>()
  for (const span of spans) {
    const name = highlightName(colours.get(span.codeId) ?? null, span.lane)
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
let written = ''

const activeName = (colour: string | null): string => `active-${keyOf(colour)}`

/** A line for each lane and the fill of the active coding. */
function rulesOf(colour: string | null): string[] {
  const shown = codeColour(colour)
  const lines = Array.from(
    { length: LAST_LANE + 1 },
    (_, lane) =>
      `.note-text::highlight(${highlightName(colour, lane)}) { text-decoration: underline solid ${shown} var(--underline); text-underline-offset: ${(0.2 + lane * 0.2).toFixed(2)}em; }`,
  )
  const fill = `background-color: color-mix(in oklab, ${shown} var(--fill), transparent);`
  return [...lines, `.note-text::highlight(${activeName(colour)}) { ${fill} }`]
}

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
  #colours: Colours = new Map()
  #activeId: string | null = null
  /** The name the active coding is painted by. */
  #active: string | null = null
  #masks: readonly Range[] = []
  #hits: readonly Range[] = []
  #window = { start: 0, end: 8_000 }

  constructor(map: OffsetMap) {
    this.#map = map
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet)
  }

  setCodes(colours: Colours): void {
    this.#colours = colours
    this.#writeRules()
    this.#register()
    this.setActive(this.#activeId)
  }

  setSpans(spans: readonly PaintSpan[]): void {
    this.#spans = intoLanes(spans)
    this.#register()
    this.setActive(this.#activeId)
  }

  get laned(): readonly Laned[] {
    return this.#spans
  }

  /** What is to be ready, in offsets; matters only for notes with many codings. */
  setWindow(start: number, end: number): void {
    if (start === this.#window.start && end === this.#window.end) return
    this.#window = { start, end }
    if (this.#isWindowed) this.#register()
  }

  setActive(id: string | null): void {
    this.#activeId = id
    const span = this.#spans.find((other) => other.id === id)
    const name = span ? activeName(this.#colours.get(span.codeId) ?? null) : null
    if (this.#active !== name && this.#active !== null) CSS.highlights.delete(this.#active)
    this.#active = name
    if (!span || name === null) {
      CSS.highlights.delete('note-active')
      return
    }
    // Painted by the name of its colour: a style that changes would have the whole text styled again.
    this.#set(name, [span], 20)
    this.#set('note-active', [span], 20)
  }

  setSelection(range: Range | null): void {
    if (range) this.#set('note-selection', [range], 30)
    else CSS.highlights.delete('note-selection')
  }

  setMasks(masks: readonly Range[]): void {
    this.#masks = masks
    this.#registerMarks()
  }

  /** What a search found here; under the selection, over the codes. */
  setHits(hits: readonly Range[]): void {
    this.#hits = hits
    this.#registerMarks()
  }

  /** Where something that is being dragged would land. */
  setDrop(range: Range | null): void {
    if (range) this.#set('note-drop', [range], 40)
    else CSS.highlights.delete('note-drop')
  }

  dispose(): void {
    CSS.highlights.clear()
  }

  #set(name: string, ranges: readonly Range[], priority: number): void {
    const highlight = new Highlight(...ranges.map((range) => this.#map.toStaticRange(range.start, range.end)))
    highlight.priority = priority
    CSS.highlights.set(name, highlight)
  }

  get #isWindowed(): boolean {
    return this.#spans.length > ALL_AT_ONCE || this.#map.text.length > LONG
  }

  #near<R extends Range>(ranges: readonly R[]): readonly R[] {
    if (!this.#isWindowed) return ranges
    const { start, end } = this.#window
    return ranges.filter((range) => range.end > start && range.start < end)
  }

  #registerMarks(): void {
    this.#setOrDelete('note-mask', this.#near(this.#masks), 0)
    this.#setOrDelete('note-hit', this.#near(this.#hits), 25)
  }

  #setOrDelete(name: string, ranges: readonly Range[], priority: number): void {
    if (ranges.length > 0) this.#set(name, ranges, priority)
    else CSS.highlights.delete(name)
  }

  /** Registers what changed since the last time and nothing else. */
  #register(): void {
    this.#registerMarks()
    const groups = groupByStyle(this.#near(this.#spans), this.#colours)
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

  /** For all colours of the codebook at once: new rules have the whole text styled again, a new coding must not. */
  #writeRules(): void {
    const colours = new Set([null, ...this.#colours.values()])
    const rules = [...FIXED_RULES, ...[...colours].flatMap(rulesOf)].join('\n')
    if (rules === written) return
    written = rules
    sheet.replaceSync(rules)
  }
}
