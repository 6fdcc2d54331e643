/**
 * Who speaks through the window: the person that the store knows to sit there. The page says who it believes to act in
 * every verb; what it says for anybody else, be it from an old screen or not from our page at all, is refused here,
 * before any verb runs, and so is what their role may not change.
 */
import type { Coder } from '../../../shared/contract/coders.ts'
import type { VerbName } from '../../../shared/contract/index.ts'
import { Problem } from '../../../shared/problem.ts'
import { aRole, mayChange } from '../../../shared/roles.ts'
import type { Handlers } from '../../../shared/rpc.ts'
import { wrapped } from './wrapped.ts'

/** Verbs whose `coderId` names somebody else: who sits down, and whose entries are looked for. */
const NAME_OTHERS: ReadonlySet<string> = new Set<VerbName>(['coders.activate', 'journal.list'])

/** What can be asked while a project is open and nobody sits at it: the ways to a seat, and to another project. */
const FOR_NOBODY: ReadonlySet<string> = new Set<VerbName>([
  'project.create',
  'project.open',
  'project.openSample',
  'project.close',
  'coders.chairs',
  'coders.activate',
])

/** A project is open and whoever opened it has not said yet who they are. */
export const NOBODY = 'nobody'

/** The same handlers, which answer only the person `sitting`; null while no project is open. */
export const seated = (handlers: Handlers, sitting: () => Coder | typeof NOBODY | null): Handlers =>
  wrapped(handlers, (verb, handler) => (args, context) => {
    const coder = sitting()
    if (coder === NOBODY && !FOR_NOBODY.has(verb)) throw nobodySits()
    if (coder !== NOBODY && coder !== null) {
      if ('coderId' in args && !NAME_OTHERS.has(verb)) assertSits(coder, args.coderId)
      assertMay(coder, verb, args)
    }
    return handler(args, context)
  })

const nobodySits = () =>
  new Problem('not-seated', 'Nobody sits here yet: say who codes, with your PIN. Nothing was changed.')

function assertMay({ id, name, role }: Coder, verb: VerbName, args: { id?: unknown }): void {
  if (mayChange(role, verb, args.id === id)) return
  const needed = mayChange('coder', verb) ? 'Readers change nothing' : 'Only a lead does this'
  throw new Problem('not-allowed', `${needed}, and ${name} is ${aRole(role)} here. Nothing was changed.`)
}

function assertSits(coder: Coder, asked: unknown): void {
  if (coder.id === asked) return
  throw new Problem(
    'not-allowed',
    `${coder.name} works here now, so nothing can be asked or changed as anybody else. Nothing was changed; choose who codes in the menu at the top right.`,
  )
}
