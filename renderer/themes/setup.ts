/** What the table of themes is asked to count, as a person chooses it. */
import type { CoderId } from '../../shared/contract/basics.ts'
import type { CountedNotes } from '../../shared/contract/codings.ts'
import type { ThemeScope } from '../../shared/contract/themes.ts'
import { isAssertion } from '../../shared/theme-words.ts'
import { type QualifierChoice, qualifierFilterOf } from '../codes/QualifierFilters.tsx'

/** Everybody's own codings, taken together. */
export const TOGETHER = 'together'

export type Setup = {
  by: ThemeScope['by']
  /** A coder's id, of a person, a second pass or the consensus; or all people together. */
  whose: CoderId | typeof TOGETHER
  notes: CountedNotes
  affirmedOnly: boolean
  qualifiers: readonly QualifierChoice[]
  /** What the columns of an attribute count. */
  count: 'notes' | 'cases'
}

export const FIRST_SETUP: Setup = {
  by: null,
  whose: TOGETHER,
  notes: 'finished',
  affirmedOnly: true,
  qualifiers: [],
  count: 'notes',
}

export const scopeOf = ({ by, whose, notes, affirmedOnly, qualifiers }: Setup): ThemeScope => ({
  by,
  coderIds: whose === TOGETHER ? null : [whose],
  notes,
  affirmedOnly,
  qualifiers: qualifierFilterOf(qualifiers),
})

/** "Affirmed only" is one filter of the assertion, and a filter by its values another: the newer one holds. */
export const withAffirmedOnly = (setup: Setup, affirmedOnly: boolean): Partial<Setup> => ({
  affirmedOnly,
  qualifiers: affirmedOnly ? setup.qualifiers.filter(({ name }) => !isAssertion(name)) : setup.qualifiers,
})

export const withQualifiers = (setup: Setup, qualifiers: readonly QualifierChoice[]): Partial<Setup> => ({
  qualifiers,
  affirmedOnly: setup.affirmedOnly && !qualifiers.some(({ name }) => isAssertion(name)),
})
