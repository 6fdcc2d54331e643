/**
 * One rule for when a name that somebody wrote means a name that is there: columns, codes, coders, attributes, notes.
 * People type what they see, so differences nobody sees (composed letters, line ends, spaces) must not part two names,
 * and a name spelt exactly must never be taken for one that is only alike.
 */

export type FoundByName<T> =
  | { kind: 'found'; item: T }
  /** Several fit equally well, and none fits better: whoever asked must say which, never have one picked. */
  | { kind: 'ambiguous'; items: T[] }
  | { kind: 'none' }

/** The forms two names are compared in, the strictest first; a later one is asked only if no name fits an earlier. */
const FORMS: ReadonlyArray<(name: string) => string> = [(name) => name, plainName, foldedName]

/** Unicode normal form C, each run of white space and line ends as one space, none at the ends. */
export function plainName(name: string): string {
  return name.normalize('NFC').replace(/\s+/gu, ' ').trim()
}

/** As `plainName`, capitals aside. By way of capitals, so that "Straße" and "STRASSE" are one. */
export function foldedName(name: string): string {
  return plainName(plainName(name).toUpperCase().toLowerCase())
}

/** True for names that the loosest form takes for one: what may not stand beside each other in a list. */
export const sameName = (one: string, other: string): boolean => foldedName(one) === foldedName(other)

/** The item of that name: spelt exactly so, else but for what nobody sees, else but for capitals too. */
export function findByName<T>(
  name: string,
  items: readonly T[],
  nameOf: (item: T) => string,
): FoundByName<T> {
  for (const form of FORMS) {
    const wanted = form(name)
    const fitting = items.filter((item) => form(nameOf(item)) === wanted)
    const found = asFound(fitting)
    if (found.kind !== 'none') return found
  }
  return { kind: 'none' }
}

/** As `findByName`, for many names looked up in the same items: each look-up costs the same however many there are. */
export function nameFinder<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
): (name: string) => FoundByName<T> {
  const byForm = FORMS.map((form) => {
    const byName = new Map<string, T[]>()
    for (const item of items) {
      const key = form(nameOf(item))
      const others = byName.get(key)
      if (others) others.push(item)
      else byName.set(key, [item])
    }
    return { form, byName }
  })
  return (name) => {
    for (const { form, byName } of byForm) {
      const found = asFound(byName.get(form(name)) ?? [])
      if (found.kind !== 'none') return found
    }
    return { kind: 'none' }
  }
}

function asFound<T>(fitting: readonly T[]): FoundByName<T> {
  const [item] = fitting
  if (item === undefined) return { kind: 'none' }
  return fitting.length === 1 ? { kind: 'found', item } : { kind: 'ambiguous', items: [...fitting] }
}

/**
 * What an attribute made from each column is called: the column's name on one line, as it is read. Columns that would
 * then be called the same keep their own names.
 */
export function attributeNames(columns: readonly string[]): Map<string, string> {
  const times = new Map<string, number>()
  for (const column of columns) times.set(plainName(column), (times.get(plainName(column)) ?? 0) + 1)
  return new Map(
    columns.map((column) => [column, times.get(plainName(column)) === 1 ? plainName(column) : column]),
  )
}

/**
 * A name as a message shows it, so that two that differ also look different: line ends as ⏎, tabs as ⇥, other white
 * space than a plain space, spaces at the ends or in a row, invisible signs, and marks that stand apart from their
 * letter by their number, as in "cafe‹U+0301›".
 */
export function visibleName(name: string): string {
  const isComposed = name === name.normalize('NFC')
  return name
    .replace(/\r\n|[\n\r\u2028\u2029\u0085]/gu, '⏎')
    .replaceAll('\t', '⇥')
    .replace(/^ +| +$| {2,}/gu, (spaces) => '␠'.repeat(spaces.length))
    .replace(/[^\P{Zs} ]|\p{Cc}|\p{Cf}|\p{Cs}/gu, numbered)
    .replace(/\p{M}/gu, (mark) => (isComposed ? mark : numbered(mark)))
}

const numbered = (character: string): string =>
  `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`
