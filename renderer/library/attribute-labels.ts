import type { AttributeKind } from '../../shared/contract/notes.ts'

/** An attribute is called what its column was called; underscores are how databases write spaces. */
export const inWords = (name: string): string => name.replaceAll('_', ' ')

export const KIND_WORDS: Record<AttributeKind, string> = {
  category: 'category',
  text: 'text',
  number: 'number',
  date: 'date',
  boolean: 'yes or no',
}
