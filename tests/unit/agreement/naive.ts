/**
 * Slow second implementations, written straight from the formulas on plain nested arrays. They share no code with the
 * library. `values[coder][unit]` is a category index or null.
 */
export type Plain = ReadonlyArray<ReadonlyArray<number | null>>

/** A value, or null for 0/0. */
export type Maybe = number | null

const range = (n: number): number[] => Array.from({ length: n }, (_, at) => at)
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length

/** Values of each unit, in coder order, without the missing ones. */
export function units(values: Plain): number[][] {
  return range(values[0]?.length ?? 0).map((unit) =>
    values.map((column) => column[unit] ?? null).filter((value): value is number => value !== null),
  )
}

const count = (unit: readonly number[], k: number): number => unit.filter((value) => value === k).length

function ratio(observed: number, chance: number): Maybe {
  return Math.abs(1 - chance) < 1e-12 ? null : (observed - chance) / (1 - chance)
}

export function percent(values: Plain, q: number): Maybe {
  const pairable = units(values).filter((unit) => unit.length >= 2)
  if (pairable.length === 0) return null
  return mean(
    pairable.map((unit) => {
      const r = unit.length
      return sum(range(q).map((k) => (count(unit, k) * (count(unit, k) - 1)) / (r * (r - 1))))
    }),
  )
}

/** Agreement weight of two categories. */
export function weight(kind: string, k: number, l: number, q: number): number {
  const steps = Math.abs(k - l)
  if (kind === 'linear') return 1 - steps / (q - 1)
  if (kind === 'quadratic') return 1 - steps ** 2 / (q - 1) ** 2
  if (kind === 'ordinal') return 1 - (steps * (steps + 1)) / (q * (q - 1))
  return steps === 0 ? 1 : 0
}

/** Shares p_ij of two coders over units both coded; null when there are none. */
function shares(values: Plain, g: number, h: number, q: number): number[][] | null {
  const joint = range(values[0]?.length ?? 0)
    .map((unit) => [values[g]?.[unit] ?? null, values[h]?.[unit] ?? null])
    .filter(([x, y]) => x !== null && y !== null)
  if (joint.length === 0) return null
  return range(q).map((i) =>
    range(q).map((j) => joint.filter(([x, y]) => x === i && y === j).length / joint.length),
  )
}

const at = (p: number[][], i: number, j: number): number => p[i]?.[j] ?? 0

export function cohen(values: Plain, g: number, h: number, q: number, kind: string): Maybe {
  const p = shares(values, g, h, q)
  if (p === null) return null
  const row = range(q).map((i) => sum(range(q).map((j) => at(p, i, j))))
  const column = range(q).map((j) => sum(range(q).map((i) => at(p, i, j))))
  const both = range(q).flatMap((i) => range(q).map((j) => [i, j] as const))
  return ratio(
    sum(both.map(([i, j]) => weight(kind, i, j, q) * at(p, i, j))),
    sum(both.map(([i, j]) => weight(kind, i, j, q) * (row[i] ?? 0) * (column[j] ?? 0))),
  )
}

/** Shares, margins and chance agreement of the first two coders. */
function kappaParts(values: Plain, q: number, kind: string) {
  const p = shares(values, 0, 1, q)
  if (p === null) return null
  const w = (i: number, j: number): number => weight(kind, i, j, q)
  const row = range(q).map((i) => sum(range(q).map((j) => at(p, i, j))))
  const column = range(q).map((j) => sum(range(q).map((i) => at(p, i, j))))
  const wRow = range(q).map((i) => sum(range(q).map((j) => w(i, j) * (column[j] ?? 0))))
  const wColumn = range(q).map((j) => sum(range(q).map((i) => w(i, j) * (row[i] ?? 0))))
  return {
    p,
    row,
    column,
    n: units(values).filter((unit) => unit.length === 2).length,
    chance: sum(range(q).map((i) => (row[i] ?? 0) * (wRow[i] ?? 0))),
    cells: range(q).flatMap((i) =>
      range(q).map((j) => ({ i, j, w: w(i, j), lean: (wRow[i] ?? 0) + (wColumn[j] ?? 0) })),
    ),
  }
}

/** The published variance formula of Fleiss, Cohen and Everitt, uncentred. */
export function cohenError(values: Plain, q: number, kind: string): Maybe {
  const parts = kappaParts(values, q, kind)
  const kappa = cohen(values, 0, 1, q, kind)
  if (parts === null || kappa === null) return null
  const { p, n, chance, cells } = parts
  const squares = cells.map(({ i, j, w, lean }) => at(p, i, j) * (w - lean * (1 - kappa)) ** 2)
  const variance = (sum(squares) - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
  return Math.sqrt(Math.max(0, variance))
}

/** The published variance formula if the true kappa is 0, uncentred. */
export function cohenErrorNull(values: Plain, q: number, kind: string): Maybe {
  const parts = kappaParts(values, q, kind)
  if (parts === null || cohen(values, 0, 1, q, kind) === null) return null
  const { row, column, n, chance, cells } = parts
  const squares = cells.map(({ i, j, w, lean }) => (row[i] ?? 0) * (column[j] ?? 0) * (w - lean) ** 2)
  return Math.sqrt(Math.max(0, (sum(squares) - chance ** 2) / (n * (1 - chance) ** 2)))
}

export function cohenMax(values: Plain, q: number): Maybe {
  const parts = kappaParts(values, q, 'none')
  if (parts === null) return null
  return ratio(sum(range(q).map((k) => Math.min(parts.row[k] ?? 0, parts.column[k] ?? 0))), parts.chance)
}

export function scott(values: Plain, q: number): Maybe {
  const p = shares(values, 0, 1, q)
  if (p === null) return null
  const pooled = range(q).map((k) => sum(range(q).map((j) => at(p, k, j) + at(p, j, k))) / 2)
  return ratio(sum(range(q).map((k) => at(p, k, k))), sum(pooled.map((share) => share ** 2)))
}

export function light(values: Plain, q: number): Maybe {
  const kappas = range(values.length).flatMap((g) => range(g).map((h) => cohen(values, h, g, q, 'none')))
  return kappas.some((kappa) => kappa === null) || kappas.length === 0 ? null : mean(kappas as number[])
}

/** Complete data only. */
export function fleiss(values: Plain, q: number): Maybe {
  const all = units(values).flat()
  const observed = percent(values, q)
  if (observed === null) return null
  return ratio(observed, sum(range(q).map((k) => (count(all, k) / all.length) ** 2)))
}

/** On the units coded by all. */
export function fleissListwise(values: Plain, q: number): Maybe {
  const whole = range(values[0]?.length ?? 0).filter((unit) =>
    values.every((column) => (column[unit] ?? null) !== null),
  )
  return fleiss(
    values.map((column) => whole.map((unit) => column[unit] ?? null)),
    q,
  )
}

/** Complete data only: the published variance if the true kappa is 0. */
export function fleissErrorNull(values: Plain, q: number): Maybe {
  if (fleiss(values, q) === null) return null
  const all = units(values).flat()
  const m = values.length
  const p = range(q).map((k) => count(all, k) / all.length)
  const s = sum(p.map((share) => share * (1 - share)))
  const skew = sum(p.map((share) => share * (1 - share) * (1 - 2 * share)))
  return Math.sqrt((2 / (s ** 2 * all.length * (m - 1))) * (s ** 2 - skew))
}

/** Complete data only. */
export function fleissCategory(values: Plain, k: number): Maybe {
  const each = units(values).map((unit) => count(unit, k))
  const p = sum(each) / (each.length * values.length)
  if (sum(each) === 0) return null
  return ratio((sum(each.map((r) => r ** 2)) - sum(each)) / ((values.length - 1) * sum(each)), p)
}

/** Complete data only. */
export function conger(values: Plain, q: number): Maybe {
  const observed = percent(values, q)
  if (observed === null) return null
  const own = values.map((column) => range(q).map((k) => mean(column.map((value) => (value === k ? 1 : 0)))))
  const chances = range(values.length).flatMap((g) =>
    range(g).map((h) => sum(range(q).map((k) => (own[g]?.[k] ?? 0) * (own[h]?.[k] ?? 0)))),
  )
  return ratio(observed, mean(chances))
}

/** Coincidence matrix o_ck. */
function coincidences(values: Plain, q: number): number[][] {
  const o = range(q).map(() => range(q).map(() => 0))
  for (const unit of units(values)) {
    unit.forEach((c, x) => {
      unit.forEach((k, y) => {
        const row = o[c] as number[]
        if (x !== y) row[k] = (row[k] ?? 0) + 1 / (unit.length - 1)
      })
    })
  }
  return o
}

/** Observed and expected disagreement; null without a pairable value. */
export function disagreements(
  values: Plain,
  q: number,
  metric: string,
  scale: readonly number[],
): { observed: number; expected: number } | null {
  const o = coincidences(values, q)
  const totals = o.map(sum)
  const n = sum(totals)
  if (n === 0) return null
  const delta = (c: number, k: number): number => {
    if (c === k) return 0
    if (metric === 'nominal') return 1
    const [low, high] = [Math.min(c, k), Math.max(c, k)]
    if (metric === 'ordinal') {
      return (sum(totals.slice(low, high + 1)) - ((totals[low] ?? 0) + (totals[high] ?? 0)) / 2) ** 2
    }
    const x = scale[c] ?? 0
    const y = scale[k] ?? 0
    return metric === 'interval' ? (x - y) ** 2 : ((x - y) / (x + y)) ** 2
  }
  const cells = range(q).flatMap((c) => range(q).map((k) => [c, k] as const))
  return {
    observed: sum(cells.map(([c, k]) => at(o, c, k) * delta(c, k))) / n,
    expected: sum(cells.map(([c, k]) => (totals[c] ?? 0) * (totals[k] ?? 0) * delta(c, k))) / (n * (n - 1)),
  }
}

export function alpha(values: Plain, q: number, metric: string, scale: readonly number[]): Maybe {
  const parts = disagreements(values, q, metric, scale)
  return parts === null || parts.expected === 0 ? null : 1 - parts.observed / parts.expected
}

/** The category against all others: 1 and 0, missing stays missing. */
export function recoded(values: Plain, category: number): Plain {
  return values.map((column) => column.map((value) => (value === null ? null : value === category ? 1 : 0)))
}

type GwetName = 'ac' | 'bp' | 'fleiss'

/** p_o, p_e and what the linearised error needs of Gwet's coefficients; null without a pairable unit. */
function gwetParts(values: Plain, q: number, which: GwetName, kind: string) {
  const coded = units(values).filter((unit) => unit.length >= 1)
  const pairable = coded.filter((unit) => unit.length >= 2)
  if (pairable.length === 0) return null
  const w = (k: number, l: number): number => weight(kind, k, l, q)
  const own = (unit: readonly number[]): number =>
    mean(unit.flatMap((k, x) => unit.flatMap((l, y) => (x === y ? [] : [w(k, l)]))))
  const pi = range(q).map((k) => mean(coded.map((unit) => count(unit, k) / unit.length)))
  const all = range(q).flatMap((k) => range(q).map((l) => [k, l] as const))
  const sumOfWeights = sum(all.map(([k, l]) => w(k, l)))
  const share = (k: number): number => pi[k] ?? 0
  const chances: Record<GwetName, number> = {
    bp: sumOfWeights / q ** 2,
    ac: (sumOfWeights / (q * (q - 1))) * sum(pi.map((p) => p * (1 - p))),
    fleiss: sum(all.map(([k, l]) => w(k, l) * share(k) * share(l))),
  }
  const chance = chances[which]
  /** e_i of a unit. */
  const leaning = (unit: readonly number[]): number => {
    if (which === 'bp') return chance
    if (which === 'ac') return (sumOfWeights / (q * (q - 1))) * mean(unit.map((k) => 1 - share(k)))
    return mean(unit.map((k) => sum(range(q).map((l) => w(k, l) * share(l)))))
  }
  return { coded, pairable, own, leaning, observed: mean(pairable.map(own)), chance }
}

/** Gwet's coefficients with missing values; `kind` is the weighting. */
export function gwet(values: Plain, q: number, which: GwetName, kind: string): Maybe {
  const parts = gwetParts(values, q, which, kind)
  return parts === null ? null : ratio(parts.observed, parts.chance)
}

/** Gwet's linearised standard error, infinite population of units. */
export function gwetError(values: Plain, q: number, which: GwetName, kind: string): Maybe {
  const parts = gwetParts(values, q, which, kind)
  const g = gwet(values, q, which, kind)
  if (parts === null || g === null || parts.coded.length < 2) return null
  const { coded, pairable, own, leaning, chance } = parts
  const n = coded.length
  const squares = coded.map((unit) => {
    const gi = unit.length < 2 ? 0 : ((n / pairable.length) * (own(unit) - chance)) / (1 - chance)
    return (gi - (2 * (1 - g) * (leaning(unit) - chance)) / (1 - chance) - g) ** 2
  })
  return Math.sqrt(sum(squares) / (n * (n - 1)))
}

/** Conger's kappa in Gwet's general form, with the variances of the coders' shares. Every coder has a value. */
export function congerGwet(values: Plain, q: number, kind: string): Maybe {
  const observed = gwetParts(values, q, 'bp', kind)?.observed ?? null
  if (observed === null) return null
  const m = values.length
  const own = values.map((column) => {
    const coded = column.filter((value) => value !== null)
    return range(q).map((k) => count(coded, k) / coded.length)
  })
  const share = (g: number, k: number): number => own[g]?.[k] ?? 0
  const average = (k: number): number => mean(range(m).map((g) => share(g, k)))
  const spread = (k: number, l: number): number =>
    (sum(range(m).map((g) => share(g, k) * share(g, l))) - m * average(k) * average(l)) / (m - 1)
  const cells = range(q).flatMap((k) => range(q).map((l) => [k, l] as const))
  return ratio(
    observed,
    sum(cells.map(([k, l]) => weight(kind, k, l, q) * (average(k) * average(l) - spread(k, l) / m))),
  )
}

/** Joint, equal and own decisions of two coders. */
function decisions(values: Plain, g: number, h: number) {
  const rows = range(values[0]?.length ?? 0).map((unit) => [
    values[g]?.[unit] ?? null,
    values[h]?.[unit] ?? null,
  ])
  const joint = rows.filter(([x, y]) => x !== null && y !== null)
  return {
    joint: joint.length,
    equal: joint.filter(([x, y]) => x === y).length,
    first: rows.filter(([x]) => x !== null).length,
    second: rows.filter(([, y]) => y !== null).length,
  }
}

const allPairs = (values: Plain) =>
  range(values.length).flatMap((g) => range(g).map((h) => decisions(values, h, g)))

export function percentOfPairs(values: Plain): Maybe {
  const shares = allPairs(values).flatMap(({ joint, equal }) => (joint === 0 ? [] : [equal / joint]))
  return shares.length === 0 ? null : mean(shares)
}

export function unanimous(values: Plain): Maybe {
  const all = units(values).filter((unit) => unit.length === values.length)
  return all.length === 0 ? null : mean(all.map((unit) => (new Set(unit).size === 1 ? 1 : 0)))
}

export function holsti(values: Plain): Maybe {
  const pairs = allPairs(values)
  if (pairs.every(({ joint }) => joint === 0)) return null
  return mean(pairs.map(({ equal, first, second }) => (2 * equal) / (first + second)))
}

/** Agreement on one category: of all decisions for it, the share another coder's decision confirms. */
export function specific(values: Plain, category: number): Maybe {
  const others = units(values).map((unit) => ({ r: unit.length, k: count(unit, category) }))
  const possible = sum(others.map(({ r, k }) => k * (r - 1)))
  return possible === 0 ? null : sum(others.map(({ k }) => k * (k - 1))) / possible
}

/** Counts of characters by set of coders who applied the code, by walking over every character. */
export function characters(
  coders: ReadonlyArray<ReadonlyArray<readonly [number, number]>>,
  length: number,
): Map<number, number> {
  const counts = new Map<number, number>()
  for (let position = 0; position < length; position++) {
    let mask = 0
    coders.forEach((spans, coder) => {
      if (spans.some(([start, end]) => start <= position && position < end)) mask += 2 ** coder
    })
    counts.set(mask, (counts.get(mask) ?? 0) + 1)
  }
  return counts
}
