import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCodes, nothingFound } from '../../../renderer/codes/CodePicker.tsx'
import { finder, fuzzy, rank } from '../../../renderer/fuzzy.ts'
import { commandFor, reservedCodeKeys } from '../../../renderer/keys/own-keys.ts'
import { mapOf, rolesOf } from '../../../renderer/library/mapping.ts'
import { codeColour, PALETTE, toOklch } from '../../../renderer/ui/palette.ts'
import { codeId } from '../../ids.ts'
import { codeRow as code } from './code-rows.ts'

describe('finding a code by a few letters', () => {
  const names = [
    'Domestic abuse',
    'Neglect: supervision',
    'Neglect',
    'Bullying, peer victimisation',
    'Self-harm',
  ]
  it('prefers the start of words and the shorter name', () => {
    expect(rank('negl', names, (name) => name)[0]).toBe('Neglect')
    expect(rank('harm', names, (name) => name)[0]).toBe('Self-harm')
    expect(rank('peer', names, (name) => name)).toEqual(['Bullying, peer victimisation'])
  })
  it('finds words in any order and gives nothing for letters that are not there', () => {
    expect(fuzzy('superv negl', 'Neglect: supervision')).not.toBeNull()
    expect(fuzzy('xyz', 'Neglect')).toBeNull()
  })
  it('says the same in short for very many names', () => {
    const words = fc.stringMatching(/^[a-eA-E ,]{0,12}$/)
    fc.assert(
      fc.property(words, words, (query, text) => {
        expect(finder(query)(text.toLowerCase())).toBe(fuzzy(query, text) !== null)
      }),
    )
  })
  it('puts whole words before beginnings, these before parts, and scattered letters last', () => {
    const found = ['Child at risk, early', 'Uncared for', 'Careful parenting', 'Left care', 'Sleep']
    expect(rank('care', found, (name) => name)).toEqual([
      'Left care',
      'Careful parenting',
      'Uncared for',
      'Child at risk, early',
    ])
  })
  it('puts words of a definition before letters scattered over a name', () => {
    const codes = [
      { ...code(codeId('scattered'), null), name: 'Sibling cared for in the same home' },
      { ...code(codeId('defined'), null), name: 'Exclusion', definition: 'Scar on the school record.' },
    ]
    expect(findCodes('scar', codes, []).map((found) => found.code.id)).toEqual(['defined', 'scattered'])
  })
  it('says what can be done where nothing is found', () => {
    const codes = [
      { ...code(codeId('f'), null), name: 'Family', isFolder: true },
      { ...code(codeId('r'), null), name: 'Gangs', isRetired: true },
    ]
    expect(nothingFound('family', codes)).toBe('“Family” is a folder: type the name of a code in it.')
    expect(nothingFound('gang', codes)).toContain('“Gangs” is retired. Restore it')
    expect(nothingFound('xyz', codes)).toContain('Ctrl+Enter makes a new code with this name')
  })
  it('keeps the order given while nothing is typed', () => {
    expect(rank('', names, (name) => name)).toEqual(names)
  })
})

describe('keys', () => {
  const press = (key: string, more = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more,
  })
  it('mean one thing in one place', () => {
    expect(commandFor(press('k', { ctrlKey: true }), 'anywhere')).toBe('palette')
    expect(commandFor(press('z', { ctrlKey: true }), 'anywhere')).toBe('undo')
    expect(commandFor(press('Z', { ctrlKey: true, shiftKey: true }), 'anywhere')).toBe('redo')
    expect(commandFor(press('/'), 'note')).toBe('quickCode')
    expect(commandFor(press('?', { shiftKey: true }), 'anywhere')).toBe('shortcuts')
    expect(commandFor(press('x'), 'note')).toBeNull()
  })
  it('leave to codes every letter but those of the note itself', () => {
    expect([...reservedCodeKeys().keys()].sort().join('')).toBe('123456789efgjkmnoqrsuvw')
  })
})

describe('colours', () => {
  it('are of equal lightness and chroma', () => {
    for (const { hex } of PALETTE) {
      const { l, c } = toOklch(hex)
      expect(l).toBeCloseTo(0.72, 2)
      expect(c).toBeCloseTo(0.12, 2)
    }
  })
  it('take lightness and chroma from the theme, the hue from the code', () => {
    expect(codeColour('#67aaed')).toMatch(/^oklch\(var\(--code-l\) var\(--code-c\) 2(49|50)\.\d\)$/)
    expect(codeColour('#808080')).toBe('var(--code-none)')
    expect(codeColour(null)).toBe('var(--code-none)')
    expect(codeColour('#ff0000')).toContain('var(--code-l)')
  })
})

describe('columns of an imported table', () => {
  it('go back and forth between the guess and the map', () => {
    const guess = {
      text: 'body',
      noteId: 'id',
      attributes: { team: { column: 'team', of: 'note' as const, kind: 'category' as const } },
    }
    const roles = rolesOf({ columns: ['id', 'team', 'body', 'other'], guess })
    expect(roles.other).toEqual({ as: 'ignore' })
    expect(mapOf(roles)).toEqual(guess)
  })
  it('make no map without a text', () => {
    expect(mapOf({ id: { as: 'noteId' } })).toBeNull()
  })
})
