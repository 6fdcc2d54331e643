/** Which entries of a journal are sealed by whom, in words. */
import type { ProjectCopy, Seal, VerifyReport } from './contract/project.ts'
import { lazily } from './lazily.ts'
import { listed } from './listed.ts'

const whole = lazily(() => new Intl.NumberFormat('en-GB'))
const time = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }))

export type SealedStretch = Pick<Seal, 'coderId' | 'coder' | 'from' | 'to' | 'at'>

/** Good seals, oldest first; those that one person made one after the other are one stretch, sealed when the last was. */
export function sealedStretches(seals: readonly Seal[]): SealedStretch[] {
  const stretches: SealedStretch[] = []
  for (const { coderId, coder, from, to, at, isGood } of seals) {
    if (!isGood) continue
    const last = stretches.at(-1)
    if (last?.coderId === coderId) Object.assign(last, { to, at })
    else stretches.push({ coderId, coder, from, to, at })
  }
  return stretches
}

/** "entries 1 to 132 by Amara, 3 Nov 2026, 14:02" */
const stretchWords = ({ coder, from, to, at }: SealedStretch): string =>
  `${from === to ? `entry ${whole().format(to)}` : `entries ${whole().format(from)} to ${whole().format(to)}`} by ${coder}, ${time().format(new Date(at))}`

/** In sentences; the `most` latest stretches are told. */
export function sealWords(
  { seals, unsealed }: Pick<VerifyReport, 'seals' | 'unsealed'>,
  most: number,
): string {
  if (unsealed === null) return 'A blind round is under way: who sealed what is not shown.'
  const stretches = sealedStretches(seals)
  if (stretches.length === 0) return 'Nothing is sealed yet.'
  const shown = stretches.slice(-most)
  const before = stretches.length - shown.length
  const words = [...(before > 0 ? [`${whole().format(before)} earlier`] : []), ...shown.map(stretchWords)]
  const since =
    unsealed === 0
      ? ''
      : ` ${unsealed === 1 ? 'One entry since is' : `${whole().format(unsealed)} entries since are`} not sealed yet.`
  return `Sealed: ${words.join('; ')}.${since}`
}

/** Where copies of the file part; null where all was written in one. */
export function copyWords(copies: readonly ProjectCopy[]): string | null {
  const parted = copies.flatMap(({ partedAfter }) =>
    partedAfter === null ? [] : [whole().format(partedAfter)],
  )
  if (parted.length === 0) return null
  const places = parted.length === 1 ? `entry ${parted[0]}` : `entries ${listed(parted)}`
  return `Written in ${whole().format(copies.length)} copies of the file; they part after ${places}.`
}
