/**
 * Small seeded generator: sfc32 (Chris Doty-Humphrey, PractRand, 128 bits of state), seeded through splitmix32.
 * The same seed gives the same sequence on every machine.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  /** @param seed any finite number; its lower 32 bits and the 21 bits above them are used */
  constructor(seed: number) {
    if (!Number.isFinite(seed)) throw new RangeError('The seed must be a finite number.')
    const whole = Math.trunc(seed)
    let state = (whole | 0) ^ Math.imul(Math.trunc(whole / 0x100000000) | 0, 0x9e3779b9)
    const split = (): number => {
      state = (state + 0x9e3779b9) | 0
      let z = state
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      return z ^ (z >>> 15)
    }
    this.a = split()
    this.b = split()
    this.c = split()
    for (let i = 0; i < 12; i++) this.next()
  }

  /** Next integer, uniform on 0 … 2³² − 1. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** Next integer, uniform on 0 … bound − 1, without modulo bias. `bound` is 1 … 2³². */
  below(bound: number): number {
    const limit = 0x100000000 - (0x100000000 % bound)
    let value = this.next()
    while (value >= limit) value = this.next()
    return value % bound
  }
}
