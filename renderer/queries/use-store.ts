import { skipToken, useQuery } from '@tanstack/react-query'
import type { ArgsOf, ResultOf } from '../../shared/contract/index.ts'
import type { Problem } from '../../shared/problem.ts'
import { answerOf } from './answers.ts'
import { queryClient } from './client.ts'
import type { Readable } from './topics.ts'

export type Answer<T> = { data: T | undefined; problem: Problem | undefined }

/** Reads a verb and stays current. `args` null asks for nothing yet. */
export function useStore<V extends Readable>(verb: V, args: ArgsOf<V> | null): Answer<ResultOf<V>> {
  const { data, error } = useQuery<ResultOf<V>>(
    args === null ? { queryKey: ['nothing'], queryFn: skipToken } : answerOf(verb, args),
    queryClient,
  )
  // Asked as somebody who just left the seat: who sits there now asks anew.
  const problem = error === null || error.code === 'not-allowed' ? undefined : error
  return { data, problem }
}
