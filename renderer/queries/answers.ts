/** Answers of the store by verb and arguments, shared by all who ask. */
import { hashKey, type Query, type QueryKey, queryOptions } from '@tanstack/react-query'
import type { ArgsOf, ResultOf } from '../../shared/contract/index.ts'
import { client } from '../store.ts'
import { orProblem, queryClient } from './client.ts'
import type { Readable } from './topics.ts'

const ANSWER = 'answer'
type AnswerKey = readonly [typeof ANSWER, Readable, unknown]
const keyOf = (verb: Readable, args: unknown): QueryKey => [ANSWER, verb, args] satisfies AnswerKey

/** How long the store worked on the last answer of a query, in ms, without what it waited behind others. */
const costs = new WeakMap<Query, number>()
export const costOf = (query: Query): number => costs.get(query) ?? 0

const queryOf = (verb: Readable, args: unknown) => queryClient.getQueryCache().get(hashKey(keyOf(verb, args)))

/** What a query asks the store; null where it is no plain question to it. */
export function askedBy({ queryKey }: Query): { verb: Readable; args: unknown } | null {
  const [kind, verb, args] = queryKey as AnswerKey
  return kind === ANSWER ? { verb, args } : null
}

function ask<V extends Readable>(verb: V, args: ArgsOf<V>): Promise<ResultOf<V>> {
  const onTook = (ms: number) => {
    const query = queryOf(verb, args)
    if (query) costs.set(query, ms)
  }
  return orProblem(client.call(verb, args, { onTook }))
}

/** The question of this verb with these arguments. */
export const answerOf = <V extends Readable>(verb: V, args: ArgsOf<V>) =>
  queryOptions<ResultOf<V>>({ queryKey: keyOf(verb, args), queryFn: () => ask(verb, args) })

/** The answer that is on screen now, if any. */
export const peekAnswer = <V extends Readable>(verb: V, args: ArgsOf<V>): ResultOf<V> | undefined =>
  queryClient.getQueryData(keyOf(verb, args))

/** Shows what a change has just answered without asking again. */
export function amendAnswer<V extends Readable>(verb: V, args: ArgsOf<V>, data: ResultOf<V>): void {
  if (queryOf(verb, args)) queryClient.setQueryData(keyOf(verb, args), data)
}
