/**
 * The margin: a bar beside every coding in sight and its code's name. A sibling of the text, never inside it.
 * Measured for what is in sight only; names that would collide move down and keep a line to their bar.
 */
import { useMemo, useState } from 'react'
import type { CodeId, CoderId, CodingId } from '../../shared/contract/basics.ts'
import { StripeSays } from '../coding/StripeSays.tsx'
import { codeColour } from '../ui/palette.ts'
import { codingInMargin } from './hit.ts'
import { coderMark } from './others.ts'

export type Stripe = {
  id: string
  codeId: CodeId
  /** Whose it is, where it is another coder's. */
  coderId?: CoderId | undefined
  lane: number
  top: number
  bottom: number
}
export type StripeLabel = Pick<Stripe, 'id' | 'codeId' | 'coderId' | 'lane'> & { at: number; top: number }

export const LABEL_HEIGHT = 18

/**
 * Columns for bars that stand beside the same lines, also where their texts do not overlap. A bar keeps its column
 * while the note is scrolled; `kept` remembers it.
 */
export function placeBars(stripes: readonly Omit<Stripe, 'lane'>[], kept: Map<string, number>): Stripe[] {
  const placed: Stripe[] = []
  const order = [...stripes].sort((a, b) => Number(kept.has(b.id)) - Number(kept.has(a.id)) || a.top - b.top)
  for (const stripe of order) {
    const taken = new Set(
      placed
        .filter((other) => other.top < stripe.bottom && stripe.top < other.bottom)
        .map((other) => other.lane),
    )
    let lane = kept.get(stripe.id) ?? 0
    if (taken.has(lane)) for (lane = 0; taken.has(lane); lane++);
    kept.set(stripe.id, lane)
    placed.push({ ...stripe, lane })
  }
  return placed
}

/**
 * Places labels at their bars' tops, moved just enough not to overlap: neighbours that would collide form a block
 * which is centred on where its members want to be and stays inside `[from, to]`.
 */
export function placeLabels(stripes: readonly Stripe[], from: number, to: number): StripeLabel[] {
  type Block = { members: Stripe[]; top: number }
  const wanted = (stripe: Stripe) => Math.max(from, stripe.top)
  const order = [...stripes].sort((a, b) => wanted(a) - wanted(b) || a.lane - b.lane)
  const blocks: Block[] = []
  const settle = (block: Block) => {
    const sum = block.members.reduce(
      (total, stripe, index) => total + wanted(stripe) - index * LABEL_HEIGHT,
      0,
    )
    const height = block.members.length * LABEL_HEIGHT
    block.top = Math.max(from, Math.min(sum / block.members.length, to - height))
  }
  for (const stripe of order) {
    let block: Block = { members: [stripe], top: wanted(stripe) }
    settle(block)
    for (
      let last = blocks.at(-1);
      last && last.top + last.members.length * LABEL_HEIGHT > block.top;
      last = blocks.at(-1)
    ) {
      blocks.pop()
      block = { members: [...last.members, ...block.members], top: 0 }
      settle(block)
    }
    blocks.push(block)
  }
  return blocks.flatMap((block) =>
    block.members.map((stripe, index) => ({
      id: stripe.id,
      codeId: stripe.codeId,
      coderId: stripe.coderId,
      lane: stripe.lane,
      at: wanted(stripe),
      top: block.top + index * LABEL_HEIGHT,
    })),
  )
}

export type StripeCode = { name: string; shortLabel?: string; colour: string | null }

const BAR = 7
/** Bars stand closer where they would take the names' room. */
const MOST_FOR_BARS = 84
const CLOSEST = 2.5
/** More lines than this at a time would make a web of them: then only the one that is looked at has its line. */
const MOST_LEADS = 8

export function Stripes({
  stripes,
  codes,
  activeId,
  from,
  to,
  onActivate,
}: {
  stripes: readonly Stripe[]
  codes: ReadonlyMap<string, StripeCode>
  activeId: string | null
  /** The stretch in sight, in pixels of the note. */
  from: number
  to: number
  onActivate(id: CodingId): void
}) {
  const [overId, setOverId] = useState<string | null>(null)
  const labels = useMemo(() => placeLabels(stripes, from, to), [stripes, from, to])
  const alike = useMemo(
    () => alikeHeads(labels.map(({ codeId }) => nameOn(codes.get(codeId)))),
    [labels, codes],
  )
  const lanes = stripes.reduce((most, stripe) => Math.max(most, stripe.lane + 1), 0)
  const pitch = Math.max(CLOSEST, Math.min(BAR, MOST_FOR_BARS / lanes))
  const left = lanes * pitch + 10
  const kind = (name: string, id: string) =>
    [name, id === activeId && `${name}-active`, id === overId && `${name}-over`].filter(Boolean).join(' ')
  return (
    // biome-ignore lint/a11y/useKeyWithMouseEvents: for the mouse; the keyboard has [ ] and the list of codings
    <div
      className="stripes"
      aria-hidden="true"
      onMouseOver={(event) => setOverId(codingInMargin(event.target))}
      onMouseLeave={() => setOverId(null)}
      onClick={(event) => {
        const id = codingInMargin(event.target)
        if (id !== null) onActivate(id)
      }}
    >
      <Leads labels={labels} pitch={pitch} left={left} chosen={[activeId, overId]} />
      {stripes.map((stripe) => (
        <div
          key={stripe.id}
          data-coding={stripe.id}
          className={kind(stripe.coderId ? 'stripe stripe-other' : 'stripe', stripe.id)}
          style={{
            top: stripe.top + 4,
            height: Math.max(6, stripe.bottom - stripe.top - 8),
            left: stripe.lane * pitch,
            color: codeColour(
              stripe.coderId ? coderMark(stripe.coderId).colour : (codes.get(stripe.codeId)?.colour ?? null),
            ),
          }}
        />
      ))}
      {labels.map(({ id, codeId, coderId, top }) => {
        const code = codes.get(codeId)
        return (
          <div
            key={id}
            className={kind('stripe-label', id)}
            style={{ top, left, maxWidth: `calc(100% - ${left}px)` }}
            data-coding={id}
          >
            <span className="stripe-dot" style={{ background: codeColour(code?.colour ?? null) }} />
            {coderId && <span className="stripe-coder">{coderMark(coderId).name}</span>}
            <LabelName words={nameOn(code)} isAlike={alike.has(headOf(nameOn(code)))} />
            <StripeSays id={id} />
          </div>
        )
      })}
    </div>
  )
}

const nameOn = (code: StripeCode | undefined): string => code?.shortLabel || code?.name || 'Code'

/** "Physical abuse:" of "Physical abuse: adult on child"; empty where a name has no such parts. */
const headOf = (name: string): string => name.slice(0, name.indexOf(': ') + 1)

/** What several of the names in sight begin with. */
export function alikeHeads(names: Iterable<string>): ReadonlySet<string> {
  const seen = new Set<string>()
  const alike = new Set<string>()
  for (const head of [...new Set(names)].map(headOf)) {
    if (head !== '' && seen.has(head)) alike.add(head)
    seen.add(head)
  }
  return alike
}

/** Where names in sight begin alike, the end tells them apart: both parts are cut, neither is left out. */
function LabelName({ words, isAlike }: { words: string; isAlike: boolean }) {
  const at = headOf(words).length
  if (!isAlike) return <span className="stripe-name">{words}</span>
  return (
    <span className="stripe-name stripe-name-parts">
      <span>{words.slice(0, at)}</span>
      <span>{words.slice(at)}</span>
    </span>
  )
}

/** Lines from bars to names that had to move away from them. */
function Leads({
  labels,
  pitch,
  left,
  chosen,
}: {
  labels: readonly StripeLabel[]
  pitch: number
  left: number
  chosen: readonly (string | null)[]
}) {
  const moved = labels.filter(({ at, top }) => Math.abs(top - at) > 10)
  const shown = moved.length <= MOST_LEADS ? moved : moved.filter(({ id }) => chosen.includes(id))
  if (shown.length === 0) return null
  const from = Math.min(...shown.map(({ at, top }) => Math.min(at, top)))
  const to = Math.max(...shown.map(({ at, top }) => Math.max(at, top))) + LABEL_HEIGHT
  return (
    <svg className="stripe-leads" style={{ top: from }} width={left} height={to - from} aria-hidden="true">
      {shown.map(({ id, lane, at, top }) => (
        <path key={id} d={`M${lane * pitch + 4} ${at - from + 8} L${left - 2} ${top - from + 9}`} />
      ))}
    </svg>
  )
}
