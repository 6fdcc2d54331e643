/** The part of AbortSignal that is used here, so that this folder needs neither the DOM nor Node. */
export type CancelSignal = {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
}

/** A CancelSignal together with the means to give it. */
export class CancelToken implements CancelSignal {
  #aborted = false
  readonly #listeners: Array<() => void> = []

  get aborted(): boolean {
    return this.#aborted
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (this.#aborted) listener()
    else this.#listeners.push(listener)
  }

  cancel(): void {
    if (this.#aborted) return
    this.#aborted = true
    for (const listener of this.#listeners.splice(0)) listener()
  }
}

/** A signal that never comes, for callers that cannot cancel. */
export const NEVER: CancelSignal = { aborted: false, addEventListener: () => {} }
