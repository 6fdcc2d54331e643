import fc from 'fast-check'
import { v5 } from 'uuid'
import { type CodebookEntry, emptyEntry } from '../../../electron/store/exchange/codebook/entry.ts'

export const uuid = (name: string) => v5(name, v5.URL)

/** An entry with the id of its name unless told otherwise. */
export const entry = (name: string, more: Partial<CodebookEntry> = {}): CodebookEntry => ({
  ...emptyEntry(name),
  id: uuid(name),
  ...more,
})

/** `depth` entries, each the parent of the next. */
export const chain = (depth: number): CodebookEntry[] =>
  Array.from({ length: depth }, (_, i) =>
    entry(`level ${i}`, { parentId: i === 0 ? null : uuid(`level ${i - 1}`) }),
  )

/** Names that break careless writers. */
export const HARD_NAMES = [
  'a & b < c > d "e" \'f\'',
  'two\nlines\tand a tab',
  'family 👨‍👩‍👧‍👦 and 😀 𝒳',
  'مرحبا بالعالم \u202eabc',
  'e\u0301 n\u0303 combining',
  'A > B',
  '"quoted" > start',
  '> x',
  'y >',
  '=HYPERLINK("x")',
  "'=already",
  '-minus',
  '@at',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  ']]>',
  '&#10;',
]

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    'Definition: x',
    'a\n\nExample: b',
    ' Example: c\nSource: d',
    'x\n\n\n',
    '\n',
    'When to use:',
    'Notes: y',
    'x\n\nShort label: z',
    'Retired: yes',
    "'=1+1",
    '=1+1',
    'a\rb',
    '\ttab',
  ),
)
/** Text without what XML cannot hold. */
const written = fc
  .array(text, { maxLength: 4 })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold these
  .map((parts) => parts.join('').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''))
const name = fc
  .oneof(fc.constantFrom(...HARD_NAMES), written, fc.string({ maxLength: 12 }))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold these
  .map((words) => words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').trim() || 'n')

/** Any codebook in reading order. */
export const codebooks: fc.Arbitrary<CodebookEntry[]> = fc
  .array(
    fc.record({
      name,
      depth: fc.nat(4),
      colour: fc.option(fc.constantFrom('#a1b2c3', '#000000', '#ffffff')),
      definition: written,
      useWhen: written,
      doNotUseWhen: written,
      example: written,
      counterExample: written,
      theme: written.map((words) => [...words].slice(0, 20).join('')),
      source: written,
      remarks: written,
      shortLabel: written.map((words) => [...words].slice(0, 10).join('')),
      isFolder: fc.boolean(),
      isRetired: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows) => {
    const open: string[] = []
    return rows.map(({ depth, isRetired, ...fields }, index) => {
      open.length = Math.min(depth, open.length)
      const parentId = open.at(-1) ?? null
      const id = uuid(`code ${index}`)
      open.push(id)
      return { id, parentId, ...fields, ...(isRetired ? { isRetired } : {}) }
    })
  })
