/** The place of a code as people read it: the names from the top down, joined by ` > `. */

const SEPARATOR = ' > '

/** The names from the top down to the code, as written in the column `path`. */
export const joinPath = (names: readonly string[]): string => names.map(quoteStep).join(SEPARATOR)

const quoteStep = (name: string): string =>
  name.includes(SEPARATOR) || name.startsWith('"') || name.endsWith(' >') || name.startsWith('> ')
    ? `"${name.replaceAll('"', '""')}"`
    : name

/** The reverse of `joinPath`; white space around a step does not count. */
export function splitPath(path: string): string[] {
  const steps: string[] = []
  let rest = path.trim()
  while (rest !== '') {
    const quoted = /^"((?:[^"]|"")*)"(?:\s+>\s+|$)/.exec(rest)
    if (quoted) {
      steps.push((quoted[1] as string).replaceAll('""', '"'))
      rest = rest.slice(quoted[0].length)
    } else {
      const at = rest.indexOf(SEPARATOR)
      steps.push((at === -1 ? rest : rest.slice(0, at)).trim())
      rest = at === -1 ? '' : rest.slice(at + SEPARATOR.length).trimStart()
    }
  }
  return steps
}
