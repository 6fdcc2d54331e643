/** How the journal and the history speak of entries and times. */
import { lazily } from '../../shared/lazily.ts'

const FULL = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }))
const TIME = lazily(() => new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }))
const DAY = lazily(() => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }))

export const fullTime = (at: string): string => FULL().format(new Date(at))

/** Today only the time; before that the day too. */
export function shortTime(at: string, now: Date = new Date()): string {
  const when = new Date(at)
  const isToday = when.toDateString() === now.toDateString()
  return isToday ? TIME().format(when) : `${DAY().format(when)}, ${TIME().format(when)}`
}

/** "Applied Neglect in CN88014: “weight loss”". */
export const withPlace = ({ label, where }: { label: string; where: string | null }): string =>
  where === null ? sentence(label) : `${sentence(label)} ${where}`

export const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)
