/**
 * Many numbers of one group as one text, as SQLite's `group_concat` gives whole numbers from 0: a row for each number
 * costs ten times as much.
 */

const COMMA = ','.charCodeAt(0)
const ZERO = '0'.charCodeAt(0)

/** "3,17,4" as numbers. */
export function numbersIn(written: string): Uint32Array {
  const numbers = new Uint32Array((written.length + 1) >> 1)
  let count = 0
  let number = 0
  for (let at = 0; at < written.length; at++) {
    const character = written.charCodeAt(at)
    if (character !== COMMA) number = number * 10 + character - ZERO
    else {
      numbers[count++] = number
      number = 0
    }
  }
  numbers[count++] = number
  return numbers.subarray(0, count)
}
