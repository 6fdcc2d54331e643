/** Definitions name other codes; which ones is found, and where it could be several none is. */
import { describe, expect, it } from 'vitest'
import { codeNames, type Mentionable, mentionsIn } from '../../../renderer/codes/mentions.ts'
import type { CodeId } from '../../../shared/contract/basics.ts'
import { codeId } from '../../ids.ts'

const code = (id: CodeId, name: string, more: Partial<Mentionable> = {}): Mentionable => ({
  id,
  name,
  parentId: null,
  shortLabel: '',
  source: '',
  isFolder: false,
  isRetired: false,
  ...more,
})

const CODES = [
  code(codeId('f'), 'Maltreatment', { isFolder: true }),
  code(codeId('neg'), 'Neglect', { parentId: codeId('f'), source: 'M-NEG; WT; CIN 16A' }),
  code(codeId('sup'), 'Neglect: supervision', { parentId: codeId('f'), source: 'M-NEG-SUP; WT' }),
  code(codeId('pov'), 'Poverty and material hardship', { source: 'A-POV; added' }),
  code(codeId('alc'), 'Alcohol misuse (child)', { source: '1A; CIN', shortLabel: 'Alc-C' }),
]

const linked = (text: string, codes = CODES, ownId: string | null = null) =>
  mentionsIn(text, codeNames(codes), ownId).map(({ start, end, codeId }) => [text.slice(start, end), codeId])

describe('mentions of codes in a definition', () => {
  it('are found by name, short id and short label', () => {
    expect(linked('Poverty alone (use A-POV); see Neglect, 1A or Alc-C.')).toEqual([
      ['A-POV', 'pov'],
      ['Neglect', 'neg'],
      ['1A', 'alc'],
      ['Alc-C', 'alc'],
    ])
    expect(linked('see Alcohol misuse (child).')).toEqual([['Alcohol misuse (child)', 'alc']])
  })

  it('are found by path, however its steps are written', () => {
    for (const step of [' › ', ' > ', ' / '])
      expect(linked(`see Maltreatment${step}Neglect.`)).toEqual([[`Maltreatment${step}Neglect`, 'neg']])
  })

  it('mean the longest name', () => {
    expect(linked('Neglect: supervision, not Neglect: food')).toEqual([
      ['Neglect: supervision', 'sup'],
      ['Neglect', 'neg'],
    ])
    expect(linked('M-NEG-SUP and M-NEG')).toEqual([
      ['M-NEG-SUP', 'sup'],
      ['M-NEG', 'neg'],
    ])
  })

  it('are whole words as they are written', () => {
    for (const text of ['neglect', 'Neglected', 'M-NEG-XYZ', 'non-A-POV', 'A-POVERTY', 'Neglect-like', '21A'])
      expect(linked(text), text).toEqual([])
  })

  it('are none where several codes are called so, of which none is meant', () => {
    const twice = [...CODES, code(codeId('other'), 'Neglect', { source: 'M-NEG' })]
    expect(linked('see Neglect or M-NEG', twice)).toEqual([])
    expect(linked('see Maltreatment › Neglect', twice)).toEqual([['Maltreatment › Neglect', 'neg']])
    const retired = [...CODES, code(codeId('old'), 'Neglect', { isRetired: true })]
    expect(linked('see Neglect', retired)).toEqual([['Neglect', 'neg']])
    expect(linked('see Neglect', retired.toReversed())).toEqual([['Neglect', 'neg']])
  })

  it('leave out the code itself, folders, and what only a source is called', () => {
    expect(linked('Neglect, see M-NEG and A-POV', CODES, 'neg')).toEqual([['A-POV', 'pov']])
    expect(linked('Maltreatment; WT', [...CODES, code(codeId('x'), 'X-ray', { source: 'WT' })])).toEqual([])
  })

  it('are the same wherever the text is cut into lines, and none in an empty text', () => {
    expect(linked('')).toEqual([])
    expect(linked('use\nA-POV\nor\nNeglect')).toEqual([
      ['A-POV', 'pov'],
      ['Neglect', 'neg'],
    ])
  })
})
