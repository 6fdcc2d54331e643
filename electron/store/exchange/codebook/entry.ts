/** A code as it travels in files: what every codebook format reads into and writes from. */
import { validate as isUuid, v5 as uuidV5 } from 'uuid'
import { CODE_TEXT_FIELDS, CODE_TEXTS, type CodeTexts, eachText } from '../../../../shared/code-fields.ts'

export type CodebookEntry = CodeTexts & {
  /**
   * What the source calls the code. The readers here always fill it: where the source gives none it is made from
   * the code's place in the tree, the same on every reading, and `isIdDerived` says so.
   */
  id: string | null
  /** Id of another entry of the list, which stands before this one; null at the top. */
  parentId: string | null
  name: string
  /** `#rrggbb`, or null. */
  colour: string | null
  isFolder: boolean
  isRetired?: boolean
  /** The id was made here: a code of the same path is the same code even if its id differs. */
  isIdDerived?: boolean
}

/** The fields of the written definition with the title each has in files for people, in order. */
export const DEFINITION_FIELDS = CODE_TEXT_FIELDS.map((field) => [field, CODE_TEXTS[field].title] as const)

/** No codebook that people made comes near; files beyond are damaged or hostile. */
export const MAX_CODES = 100_000
export const MAX_CODE_DEPTH = 250
export const MAX_CODEBOOK_BYTES = 64_000_000

const NAMESPACE = '8f6b5f0e-6c1b-5d0a-9a53-2f7f4d1c7e11'
const LIMITS = { name: 500, ...eachText((field) => CODE_TEXTS[field].most) }

/** An entry with a name and nothing else. */
export const emptyEntry = (name: string): CodebookEntry => ({
  id: null,
  parentId: null,
  name,
  colour: null,
  ...eachText(() => ''),
  isFolder: false,
})

/** A UUID (version 5) that depends on nothing but `parts`: the same on every computer and every day. */
export const stableUuid = (...parts: string[]): string => uuidV5(JSON.stringify(parts), NAMESPACE)

/**
 * Ids for codes whose source gives none, made from the place in the tree. Codes of one name at one place are told
 * apart by their order.
 */
export class PlaceIds {
  readonly #taken: Set<string>
  readonly #countOf = new Map<string, number>()

  /** `taken` are the ids the source gives; what is made here is added to them. */
  constructor(taken: Set<string>) {
    this.#taken = taken
  }

  make(parentId: string | null, name: string): string {
    const place = JSON.stringify([parentId, name])
    let count = this.#countOf.get(place) ?? 0
    let id: string
    do {
      count++
      id = count === 1 ? stableUuid('place', place) : stableUuid('place', place, String(count))
    } while (this.#taken.has(id))
    this.#countOf.set(place, count)
    this.#taken.add(id)
    return id
  }
}

/** An id without the braces some programs write; UUIDs in lower case, since their case means nothing. */
export function normalId(id: string): string {
  const bare = id.trim().replace(/^\{(.*)\}$/, '$1')
  return isUuid(bare) ? bare.toLowerCase() : bare
}

/** `#rrggbb` in lower case from `#RGB`, `#RRGGBB` or the same without `#`; null for anything else. */
export function normalColour(colour: string): string | null {
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(colour.trim())?.[1]?.toLowerCase()
  if (digits === undefined) return null
  return `#${digits.length === 6 ? digits : [...digits].map((digit) => digit + digit).join('')}`
}

/**
 * Brings an entry of a foreign file within what a project holds: the name trimmed and not empty, over-long texts
 * cut. Everything lost is said in a warning.
 */
export function fitEntry(entry: CodebookEntry, warnings: string[]): CodebookEntry {
  const fitted = { ...entry, name: entry.name.trim() }
  if (fitted.name === '') {
    fitted.name = 'Unnamed code'
    warnings.push('A code without a name was called "Unnamed code".')
  }
  for (const field of Object.keys(LIMITS) as Array<keyof typeof LIMITS>) {
    const limit = LIMITS[field]
    if (fitted[field].length <= limit) continue
    warnings.push(
      `The ${field} of "${fitted.name.slice(0, 60)}" has ${fitted[field].length} characters and was cut to ${limit}.`,
    )
    const isInPair = /[\ud800-\udbff]/.test(fitted[field].charAt(limit - 1))
    fitted[field] = fitted[field].slice(0, isInPair ? limit - 1 : limit)
  }
  return fitted
}

const MAX_WARNINGS = 200

/** As many warnings as a person may still read; the number of the others is the last one. */
export function firstWarnings(warnings: readonly string[]): string[] {
  if (warnings.length <= MAX_WARNINGS) return [...warnings]
  return [...warnings.slice(0, MAX_WARNINGS), `There are ${warnings.length - MAX_WARNINGS} more such notes.`]
}

/**
 * The children of each entry in the list's order, by index, and the indices of those at the top. An entry whose
 * parent is not in the list stands at the top.
 */
export function treeOf(entries: readonly CodebookEntry[]): { top: number[]; children: number[][] } {
  const indexOfId = new Map<string, number>()
  for (const [index, { id }] of entries.entries())
    if (id !== null && !indexOfId.has(id)) indexOfId.set(id, index)
  const top: number[] = []
  const children: number[][] = entries.map(() => [])
  for (const [index, { parentId }] of entries.entries()) {
    const parent = parentId === null ? undefined : indexOfId.get(parentId)
    if (parent === undefined || parent === index) top.push(index)
    else children[parent]?.push(index)
  }
  return { top, children }
}
