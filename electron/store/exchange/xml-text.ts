/** What XML 1.0 cannot hold in any form: most controls, two non-characters, halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** The text without what XML cannot hold; `onRemoved` hears of every character left out. */
export const xmlText = (text: string, onRemoved: () => void = () => {}): string =>
  text.replace(FORBIDDEN, () => {
    onRemoved()
    return ''
  })
