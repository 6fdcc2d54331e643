/** Who is compared, on which notes and units, and how the intervals are made: what the person sets. */
import type {
  AgreementIntervals,
  AgreementScope,
  AgreementUnit,
  Resampled,
} from '../../shared/contract/agreement.ts'
import type { CoderId, RoundId } from '../../shared/contract/basics.ts'

/** One value of an attribute; null: notes without one. */
export type Where = { of: 'note' | 'case'; name: string; value: string | null }

export type Setup = {
  coderIds: CoderId[]
  unit: AgreementUnit
  share: number
  withChildren: boolean
  qualifier: string | null
  roundId: RoundId | null
  where: Where | null
  replicates: number
  resampled: Resampled
  /** Of free spans: the least share of their union that two must have in common. */
  least: number
}

export const FIRST_SETUP: Omit<Setup, 'coderIds'> = {
  unit: 'note',
  share: 0,
  withChildren: false,
  qualifier: null,
  roundId: null,
  where: null,
  replicates: 1000,
  resampled: 'note',
  least: 0.5,
}

/** The same draws each time, so that two people see the same interval. */
export const SEED = 1

export const scopeOf = (setup: Setup): AgreementScope => ({
  coderIds: setup.coderIds,
  unit: setup.unit,
  // Characters are covered or not.
  share: setup.unit === 'character' ? 0 : setup.share,
  withChildren: setup.withChildren,
  qualifier: setup.qualifier,
  roundId: setup.roundId,
  filter: setup.where && {
    attributes: [{ of: setup.where.of, name: setup.where.name, values: [setup.where.value] }],
  },
})

export const intervalsOf = ({ replicates, resampled }: Setup): AgreementIntervals => ({
  replicates,
  resampled,
  seed: SEED,
})
