import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CoderId } from '../../shared/contract/basics.ts'
import { coderId } from '../ids.ts'

interface SampleNote {
  id: string
  case: string
  date: string
  title: string
  text: string
  attributes: { note_type: string; team: string; clinician_role: string }
}
interface SampleCase {
  id: string
  attributes: {
    social_work_status: string
    referral_outcome: string
    age_at_referral: number
    gender?: string
  }
}
interface SampleCoding {
  coder: CoderId
  note: string
  code: string
  quote?: string
  occurrence?: number
  whole?: true
  memo?: string
}
interface SampleCodings {
  coders: { id: string; name: string }[]
  codings: SampleCoding[]
  finished: Record<string, string[]>
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../resources/${path}`, import.meta.url), 'utf8')) as T
}

const notes = read<SampleNote[]>('sample/notes.json')
const cases = read<SampleCase[]>('sample/cases.json')
const { coders, codings, finished } = read<SampleCodings>('sample/codings.json')
const template = read<{ codes: { id: string; group: string; name: string }[] }>('templates/safeguarding.json')
const noteById = new Map(notes.map((note) => [note.id, note]))
const codeIds = new Set(template.codes.map((code) => code.id))

/** Offset of the nth (1-based) occurrence of `quote`, or -1. */
function nthIndex(text: string, quote: string, nth: number): number {
  let at = -1
  for (let i = 0; i < nth; i++) {
    at = text.indexOf(quote, at + 1)
    if (at === -1) return -1
  }
  return at
}

function noteCodes(coder: CoderId, note: string): Set<string> {
  return new Set(codings.filter((c) => c.coder === coder && c.note === note).map((c) => c.code))
}

const NOTE_TYPES = [
  'Referral letter',
  'Triage note',
  'Assessment',
  'Progress note',
  'Ward note',
  'Telephone contact',
  'MDT meeting',
  'Risk assessment',
  'Letter to GP',
  'Discharge summary',
  'School contact',
  'CPA review',
]

describe('sample cases', () => {
  it('holds twenty young people with known attribute values', () => {
    expect(cases.map((c) => c.id)).toEqual(
      Array.from({ length: 20 }, (_, i) => `YP${String(i + 1).padStart(2, '0')}`),
    )
    const outcomes = ['Accepted', 'Not accepted', 'Accepted after re-referral']
    const statuses = ['None', 'Other current involvement', 'Past', 'Child protection plan', 'Looked after']
    for (const c of cases) {
      expect(statuses).toContain(c.attributes.social_work_status)
      expect(outcomes).toContain(c.attributes.referral_outcome)
      expect(c.attributes.age_at_referral).toBeGreaterThanOrEqual(6)
      expect(c.attributes.age_at_referral).toBeLessThanOrEqual(17)
    }
    expect(new Set(cases.map((c) => c.attributes.social_work_status)).size).toBe(5)
    expect(new Set(cases.map((c) => c.attributes.referral_outcome)).size).toBe(3)
    expect(cases.some((c) => c.attributes.gender === undefined)).toBe(true)
  })
})

describe('sample notes', () => {
  it('has enough notes, numbered, in date order, each with a known case', () => {
    expect(notes.length).toBeGreaterThanOrEqual(66)
    notes.forEach((note, i) => {
      expect(note.id).toBe(`N${String(i + 1).padStart(3, '0')}`)
      expect(note.date).toMatch(/^20(18|19|20|21|22|23|24)-\d{2}-\d{2}$/)
      expect(note.title.length).toBeGreaterThan(0)
      expect(NOTE_TYPES).toContain(note.attributes.note_type)
      expect(note.attributes.team.length).toBeGreaterThan(0)
      expect(note.attributes.clinician_role.length).toBeGreaterThan(0)
    })
    expect(new Set(notes.map((n) => n.attributes.note_type)).size).toBe(NOTE_TYPES.length)
    const ids = new Set(cases.map((c) => c.id))
    for (const note of notes) expect(ids.has(note.case)).toBe(true)
    for (const id of ids) {
      const dates = notes.filter((n) => n.case === id).map((n) => n.date)
      expect(dates.length).toBeGreaterThanOrEqual(2)
      expect(dates.length).toBeLessThanOrEqual(6)
      expect(dates).toEqual([...dates].sort())
    }
  })

  it('spans short and long notes', () => {
    const lengths = notes.map((n) => n.text.length)
    expect(Math.min(...lengths)).toBeLessThanOrEqual(150)
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(11_000)
    expect(lengths.filter((n) => n > 8000).length).toBeGreaterThanOrEqual(3)
    expect(lengths.filter((n) => n >= 2500 && n <= 6000).length).toBeGreaterThanOrEqual(8)
  })

  it('carries masks and characters outside ASCII, and nothing that looks like an identifier', () => {
    const all = notes.map((n) => n.text).join('\n')
    for (const piece of ['ZZZZZ', 'QQQQQ', '[__PPP__]', '£', 'é', '’', '“', '–']) {
      expect(all).toContain(piece)
    }
    expect(all).toMatch(/\[\d\d-\d\d-\d{4}\]/)
    expect(all).toMatch(/\p{Extended_Pictographic}/u)
    for (const { id, text } of notes) {
      expect(text, id).not.toMatch(/\d(?:[ -]?\d){9,}/)
      expect(text, id).not.toMatch(/@|https?:|www\./)
      expect(text, id).not.toMatch(/\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/)
      expect(text, id).not.toMatch(/\r|\t/)
    }
  })
})

describe('sample codings', () => {
  it('names only known coders, notes and codes', () => {
    expect(coders).toEqual([
      { id: 'coder-a', name: 'Amara' },
      { id: 'coder-b', name: 'Ben' },
    ])
    expect(template.codes).toHaveLength(61)
    for (const c of codings) {
      expect(coders.map((k) => k.id)).toContain(c.coder)
      expect(noteById.has(c.note)).toBe(true)
      expect(codeIds.has(c.code), c.code).toBe(true)
    }
    expect(Object.keys(finished)).toEqual(['Amara', 'Ben'])
    for (const ids of Object.values(finished)) {
      for (const id of ids) expect(noteById.has(id)).toBe(true)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('resolves every quote at its occurrence', () => {
    const seen = new Set<string>()
    for (const c of codings) {
      const key = [c.coder, c.note, c.code, c.whole ? 'whole' : `${c.occurrence ?? 1}:${c.quote}`]
      expect(seen.has(key.join('|')), key.join('|')).toBe(false)
      seen.add(key.join('|'))
      if (c.whole) {
        expect(c.quote).toBeUndefined()
        continue
      }
      const quote = c.quote ?? ''
      expect(quote.length, `${c.note} ${c.code}`).toBeGreaterThan(0)
      expect(quote, `${c.note} ${c.code}`).toBe(quote.trim())
      const text = noteById.get(c.note)?.text ?? ''
      const at = nthIndex(text, quote, c.occurrence ?? 1)
      expect(at, `${c.note} ${c.code} ${quote}`).toBeGreaterThanOrEqual(0)
      expect(text.slice(at, at + quote.length)).toBe(quote)
    }
  })

  it('is double-coded in full size, with notes that only one or neither has finished', () => {
    for (const { id } of coders) {
      expect(codings.filter((c) => c.coder === id).length).toBeGreaterThanOrEqual(300)
    }
    const [a, b] = [new Set(finished.Amara), new Set(finished.Ben)]
    expect(notes.filter((n) => a.has(n.id) && b.has(n.id)).length).toBeGreaterThanOrEqual(55)
    expect(notes.some((n) => a.has(n.id) !== b.has(n.id))).toBe(true)
    expect(notes.some((n) => !a.has(n.id) && !b.has(n.id))).toBe(true)
    expect(codings.filter((c) => c.memo).length).toBeGreaterThanOrEqual(10)
    expect(codings.some((c) => c.whole)).toBe(true)
    const used = new Set(codings.map((c) => c.code))
    expect(codeIds.size - used.size).toBeGreaterThanOrEqual(8)
  })

  it('agrees as real coders do: high percent agreement, kappa that varies by code', () => {
    const both = notes.filter((n) => finished.Amara?.includes(n.id) && finished.Ben?.includes(n.id))
    const sets = both.map(
      (n) => [noteCodes(coderId('coder-a'), n.id), noteCodes(coderId('coder-b'), n.id)] as const,
    )
    const kappas: number[] = []
    for (const code of codeIds) {
      const pairs = sets.map(([a, b]) => [a.has(code), b.has(code)] as const)
      const n = pairs.length
      const observed = pairs.filter(([x, y]) => x === y).length / n
      const pa = pairs.filter(([x]) => x).length / n
      const pb = pairs.filter(([, y]) => y).length / n
      expect(observed, code).toBeGreaterThan(0.7)
      if ((pa + pb) * n < 12) continue
      const chance = pa * pb + (1 - pa) * (1 - pb)
      kappas.push((observed - chance) / (1 - chance))
    }
    kappas.sort((x, y) => x - y)
    const median = kappas[Math.floor(kappas.length / 2)] ?? 0
    expect(kappas.length).toBeGreaterThanOrEqual(15)
    expect(median).toBeGreaterThan(0.6)
    expect(median).toBeLessThan(0.95)
    expect(kappas[0]).toBeLessThan(0.6)
    expect(kappas[kappas.length - 1]).toBeGreaterThan(0.85)
  })
})
