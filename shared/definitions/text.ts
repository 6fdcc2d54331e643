/** Figures of spans on a text, worked on one text of 40 characters with two codes. */
import { type Definition, is, shown, worked } from './definition.ts'

type Marked = { readonly start: number; readonly end: number; readonly code: 'neglect' | 'school' }

/** Each coder's spans, half-open. */
export const TEXT: { length: number; coders: readonly [readonly Marked[], readonly Marked[]] } = {
  length: 40,
  coders: [
    [
      { start: 5, end: 15, code: 'neglect' },
      { start: 20, end: 30, code: 'school' },
    ],
    [
      { start: 8, end: 15, code: 'neglect' },
      { start: 20, end: 26, code: 'school' },
      { start: 26, end: 32, code: 'neglect' },
    ],
  ],
}

const [amara, ben] = TEXT.coders
const listed = (spans: readonly Marked[]): string =>
  spans.map(({ start, end, code }) => `${code} ${start}–${end}`).join(', ')

const GIVEN = [
  `A text of ${TEXT.length} characters, two codes; 5–15 is from character 5 up to, not including, 15.`,
  `Amara: ${listed(amara)}`,
  `Ben: ${listed(ben)}`,
]

type Value = 'neglect' | 'school' | 'gap'
const VALUES = ['neglect', 'school', 'gap'] as const
const valuesOf = (spans: readonly Marked[]): Value[] =>
  Array.from(
    { length: TEXT.length },
    (_, at) => spans.find(({ start, end }) => start <= at && at < end)?.code ?? 'gap',
  )
const first = valuesOf(amara)
const second = valuesOf(ben)
const positions = first.map((value, at): readonly [Value, Value] => [value, second[at] as Value])
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const count = (is: (a: Value, b: Value) => boolean): number => positions.filter(([a, b]) => is(a, b)).length

/** ℓ(c): positions valued c, over both coders. */
const lengthOf = (value: Value): number => count((a) => a === value) + count((_, b) => b === value)
/** ℓ(c, k): over both orders of the two coders. */
const sharedOf = (c: Value, k: Value): number =>
  count((a, b) => a === c && b === k) + count((a, b) => a === k && b === c)
const spans = [...amara, ...ben]
const sizesOf = (code: Value): number[] =>
  spans.filter((span) => span.code === code).map(({ start, end }) => end - start)
/** σ(c): what a unit would share with itself. */
const squaresOf = (value: Value): number =>
  value === 'gap' ? lengthOf('gap') : sum(sizesOf(value).map((size) => size ** 2))

const all = 2 * TEXT.length
const room = all ** 2 - sum(VALUES.map(squaresOf))
const expectedOf = (c: Value): number => (all * (lengthOf(c) ** 2 - squaresOf(c))) / room
const lengthsStep = `ℓ(neglect) = ${lengthOf('neglect')}, ℓ(school) = ${lengthOf('school')}, ℓ(φ) = ${lengthOf('gap')}, ℓ = ${all}`
const squaresStep = `σ(neglect) = ${sizesOf('neglect')
  .map((size) => `${size}²`)
  .join(' + ')} = ${squaresOf('neglect')}, σ(school) = ${sizesOf('school')
  .map((size) => `${size}²`)
  .join(' + ')} = ${squaresOf('school')}, σ(φ) = ${squaresOf('gap')}`
const roomStep = `ℓ² − Σσ = ${all}² − ${squaresOf('neglect') + squaresOf('school') + squaresOf('gap')} = ${room}`

const alike = sum(VALUES.map((value) => sharedOf(value, value) / 2))
const alikeExpected = sum(VALUES.map(expectedOf))
const uValue = 1 - (all - 2 * alike) / (all - alikeExpected)

const LETTERS =
  'ℓ(c,k): positions one coder gave c and another k, over ordered coder pairs, divided by m − 1; ℓ(c): positions valued c over all coders; ℓ = mL. φ: gap.'
const EXPECTED =
  'ε(c,k) = ℓ · (ℓ(c)ℓ(k) − [c = k] σ(c)) / (ℓ² − Σσ); σ(φ): total length of gaps, σ(c): sum of the squared lengths of units valued c.'
const SOURCE =
  'Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the reliability of unitizing textual continua: further developments'

export const uAlpha: Definition = {
  name: 'u-alpha',
  symbol: 'uα',
  words:
    'Agreement on a whole text: where coders marked something, how far, and with which code, gaps included. A coder’s own spans must not overlap.',
  formula: ['uα = 1 − (ℓ − Σ ℓ(c,c)) / (ℓ − Σ ε(c,c))', LETTERS, EXPECTED],
  undefinedWhen:
    'nobody marked anything, one value covers every coder’s whole text, or a coder’s spans overlap',
  source: SOURCE,
  example: worked(
    GIVEN,
    [
      lengthsStep,
      squaresStep,
      roomStep,
      `Both gave the same value at ${alike} characters: ℓ − Σℓ(c,c) = ${all} − 2 · ${alike} = ${all - 2 * alike}`,
      ...VALUES.map(
        (value) =>
          `ε(${value === 'gap' ? 'φ,φ' : `${value},${value}`}) = ${all} · (${lengthOf(value)}² − ${squaresOf(value)}) / ${room} ${is(expectedOf(value))}`,
      ),
      `uα = 1 − ${all - 2 * alike} / (${all} − ${shown(alikeExpected)}) ${is(uValue)}`,
    ],
    uValue,
  ),
}

const gaps = lengthOf('gap')
const marked = all - gaps
const markedUnlike = gaps - sharedOf('gap', 'gap')
const unlikeExpected = (all * gaps * marked) / room
const barValue = 1 - markedUnlike / unlikeExpected

export const barUAlpha: Definition = {
  name: 'Binary u-alpha',
  symbol: '|uα',
  words: 'Agreement on which text is relevant, marked with any code or not, whatever the code.',
  formula: ['|uα = 1 − (ℓ(φ) − ℓ(φ,φ)) / (ε(φ) − ε(φ,φ))', LETTERS, EXPECTED, 'ε(φ) = Σ ε(φ,k) over all k.'],
  undefinedWhen: 'no coder left a gap, nobody marked anything, or a coder’s spans overlap',
  source: SOURCE,
  example: worked(
    GIVEN,
    [
      lengthsStep,
      squaresStep,
      roomStep,
      `Text that one coder marked and the other did not: ℓ(φ) − ℓ(φ,φ) = ${gaps} − ${sharedOf('gap', 'gap')} = ${markedUnlike}`,
      `ε(φ) − ε(φ,φ) = ${all} · ${gaps} · (${all} − ${gaps}) / ${room} ${is(unlikeExpected)}`,
      `|uα = 1 − ${markedUnlike} / ${shown(unlikeExpected)} ${is(barValue)}`,
    ],
    barValue,
  ),
}

/** Of each unit, how much of it the other coder marked with any code. */
const coveredOf = (code: Value): number[] =>
  [
    { own: amara, other: second },
    { own: ben, other: first },
  ].flatMap(({ own, other }) =>
    own
      .filter((span) => span.code === code)
      .map(({ start, end }) => other.slice(start, end).filter((value) => value !== 'gap').length),
  )
const valued = (code: 'neglect' | 'school'): number =>
  count((a, b) => a === code && b !== 'gap') + count((a, b) => a !== 'gap' && b === code)
const own = { neglect: valued('neglect'), school: valued('school') }
const bothValued = own.neglect + own.school
const valuedSquares = (code: 'neglect' | 'school'): number => sum(coveredOf(code).map((size) => size ** 2))
const starred = { neglect: valuedSquares('neglect'), school: valuedSquares('school') }
const valuedRoom = bothValued ** 2 - starred.neglect - starred.school
const expectedValued = (code: 'neglect' | 'school'): number =>
  (bothValued * (own[code] ** 2 - starred[code])) / valuedRoom
const valuedAlike = count((a, b) => a === b && a !== 'gap')
const cuExpected = expectedValued('neglect') + expectedValued('school')
const cuValue = 1 - (bothValued - 2 * valuedAlike) / (bothValued - cuExpected)
const valuedSteps = [
  `Both marked ${bothValued / 2} characters with some code: ℓ* = ${bothValued}, ℓ*(neglect) = ${own.neglect}, ℓ*(school) = ${own.school}`,
  ...(['neglect', 'school'] as const).map(
    (code) =>
      `σ*(${code}) = ${coveredOf(code)
        .map((size) => `${size}²`)
        .join(' + ')} = ${starred[code]}`,
  ),
]
const STARRED = [
  'ℓ*(c,k) = ℓ(c,k) for c and k other than φ; ℓ*(c), ℓ*: their sums.',
  'ε*(c,k) = ℓ* · (ℓ*(c)ℓ*(k) − [c = k] σ*(c)) / (ℓ*² − Σσ*); σ*(c): over units valued c, the square of the length that the other coders marked, on average over them.',
]

export const cuAlpha: Definition = {
  name: 'cu-alpha',
  symbol: 'cuα',
  words:
    'Agreement on which code a text has, where coders marked the same text. To be read with its coverage: the share of all text that this is.',
  formula: ['cuα = 1 − (ℓ* − Σ ℓ*(c,c)) / (ℓ* − Σ ε*(c,c))', LETTERS, ...STARRED, 'Coverage: ℓ* / ℓ.'],
  undefinedWhen: 'no marked text is shared, only one code occurs there, or a coder’s spans overlap',
  source: SOURCE,
  example: worked(
    GIVEN,
    [
      ...valuedSteps,
      `With the same code: ${valuedAlike} characters; ℓ* − Σℓ*(c,c) = ${bothValued} − 2 · ${valuedAlike} = ${bothValued - 2 * valuedAlike}`,
      ...(['neglect', 'school'] as const).map(
        (code) =>
          `ε*(${code},${code}) = ${bothValued} · (${own[code]}² − ${starred[code]}) / (${bothValued}² − ${starred.neglect + starred.school}) ${is(expectedValued(code))}`,
      ),
      `Coverage: ${bothValued} / ${all} ${is(bothValued / all)}`,
      `cuα = 1 − ${bothValued - 2 * valuedAlike} / (${bothValued} − ${shown(cuExpected)}) ${is(cuValue)}`,
    ],
    cuValue,
  ),
}

const kuAlike = sharedOf('neglect', 'neglect')
/** ε*(.,k), over all c. */
const kuColumn = (bothValued * (own.neglect * bothValued - starred.neglect)) / valuedRoom
const kuDiagonal = expectedValued('neglect')
const kuValue = 1 - (kuColumn / own.neglect) * ((own.neglect - kuAlike) / (kuColumn - kuDiagonal))

export const kuAlpha: Definition = {
  name: '(k)u-alpha',
  symbol: '(k)uα',
  words:
    'Agreement on one code against the other codes, where coders marked the same text. To be read with its coverage: the share of the code’s own text that this is.',
  formula: [
    '(k)uα = 1 − (ε*(k) / ℓ*(k)) · (ℓ*(k) − ℓ*(k,k)) / (ε*(k) − ε*(k,k))',
    LETTERS,
    ...STARRED,
    'ε*(k) = Σ ε*(c,k) over all c. Coverage: ℓ*(k) / ℓ(k).',
  ],
  undefinedWhen:
    'the code was not used, none of its text was marked by another coder, or no other code occurs there',
  source: SOURCE,
  example: worked(
    [...GIVEN, 'For neglect:'],
    [
      ...valuedSteps,
      `ℓ*(k,k): both chose neglect at ${kuAlike / 2} characters, counted from both sides: ${kuAlike}`,
      `ε*(k) = ${bothValued} · (${own.neglect} · ${bothValued} − ${starred.neglect}) / ${valuedRoom} ${is(kuColumn)}`,
      `ε*(k,k) = ${bothValued} · (${own.neglect}² − ${starred.neglect}) / ${valuedRoom} ${is(kuDiagonal)}`,
      `(k)uα = 1 − (${shown(kuColumn)} / ${own.neglect}) · (${own.neglect} − ${kuAlike}) / (${shown(kuColumn)} − ${shown(kuDiagonal)}) ${is(kuValue)}`,
    ],
    kuValue,
  ),
}

/** Lengths of the gaps that one coder's units of a code leave. */
function gapsOf(units: readonly Marked[]): number[] {
  const edges = [0, ...units.flatMap(({ start, end }) => [start, end]), TEXT.length]
  return Array.from(
    { length: edges.length / 2 },
    (_, at) => (edges[2 * at + 1] as number) - (edges[2 * at] as number),
  ).filter((gap) => gap > 0)
}
const neglectOf = (of: readonly Marked[]): Marked[] => of.filter(({ code }) => code === 'neglect')
const [pairOfAmara, pairOfBen, alone] = [neglectOf(amara)[0], neglectOf(ben)[0], neglectOf(ben)[1]] as [
  Marked,
  Marked,
  Marked,
]
const unlikeEnds = (pairOfAmara.start - pairOfBen.start) ** 2 + (pairOfAmara.end - pairOfBen.end) ** 2
const unlikeAlone = (alone.end - alone.start) ** 2
const alphaUObserved = (2 * (unlikeEnds + unlikeAlone)) / (2 * TEXT.length ** 2)
const unitSizes = sizesOf('neglect')
const gapSizes = [...gapsOf(neglectOf(amara)), ...gapsOf(neglectOf(ben))]
const brackets = unitSizes.map((l) => {
  const units = ((unitSizes.length - 1) / 3) * (2 * l ** 3 - 3 * l ** 2 + l)
  const fitting = sum(gapSizes.map((g) => (g >= l ? g - l + 1 : 0)))
  return { l, units, fitting, value: units + l ** 2 * fitting }
})
const bracketSum = sum(brackets.map(({ value }) => value))
const placements = all * (all - 1) - sum(unitSizes.map((l) => l * (l - 1)))
const alphaUExpected = ((2 / TEXT.length) * bracketSum) / placements
const alphaUValue = 1 - alphaUObserved / alphaUExpected

export const alphaU: Definition = {
  name: 'Krippendorff’s alpha-U of 1995',
  symbol: 'αU',
  words:
    'The older coefficient for units on a text, one code at a time: it squares the distances between ends, so it can fall far below −1. The u-alpha family replaced it.',
  formula: [
    'αU = 1 − Dₒ / Dₑ',
    'Dₒ = Σ δ² / (m(m − 1)L²) over ordered coder pairs; δ²: for two units that overlap, the squared distances of their starts and ends; for a unit wholly in a gap of the other coder, its squared length; else 0.',
    'Dₑ = (2/L) · Σ [ (N − 1)/3 · (2l³ − 3l² + l) + l² · Σ(g − l + 1) ] / (mL(mL − 1) − Σ l(l − 1)) over the N units of length l, the inner sum over gaps g that are not shorter than l.',
  ],
  undefinedWhen:
    'nobody used the code, its units leave no chance to differ, or a coder’s units of it overlap',
  source: 'Krippendorff 1995, On the reliability of unitizing continuous data',
  example: worked(
    [...GIVEN, 'For neglect, everything else counts as gap:'],
    [
      `δ² of ${pairOfAmara.start}–${pairOfAmara.end} and ${pairOfBen.start}–${pairOfBen.end}: ${Math.abs(pairOfAmara.start - pairOfBen.start)}² + ${Math.abs(pairOfAmara.end - pairOfBen.end)}² = ${unlikeEnds}; of ${alone.start}–${alone.end}, wholly in a gap of Amara’s: ${alone.end - alone.start}² = ${unlikeAlone}`,
      `Dₒ = 2 · (${unlikeEnds} + ${unlikeAlone}) / (2 · ${TEXT.length}²) ${is(alphaUObserved)}`,
      `Gaps: ${gapsOf(neglectOf(amara)).join(' and ')} characters in Amara’s text, ${gapsOf(neglectOf(ben)).join(', ')} in Ben’s`,
      ...brackets.map(
        ({ l, units, fitting, value }) =>
          `Unit of ${l}: ${unitSizes.length - 1}/3 · (2 · ${l}³ − 3 · ${l}² + ${l}) + ${l}² · ${fitting} = ${shown(units)} + ${l ** 2 * fitting} = ${shown(value)}`,
      ),
      `Dₑ = 2/${TEXT.length} · ${shown(bracketSum)} / (${all} · ${all - 1} − ${all * (all - 1) - placements}) ${is(alphaUExpected)}`,
      `αU = 1 − ${shown(alphaUObserved)} / ${shown(alphaUExpected)} ${is(alphaUValue)}`,
    ],
    alphaUValue,
  ),
}

/** What two spans share over what they cover together. */
const overlapOf = (a: Marked, b: Marked): number => {
  const common = Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
  return common / (Math.max(a.end, b.end) - Math.min(a.start, b.start))
}
const matches = amara.flatMap((a) =>
  ben
    .filter((b) => a.code === b.code && overlapOf(a, b) >= 0.5)
    .map((b) => `${a.code} ${a.start}–${a.end} and ${b.start}–${b.end} (${shown(overlapOf(a, b))})`),
)
const MATCH =
  'Two spans match where they have the same code and share at least half of what they cover together, or the share that is asked for; exact: where they have the same ends. Each is matched once at most.'
const matchStep = `Matched by overlap: ${matches.join('; ')}`
const HRIPCSAK =
  'Hripcsak and Rothschild 2005, Agreement, the F-measure, and reliability in information retrieval'
const precisionValue = matches.length / ben.length
const recallValue = matches.length / amara.length
const f1Value = (2 * matches.length) / (amara.length + ben.length)

export const spanPrecision: Definition = {
  name: 'Span precision',
  symbol: 'P',
  words: 'Of the second coder’s spans, the share that the first coder also marked.',
  formula: ['P = M / n₂', `M: matched spans; n₂: spans of the second coder. ${MATCH}`],
  undefinedWhen: 'the second coder marked nothing',
  source: HRIPCSAK,
  example: worked(
    GIVEN,
    [matchStep, `P = ${matches.length} / ${ben.length} ${is(precisionValue)}`],
    precisionValue,
  ),
}

export const spanRecall: Definition = {
  name: 'Span recall',
  symbol: 'R',
  words: 'Of the first coder’s spans, the share that the second coder also marked.',
  formula: ['R = M / n₁', `M: matched spans; n₁: spans of the first coder. ${MATCH}`],
  undefinedWhen: 'the first coder marked nothing',
  source: HRIPCSAK,
  example: worked(
    GIVEN,
    [matchStep, `R = ${matches.length} / ${amara.length} ${is(recallValue)}`],
    recallValue,
  ),
}

export const spanF1: Definition = {
  name: 'Span F1',
  symbol: 'F1',
  words:
    'Of all spans of two coders, the share that has a match: precision and recall in one figure that does not depend on who is first. It needs no count of text without codes.',
  formula: [
    'F1 = 2M / (n₁ + n₂)',
    `M: matched spans; n₁, n₂: spans of each coder. ${MATCH}`,
    'More than two coders: the mean over the pairs in which somebody marked something.',
  ],
  undefinedWhen: 'nobody marked anything',
  source: HRIPCSAK,
  example: worked(
    GIVEN,
    [matchStep, `F1 = 2 · ${matches.length} / (${amara.length} + ${ben.length}) ${is(f1Value)}`],
    f1Value,
  ),
}

/** What each coder marked with one code in a shorter text. */
const SHORT = {
  length: 20,
  amara: [[5, 11]],
  ben: [
    [5, 12],
    [16, 18],
  ],
} as const
const cutsOfAmara = SHORT.amara.flat()
const cutsOfBen = SHORT.ben.flat()
/** Lengths of the pieces that cuts make of the shorter text. */
const pieces = (cuts: readonly number[]): number[] =>
  [...cuts, SHORT.length].map((cut, at) => cut - (cuts[at - 1] ?? 0))
export const SEGMENTS = [pieces(cutsOfAmara), pieces(cutsOfBen)] as const
const ranges = (spans: ReadonlyArray<readonly [number, number]>): string =>
  spans.map(([start, end]) => `${start}–${end}`).join(' and ')
const sameCuts = cutsOfAmara.filter((cut) => cutsOfBen.some((other) => other === cut))
const otherCuts = cutsOfAmara.filter((cut) => !sameCuts.includes(cut))
const nearCuts = otherCuts.flatMap((cut) =>
  cutsOfBen.filter((other) => Math.abs(cut - other) === 1).map((other) => `${cut} and ${other}`),
)
const lonely = cutsOfAmara.length + cutsOfBen.length - 2 * sameCuts.length - 2 * nearCuts.length
const edits = lonely + nearCuts.length + sameCuts.length
const boundaryValue = 1 - (lonely + nearCuts.length / 2) / edits

export const boundarySimilarity: Definition = {
  name: 'Boundary similarity',
  symbol: 'B',
  words:
    'Where a span begins or ends the text is cut: the share of cuts that two coders set alike. A cut one place off counts half.',
  formula: [
    'B = 1 − (A + ½ · N) / (A + N + M)',
    'M: cuts at the same place; N: pairs of cuts one place apart; A: cuts that have neither. The ends of the text are no cuts.',
  ],
  undefinedWhen: 'neither of the two coders marked anything',
  source: 'Fournier 2013, Evaluating text segmentation using boundary edit distance',
  example: worked(
    [`A text of ${SHORT.length} characters. Amara marked ${ranges(SHORT.amara)}, Ben ${ranges(SHORT.ben)}.`],
    [
      `Cuts: Amara’s at ${cutsOfAmara.join(', ')}, Ben’s at ${cutsOfBen.join(', ')}`,
      `M = ${sameCuts.length} (at ${sameCuts.join(', ')}), N = ${nearCuts.length} (${nearCuts.join(', ')}), A = ${lonely}`,
      `B = 1 − (${lonely} + ½ · ${nearCuts.length}) / (${lonely} + ${nearCuts.length} + ${sameCuts.length}) ${is(boundaryValue)}`,
    ],
    boundaryValue,
  ),
}
