import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paragraphEdge } from '../../../renderer/note/caret.ts'
import { findMasks } from '../../../renderer/note/masks.ts'
import { lineAt, lineStarts } from '../../../renderer/note/offset-map.ts'
import { alikeHeads, LABEL_HEIGHT, placeBars, placeLabels } from '../../../renderer/note/stripes.tsx'
import { piecesOf } from '../../../renderer/note/surface.ts'
import { codeId } from '../../ids.ts'

describe('lines of a note', () => {
  it('start after every line feed, empty lines too', () => {
    expect([...lineStarts('')]).toEqual([0])
    expect([...lineStarts('a\n\nb')]).toEqual([0, 2, 3])
    expect([...lineStarts('a\n')]).toEqual([0, 2])
  })

  it('hold every offset exactly once, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', '\t', '😀', 'é') }),
        fc.nat(),
        (text, seed) => {
          const starts = lineStarts(text)
          const offset = seed % (text.length + 1)
          const line = lineAt(starts, offset)
          const start = starts[line] as number
          const next = starts[line + 1] ?? text.length + 1
          expect(start).toBeLessThanOrEqual(offset)
          expect(offset).toBeLessThan(next)
          expect(text.slice(0, offset).split('\n')).toHaveLength(line + 1)
        },
      ),
    )
  })
})

describe('the reading caret', () => {
  const text = 'One.\n\n\nTwo.\nThree.'
  it('goes by paragraph over empty lines', () => {
    expect(paragraphEdge({ text }, 0, 1)).toBe(7)
    expect(paragraphEdge({ text }, 7, 1)).toBe(12)
    expect(paragraphEdge({ text }, 12, 1)).toBe(text.length)
    expect(paragraphEdge({ text }, text.length, -1)).toBe(12)
    expect(paragraphEdge({ text }, 7, -1)).toBe(0)
    expect(paragraphEdge({ text }, 0, -1)).toBe(0)
  })
})

describe('masks', () => {
  it('are found also when glued to a word, and dates only when blurred', () => {
    const text = 'ZZZZZ’s mum QQQQQ, Dr [__PPP__] at [__TTT__], [~~~], seen [01-09-2020] and 2020-09-01'
    expect(findMasks(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'ZZZZZ',
      'QQQQQ',
      '[__PPP__]',
      '[__TTT__]',
      '[~~~]',
      '[01-09-2020]',
    ])
  })
})

const bar = (id: string, top: number, bottom: number) => ({ id, codeId: codeId(id), top, bottom })

describe('the margin', () => {
  it('gives bars beside the same lines their own columns and keeps them while scrolling', () => {
    const kept = new Map<string, number>()
    const first = placeBars([bar('a', 0, 50), bar('b', 10, 20), bar('c', 60, 70)], kept)
    expect(first.map(({ id, lane }) => [id, lane])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
    ])
    expect(placeBars([bar('b', 10, 20)], kept)[0]?.lane).toBe(1)
  })

  it('never lets two labels collide and keeps them inside the sight', () => {
    const stripe = fc.record({
      top: fc.integer({ min: -50, max: 900 }),
      height: fc.integer({ min: 10, max: 400 }),
    })
    fc.assert(
      fc.property(fc.array(stripe, { maxLength: 30 }), (bars) => {
        const stripes = bars.map(({ top, height }, index) => ({
          ...bar(String(index), top, top + height),
          lane: 0,
        }))
        const labels = placeLabels(stripes, 0, 900)
        expect(labels).toHaveLength(bars.length)
        const tops = labels.map((label) => label.top).sort((a, b) => a - b)
        for (let i = 1; i < tops.length; i++) {
          expect((tops[i] as number) - (tops[i - 1] as number)).toBeGreaterThanOrEqual(LABEL_HEIGHT - 1e-6)
        }
        for (const top of tops) expect(top).toBeGreaterThanOrEqual(0)
        expect((tops.at(-1) ?? 0) + LABEL_HEIGHT).toBeLessThanOrEqual(900 + LABEL_HEIGHT)
      }),
    )
  })
})

describe('a long line', () => {
  it('is in the page in pieces that end with a word and hold all of it', () => {
    expect(piecesOf('')).toEqual([])
    expect(piecesOf('A short line.')).toEqual(['A short line.'])
    const line = 'Seen with mum, settled. '.repeat(1_000)
    const pieces = piecesOf(line)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('')).toBe(line)
    for (const piece of pieces.slice(0, -1)) expect(piece.endsWith(' ')).toBe(true)
  })

  it('is never cut within a character, also where it has no blank', () => {
    const line = `x${'😀'.repeat(6_000)}`
    const pieces = piecesOf(line)
    expect(pieces.join('')).toBe(line)
    for (const piece of pieces) expect(piece).not.toMatch(/^\p{Surrogate}|\p{Surrogate}$/u)
  })
})

describe('names in the margin', () => {
  it('keep their ends where several in sight begin alike', () => {
    const names = [
      'Physical abuse: adult on child',
      'Physical abuse: child on child',
      'Reason: threshold',
      'Neglect',
    ]
    expect([...alikeHeads(names)]).toEqual(['Physical abuse:'])
  })

  it('of one code, however often it stands there, are not alike', () => {
    expect([...alikeHeads(['Reason: threshold', 'Reason: threshold'])]).toEqual([])
  })
})
