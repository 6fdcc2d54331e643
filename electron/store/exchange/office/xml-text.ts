/** What XML 1.0 cannot hold in any form: most controls, two non-characters, halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** The text without what XML cannot hold; `onRemoved` hears of every character left out. */
export const xmlText = (text: string, onRemoved: () => void = () => {}): string =>
  text.replace(FORBIDDEN, () => {
    onRemoved()
    return ''
  })

/** Prepares the texts of one file, and counts what it had to leave out of them. */
export class TextPen {
  leftOut = 0

  text(text: string): string {
    return xmlText(text, () => {
      this.leftOut++
    })
  }
}

/** What is said beside a file from which so many characters were left out; nothing where there were none. */
export const leftOutWarnings = (count: number): string[] =>
  count === 0
    ? []
    : [
        `${count === 1 ? '1 character that this kind of file cannot hold was' : `${count} characters that this kind of file cannot hold were`} left out (control characters or halves of characters).`,
      ]

/** What a written file could not hold. */
export const fileWarnings = ({ leftOut, cut = 0 }: { leftOut: number; cut?: number }): string[] => [
  ...cutWarnings(cut),
  ...leftOutWarnings(leftOut),
]

const cutWarnings = (count: number): string[] =>
  count === 0
    ? []
    : [
        `${count === 1 ? '1 text longer than a cell can hold was' : `${count} texts longer than a cell can hold were`} cut.`,
      ]
