/** Which of their rounds a coder is working through: the note list shows its notes, and "next" goes from one to the next. */
import { create } from 'zustand'
import type { RoundId } from '../../shared/contract/basics.ts'
import type { RoundRow } from '../../shared/contract/rounds.ts'
import { noteHandle } from '../note/handle.ts'
import { amendAnswer, peekAnswer } from '../queries/answers.ts'
import { useStore } from '../queries/use-store.ts'
import { keepView } from '../state/kept-view.ts'
import { openListed } from '../state/open-listed.ts'
import { coderId, complain, leaveFor, useCoder, useSession } from '../state/session.ts'
import { store } from '../store.ts'

const useChosen = create<{ roundId: RoundId | null }>(() => ({ roundId: null }))

useSession.subscribe((now, before) => {
  if (now.project?.id !== before.project?.id || now.coderId !== before.coderId)
    useChosen.setState({ roundId: null })
})

keepView(
  'round',
  () => useChosen.getState(),
  (kept) => useChosen.setState(kept),
)

/** Shows a change of the rounds at once: a list that is a moment behind would number the next round wrongly. */
export function amendRounds(change: (rounds: readonly RoundRow[]) => RoundRow[]): void {
  const before = peekAnswer('rounds.list', {})
  if (before) amendAnswer('rounds.list', {}, change(before))
}

export const chooseRound = (roundId: RoundId | null): void => useChosen.setState({ roundId })

/** The rounds this coder is in, and the one they chose, as long as it is there. */
export function useOwnRounds(): { own: readonly RoundRow[]; chosen: RoundRow | null } {
  const coder = useCoder()
  const { data: rounds = [] } = useStore('rounds.list', {})
  const roundId = useChosen((state) => state.roundId)
  const own = rounds.filter(({ coders }) => coders.some(({ coderId }) => coderId === coder))
  return { own, chosen: own.find(({ id }) => id === roundId) ?? null }
}

/** Goes on with a round: to its first note that this coder has not finished, or to its first. */
export async function goOnWith(roundId: RoundId): Promise<void> {
  chooseRound(roundId)
  leaveFor('code')
  const order = async (status?: 'in progress' | 'not started') =>
    store.notes.order({ coderId: coderId(), filter: { roundId, ...(status ? { status } : {}) } })
  try {
    const [begun, fresh] = [await order('in progress'), await order('not started')]
    const open = Uint32Array.from([...begun, ...fresh]).sort()
    await openListed(open.length > 0 ? open : await order(), 0)
    noteHandle.current?.focus()
  } catch (error) {
    complain(error)
  }
}
