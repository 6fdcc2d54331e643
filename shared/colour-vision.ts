/**
 * Which colours are hard to tell apart, and for whom. Simulated for full dichromacy by the matrices of Machado, Oliveira
 * and Fernandes (2009) in linear sRGB; distances are Euclidean in OKLab (Ottosson 2020), where 0.02 is about what is just
 * told apart in small patches.
 */
export type Sight = 'usual' | 'protan' | 'deutan' | 'tritan'

type Triple = readonly [number, number, number]
type Matrix = readonly [Triple, Triple, Triple]

const MACHADO: Record<Exclude<Sight, 'usual'>, Matrix> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

export const SIGHTS: readonly Sight[] = ['usual', 'protan', 'deutan', 'tritan']

/** Under this distance two swatches in a tree are taken for one another. */
export const NEAR = 0.02

const linear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4

const times = (matrix: Matrix, [r, g, b]: Triple): Triple =>
  matrix.map((row) => Math.max(0, row[0] * r + row[1] * g + row[2] * b)) as unknown as Triple

const TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
]

/** `#rrggbb` as these eyes see it, in OKLab. */
function labOf(hex: string, sight: Sight): Triple {
  const rgb = [1, 3, 5].map((at) =>
    linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  ) as unknown as Triple
  const seen = sight === 'usual' ? rgb : times(MACHADO[sight], rgb)
  const [l, m, s] = times(TO_LMS, seen).map(Math.cbrt) as unknown as Triple
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** How far apart two colours are for these eyes, in OKLab (black to white is 1). */
export function distance(one: string, other: string, sight: Sight): number {
  const [a, b] = [labOf(one, sight), labOf(other, sight)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/** For whom two colours are hard to tell apart. */
export const nearFor = (one: string, other: string): Sight[] =>
  SIGHTS.filter((sight) => distance(one, other, sight) < NEAR)
