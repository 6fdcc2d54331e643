import { describe, expect, it } from 'vitest'
import { requiredLiterals } from '../../shared/search-literals.ts'

/** "(self": begins a word; "self)": ends one. */
const said = (source: string) =>
  requiredLiterals(source)?.map((literals) =>
    literals
      .map(({ text, isWordStart, isWordEnd }) => `${isWordStart ? '(' : ''}${text}${isWordEnd ? ')' : ''}`)
      .join(' '),
  ) ?? null

describe('what a text must hold for a pattern to find something', () => {
  it('is runs of letters and figures, with edges where a sign or \\b says so', () => {
    expect(said('panic attack')).toEqual(['panic) (attack'])
    expect(said('\\bSelf-harm\\b')).toEqual(['(self) (harm)'])
    expect(said('panic\\s+attack')).toEqual(['panic) (attack'])
    expect(said('^Risk: 12\\.5$')).toEqual(['(risk) (12) (5)'])
  })

  it('leaves out what may not be there, and what follows it has no known edge', () => {
    expect(said('self-?harm')).toEqual(['self harm'])
    expect(said('attacks?')).toEqual(['attack'])
    expect(said('go+d')).toEqual(['go d'])
    expect(said('a{0,2}bc{2}d')).toEqual(['bc d'])
    expect(said('cut(ting|s)? herself')).toEqual(['cut (herself'])
    expect(said('[Mm]um left')).toEqual(['um) (left'])
    expect(said('na\u00efve child')).toEqual(['na ve) (child'])
    expect(said('panic(?!ky)')).toEqual(['panic'])
  })

  it('is one list for each choice, and nothing where a choice needs nothing', () => {
    expect(said('mum left|dad cried')).toEqual(['mum) (left', 'dad) (cried'])
    expect(said('mum|\\d+')).toBeNull()
    expect(said('(mum|dad)')).toBeNull()
    expect(said('.*')).toBeNull()
  })

  it('is not said of a pattern with anything unknown', () => {
    for (const source of [
      '\\u0041bc',
      '\\x41bc',
      '(a)bc\\1',
      '\\p{L}abc',
      '\\k<a>abc',
      '\\cAbc',
      'abc)',
      '[abc',
    ])
      expect(said(source)).toBeNull()
  })
})
