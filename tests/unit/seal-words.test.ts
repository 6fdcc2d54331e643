import { describe, expect, it } from 'vitest'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Seal } from '../../shared/contract/project.ts'
import { sealWords } from '../../shared/seal-words.ts'
import { coderId } from '../ids.ts'

const seal = (coder: CoderId, from: number, to: number, isGood = true): Seal => ({
  ...{ coderId: coder, coder, from, to, isGood },
  ...{ at: new Date(2026, 10, 3, 14, to % 60).toISOString(), occasion: 'close' },
})

describe('what is sealed, in words', () => {
  it('takes what one person sealed in a row as one stretch, and leaves out what does not fit', () => {
    const seals = [
      seal(coderId('Amara'), 1, 10),
      seal(coderId('Amara'), 11, 12),
      seal(coderId('Ben'), 13, 13),
      seal(coderId('Ben'), 14, 20, false),
    ]
    expect(sealWords({ seals, unsealed: 7 }, 5)).toBe(
      'Sealed: entries 1 to 12 by Amara, 3 Nov 2026, 14:12; entry 13 by Ben, 3 Nov 2026, 14:13. 7 entries since are not sealed yet.',
    )
    expect(sealWords({ seals, unsealed: 0 }, 1)).toBe(
      'Sealed: 1 earlier; entry 13 by Ben, 3 Nov 2026, 14:13.',
    )
  })

  it('says where there is nothing to say', () => {
    expect(sealWords({ seals: [], unsealed: 3 }, 2)).toBe('Nothing is sealed yet.')
    expect(sealWords({ seals: [], unsealed: null }, 2)).toContain('is not shown')
  })
})
