/** `--qualifier NAME=VALUE[,VALUE…]`, which may be given several times. */
import type { QualifierFilter } from '../../shared/contract/qualifiers.ts'
import { UsageError } from './session.ts'

export const collect = (value: string, before: string[] = []): string[] => [...before, value]

/** "assertion=negated,affirmed"; an empty value stands for "not given". */
export function qualifiersOf(given: readonly string[] = []): QualifierFilter {
  return Object.fromEntries(
    given.map((words) => {
      const at = words.indexOf('=')
      if (at < 1) throw new UsageError('--qualifier needs NAME=VALUE[,VALUE…]')
      const values = words
        .slice(at + 1)
        .split(',')
        .map((value) => (value.trim() === '' ? null : value.trim()))
      return [words.slice(0, at).trim(), values]
    }),
  )
}
