import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeStream, decodeText, detectEncoding, toLf } from '../../../electron/store/exchange/decode.ts'
import { someOf } from '../../random.ts'
import { all, cp1252, testFolder, utf16be } from './folder.ts'

const BOM = '\ufeff'
const PROSE = 'Mum’s worries: “low mood” — café, £20, 14 €.\r\nSecond line.'
const ASTRAL = 'Said 😀 and 👨‍👩‍👧‍👦, 𝒳, é, العربية, 漢字𠀀.\nThen left.'

describe('decoding a whole file', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    expect(decodeText(Buffer.from(ASTRAL))).toEqual({ text: ASTRAL, encoding: 'utf-8' })
    expect(decodeText(Buffer.from(BOM + ASTRAL))).toEqual({ text: ASTRAL, encoding: 'utf-8-bom' })
  })

  it('reads UTF-16 of both byte orders with a mark', () => {
    expect(decodeText(Buffer.from(BOM + ASTRAL, 'utf16le'))).toEqual({ text: ASTRAL, encoding: 'utf-16le' })
    expect(decodeText(utf16be(BOM + ASTRAL))).toEqual({ text: ASTRAL, encoding: 'utf-16be' })
  })

  it('recognises UTF-16 without a mark, in Latin and in other scripts', () => {
    const chinese = '她说她很难过。 然后她离开了。\n第二行 文字。\n'.repeat(5)
    for (const text of [PROSE, chinese]) {
      expect(decodeText(Buffer.from(text, 'utf16le'))).toEqual({ text, encoding: 'utf-16le' })
      expect(decodeText(utf16be(text))).toEqual({ text, encoding: 'utf-16be' })
    }
  })

  it('falls back to Windows-1252 with its own quotes, dashes and euro', () => {
    expect(decodeText(cp1252(PROSE))).toEqual({ text: PROSE, encoding: 'windows-1252' })
    expect(decodeText(Uint8Array.of(0x80, 0x81, 0x9f, 0xff)).text).toBe('\u20ac\u0081\u0178ÿ')
  })

  it('leaves UTF-8 with a few NUL bytes as UTF-8', () => {
    const text = `A note with a\0NUL and quite a lot of other text around it, café.`
    expect(decodeText(Buffer.from(text))).toEqual({ text, encoding: 'utf-8' })
  })

  it('refuses UTF-8 with foreign bytes in it instead of garbling the rest, and names the line', () => {
    const bytes = Buffer.concat([Buffer.from('Café\nnaïve '), Buffer.of(0x92), Buffer.from(' £ é')])
    expect(() => decodeText(bytes)).toThrow(/damaged place, the first on line 2/)
  })

  it('refuses UTF-16 that is cut short or holds half a character', () => {
    expect(() => decodeText(Buffer.from(`${BOM}abc`, 'utf16le').subarray(0, 7))).toThrow(
      /cut short or damaged/,
    )
    expect(() => decodeText(Buffer.from(`${BOM}a\ud800b`, 'utf16le'))).toThrow(/cut short or damaged/)
  })

  it('reads an empty file as empty text', () => {
    expect(decodeText(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' })
  })

  it('gives back any text from any encoding that can hold it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 }).map((s) => s.replaceAll(BOM, ''))
    fc.assert(
      fc.property(text, (s) => {
        expect(decodeText(Buffer.from(BOM + s)).text).toBe(s)
        expect(decodeText(Buffer.from(BOM + s, 'utf16le')).text).toBe(s)
        expect(decodeText(utf16be(BOM + s)).text).toBe(s)
        expect(decodeText(Buffer.from(`Note: ${s}`)).text).toBe(`Note: ${s}`)
      }),
    )
  })

  it('never puts in a replacement character that was not in the file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const has = Buffer.from(bytes).includes(Buffer.from('\ufffd')) || Buffer.from(bytes).includes(0xfd)
        try {
          expect(decodeText(bytes).text.includes('\ufffd') && !has).toBe(false)
        } catch (error) {
          expect((error as { code?: string }).code).toBe('file-unreadable')
        }
      }),
      { numRuns: someOf(2_000) },
    )
  })
})

describe('line ends', () => {
  it('become LF and nothing else changes', () => {
    expect(toLf('a\r\nb\rc\n\r\nd\u2028e\u0085f\fg')).toBe('a\nb\nc\n\nd\u2028e\u0085f\fg')
    expect(toLf('e\u0301 stays decomposed, \u00e9 composed')).toBe(
      'e\u0301 stays decomposed, \u00e9 composed',
    )
  })
})

describe('decoding a file in pieces', () => {
  const folder = testFolder()

  it('gives the same text as at once, for every encoding, across piece boundaries', async () => {
    const long = (ASTRAL + PROSE).repeat(9_000)
    const files: Array<[string, Uint8Array, string, string]> = [
      ['a', Buffer.from(`x${long}`), `x${long}`, 'utf-8'],
      ['b', Buffer.from(BOM + long), long, 'utf-8-bom'],
      ['c', Buffer.from(BOM + long, 'utf16le'), long, 'utf-16le'],
      ['d', utf16be(`x${long}`), `x${long}`, 'utf-16be'],
      ['e', cp1252(PROSE.repeat(20_000)), PROSE.repeat(20_000), 'windows-1252'],
    ]
    for (const [name, bytes, text, encoding] of files) {
      const path = folder.file(name, bytes)
      expect(await detectEncoding(path)).toBe(encoding)
      const pieces = await all(decodeStream(path))
      expect(pieces.length).toBeGreaterThan(1)
      expect(pieces.every((piece) => !/\p{Surrogate}/u.test(piece))).toBe(true)
      expect(pieces.join('') === text).toBe(true)
    }
  })

  it('knows of a byte that is no UTF-8 far behind the first 64 KB before the first piece is given', async () => {
    const ascii = 'All plain so far.\n'.repeat(20_000)
    const path = folder.file('late.txt', Buffer.concat([Buffer.from(ascii), cp1252('Mum’s words')]))
    expect(await detectEncoding(path)).toBe('windows-1252')
    expect((await all(decodeStream(path))).join('')).toBe(`${ascii}Mum’s words`)
    const mixed = folder.file(
      'mixed.txt',
      Buffer.concat([Buffer.from(`${ascii}café, naïve\n`), Buffer.of(0x92)]),
    )
    await expect(detectEncoding(mixed)).rejects.toThrow(
      /mixed\.txt is UTF-8 text with 1 damaged place.*line 20002/,
    )
  })

  it('stops with a Problem where UTF-16 is damaged', async () => {
    const text = `${BOM}${'x'.repeat(200_000)}`
    const odd = folder.file('odd.txt', Buffer.from(text, 'utf16le').subarray(0, -1))
    await expect(all(decodeStream(odd))).rejects.toThrow(/odd\.txt is UTF-16 text that is cut short/)
    const half = folder.file('half.txt', Buffer.from(`${text}\udc00`, 'utf16le'))
    await expect(all(decodeStream(half))).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('names a file that is missing or is a folder', async () => {
    await expect(detectEncoding(`${folder.path}/none.csv`)).rejects.toMatchObject({ code: 'file-not-found' })
    await expect(detectEncoding(folder.path)).rejects.toThrow(/is a folder/)
  })
})
