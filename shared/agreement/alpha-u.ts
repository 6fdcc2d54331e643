import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'
import type { CodedSpan, Continuum } from './unitizing.ts'
import { checkContinuum, hasOverlap, partition } from './unitizing.ts'

/** alpha_U of 1995 for one value, with its disagreements in squared shares of the length. */
export interface AlphaU {
  readonly alpha: Outcome
  readonly observed: Outcome
  readonly expected: Outcome
}

/** δ² of two sections: units that overlap differ by their ends, a unit wholly in a gap by its length. */
function sectionDifference(a: CodedSpan, b: CodedSpan, gap: number): number {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  if (shared <= 0) return 0
  if (a.value !== gap && b.value !== gap) return (a.start - b.start) ** 2 + (a.end - b.end) ** 2
  const [unit, room] = a.value === gap ? [b, a] : [a, b]
  if (room.value !== gap || unit.value === gap) return 0
  return unit.start >= room.start && unit.end <= room.end ? (unit.end - unit.start) ** 2 : 0
}

/** Σ δ² over all sections of two coders. */
function pairDifference(a: ReadonlyArray<CodedSpan>, b: ReadonlyArray<CodedSpan>, gap: number): number {
  let sum = 0
  let x = 0
  let y = 0
  while (x < a.length && y < b.length) {
    const p = a[x] as CodedSpan
    const r = b[y] as CodedSpan
    sum += sectionDifference(p, r, gap)
    if (p.end <= r.end) x++
    if (r.end <= p.end) y++
  }
  return sum
}

/** The bracket of D_e, summed over units: chance of each unit meeting each other unit and each gap. */
function chanceOverUnits(units: readonly number[], gaps: readonly number[]): number {
  let sum = 0
  for (const l of units) {
    let room = 0
    for (const gap of gaps) if (gap >= l) room += gap - l + 1
    sum += ((units.length - 1) / 3) * l * (l - 1) * (2 * l - 1) + l * l * room
  }
  return sum
}

/**
 * Krippendorff's alpha_U (1995) for one value: positions and lengths of its units, squared; other values count as
 * gap, so codes may overlap each other. Can fall far below −1.
 * Undefined: fewer than two coders, no text, spans of this value overlap within a coder, expected disagreement 0.
 * Source: Krippendorff 1995; 2004 §11.6.
 */
export function alphaU(continuum: Continuum, value: number): AlphaU {
  checkContinuum(continuum)
  const { length, values: gap } = continuum
  const m = continuum.coders.length
  const own = continuum.coders.map((spans) => spans.filter((span) => span.value === value))
  const none = own.some(hasOverlap)
    ? undefinedBecause('spans overlap')
    : m < 2 || length === 0
      ? undefinedBecause('nothing to compare')
      : null
  if (none !== null) return { alpha: none, observed: none, expected: none }
  const sections = own.map((spans) => partition(spans, length, gap))
  const observed = (2 * observedSum(sections, gap)) / (m * (m - 1) * length * length)
  const sizes = (isGap: boolean): number[] =>
    sections.flat().flatMap((s) => ((s.value === gap) === isGap ? [s.end - s.start] : []))
  const units = sizes(false)
  const chance = chanceOverUnits(units, sizes(true))
  if (chance === 0) {
    const reason = units.length === 0 ? 'category not used' : 'no variation'
    return { alpha: undefinedBecause(reason), observed: defined(observed), expected: defined(0) }
  }
  const room = m * length * (m * length - 1) - units.reduce((sum, l) => sum + l * (l - 1), 0)
  const expected = ((2 / length) * chance) / room
  return { alpha: defined(1 - observed / expected), observed: defined(observed), expected: defined(expected) }
}

function observedSum(sections: ReadonlyArray<ReadonlyArray<CodedSpan>>, gap: number): number {
  let sum = 0
  sections.forEach((a, g) => {
    for (let h = g + 1; h < sections.length; h++) sum += pairDifference(a, sections[h] as CodedSpan[], gap)
  })
  return sum
}

/** alpha_U over all values: 1 − ΣD_o/ΣD_e. Undefined: as for one value, or no value has expected disagreement. */
export function alphaUOverall(parts: readonly AlphaU[]): Outcome {
  let observed = 0
  let expected = 0
  for (const part of parts) {
    if (part.observed.value === null) return part.observed
    if (part.expected.value === null) return part.expected
    observed += part.observed.value
    expected += part.expected.value
  }
  if (parts.length === 0) return undefinedBecause('nothing to compare')
  return expected === 0 ? undefinedBecause('no variation') : defined(1 - observed / expected)
}
