/** How a round was drawn, in words. */
import type { RoundDraw, RoundDrawn, RoundSample } from './contract/rounds.ts'

/** "10%", "20 notes". */
export const sampleInWords = (sample: RoundSample): string =>
  'percent' in sample ? `${sample.percent}%` : sample.count === 1 ? '1 note' : `${sample.count} notes`

/** "by team of the note", "by age_at_referral of the case". */
export const strataInWords = (by: NonNullable<RoundDraw['stratifiedBy']>): string =>
  `by ${by.name} of the ${by.of}`

/** "2 of 20 notes drawn (10%, by team of the note, seed 1)". */
export function drawnInWords({ sample, stratifiedBy, seed, outOf }: RoundDrawn, notes: number): string {
  const how = [
    ...('percent' in sample ? [sampleInWords(sample)] : []),
    ...(stratifiedBy ? [strataInWords(stratifiedBy)] : []),
    `seed ${seed}`,
  ]
  return `${notes} of ${outOf} ${outOf === 1 ? 'note' : 'notes'} drawn (${how.join(', ')})`
}
