/** A form field of the older kind, whose settings hold its answer. Source: ECMA-376 part 1, 17.16. */

/** No list to choose from is longer in Word than 25. */
const MAX_ENTRIES = 1_000

/** Collects what the settings of a field say; fields to write into have their answer in the text after them. */
export class WordField {
  #kind: 'checkBox' | 'ddList' | null = null
  #default = ''
  #checked: string | null = null
  #result: number | null = null
  readonly #entries: string[] = []

  open(name: string, value: string): void {
    if (name === 'checkBox' || name === 'ddList') this.#kind = name
    else if (name === 'default') this.#default = value
    // A box is ticked where the tag stands without a value.
    else if (name === 'checked') this.#checked = value
    else if (name === 'result') this.#result = Number(value)
    else if (name === 'listEntry' && this.#entries.length < MAX_ENTRIES) this.#entries.push(value)
  }

  /** What stands at the field's place: a box, ticked or not, or the entry that was chosen. */
  get answer(): string {
    if (this.#kind === 'checkBox')
      return /^(0|false|off)$/.test(this.#checked ?? (this.#default || '0')) ? '☐' : '☒'
    if (this.#kind === 'ddList') return this.#entries[this.#result ?? Number(this.#default || 0)] ?? ''
    return ''
  }
}
