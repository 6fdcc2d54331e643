/** How much of what is planted is found, and how much of what is found was planted. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findIdentifiers, IDENTIFIER_KINDS, type IdentifierKind } from '../../../shared/identifiers/index.ts'
import { sentences, WITH_IDENTIFIERS, WITHOUT_IDENTIFIERS } from './generated-notes.ts'

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

type Count = { planted: number; exact: number; touched: number; found: number; right: number }
const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)

function add(into: Count, other: Count): Count {
  for (const key of Object.keys(into) as Array<keyof Count>) into[key] += other[key]
  return into
}
const none = (): Count => ({ planted: 0, exact: 0, touched: 0, found: 0, right: 0 })

describe('on generated notes', () => {
  const counts = new Map<IdentifierKind, Count>(IDENTIFIER_KINDS.map((kind) => [kind, none()]))
  const count = (kind: IdentifierKind): Count => counts.get(kind) as Count
  const wrong: string[] = []
  const missed: string[] = []
  const all = [...sentences(WITH_IDENTIFIERS, 4_000, 20_240), ...sentences(WITHOUT_IDENTIFIERS, 4_000, 7)]
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
  const likely = IDENTIFIER_KINDS.filter((kind) => !SURE.includes(kind))

  it('is printed kind by kind', () => {
    const row = (name: string, own: Count): string =>
      [
        name.padEnd(10),
        ...[own.planted, own.found].map((value) => String(value).padStart(7)),
        ...[ratio(own.exact, own.planted), ratio(own.touched, own.planted), ratio(own.right, own.found)].map(
          (value) => value.toFixed(3).padStart(9),
        ),
      ].join(' ')
    console.log(
      [
        `${'kind'.padEnd(10)} planted   found    recall   touched precision`,
        ...IDENTIFIER_KINDS.map((kind) => row(kind, count(kind))),
        row('sure', together(SURE)),
        row('likely', together(likely)),
        row('all', together(IDENTIFIER_KINDS)),
      ].join('\n'),
    )
    if (process.env.SHOW_MISSES) console.log([...missed, '---', ...wrong].join('\n'))
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
    const [sure, rest] = [together(SURE), together(likely)]
    expect(ratio(sure.right, sure.found)).toBeGreaterThanOrEqual(0.97)
    expect(ratio(rest.exact, rest.planted)).toBeGreaterThanOrEqual(0.9)
    expect(ratio(rest.right, rest.found)).toBeGreaterThanOrEqual(0.92)
  })

  it.each(likely)('%s is mostly found, and mostly right', (kind) => {
    const { exact, planted, right, found } = count(kind)
    expect(ratio(exact, planted)).toBeGreaterThanOrEqual(0.85)
    expect(ratio(right, found)).toBeGreaterThanOrEqual(0.9)
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
