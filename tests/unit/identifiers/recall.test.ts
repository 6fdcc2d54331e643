/** How much of what is planted is found, and how much of what is found was planted. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findIdentifiers, IDENTIFIER_KINDS, type IdentifierKind } from '../../../shared/identifiers/index.ts'
import {
  HELD_OUT_WITH,
  HELD_OUT_WITHOUT,
  type Sentence,
  sentences,
  WITH_IDENTIFIERS,
  WITHOUT_IDENTIFIERS,
} from './generated-notes.ts'

/** Check digit, form, or the project's own list; the others rest on the words around. */
const SURE: readonly IdentifierKind[] = [
  'NHS',
  'UPN',
  'NINO',
  'POSTCODE',
  'PHONE',
  'EMAIL',
  'VRM',
  'URL',
  'LISTED',
]

const LIKELY = IDENTIFIER_KINDS.filter((kind) => !SURE.includes(kind))

type Count = { planted: number; exact: number; touched: number; found: number; right: number }
const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)

function add(into: Count, other: Count): Count {
  for (const key of Object.keys(into) as Array<keyof Count>) into[key] += other[key]
  return into
}
const none = (): Count => ({ planted: 0, exact: 0, touched: 0, found: 0, right: 0 })

function measure(all: readonly Sentence[]) {
  const counts = new Map<IdentifierKind, Count>(IDENTIFIER_KINDS.map((kind) => [kind, none()]))
  const count = (kind: IdentifierKind): Count => counts.get(kind) as Count
  const wrong: string[] = []
  const missed: string[] = []
  for (const { text, plants } of all) {
    const findings = findIdentifiers(text, { deny: ['project lantern'] })
    for (const { kind, start, end } of plants) {
      const own = count(kind)
      own.planted++
      if (findings.some((found) => found.kind === kind && found.start === start && found.end === end))
        own.exact++
      else missed.push(`${kind} ${text.slice(start, end)} | ${text}`)
      // A piece of it, under whatever kind: enough for somebody who reviews it to see it.
      if (findings.some((found) => found.start < end && start < found.end)) own.touched++
    }
    for (const { kind, start, end, text: words } of findings) {
      const own = count(kind)
      own.found++
      if (plants.some((plant) => plant.kind === kind && plant.start === start && plant.end === end))
        own.right++
      else wrong.push(`${kind} ${words} | ${text}`)
    }
  }
  const together = (kinds: readonly IdentifierKind[]): Count =>
    kinds.map(count).reduce((sum, own) => add(sum, own), none())
  const row = (name: string, own: Count): string =>
    [
      name.padEnd(10),
      ...[own.planted, own.found].map((value) => String(value).padStart(7)),
      ...[ratio(own.exact, own.planted), ratio(own.touched, own.planted), ratio(own.right, own.found)].map(
        (value) => value.toFixed(3).padStart(9),
      ),
    ].join(' ')
  const table = (kinds: readonly IdentifierKind[]): string =>
    [
      `${'kind'.padEnd(10)} planted   found    recall   touched precision`,
      ...kinds.map((kind) => row(kind, count(kind))),
      row('sure', together(SURE)),
      row('likely', together(LIKELY)),
      row('all', together(IDENTIFIER_KINDS)),
    ].join('\n')
  return { count, together, table, details: [...missed, '---', ...wrong].join('\n') }
}

describe('on generated notes', () => {
  const all = [...sentences(WITH_IDENTIFIERS, 4_000, 20_240), ...sentences(WITHOUT_IDENTIFIERS, 4_000, 7)]
  const { count, together, table, details } = measure(all)

  it('is printed kind by kind', () => {
    console.log(table(IDENTIFIER_KINDS))
    if (process.env.SHOW_MISSES) console.log(details)
    for (const kind of IDENTIFIER_KINDS) expect(count(kind).planted, kind).toBeGreaterThan(0)
    expect(all).toHaveLength(8_000)
  })

  it.each(SURE)('%s is found and hardly anything is taken for it', (kind) => {
    const { exact, planted, right, found } = count(kind)
    expect(ratio(exact, planted)).toBeGreaterThanOrEqual(0.99)
    // One in eleven numbers of ten digits is an NHS number by its check digit, whatever it counts.
    expect(ratio(right, found)).toBeGreaterThanOrEqual(kind === 'NHS' ? 0.95 : 0.99)
  })

  it('what has a check digit or a form is right, and what rests on the words around it mostly is', () => {
    const [sure, rest] = [together(SURE), together(LIKELY)]
    expect(ratio(sure.right, sure.found)).toBeGreaterThanOrEqual(0.97)
    expect(ratio(rest.exact, rest.planted)).toBeGreaterThanOrEqual(0.9)
    expect(ratio(rest.right, rest.found)).toBeGreaterThanOrEqual(0.92)
  })

  it.each(LIKELY)('%s is mostly found, and mostly right', (kind) => {
    const { exact, planted, right, found } = count(kind)
    expect(ratio(exact, planted)).toBeGreaterThanOrEqual(0.85)
    expect(ratio(right, found)).toBeGreaterThanOrEqual(0.9)
  })
})

describe('on generated notes of shapes nobody had in mind', () => {
  const { together, table, details } = measure([
    ...sentences(HELD_OUT_WITH, 2_000, 99),
    ...sentences(HELD_OUT_WITHOUT, 2_000, 3),
  ])

  it('is printed, and holds the floors as well', () => {
    console.log(`held out\n${table(['NAME', 'PLACE', 'SCHOOL', 'ADDRESS', 'DOB', 'CASEID'])}`)
    if (process.env.SHOW_MISSES) console.log(details)
    const [sure, rest] = [together(SURE), together(LIKELY)]
    expect(ratio(sure.exact, sure.planted)).toBeGreaterThanOrEqual(0.99)
    expect(ratio(sure.right, sure.found)).toBeGreaterThanOrEqual(0.97)
    expect(ratio(rest.exact, rest.planted)).toBeGreaterThanOrEqual(0.85)
    expect(ratio(rest.right, rest.found)).toBeGreaterThanOrEqual(0.8)
  })
})

describe('on the sample project, which is masked already', () => {
  const notes = JSON.parse(
    readFileSync(new URL('../../../resources/sample/notes.json', import.meta.url), 'utf8'),
  ) as Array<{ id: string; text: string }>

  it('hardly anything is reported', () => {
    const size = notes.reduce((sum, { text }) => sum + text.length, 0)
    const reported = notes.flatMap(({ id, text }) =>
      findIdentifiers(text).map(({ kind, text: words }) => `${id}: ${kind} ${words}`),
    )
    expect(reported.length / (size / 10_000), reported.join('\n')).toBeLessThanOrEqual(1)
  })
})
