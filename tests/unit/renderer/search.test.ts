import { describe, expect, it } from 'vitest'
import { confidenceWords, type Finding } from '../../../renderer/identifiers/identifier-labels.ts'
import { afterRedaction } from '../../../renderer/identifiers/review.ts'
import { expandHit, type Unit } from '../../../renderer/search/expand-hit.ts'
import type { NoteId } from '../../../shared/contract/basics.ts'

const TEXT = 'Seen at home. Mum said “stop!” She left, at 1.5 miles away\nSecond line here? Yes\n\nLast.'

const around = (words: string, unit: Unit, text = TEXT) => {
  const start = text.indexOf(words)
  const range = expandHit(text, { start, end: start + words.length }, unit)
  return text.slice(range.start, range.end)
}

describe('what a hit is widened to', () => {
  it('is itself, its sentence or its line', () => {
    expect(around('home', 'hit')).toBe('home')
    expect(around('home', 'sentence')).toBe('Seen at home.')
    expect(around('home', 'paragraph')).toBe('Seen at home. Mum said “stop!” She left, at 1.5 miles away')
    expect(around('Last', 'sentence')).toBe('Last.')
    expect(around('Last', 'paragraph')).toBe('Last.')
  })
  it('keeps a closing quotation mark, and goes on after a full stop inside a number', () => {
    expect(around('said', 'sentence')).toBe('Mum said “stop!”')
    expect(around('left', 'sentence')).toBe('She left, at 1.5 miles away')
  })
  it('ends at the line, and covers a hit that has a stop or a line end of its own', () => {
    expect(around('Yes', 'sentence')).toBe('Yes')
    expect(around('home. Mum', 'sentence')).toBe('Seen at home. Mum said “stop!”')
    expect(around('away\nSecond', 'sentence')).toBe('She left, at 1.5 miles away\nSecond line here?')
    expect(around('home.', 'sentence')).toBe('Seen at home.')
  })
  it('never loses the hit, wherever it stands', () => {
    for (let start = 0; start < TEXT.length; start++)
      for (let end = start + 1; end <= TEXT.length; end++)
        for (const unit of ['sentence', 'paragraph'] as const) {
          const range = expandHit(TEXT, { start, end }, unit)
          const hit = TEXT.slice(start, end).trim()
          expect(TEXT.slice(range.start, range.end)).toContain(hit)
        }
  })
})

describe('findings after a redaction', () => {
  const finding = (noteId: NoteId, start: number, text: string): Finding => ({
    noteId,
    noteTitle: noteId,
    kind: 'NAME',
    start,
    end: start + text.length,
    text,
    confidence: 'likely',
  })
  it('are gone where text was taken out, and move with the text behind it', () => {
    const all = [finding('N1', 4, 'Sarah'), finding('N1', 30, 'Jones'), finding('N2', 4, 'Sarah')]
    const left = afterRedaction(all, [{ noteId: 'N1', start: 4, end: 9 }], 'ZZ'.length)
    expect(left.map(({ noteId, start, end }) => [noteId, start, end])).toEqual([
      ['N1', 27, 32],
      ['N2', 4, 9],
    ])
  })
})

describe('the confidence of a finding', () => {
  it('is said in words', () => {
    const words = (kind: Finding['kind'], confidence: Finding['confidence']) =>
      confidenceWords({ kind, confidence })
    expect(words('NHS', 'checked')).toBe('check digit correct')
    expect(words('POSTCODE', 'format')).toBe('matches the format')
    expect(words('NAME', 'likely')).toBe('likely from the words around it')
    expect(words('LISTED', 'checked')).toBe('always reported')
  })
})
