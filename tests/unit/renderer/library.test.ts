import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../../renderer/library/fingerprint.ts'
import {
  areSame,
  type KeptMapping,
  mapOf,
  type Roles,
  recalledRoles,
  rolesOf,
  withMapping,
  withRole,
} from '../../../renderer/library/mapping.ts'

const ROLES: Roles = {
  ref: { as: 'noteId' },
  body: { as: 'text' },
  team: { as: 'attribute', of: 'note', kind: 'category' },
  born: { as: 'attribute', of: 'case', kind: 'date' },
}

describe('mapping the columns of a table', () => {
  it('gives each part to one column only, and attributes to as many as one likes', () => {
    const moved = withRole(ROLES, 'team', 'noteId')
    expect(moved).toMatchObject({ ref: { as: 'ignore' }, team: { as: 'noteId' } })
    expect(withRole(moved, 'ref', 'note:category')).toMatchObject({
      ref: { as: 'attribute', of: 'note', kind: 'category' },
      born: { as: 'attribute', of: 'case', kind: 'date' },
    })
    expect(ROLES.ref).toEqual({ as: 'noteId' })
  })

  it('makes no map without a column of text', () => {
    expect(mapOf(withRole(ROLES, 'body', 'ignore'))).toBeNull()
    expect(mapOf(ROLES)).toEqual({
      text: 'body',
      noteId: 'ref',
      attributes: {
        team: { column: 'team', of: 'note', kind: 'category' },
        born: { column: 'born', of: 'case', kind: 'date' },
      },
    })
  })

  it('tells a remembered mapping from the guess', () => {
    const guess = rolesOf({ columns: ['ref', 'body'], guess: { text: 'body', noteId: 'ref' } })
    expect(areSame(guess, { ref: { as: 'noteId' }, body: { as: 'text' } })).toBe(true)
    expect(areSame(guess, withRole(guess, 'ref', 'title'))).toBe(false)
  })
})

describe('the mappings this computer remembers', () => {
  it('finds the mapping of a table with the same columns in any order', () => {
    const kept = withMapping([], ROLES)
    expect(recalledRoles(kept, ['born', 'team', 'body', 'ref'])).toEqual(ROLES)
    expect(recalledRoles(kept, ['born', 'team', 'body'])).toBeNull()
    expect(recalledRoles(kept, ['born', 'team', 'body', 'ref2'])).toBeNull()
  })

  it('keeps no word of the table: a file without a header has notes for column names', () => {
    const kept = withMapping([], { 'Seen with mum Sarah': { as: 'text' } })
    expect(JSON.stringify(kept)).not.toContain('Sarah')
  })

  it('keeps the latest 30, each table once, and few columns in all', () => {
    let kept: KeptMapping[] = []
    for (let i = 0; i < 40; i++) kept = withMapping(kept, { [`text ${i}`]: { as: 'text' } })
    expect(kept).toHaveLength(30)
    expect(recalledRoles(kept, ['text 9'])).toBeNull()
    expect(recalledRoles(kept, ['text 10'])).not.toBeNull()
    kept = withMapping(kept, { 'text 10': { as: 'title' } })
    expect(kept).toHaveLength(30)
    expect(recalledRoles(kept, ['text 10'])).toEqual({ 'text 10': { as: 'title' } })

    const wide = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, i) => [`c${i}`, { as: 'attribute', of: 'case', kind: 'category' }]),
    ) as Roles
    kept = withMapping(withMapping(kept, wide), { ...wide, more: { as: 'text' } })
    expect(kept).toHaveLength(1)
    // The preferences of a computer have room for 64 KiB.
    expect(JSON.stringify(kept).length).toBeLessThan(48 * 1024)
  })

  it('leaves out what another version, or somebody, has written there', () => {
    const [good] = withMapping([], ROLES)
    const kept = [null, 7, { table: good?.table, roles: ['text', 'soul', 'title', 'text'] }, good]
    expect(recalledRoles(kept, Object.keys(ROLES))).toEqual(ROLES)
    expect(withMapping(kept, { a: { as: 'text' } })).toHaveLength(2)
  })
})

describe('fingerprint', () => {
  it('is the same for the same text and differs for texts that differ little', () => {
    const texts = ['', 'a', 'b', 'ab', 'ba', 'note team', 'case team', 'note tean', 'é', 'e']
    expect(new Set(texts.map(fingerprint)).size).toBe(texts.length)
    expect(fingerprint('note team')).toBe(fingerprint('note team'))
  })
})
