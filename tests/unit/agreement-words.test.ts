import { describe, expect, it } from 'vitest'
import { addPatternCounts, binaryAgreement } from '../../shared/agreement/index.ts'
import { isParadox, readingOf } from '../../shared/agreement-words.ts'
import {
  AGREEMENT_STATISTICS,
  type AgreementReport,
  type CodeAgreement,
} from '../../shared/contract/agreement.ts'
import { codeId } from '../ids.ts'

const COMPARED = {
  unit: 'note',
  coders: ['Amara', 'Ben'].map((name) => ({ id: name, name })),
} as unknown as Pick<AgreementReport, 'coders' | 'unit'>

/** A row of the table of codes with the real figures of these counts. */
function row(both: number, first: number, second: number, neither: number): CodeAgreement {
  const patterns = addPatternCounts(2, [
    {
      coders: 2,
      counts: new Map([
        [3, both],
        [1, first],
        [2, second],
        [0, neither],
      ]),
    },
  ])
  const agreement = binaryAgreement(patterns)
  return {
    codeId: codeId('c'),
    code: 'Neglect',
    n: both + first + second + neither,
    counts: { both, first, second, neither },
    applied: [both + first, both + second],
    figures: Object.fromEntries(
      AGREEMENT_STATISTICS.map((name) => [name, agreement[name]]),
    ) as CodeAgreement['figures'],
    interval: {},
    analyticInterval: {},
    part: null,
    spread: { all: both, some: first + second, none: neither },
    skippedReplicates: 0,
  }
}

describe('the reading of a row', () => {
  it('tells counts, percent and kappa without a verdict', () => {
    expect(readingOf(row(20, 3, 3, 24), COMPARED)).toEqual([
      'Amara gave this code to 23 of 50 notes, Ben to 23, both to 20.',
      'They agree on 88.0 % of the notes, those where neither applied it included.',
      'Kappa is 0.76: of the agreement that chance leaves open, they reached 75.8 %.',
    ])
  })

  it('says the paradox of prevalence where percent is high and kappa low, with what chance alone would bring', () => {
    const rare = row(1, 2, 2, 95)
    expect(isParadox(rare)).toBe(true)
    const words = readingOf(rare, COMPARED).join(' ')
    // p_e = (3 · 3 + 97 · 97) / 100² = 0.9418
    expect(words).toContain('because the code is rare: chance alone would bring 94.2 %')
    expect(words).toContain('Of the 5 notes where at least one of them applied it, both did in 1.')
    expect(words).toContain('AC1')
    const common = row(95, 2, 2, 1)
    expect(readingOf(common, COMPARED).join(' ')).toContain('because the code is nearly everywhere')
  })

  it('does not call low kappa a paradox when the code is neither rare nor common', () => {
    expect(isParadox(row(10, 15, 15, 10))).toBe(false)
    expect(isParadox(row(25, 2, 2, 25))).toBe(false)
  })

  it('says when disagreement goes one way, and when an interval is too wide', () => {
    const lean = { ...row(10, 9, 1, 30), interval: { cohen: [0.1, 0.9] as [number, number] } }
    const words = readingOf(lean, COMPARED).join(' ')
    expect(words).toContain('Amara applied it without Ben in 9 of 10 notes where they differ')
    expect(words).toContain('0.10 to 0.90 (95 % interval): too wide')
  })

  it('leaves out an interval without width', () => {
    const single = { ...row(0, 1, 0, 59), interval: { cohen: [0, 0] as [number, number] } }
    expect(readingOf(single, COMPARED).join(' ')).not.toContain('95 % interval')
  })

  it('warns of figures from a few units, and from ten on leaves it to the interval', () => {
    expect(readingOf(row(0, 1, 0, 0), COMPARED)[1]).toMatch(/^Only 1 note compared: .* say little/)
    expect(readingOf(row(3, 1, 1, 4), COMPARED).join(' ')).toContain('Only 9 notes compared')
    expect(readingOf(row(3, 1, 1, 5), COMPARED).join(' ')).not.toContain('Only')
  })

  it('claims nothing where nobody applied the code, nothing was compared, or kappa is undefined', () => {
    expect(readingOf(row(0, 0, 0, 30), COMPARED)).toEqual([
      'Nobody applied this code in the 30 notes compared, so they say nothing about it.',
    ])
    expect(readingOf(row(0, 0, 0, 0), COMPARED)[0]).toMatch(/^There is nothing to compare/)
    expect(readingOf(row(30, 0, 0, 0), COMPARED).join(' ')).toContain('Kappa is undefined')
  })
})
