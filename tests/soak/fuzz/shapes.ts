/** Messages made from the contract's own schemas, as they should be, and then spoilt. */
import type { z } from 'zod'
import type { Chance } from '../soak.ts'

/** Gives a text for the place it is to stand in: ids of things there are, tickets, names. */
export type Words = (path: readonly string[]) => string

type Def = {
  type: string
  shape?: Record<string, z.core.$ZodType>
  element?: z.core.$ZodType
  options?: z.core.$ZodType[]
  innerType?: z.core.$ZodType
  items?: z.core.$ZodType[]
  keyType?: z.core.$ZodType
  valueType?: z.core.$ZodType
  in?: z.core.$ZodType
  entries?: Record<string, string>
  values?: unknown[]
}
type Check = { _zod: { def: { check: string; minimum?: number; value?: number } } }

/** The least length or value the schema takes, and the most. */
function limitsOf(schema: z.core.$ZodType): { least: number; most: number } {
  const checks = (schema._zod.def as { checks?: Check[] }).checks ?? []
  const limit = (...kinds: string[]) => {
    const def = checks.map((check) => check._zod.def).find(({ check }) => kinds.includes(check))
    return def?.minimum ?? def?.value
  }
  return { least: limit('min_length', 'greater_than') ?? 0, most: limit('less_than') ?? 1_000 }
}

/** A value of the schema's shape; most of them are valid. */
export function messageOf(
  schema: z.core.$ZodType,
  draw: Chance,
  words: Words,
  path: readonly string[] = [],
): unknown {
  const def = schema._zod.def as unknown as Def
  const inner = (each: z.core.$ZodType | undefined, ...more: string[]) =>
    each === undefined ? undefined : messageOf(each, draw, words, [...path, ...more])
  switch (def.type) {
    case 'object': {
      const made: Record<string, unknown> = {}
      for (const [key, each] of Object.entries(def.shape ?? {})) {
        const value = inner(each, key)
        if (value !== undefined) made[key] = value
      }
      return inOrder(made, draw)
    }
    case 'optional':
      return draw.below(3) === 0 ? inner(def.innerType) : undefined
    case 'nullable':
      return draw.below(3) === 0 ? null : inner(def.innerType)
    case 'default':
      return draw.below(2) === 0 ? undefined : inner(def.innerType)
    case 'readonly':
    case 'nonoptional':
      return inner(def.innerType)
    case 'pipe':
      return inner(def.in)
    case 'array': {
      const { least } = limitsOf(schema)
      return Array.from({ length: least + draw.below(3) }, () => inner(def.element))
    }
    case 'tuple':
      return (def.items ?? []).map((each) => inner(each))
    case 'union':
      return inner(draw.pick(def.options ?? []))
    case 'record': {
      const pairs = Array.from({ length: draw.below(3) }, () => [
        inner(def.keyType, 'name'),
        inner(def.valueType),
      ])
      return Object.fromEntries(pairs)
    }
    case 'enum':
      return draw.pick(Object.values(def.entries ?? {}))
    case 'literal':
      return draw.pick(def.values ?? [])
    case 'boolean':
      return draw.below(2) === 0
    case 'null':
      return null
    case 'number':
      return numberFor(limitsOf(schema), draw)
    case 'string':
      return words(path)
    default:
      return { unknown: def.type }
  }
}

function numberFor({ least, most }: { least: number; most: number }, draw: Chance): number {
  const near = draw.pick([0, 1, 2, 3, 5, 12, 40])
  return draw.below(30) === 0 ? most : Math.min(least + near, most)
}

/** Most stretches of text begin before they end. */
function inOrder(made: Record<string, unknown>, draw: Chance): Record<string, unknown> {
  const { start, end } = made
  if (typeof start !== 'number' || typeof end !== 'number' || start < end || draw.below(10) === 0) return made
  return { ...made, start: end, end: start + 1 }
}

const deep = (levels: number): unknown => (levels === 0 ? [] : [deep(levels - 1)])

/** What no field of ours should take, or not as it is. */
const HOSTILE: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => '',
  () => ' ',
  () => '\ud800',
  () => `half ${'\udc00'} there`,
  () => 'x'.repeat(401),
  () => 'é'.repeat(30_000),
  () => 'nobody',
  () => 'project',
  () => '__proto__',
  () => 'constructor',
  () => `'; DROP TABLE coding; --`,
  () => '"*" NEAR( ^ ',
  () => '*',
  () => '(a+)+$',
  () => '\0',
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 53,
  () => 1e308,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 10n,
  () => true,
  () => [],
  () => ({}),
  () => deep(200),
  () => JSON.parse('{"__proto__": {"role": "lead"}}'),
  () => ({ toString: 1, valueOf: 1 }),
  () => new Date(0),
  () => new Map([[1, 2]]),
  () => new Uint8Array(8),
]

/** Spoils one place of a message, or adds one that nobody asked for. */
export function spoilt(value: unknown, draw: Chance): unknown {
  const isLeaf = typeof value !== 'object' || value === null || draw.below(4) === 0
  if (isLeaf) return draw.pick(HOSTILE)()
  if (Array.isArray(value)) {
    if (value.length === 0) return [draw.pick(HOSTILE)()]
    const at = draw.below(value.length)
    return draw.below(6) === 0
      ? [...value, ...value]
      : value.map((each, index) => (index === at ? spoilt(each, draw) : each))
  }
  const keys = Object.keys(value)
  if (keys.length === 0 || draw.below(8) === 0)
    return { ...value, [draw.pick(['extra', 'role', 'coderId', 'hasOwnProperty'])]: draw.pick(HOSTILE)() }
  const key = draw.pick(keys)
  return { ...value, [key]: spoilt((value as Record<string, unknown>)[key], draw) }
}

/** Messages that are no calls: wrong ids, verbs and shapes of the envelope itself. */
export function envelope(draw: Chance): unknown {
  const odd = () => draw.pick(HOSTILE)()
  return draw.pick<() => unknown>([
    odd,
    () => ({ abort: odd() }),
    () => ({ id: odd(), verb: odd(), args: odd() }),
    () => ({
      id: 5,
      verb: draw.pick(['__proto__', 'constructor', 'toString', 'notes.get.', 'NOTES.GET']),
      args: {},
    }),
    () => ({ verb: 'coders.list' }),
    () => ({ id: 7, verb: 'coders.list', args: {}, abort: 7 }),
    () => ({ event: { topics: ['project'], noteIds: null } }),
    () => ({ id: 8, value: 1 }),
    () => ({ id: 9, problem: null, progress: null }),
    () => [{ id: 1, verb: 'coders.list', args: {} }],
  ])()
}
