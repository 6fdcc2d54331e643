/**
 * Positions in a note. Inside the product they are UTF-16 units, the unit of JavaScript strings and of the DOM;
 * at the edge (command line, CSV, REFI-QDA, R and Python) they are Unicode code points. A note's text has LF line
 * ends everywhere.
 */

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff

/** True where `offset` would split a surrogate pair of `text`. */
export const splitsPair = (text: string, offset: number): boolean =>
  offset > 0 && offset < text.length && isHigh(text.charCodeAt(offset - 1)) && isLow(text.charCodeAt(offset))

/** Number of code points in `text`. */
export function codePointLength(text: string): number {
  let pairs = 0
  for (let i = 1; i < text.length; i++) if (splitsPair(text, i)) pairs++
  return text.length - pairs
}

/**
 * Converts between the two units for one text. Texts without surrogate pairs (nearly all) convert for free;
 * the others keep the sorted UTF-16 positions of their pairs and search them.
 */
export class OffsetConverter {
  readonly codePoints: number
  readonly #units: number
  /** UTF-16 offset of the low half of each pair, rising. */
  readonly #lows: Uint32Array

  constructor(text: string) {
    const lows: number[] = []
    for (let i = 1; i < text.length; i++) if (splitsPair(text, i)) lows.push(i)
    this.#lows = Uint32Array.from(lows)
    this.#units = text.length
    this.codePoints = text.length - lows.length
  }

  /** UTF-16 units -> code points. An offset inside a pair counts as before it. Throws RangeError outside. */
  toCodePoints(units: number): number {
    if (!Number.isInteger(units) || units < 0 || units > this.#units) {
      throw new RangeError(`offset ${units} lies outside a text of ${this.#units} UTF-16 units`)
    }
    let low = 0
    let high = this.#lows.length
    while (low < high) {
      const mid = (low + high) >> 1
      if ((this.#lows[mid] as number) <= units) low = mid + 1
      else high = mid
    }
    return units - low
  }

  /** Code points -> UTF-16 units. Throws RangeError outside the text. */
  toUnits(codePoints: number): number {
    if (!Number.isInteger(codePoints) || codePoints < 0 || codePoints > this.codePoints) {
      throw new RangeError(`offset ${codePoints} lies outside a text of ${this.codePoints} characters`)
    }
    let low = 0
    let high = this.#lows.length
    while (low < high) {
      const mid = (low + high) >> 1
      // The pair with this index starts at code point lows[mid] - 1 - mid.
      if ((this.#lows[mid] as number) - 1 - mid < codePoints) low = mid + 1
      else high = mid
    }
    return codePoints + low
  }
}
