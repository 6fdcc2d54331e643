/** Qualifiers: what a coding says besides its code. */
import { z } from 'zod'
import { By, Nothing, read, type Verb, write } from './verb.ts'

/** What a coding says besides its code, by the qualifier's name: `{assertion: 'negated'}`. */
export const Qualifiers = z.record(z.string().min(1).max(100), z.string().max(500))
export type Qualifiers = z.infer<typeof Qualifiers>

/** A qualifier of this project: one of its values, or none, may be given to each coding. */
export const QualifierDefinition = z.strictObject({
  name: z.string().trim().min(1).max(100),
  values: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(100),
        /** What fits on a stripe: one to three characters. */
        short: z.string().min(1).max(3),
        /** Pressed with Shift while a coding is selected. */
        key: z
          .string()
          .regex(/^[a-z0-9]$/)
          .nullable(),
      }),
    )
    .min(1)
    .max(30),
})
export type QualifierDefinition = z.infer<typeof QualifierDefinition>

/** A value, or (value null) the qualifier itself, got another name: what codings say follows. */
export const QualifierRename = z.strictObject({
  qualifier: z.string().min(1).max(100),
  value: z.string().min(1).max(100).nullable(),
  to: z.string().trim().min(1).max(100),
})
export type QualifierRename = z.infer<typeof QualifierRename>

export const QualifierUse = z.strictObject({
  qualifier: z.string(),
  value: z.string(),
  codings: z.int().min(1),
})
export type QualifierUse = z.infer<typeof QualifierUse>

/** Values a coding must have, by qualifier; null stands for none given. */
export const QualifierFilter = z.record(z.string(), z.array(z.string().nullable()).min(1))
export type QualifierFilter = z.infer<typeof QualifierFilter>

/** The codings of a code that say this; `value` null: that say nothing of the qualifier. */
export const QualifierPart = z.strictObject({ qualifier: z.string(), value: z.string().nullable() })
export type QualifierPart = z.infer<typeof QualifierPart>

export const qualifiersVerbs = {
  'qualifiers.list': read(
    () => Nothing,
    () => z.array(QualifierDefinition),
  ),
  'qualifiers.define': write(
    () =>
      z.strictObject({
        ...By,
        qualifiers: z.array(QualifierDefinition).max(20),
        renamed: z.array(QualifierRename).max(50).optional(),
      }),
    () => z.array(QualifierDefinition),
  ),
  'qualifiers.use': read(
    () => Nothing,
    () => z.array(QualifierUse),
  ),
} as const satisfies Record<string, Verb>
