const TWO_TO_32 = 0x100000000
const TWO_TO_MINUS_32 = 1 / TWO_TO_32

/** Up to here the product of a 32-bit draw and the bound is exact in a double. */
const EXACT_BOUND = 2 ** 21

/**
 * Small seeded generator: sfc32 (Chris Doty-Humphrey, PractRand, 128 bits of state), seeded through splitmix32.
 * The same seed gives the same sequence on every machine.
 */
export class Random {
  private readonly state = new Int32Array(4)

  /** @param seed any finite number; its whole part counts, 53 bits of it */
  constructor(seed: number) {
    if (!Number.isFinite(seed)) throw new RangeError('The seed must be a finite number.')
    const whole = Math.trunc(seed)
    let mix = whole | 0
    for (let at = 0; at < 3; at++) {
      mix = (mix + 0x9e3779b9) | 0
      let z = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      this.state[at] = z ^ (z >>> 15)
    }
    this.state[2] = (this.state[2] as number) ^ Math.floor(whole / TWO_TO_32)
    this.state[3] = 1
    this.fillBelow(new Uint32Array(12), 1)
  }

  /** One integer, uniform on 0 … bound − 1. */
  below(bound: number): number {
    const one = new Uint32Array(1)
    this.fillBelow(one, bound)
    return one[0] as number
  }

  /**
   * Fills an array with independent integers, uniform on 0 … bound − 1; `bound` is 1 … 2³². Without bias: multiply
   * and reject (Lemire 2019), by remainder for bounds above 2²¹.
   */
  fillBelow(into: Uint32Array, bound: number): void {
    let a = this.state[0] as number
    let b = this.state[1] as number
    let c = this.state[2] as number
    let counter = this.state[3] as number
    const rest = TWO_TO_32 % bound
    const exact = bound <= EXACT_BOUND
    for (let at = 0; at < into.length; ) {
      const sum = (((a + b) | 0) + counter) | 0
      counter = (counter + 1) | 0
      a = b ^ (b >>> 9)
      b = (c + (c << 3)) | 0
      c = (((c << 21) | (c >>> 11)) + sum) | 0
      const draw = sum >>> 0
      if (exact) {
        const product = draw * bound
        const high = Math.floor(product * TWO_TO_MINUS_32)
        if (product - high * TWO_TO_32 >= rest) into[at++] = high
      } else if (draw < TWO_TO_32 - rest) into[at++] = draw % bound
    }
    this.state.set([a, b, c, counter])
  }
}
