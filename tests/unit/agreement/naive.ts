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

/** The published variance formula of Fleiss, Cohen and Everitt, uncentred. */
export function cohenError(values: Plain, q: number, kind: string): Maybe {
  const p = shares(values, 0, 1, q)
  const kappa = cohen(values, 0, 1, q, kind)
  if (p === null || kappa === null) return null
  const n = units(values).filter((unit) => unit.length === 2).length
  const w = (i: number, j: number): number => weight(kind, i, j, q)
  const row = range(q).map((i) => sum(range(q).map((j) => at(p, i, j))))
  const column = range(q).map((j) => sum(range(q).map((i) => at(p, i, j))))
  const wRow = range(q).map((i) => sum(range(q).map((j) => w(i, j) * (column[j] ?? 0))))
  const wColumn = range(q).map((j) => sum(range(q).map((i) => w(i, j) * (row[i] ?? 0))))
  const chance = sum(range(q).map((i) => (row[i] ?? 0) * (wRow[i] ?? 0)))
  const squares = range(q).flatMap((i) =>
    range(q).map((j) => at(p, i, j) * (w(i, j) - ((wRow[i] ?? 0) + (wColumn[j] ?? 0)) * (1 - kappa)) ** 2),
  )
  const variance = (sum(squares) - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
  return Math.sqrt(Math.max(0, variance))
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

export function alpha(values: Plain, q: number, metric: string, scale: readonly number[]): Maybe {
  const o = coincidences(values, q)
  const totals = o.map(sum)
  const n = sum(totals)
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
  const observed = sum(cells.map(([c, k]) => at(o, c, k) * delta(c, k))) / n
  const expected =
    sum(cells.map(([c, k]) => (totals[c] ?? 0) * (totals[k] ?? 0) * delta(c, k))) / (n * (n - 1))
  return n === 0 || expected === 0 ? null : 1 - observed / expected
}

/** Gwet's coefficients with missing values; `kind` is the weighting. */
export function gwet(values: Plain, q: number, which: 'ac' | 'bp' | 'fleiss', kind: string): Maybe {
  const coded = units(values).filter((unit) => unit.length >= 1)
  const pairable = coded.filter((unit) => unit.length >= 2)
  if (pairable.length === 0) return null
  const w = (k: number, l: number): number => weight(kind, k, l, q)
  const observed = mean(
    pairable.map((unit) => {
      const pairs = unit.flatMap((k, x) => unit.flatMap((l, y) => (x === y ? [] : [w(k, l)])))
      return mean(pairs)
    }),
  )
  const pi = range(q).map((k) => mean(coded.map((unit) => count(unit, k) / unit.length)))
  const all = range(q).flatMap((k) => range(q).map((l) => [k, l] as const))
  const sumOfWeights = sum(all.map(([k, l]) => w(k, l)))
  if (which === 'bp') return ratio(observed, sumOfWeights / q ** 2)
  if (which === 'ac')
    return ratio(observed, (sumOfWeights / (q * (q - 1))) * sum(pi.map((share) => share * (1 - share))))
  return ratio(observed, sum(all.map(([k, l]) => w(k, l) * (pi[k] ?? 0) * (pi[l] ?? 0))))
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
