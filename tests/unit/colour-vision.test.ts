/** Which code colours are hard to tell apart, and for whom. */
import { describe, expect, it } from 'vitest'
import { twinWords } from '../../renderer/ui/Swatch.tsx'
import { distance, NEAR, nearFor, SIGHTS } from '../../shared/colour-vision.ts'
import { PALETTE } from '../../shared/palette.ts'

const hexOf = (name: string) => PALETTE.find((entry) => entry.name === name)?.hex as string

describe('colours and eyes', () => {
  it('finds black and white as far apart as can be, for everyone, and a colour no way from itself', () => {
    for (const sight of SIGHTS) {
      expect(distance('#000000', '#ffffff', sight)).toBeCloseTo(1, 2)
      expect(distance('#67aaed', '#67aaed', sight)).toBe(0)
    }
  })

  it('tells all colours of the palette apart for usual eyes', () => {
    const pairs = PALETTE.flatMap((one, at) =>
      PALETTE.slice(at + 1).map((other) => [one.hex, other.hex] as const),
    )
    expect(pairs.filter(([one, other]) => distance(one, other, 'usual') < NEAR)).toEqual([])
  })

  it('knows who takes red for green, and who blue for green', () => {
    expect(nearFor('#8a6d00', '#5f7a00')).not.toContain('usual')
    expect(nearFor(hexOf('Blue'), hexOf('Periwinkle'))).toContain('deutan')
    expect(nearFor(hexOf('Teal'), hexOf('Cyan'))).toEqual(['tritan'])
  })

  it('warns in words of the codes beside it', () => {
    const beside = [{ name: 'Neglect', colour: hexOf('Teal') }]
    expect(twinWords(hexOf('Rose'), beside)).toBeNull()
    expect(twinWords(hexOf('Teal'), beside)).toEqual({ isSame: true, words: 'Also the colour of Neglect.' })
    expect(twinWords(hexOf('Cyan'), beside)).toEqual({
      isSame: false,
      words: 'Hard to tell from Neglect without blue cones.',
    })
  })
})
