/** As much context as the store sends, in UTF-16 units; less means that the note begins or ends there. */
export const ALL_CONTEXT = 120

type Context = { before: string; after: string }

/** At most so much of the words around a place, from whole word to whole word; dots say that there is more. */
export function wordsAround({ before, after }: Context, most: number): Context {
  const isWhole = (context: string) => context.length < Math.min(most, ALL_CONTEXT)
  return {
    before: isWhole(before) ? before : `… ${before.slice(-most).replace(/^\S*\s+/, '')}`,
    after: isWhole(after) ? after : `${after.slice(0, most).replace(/\s+\S*$/, '')} …`,
  }
}
