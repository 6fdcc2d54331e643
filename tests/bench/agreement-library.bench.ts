/**
 * The agreement library on plain arrays, without a project file. Every figure stands against a bare loop over typed
 * arrays that does the least the same answer needs, without checks, in the same run.
 */
import {
  bootstrapAlpha,
  bootstrapPatterns,
  type CodedSpan,
  cohenKappa,
  krippendorff,
  krippendorffAlphaNominal,
  patternTable,
  type ReliabilityData,
  reliabilityData,
  SetRegister,
  setAlpha,
  setCount,
  setPatterns,
  summarise,
  tableOfPair,
  uAlphaFamily,
} from '../../shared/agreement/index.ts'
import { chance, report, time } from './bench.ts'

const RUNS = 21
const CATEGORIES = 5

/** Coders who each keep a unit's true category 7 times in 10, draw another otherwise, and leave some units out. */
function coded(coders: number, units: number, missing: number, seed: number): ReliabilityData {
  const random = chance(seed)
  const category = () => Math.floor(random() * CATEGORIES)
  const truth = Int8Array.from({ length: units }, category)
  const columns = Array.from({ length: coders }, () =>
    Int8Array.from(truth, (value) => {
      if (random() < missing) return -1
      return random() < 0.7 ? value : category()
    }),
  )
  return reliabilityData(columns, CATEGORIES)
}

const same = (a: number | null, b: number): void => {
  if (a === null || Math.abs(a - b) > 1e-9) throw new Error(`The library gives ${a}, the bare loop ${b}.`)
}

/** Nominal alpha in the closed form. */
function bareAlpha(columns: readonly Int8Array[]): number {
  const counts = new Int32Array(CATEGORIES)
  const totals = new Float64Array(CATEGORIES)
  let observed = 0
  const units = columns[0]?.length ?? 0
  for (let unit = 0; unit < units; unit++) {
    counts.fill(0)
    let size = 0
    for (let coder = 0; coder < columns.length; coder++) {
      const value = (columns[coder] as Int8Array)[unit] as number
      if (value < 0) continue
      counts[value] = (counts[value] as number) + 1
      size++
    }
    if (size < 2) continue
    let squares = 0
    for (let k = 0; k < CATEGORIES; k++) {
      const count = counts[k] as number
      squares += count * count
      totals[k] = (totals[k] as number) + count
    }
    observed += (size * size - squares) / (size - 1)
  }
  const n = totals.reduce((sum, count) => sum + count, 0)
  return 1 - ((n - 1) * observed) / (n * n - totals.reduce((sum, count) => sum + count * count, 0))
}

function bareKappa([a, b]: readonly Int8Array[]): number {
  if (!a || !b) throw new Error('two coders')
  const counts = new Int32Array(CATEGORIES * CATEGORIES)
  for (let unit = 0; unit < a.length; unit++) {
    const cell = (a[unit] as number) * CATEGORIES + (b[unit] as number)
    counts[cell] = (counts[cell] as number) + 1
  }
  let agreed = 0
  let byChance = 0
  for (let k = 0; k < CATEGORIES; k++) {
    let row = 0
    let column = 0
    for (let l = 0; l < CATEGORIES; l++) {
      row += counts[k * CATEGORIES + l] as number
      column += counts[l * CATEGORIES + k] as number
    }
    agreed += (counts[k * CATEGORIES + k] as number) / a.length
    byChance += (row / a.length) * (column / a.length)
  }
  return (agreed - byChance) / (1 - byChance)
}

/** Draws units and adds up one number of each: the least any resampling of units does. */
function bareResampling(units: number, replicates: number): number {
  const own = Float64Array.from({ length: units }, (_, unit) => unit % 7)
  let state = 1
  let all = 0
  for (let replicate = 0; replicate < replicates; replicate++) {
    let sum = 0
    for (let draw = 0; draw < units; draw++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0
      sum += own[(((state >>> 0) * units) / 4294967296) >>> 0] as number
    }
    all += sum
  }
  return all
}

/** Positions two coders gave the same value or not, by filling one array per coder and walking over it. */
function barePositions(coders: ReadonlyArray<readonly CodedSpan[]>, length: number): number {
  const texts = coders.map((spans) => {
    const text = new Int8Array(length)
    for (const { start, end, value } of spans) text.fill(value + 1, start, end)
    return text
  })
  const [a, b, c] = texts as [Int8Array, Int8Array, Int8Array]
  let unequal = 0
  for (let position = 0; position < length; position++) {
    const x = a[position] as number
    const y = b[position] as number
    const z = c[position] as number
    unequal += (x === y ? 0 : 1) + (x === z ? 0 : 1) + (y === z ? 0 : 1)
  }
  return unequal
}

function spansOf(count: number, length: number, seed: number): CodedSpan[] {
  const random = chance(seed)
  const room = length / count
  return Array.from({ length: count }, (_, at) => {
    const start = Math.floor(at * room + random() * room * 0.4)
    const end = start + 1 + Math.floor(random() * room * 0.5)
    return { start, end, value: Math.floor(random() * CATEGORIES) }
  })
}

/** Pairs of sets as two words of bits each, and what they have in common. */
function bareSetPairs(words: ReadonlyArray<readonly [number, number]>): number {
  const first = Int32Array.from(words, ([word]) => word)
  const second = Int32Array.from(words, ([, word]) => word)
  let common = 0
  for (let a = 0; a < first.length; a++) {
    for (let b = 0; b < a; b++) {
      let bits = (first[a] as number) & (first[b] as number)
      for (; bits !== 0; bits &= bits - 1) common++
      bits = (second[a] as number) & (second[b] as number)
      for (; bits !== 0; bits &= bits - 1) common++
    }
  }
  return common
}

async function against(
  job: string,
  goalMs: number,
  work: () => unknown,
  baseline: { work: () => unknown; is: string },
): Promise<void> {
  const bare = { ms: await time(RUNS, () => void baseline.work()), is: baseline.is }
  report(job, await time(RUNS, () => void work()), bare, { goalMs })
}

const four = coded(4, 100_000, 0.1, 11)
const fourColumns = four.values as Int8Array[]
same(krippendorffAlphaNominal(four).value, bareAlpha(fourColumns))
same(krippendorff(summarise(four), 'nominal').alpha.value, bareAlpha(fourColumns))
const closedForm = {
  work: () => bareAlpha(fourColumns),
  is: 'the closed form in one bare loop over the units',
}
await against('nominal alpha, 4 coders, 100,000 units', 15, () => krippendorffAlphaNominal(four), closedForm)
await against(
  'nominal alpha from the counts all coefficients share, 4 coders, 100,000 units',
  15,
  () => krippendorff(summarise(four), 'nominal'),
  closedForm,
)

const pair = coded(2, 1_000_000, 0, 12)
const pairColumns = pair.values as Int8Array[]
same(cohenKappa(tableOfPair(pair, 0, 1)).value, bareKappa(pairColumns))
await against("Cohen's kappa, 1,000,000 units", 10, () => cohenKappa(tableOfPair(pair, 0, 1)), {
  work: () => bareKappa(pairColumns),
  is: 'a bare loop that fills the table',
})

const REPLICATES = 1_000
const thousand = coded(4, 1_000, 0, 13)
const draws = {
  work: () => bareResampling(1_000, REPLICATES),
  is: 'a bare loop that draws 1,000 × 1,000 units with a linear generator and adds up one number of each',
}
await against(
  `${REPLICATES} resamples of nominal alpha, 4 coders, 1,000 units`,
  60,
  () => bootstrapAlpha(thousand, { kind: 'unit', metric: 'nominal', replicates: REPLICATES, seed: 1 }),
  draws,
)
const random = chance(14)
const notes = patternTable(4, new Array<number>(1_000).fill(1), [
  Array.from(
    { length: 1_000 },
    (_, note) => [note, random() < 0.8 ? 0 : Math.floor(random() * 16), 1] as const,
  ),
])
await against(
  `${REPLICATES} resamples of one code's alpha and percent agreement, 4 coders, 1,000 notes`,
  60,
  () =>
    bootstrapPatterns(notes, { replicates: REPLICATES, seed: 1, statistics: ['krippendorff', 'percent'] }),
  draws,
)

const LENGTH = 200_000
const spans = [15, 16, 17].map((seed) => spansOf(425, LENGTH, seed))
await against(
  'u-alpha family, 3 coders × 425 spans, 200,000 positions',
  20,
  () => uAlphaFamily({ length: LENGTH, values: CATEGORIES, coders: spans }),
  {
    work: () => barePositions(spans, LENGTH),
    is: 'a bare loop over the positions, one array a coder, that counts unequal pairs',
  },
)

const CODES = 61
const draw = chance(18)
const pool = Array.from({ length: 3_000 }, () =>
  Array.from({ length: 1 + Math.floor(draw() * 9) }, () => Math.floor(draw() * draw() * CODES)),
)
const register = new SetRegister()
const setColumns = [0, 1].map(() => new Int32Array(100_000))
for (let note = 0; note < 100_000; note++) {
  const truth = Math.floor(draw() * pool.length)
  for (const column of setColumns)
    column[note] = register.idOf(pool[draw() < 0.6 ? truth : Math.floor(draw() * pool.length)] as number[])
}
const sets = register.sets()
const setData = reliabilityData(setColumns, setCount(sets))
const words = Array.from({ length: setCount(sets) }, (_, set): [number, number] => {
  const own: [number, number] = [0, 0]
  for (const code of sets.members.subarray(sets.starts[set], sets.starts[set + 1]))
    own[code < 32 ? 0 : 1] |= 1 << (code & 31)
  return own
})
await against(
  `MASI alpha, 2 coders, 100,000 notes, ${words.length} different sets of ${CODES} codes`,
  600,
  () => setAlpha(setPatterns(setData), sets),
  {
    work: () => bareSetPairs(words),
    is: 'a bare loop over every two different sets, two words of bits each, that counts shared codes',
  },
)
