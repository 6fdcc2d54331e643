/** Where the caret is, as the status bar says it. */
import { describe, expect, it } from 'vitest'
import { placeOf, placesIn } from '../../../renderer/shell/caret-place.ts'

const TEXT = 'Seen with mum.\n\nShe was settled.\nPlan: review.'
const places = placesIn(TEXT)
const at = (focus: number, anchor = focus) => placeOf(places, { anchor, focus })

describe('the place of the caret', () => {
  it('counts the paragraphs that hold text', () => {
    expect(places.starts).toEqual([0, 16, 33])
    expect(at(0)).toMatchObject({ paragraph: 1, paragraphs: 3, character: 0, characters: TEXT.length })
    expect(at(15).paragraph).toBe(1)
    expect(at(16).paragraph).toBe(2)
    expect(at(TEXT.length).paragraph).toBe(3)
  })
  it('says how much is selected, whichever way', () => {
    expect(at(20, 16).selected).toBe(4)
    expect(at(16, 20).selected).toBe(4)
  })
  it('counts characters as people see them, not the units they are kept in', () => {
    const smile = placesIn('😀 ok\n')
    expect(placeOf(smile, { anchor: 6, focus: 6 })).toMatchObject({ character: 5, characters: 5 })
    expect(placeOf(smile, { anchor: 0, focus: 2 })).toMatchObject({ character: 1, selected: 1 })
    expect(placeOf(smile, { anchor: 2, focus: 0 })).toMatchObject({ character: 0, selected: 1 })
    expect(placeOf(smile, { anchor: 0, focus: 6 }).selected).toBe(5)
  })
  it('is the end of the text for a caret that is left over from a longer one', () => {
    expect(placeOf(placesIn('😀'), { anchor: 9, focus: 9 })).toMatchObject({ character: 1, selected: 0 })
  })
  it('knows a note without text and one that begins with empty lines', () => {
    expect(placeOf(placesIn(''), { anchor: 0, focus: 0 })).toMatchObject({ paragraph: 1, paragraphs: 1 })
    expect(placeOf(placesIn('\n\nText'), { anchor: 0, focus: 0 }).paragraph).toBe(1)
  })
})
