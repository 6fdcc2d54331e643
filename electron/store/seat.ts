/**
 * Who speaks through the window: the person that the store knows to sit there. The page says who it believes to act in
 * every verb; what it says for anybody else, be it from an old screen or not from our page at all, is refused here,
 * before any verb runs.
 */
import type { VerbName } from '../../shared/contract.ts'
import type { Coder } from '../../shared/model.ts'
import { Problem } from '../../shared/problem.ts'
import type { Handlers } from '../../shared/rpc.ts'

/** Verbs whose `coderId` names somebody else: who sits down, and whose entries are looked for. */
const NAME_OTHERS: ReadonlySet<string> = new Set<VerbName>(['coders.activate', 'journal.list'])

type Handler = (args: object, context: unknown) => unknown

/** The same handlers, which answer only the person `sitting`; null while no project is open. */
export function seated(handlers: Handlers, sitting: () => Coder | null): Handlers {
  const guarded = Object.entries(handlers).map(([verb, handler]) => {
    const answer: Handler = (args, context) => {
      if ('coderId' in args && !NAME_OTHERS.has(verb)) assertSits(sitting(), args.coderId)
      return (handler as Handler)(args, context)
    }
    return [verb, answer]
  })
  return Object.fromEntries(guarded) as Handlers
}

function assertSits(coder: Coder | null, asked: unknown): void {
  if (coder === null || coder.id === asked) return
  throw new Problem(
    'not-allowed',
    `${coder.name} works here now, so nothing can be asked or changed as anybody else. Nothing was changed; choose who codes in the menu at the top right.`,
  )
}
