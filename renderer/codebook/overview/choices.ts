/** What the overview shows, and of what; kept while the person is elsewhere. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import { createKept } from '../../state/kept-view.ts'
import type { Which } from './report.ts'

export type Shown = 'use' | 'together' | 'confused'
export const SHARES = ['30', '50', '70', '90'] as const
export type Share = (typeof SHARES)[number]

type Choices = { shown: Shown; coder: CoderId | 'all'; which: Which; share: Share }
export const useChoices = createKept<Choices>('overview', {
  shown: 'use',
  coder: 'all',
  which: 'all',
  share: '50',
})
export const choose = (changes: Partial<Choices>) => useChoices.setState(changes)
