/**
 * A bound for what the PDF library unpacks, by whatever filter and however encrypted: all of it goes into arrays of
 * bytes that it makes larger and larger, and it asks nobody whether it may.
 */

/** `isOver` from the first time that more was asked for. */
export type PdfBound = { readonly isOver: boolean }

/**
 * Does `work` while no array of more than `most` bytes can be made: whoever asks for one gets a RangeError, as if there
 * were no memory for it. What the library does with the error is its own affair, so `work` looks at the bound. Two at
 * once take turns.
 */
export function withBound<T>(most: number, work: (bound: PdfBound) => Promise<T>): Promise<T> {
  const turn = last.then(() => bounded(most, work))
  last = turn.catch(() => {})
  return turn
}

let last: Promise<unknown> = Promise.resolve()

async function bounded<T>(most: number, work: (bound: PdfBound) => Promise<T>): Promise<T> {
  const bound = { isOver: false }
  const { Uint8Array: bytes, DecompressionStream: stream } = globalThis
  const limited: typeof bytes = new Proxy(bytes, {
    construct(target, args, maker): Uint8Array {
      if (typeof args[0] === 'number' && args[0] > most) {
        bound.isOver = true
        throw new RangeError(`More than ${most} bytes of a PDF.`)
      }
      return Reflect.construct(target, args, maker === limited ? target : maker)
    },
  })
  // The stream would collect everything before it asks for an array; without it the library unpacks by itself.
  Object.assign(globalThis, { Uint8Array: limited, DecompressionStream: undefined })
  try {
    return await work(bound)
  } finally {
    Object.assign(globalThis, { Uint8Array: bytes, DecompressionStream: stream })
  }
}
