/**
 * What a coding says besides its code: that it is negated, past, about a sibling. Defined per project; these are the
 * rules for a set of them, and the five that text work on clinical notes usually attaches to a mention.
 */
import type { QualifierDefinition, Qualifiers } from './contract/qualifiers.ts'

const values = (...rows: readonly (readonly [name: string, short: string, key: string])[]) =>
  rows.map(([name, short, key]) => ({ name, short, key }))

/** Assertion, time, who is affected, who did it, told by. Short forms of "who did it" begin with », of "told by" with “. */
export const USUAL_QUALIFIERS: readonly QualifierDefinition[] = [
  {
    name: 'assertion',
    values: values(
      ['affirmed', 'aff', 'a'],
      ['negated', 'neg', 'n'],
      ['possible', 'pos', 'p'],
      ['alleged', 'alg', 'l'],
      ['disclosed', 'dis', 'd'],
      ['confirmed', 'con', 'c'],
    ),
  },
  {
    name: 'time',
    values: values(['current', 'now', 'r'], ['past', 'pst', 't'], ['future risk', 'fut', 'f']),
  },
  {
    name: 'who is affected',
    values: values(
      ['patient', 'pt', 'y'],
      ['sibling', 'sib', 's'],
      ['parent', 'par', 'm'],
      ['other', 'oth', 'o'],
    ),
  },
  {
    name: 'who did it',
    values: values(
      ['parent', '»pa', 'g'],
      ['other adult', '»ad', 'h'],
      ['child', '»ch', 'k'],
      ['unknown', '»?', 'u'],
    ),
  },
  {
    name: 'told by',
    values: values(
      ['patient', '“pt', 'i'],
      ['carer', '“ca', 'e'],
      ['professional', '“pr', 'w'],
      ['document', '“do', 'b'],
    ),
  },
]

const twice = (names: readonly string[]): string | undefined => {
  const seen = new Set<string>()
  return names.find((name) => {
    const key = name.toLowerCase()
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })
}

/** What is wrong with a set of qualifiers, as a sentence; null when nothing is. */
export function qualifierProblem(definitions: readonly QualifierDefinition[]): string | null {
  const name = twice(definitions.map((definition) => definition.name))
  if (name) return `There are two qualifiers called “${name}”. Give one of them another name.`
  for (const definition of definitions) {
    const value = twice(definition.values.map((each) => each.name))
    if (value) return `“${definition.name}” has “${value}” twice. Give one of them another name.`
  }
  const taken = new Map<string, string>()
  for (const { name: of, values } of definitions) {
    for (const { key, name: value } of values) {
      if (key === null) continue
      const holder = taken.get(key)
      if (holder)
        return `Shift+${key.toUpperCase()} is already the key of ${holder}. Choose another key for “${value}”.`
      taken.set(key, `“${value}” (${of})`)
    }
  }
  return null
}

/** The value a key stands for, with its qualifier. */
export function valueOfKey(
  definitions: readonly QualifierDefinition[],
  key: string,
): { qualifier: string; value: string } | null {
  for (const { name, values } of definitions) {
    const found = values.find((value) => value.key === key)
    if (found) return { qualifier: name, value: found.name }
  }
  return null
}

/** Gives a coding a value, or takes it off where the coding has it already. */
export function toggled(qualifiers: Qualifiers, qualifier: string, value: string): Qualifiers {
  const { [qualifier]: before, ...rest } = qualifiers
  return before === value ? rest : { ...rest, [qualifier]: value }
}

/** What a coding says in the order of the definitions; what is no longer defined comes last. */
export function saidOf(
  qualifiers: Qualifiers,
  definitions: readonly QualifierDefinition[],
): { qualifier: string; value: string; short: string }[] {
  const order = (name: string) => {
    const at = definitions.findIndex((definition) => definition.name === name)
    return at === -1 ? definitions.length : at
  }
  return Object.entries(qualifiers)
    .sort(([a], [b]) => order(a) - order(b))
    .map(([qualifier, value]) => {
      const known = definitions[order(qualifier)]?.values.find((each) => each.name === value)
      return { qualifier, value, short: known?.short ?? [...value].slice(0, 3).join('') }
    })
}
