/** Decides whether something that stopped may be started again at once, or whether it is time to ask the person. */
export class RestartAllowance {
  readonly #most: number
  readonly #windowMs: number
  #taken: number[] = []

  /** At most `most` restarts within any `windowMs` milliseconds. */
  constructor(most: number, windowMs: number) {
    this.#most = most
    this.#windowMs = windowMs
  }

  /** Uses up one restart if there is one; `now` in milliseconds. */
  take(now: number): boolean {
    this.#taken = this.#taken.filter((at) => now - at < this.#windowMs)
    if (this.#taken.length >= this.#most) return false
    this.#taken.push(now)
    return true
  }

  /** The person chose to try again. */
  renew(): void {
    this.#taken = []
  }
}
