/**
 * What is written about a code: one line a field, in the order people read it. The contract, the table, the words for
 * changes, and every codebook file go by this list; a field more is a line more, and a column in the next schema.
 */
import { z } from 'zod'

/** In characters; longer is a mistake. */
const LONG = 20_000

/** Said as `most` too: what a file holds is cut there, with a warning. */
const text = (most: number) => ({ schema: z.string().max(most), most })
const label = (most: number) => ({ schema: z.string().trim().max(most), most })

/**
 * - column: in the project file; inFiles: in tables of codes; title: over it in documents; words: within a sentence.
 * - saysMeaning: a change of it calls for another look at the codings.
 * - isLater: the first programs did not know it, so a new code may leave it out.
 */
export const CODE_TEXTS = {
  definition: {
    column: 'definition',
    inFiles: 'definition',
    title: 'Definition',
    words: 'definition',
    ...text(LONG),
    saysMeaning: true,
    isLater: false,
  },
  useWhen: {
    column: 'use_when',
    inFiles: 'use_when',
    title: 'When to use',
    words: 'rule when to use',
    ...text(LONG),
    saysMeaning: true,
    isLater: false,
  },
  doNotUseWhen: {
    column: 'do_not_use_when',
    inFiles: 'do_not_use_when',
    title: 'When not to use',
    words: 'rule when not to use',
    ...text(LONG),
    saysMeaning: true,
    isLater: false,
  },
  example: {
    column: 'example',
    inFiles: 'example',
    title: 'Example',
    words: 'example',
    ...text(LONG),
    saysMeaning: false,
    isLater: false,
  },
  counterExample: {
    column: 'counter_example',
    inFiles: 'counter_example',
    title: 'Counter-example',
    words: 'counter-example',
    ...text(LONG),
    saysMeaning: false,
    isLater: true,
  },
  /** The theme the code belongs to, by its name. */
  theme: {
    column: 'theme',
    inFiles: 'theme',
    title: 'Theme',
    words: 'theme',
    ...label(200),
    saysMeaning: false,
    isLater: true,
  },
  source: {
    column: 'source',
    inFiles: 'source',
    title: 'Source',
    words: 'source',
    ...text(2_000),
    saysMeaning: false,
    isLater: false,
  },
  /** Notes on the entry itself; called so because `notes` counts case notes. */
  remarks: {
    column: 'remarks',
    inFiles: 'notes',
    title: 'Notes',
    words: 'notes',
    ...text(LONG),
    saysMeaning: false,
    isLater: true,
  },
  /** For stripes and narrow tables, where the name is long. */
  shortLabel: {
    column: 'short_label',
    inFiles: 'short_label',
    title: 'Short label',
    words: 'short label',
    ...label(40),
    saysMeaning: false,
    isLater: true,
  },
} as const

export type CodeText = keyof typeof CODE_TEXTS
/** What is written about a code, by field. */
export type CodeTexts = Record<CodeText, string>

export const CODE_TEXT_FIELDS = Object.keys(CODE_TEXTS) as readonly CodeText[]

type Later = { [F in CodeText]: (typeof CODE_TEXTS)[F]['isLater'] extends true ? F : never }[CodeText]
type Shape<F extends CodeText> = { [K in F]: z.ZodString }

const shapeOf = <F extends CodeText>(isLater: boolean): Shape<F> =>
  Object.fromEntries(
    CODE_TEXT_FIELDS.filter((field) => CODE_TEXTS[field].isLater === isLater).map((field) => [
      field,
      CODE_TEXTS[field].schema,
    ]),
  ) as Shape<F>

/** Schemas of the texts that every new code has, and of those that it may leave out. */
export const FIRST_TEXTS: Shape<Exclude<CodeText, Later>> = shapeOf(false)
export const LATER_TEXTS: Shape<Later> = shapeOf(true)

/** The same for every text. */
export const eachText = <T>(of: (field: CodeText) => T): Record<CodeText, T> =>
  Object.fromEntries(CODE_TEXT_FIELDS.map((field) => [field, of(field)])) as Record<CodeText, T>
