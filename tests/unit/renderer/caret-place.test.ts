/** Where the caret is, as the status bar says it. */
import { describe, expect, it } from 'vitest'
import { lineStarts, placeOf } from '../../../renderer/shell/caret-place.ts'

const TEXT = 'Seen with mum.\n\nShe was settled.\nPlan: review.'
const starts = lineStarts(TEXT)
const at = (focus: number, anchor = focus) => placeOf(starts, TEXT.length, { anchor, focus })

describe('the place of the caret', () => {
  it('counts the paragraphs that hold text', () => {
    expect(starts).toEqual([0, 16, 33])
    expect(at(0)).toMatchObject({ paragraph: 1, paragraphs: 3, character: 0, characters: TEXT.length })
    expect(at(15).paragraph).toBe(1)
    expect(at(16).paragraph).toBe(2)
    expect(at(TEXT.length).paragraph).toBe(3)
  })
  it('says how much is selected, whichever way', () => {
    expect(at(20, 16).selected).toBe(4)
    expect(at(16, 20).selected).toBe(4)
  })
  it('knows a note without text and one that begins with empty lines', () => {
    expect(placeOf(lineStarts(''), 0, { anchor: 0, focus: 0 })).toMatchObject({ paragraph: 1, paragraphs: 1 })
    expect(placeOf(lineStarts('\n\nText'), 6, { anchor: 0, focus: 0 }).paragraph).toBe(1)
  })
})
