/** Weighting scheme of a weighted coefficient; `none` = only equal categories agree. */
export type WeightKind = 'none' | 'linear' | 'quadratic' | 'ordinal'

/**
 * Disagreement weights in whole numbers, so that sums over counts stay exact.
 *
 * - `distance`: q × q row-major; 0/1, |k−l|, (k−l)² or C(|k−l|+1, 2) by positions in the declared category order
 * - `scale`: the largest possible distance; agreement weight w_kl = 1 − distance/scale
 */
export interface Weights {
  readonly kind: WeightKind
  readonly categories: number
  readonly distance: Float64Array
  readonly scale: number
}

/** Weights for q declared categories. Source: Cohen 1968; "ordinal": Gwet 2014. */
export function weights(kind: WeightKind, categories: number): Weights {
  const distance = new Float64Array(categories * categories)
  for (let k = 0; k < categories; k++) {
    for (let l = 0; l < categories; l++) distance[k * categories + l] = distanceOf(kind, Math.abs(k - l))
  }
  return {
    kind,
    categories,
    distance,
    scale: kind === 'none' ? 1 : Math.max(1, distanceOf(kind, categories - 1)),
  }
}

function distanceOf(kind: WeightKind, steps: number): number {
  if (kind === 'none') return steps === 0 ? 0 : 1
  if (kind === 'linear') return steps
  if (kind === 'quadratic') return steps * steps
  return (steps * (steps + 1)) / 2
}
