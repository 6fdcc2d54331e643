import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findByName, nameFinder, plainName, sameName, visibleName } from '../../shared/names.ts'

const itself = (name: string) => name
const find = (name: string, names: readonly string[]) => findByName(name, names, itself)
const found = (item: string) => ({ kind: 'found', item })

describe('a name that somebody wrote', () => {
  it('means the one spelt exactly so, whatever else is alike', () => {
    const names = ['Yellow', 'yellow', 'yellow ', 'YELLOW']
    for (const name of names) expect(find(name, names)).toEqual(found(name))
  })

  it('else means the one that differs only in what nobody sees', () => {
    expect(find('Note ID', ['Note\r\nID', 'Text'])).toEqual(found('Note\r\nID'))
    expect(find('Note\nID', ['Note\r\nID', 'note id'])).toEqual(found('Note\r\nID'))
    expect(find(' Note  ID ', ['Note\u00a0ID'])).toEqual(found('Note\u00a0ID'))
    expect(find('cafe\u0301', ['Café', 'caf\u00e9'])).toEqual(found('caf\u00e9'))
  })

  it('else means the one that differs in capitals too', () => {
    expect(find('note id', ['Note\r\nID', 'Text'])).toEqual(found('Note\r\nID'))
    expect(find('STRASSE', ['Straße'])).toEqual(found('Straße'))
    expect(find('ΟΔΟΣ', ['οδος'])).toEqual(found('οδος'))
  })

  it('is refused with all that fit where several fit equally well', () => {
    expect(find('YELLOW', ['Yellow', 'green', 'yellow'])).toEqual({
      kind: 'ambiguous',
      items: ['Yellow', 'yellow'],
    })
    expect(find('Note ID', ['Note\nID', 'Note  ID', 'note id'])).toEqual({
      kind: 'ambiguous',
      items: ['Note\nID', 'Note  ID'],
    })
    expect(find('same', ['same', 'same', 'Same'])).toEqual({ kind: 'ambiguous', items: ['same', 'same'] })
  })

  it('means none where nothing fits', () => {
    expect(find('Note', ['Note ID', 'Not'])).toEqual({ kind: 'none' })
    expect(find('', ['a'])).toEqual({ kind: 'none' })
  })

  it('finds items by the name they are given', () => {
    const items = [
      { id: 1, name: 'School' },
      { id: 2, name: 'Home' },
    ]
    expect(findByName('home', items, ({ name }) => name)).toEqual({ kind: 'found', item: items[1] })
  })

  it('is found the same way whether one is looked up or many', () => {
    const piece = fc.constantFrom('a', 'A', 'e\u0301', '\u00e9', 'É', ' ', '\n', '\r\n', '\u00a0', 'ß', 'SS')
    const name = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), name, (names, wanted) => {
        expect(nameFinder(names, itself)(wanted)).toEqual(find(wanted, names))
      }),
    )
  })
})

describe('two names', () => {
  it('are the same but for what nobody sees and capitals', () => {
    expect(sameName('Note\r\nID', ' note id')).toBe(true)
    expect(sameName('Note ID', 'NoteID')).toBe(false)
    expect(plainName('\ufeffNote \t ID\n')).toBe('Note ID')
  })
})

describe('a name in a message', () => {
  it('shows what would otherwise not be seen', () => {
    expect(visibleName('Note\r\nID')).toBe('Note⏎ID')
    expect(visibleName(' a\tb  c ')).toBe('␠a⇥b␠␠c␠')
    expect(visibleName('a\u00a0b\u200bc')).toBe('a‹U+00A0›b‹U+200B›c')
    expect(visibleName('cafe\u0301')).toBe('cafe‹U+0301›')
  })

  it('is left as it is where nothing is hidden', () => {
    for (const name of ['Note ID', 'Café', 'हिन्दी', 'משפחה']) expect(visibleName(name)).toBe(name)
  })
})
