/** What a schema says of a value that does not fit, as a sentence: people read these when a name or text is too long. */
import type { z } from 'zod'
import { Problem } from './problem.ts'

type Issue = z.core.$ZodIssue

/** `asked`: by what name the value was given, for whoever looks for the mistake. @returns Problem `bad-arguments` */
export function misfit({ issues }: z.ZodError, asked: string): Problem {
  const [first] = issues
  const where = first && first.path.length > 0 ? ` (${first.path.map(String).join('.')})` : ''
  const reason = first ? reasonOf(first) : 'it is not understood'
  return new Problem(
    'bad-arguments',
    `What was given to ${asked}${where} does not fit: ${reason}. Nothing was changed.`,
  )
}

const counted = (count: number | bigint, origin: string): string => {
  const amount = count.toLocaleString('en-GB')
  if (origin === 'string') return `${amount} ${count === 1 ? 'character' : 'characters'}`
  return origin === 'array' || origin === 'set' ? `${amount} of them` : amount
}

function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'too_big':
      return `${counted(issue.maximum, issue.origin)} is the most there may be`
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'it is empty'
        : `${counted(issue.minimum, issue.origin)} is the least there must be`
    case 'unrecognized_keys':
      return 'there is more in it than is known'
    case 'invalid_value':
      return 'it is none of those there are'
    case 'invalid_type':
      return 'it is missing or of another kind'
    case 'invalid_format':
      return 'it is not written as it should be'
    default:
      return 'it is of another kind'
  }
}
