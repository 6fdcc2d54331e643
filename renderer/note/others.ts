/**
 * What other coders did in the note on screen, to look at beside one's own. A coder works blind: nothing of it is
 * shown until they ask, and then only once they have finished the note (a lead may look before, and so may whoever
 * puts down what was agreed on); in a blind round not before all have, which the store sees to. It is off again with
 * every project and coder, so that nobody sees it by the choice of somebody else.
 */
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import type { CoderId, NoteId } from '../../shared/contract/basics.ts'
import type { Coder } from '../../shared/contract/coders.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import type { BlindRound } from '../../shared/contract/rounds.ts'
import { covering } from '../../shared/intervals.ts'
import { listed } from '../../shared/listed.ts'
import { useCommand } from '../keys/use-command.ts'
import { useRow } from '../queries/note-rows.ts'
import { useStore } from '../queries/use-store.ts'
import { nameOf, useCoding } from '../state/coding.ts'
import { allSaved, announce, say, useCoder, useLeads, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { counted } from '../ui/Feedback.tsx'
import { PALETTE } from '../ui/palette.ts'

const NOBODY: readonly Coder[] = []
const NOTHING: readonly Coding[] = []

/** The codings are handed on from their query: what paints them stands outside React and has no query to look at. */
type Others = { isAsked: boolean; codings: readonly Coding[] }

export const useOthers = create<Others>(() => ({ isAsked: false, codings: NOTHING }))

useSession.subscribe((now, before) => {
  if (now.phase !== before.phase || now.coderId !== before.coderId)
    useOthers.setState({ isAsked: false, codings: NOTHING })
})

/** The name of a coder and the colour of their bars, by their place among the coders. */
export function coderMark(coderId: CoderId): { name: string; colour: string | null } {
  const coders = useSession.getState().project?.coders ?? NOBODY
  const at = coders.findIndex(({ id }) => id === coderId)
  return { name: coders[at]?.name ?? 'another coder', colour: PALETTE[at % PALETTE.length]?.hex ?? null }
}

/** "Neglect (Ben)", for each of the others' codings that covers an offset. */
export const othersAt = (offset: number): string[] => {
  const spans = useOthers
    .getState()
    .codings.flatMap(({ span, ...coding }) => (span ? { ...coding, ...span } : []))
  return covering(spans, offset).map(
    ({ codeId, coderId }) => `${nameOf(codeId)} (${coderMark(coderId).name})`,
  )
}

/** "This note is in the blind round Pilot: the others’ codings can be shown once you and Ben have finished it." */
function blindWords({ name, waitingFor }: BlindRound, coderId: CoderId): string {
  const who = waitingFor.map((id) => (id === coderId ? 'you' : coderMark(id).name))
  const have = who.length === 1 && who[0] !== 'you' ? 'has' : 'have'
  return `This note is in the blind round ${name}: other coders’ codings can be shown once ${listed(who)} ${have} finished it.`
}

/** Asked anew: whoever has just finished the note wants to hear for whom it waits now. */
async function sayBlind(coderId: CoderId, noteId: NoteId): Promise<void> {
  const blind = await store.rounds.blindTo({ coderId, noteId }).catch(() => null)
  if (blind) say(blindWords(blind, coderId))
  else useOthers.setState({ isAsked: true })
}

/** A quick hand asks while the note is still being marked finished: what is stored then is what counts. */
async function askOnceSaved(coderId: CoderId, noteId: NoteId): Promise<void> {
  await allSaved()
  const row = await store.notes.row({ coderId, noteId }).catch(() => null)
  if (row?.status === 'finished') useOthers.setState({ isAsked: true })
  else say('Finish the note first; then other coders’ codings can be shown.')
}

/** Keeps the others' codings of the open note while they are asked for, and offers to ask. */
export function useComparing(): { isShown: boolean; isThere: boolean; ask(): void } {
  const coderId = useCoder()
  const noteId = useCoding((state) => state.noteId)
  const isAsked = useOthers((state) => state.isAsked)
  const coders = useSession((state) => state.project?.coders ?? NOBODY)
  const others = useMemo(
    () => coders.filter(({ id }) => id !== coderId).map(({ id }) => id),
    [coders, coderId],
  )
  const isFinished = useRow(coderId, noteId)?.status === 'finished'
  const leads = useLeads()
  const isAgreeing = coders.find(({ id }) => id === coderId)?.layer === 'consensus'
  const { data: blind } = useStore(
    'rounds.blindTo',
    noteId !== null && others.length > 0 ? { coderId, noteId } : null,
  )
  const mayLook = others.length > 0 && !blind && (isFinished || leads || isAgreeing)
  const isShown = isAsked && mayLook && noteId !== null
  const { data = NOTHING } = useStore('codings.ofNote', isShown ? { noteId, coderIds: others } : null)
  const codings = isShown ? data : NOTHING
  useEffect(() => {
    useOthers.setState({ codings })
    if (codings.length > 0) announce(`${counted(codings.length, 'coding')} of other coders shown`)
  }, [codings])
  const ask = () => {
    if (mayLook || isAsked) useOthers.setState({ isAsked: !isAsked })
    else if (others.length === 0) say('There are no other coders in this project yet.')
    else if (blind && noteId !== null) void sayBlind(coderId, noteId)
    else if (noteId !== null) void askOnceSaved(coderId, noteId)
  }
  useCommand('showOthers', ask)
  return { isShown, isThere: others.length > 0, ask }
}
