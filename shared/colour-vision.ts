/**
 * Which colours are hard to tell apart, and for whom. Simulated for full dichromacy by the matrices of Machado, Oliveira
 * and Fernandes (2009) in linear sRGB; distances are Euclidean in OKLab (Ottosson 2020), where 0.02 is about what is just
 * told apart in small patches.
 */
import { linearRgb, type Triple, toOklab } from './oklab.ts'

export type Sight = 'usual' | 'protan' | 'deutan' | 'tritan'

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

const times = (matrix: Matrix, [r, g, b]: Triple): Triple =>
  matrix.map((row) => Math.max(0, row[0] * r + row[1] * g + row[2] * b)) as unknown as Triple

/** `#rrggbb` as these eyes see it, in OKLab. */
function labOf(hex: string, sight: Sight): Triple {
  const rgb = linearRgb(hex)
  return toOklab(sight === 'usual' ? rgb : times(MACHADO[sight], rgb))
}

/** How far apart two colours are for these eyes, in OKLab (black to white is 1). */
export function distance(one: string, other: string, sight: Sight): number {
  const [a, b] = [labOf(one, sight), labOf(other, sight)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/** For whom two colours are hard to tell apart. */
export const nearFor = (one: string, other: string): Sight[] =>
  SIGHTS.filter((sight) => distance(one, other, sight) < NEAR)
