/**
 * A text as people search it: what nobody sees or types is folded away (soft hyphens and other invisible signs,
 * ligatures, full-width letters, letters composed of parts, curly apostrophes), and every place in it leads back to the
 * place in the text itself.
 */

/** Soft hyphen, joiners, marks of direction: signs that take no room. As the inside of a character class. */
const INVISIBLE = '\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff'
/** Ligatures, and the full-width forms of ASCII: more than one way to write the same letters. */
const WIDE = '\ufb00-\ufb06\uff01-\uff5e'
const APOSTROPHES = '\u2018\u2019\u201b\u02bc'

/** The inside of a character class: signs that part or change words for an index that takes texts as they are. */
export const HIDES_WORDS = INVISIBLE + WIDE

const FOLDED = new RegExp(`\\P{M}\\p{M}+|[${INVISIBLE}${WIDE}${APOSTROPHES}]`, 'gu')
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu')
const WIDES = new RegExp(`[${WIDE}]`, 'gu')
const ANY_APOSTROPHE = new RegExp(`[${APOSTROPHES}]`, 'gu')

const fold = (piece: string): string =>
  piece
    .normalize('NFC')
    .replace(INVISIBLES, '')
    .replace(WIDES, (sign) => sign.normalize('NFKC'))
    .replace(ANY_APOSTROPHE, "'")

/** One place where the folded text differs: what stood at `start` to `end` is `length` long at `at`. */
type Fold = { at: number; length: number; start: number; end: number }

export type Range = { start: number; end: number }

export class FoldedText {
  readonly text: string
  readonly #folds: Fold[] = []

  /** Time grows linearly with the text. */
  constructor(original: string) {
    const parts: string[] = []
    let length = 0
    let from = 0
    for (const { 0: piece, index } of original.matchAll(FOLDED)) {
      const folded = fold(piece)
      if (folded === piece) continue
      parts.push(original.slice(from, index), folded)
      length += index - from
      this.#folds.push({ at: length, length: folded.length, start: index, end: index + piece.length })
      length += folded.length
      from = index + piece.length
    }
    this.text = from === 0 ? original : parts.join('') + original.slice(from)
  }

  /** Whether the text is as it was: then positions are the same. */
  get isSame(): boolean {
    return this.#folds.length === 0
  }

  /** A range of the folded text in the original: whole letters, without invisible signs at its ends. */
  toOriginal({ start, end }: Range): Range {
    return { start: this.#start(start), end: this.#end(end) }
  }

  #start(place: number): number {
    const fold = this.#lastFrom(place)
    if (!fold) return place
    return place < fold.at + fold.length ? fold.start : fold.end + place - fold.at - fold.length
  }

  #end(place: number): number {
    const fold = this.#lastFrom(place - 1)
    if (!fold) return place
    return place <= fold.at + fold.length ? fold.end : fold.end + place - fold.at - fold.length
  }

  /** The last difference that begins at `place` or before. */
  #lastFrom(place: number): Fold | undefined {
    let low = 0
    let high = this.#folds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#folds[middle] as Fold).at <= place) low = middle + 1
      else high = middle
    }
    return this.#folds[low - 1]
  }
}
