import { skipToken, useQueries, useQuery } from '@tanstack/react-query'
import type { ArgsOf, ResultOf } from '../../shared/contract/index.ts'
import type { Problem } from '../../shared/problem.ts'
import { answerOf } from './answers.ts'
import { queryClient } from './client.ts'
import type { Readable } from './topics.ts'

export type Answer<T> = { data: T | undefined; problem: Problem | undefined }

const answered = <T>({ data, error }: { data: T | undefined; error: Problem | null }): Answer<T> => ({
  data,
  // Asked as somebody who just left the seat: who sits there now asks anew.
  problem: error === null || error.code === 'not-allowed' ? undefined : error,
})

/** Reads a verb and stays current. `args` null asks for nothing yet. */
export function useStore<V extends Readable>(verb: V, args: ArgsOf<V> | null): Answer<ResultOf<V>> {
  return answered(
    useQuery<ResultOf<V>>(
      args === null ? { queryKey: ['nothing'], queryFn: skipToken } : answerOf(verb, args),
      queryClient,
    ),
  )
}

/** Reads a verb with each of these arguments, as for the pages of a list, and stays current. */
export function useStoreForEach<V extends Readable>(
  verb: V,
  args: readonly ArgsOf<V>[],
): readonly Answer<ResultOf<V>>[] {
  return useQueries({ queries: args.map((each) => answerOf(verb, each)) }, queryClient).map(answered)
}
