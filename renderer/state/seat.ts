/** Who sits at this computer: taking another's place, and making new places. */
import { create } from 'zustand'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Chair, Coder } from '../../shared/contract/coders.ts'
import { newId } from '../ids.ts'
import { store } from '../store.ts'
import { isAllKept } from './leaving.ts'
import { coderId, refreshProject, saving, say, underWay, useSession } from './session.ts'

/** Whose PIN is being asked for, so that they can code here; null: nobody's. */
export const useAskedChair = create<{ chair: Chair | null }>(() => ({ chair: null }))
export const stopAsking = (): void => useAskedChair.setState({ chair: null })

useSession.subscribe((now, before) => {
  if (now.coderId !== before.coderId || now.phase !== before.phase) stopAsking()
})

const chairOf = async (id: string): Promise<Chair | undefined> =>
  (await saving(store.coders.chairs({}))).chairs.find((chair) => chair.coderId === id)

/** Lets this coder code here, at once or, where they have a PIN, once it was given. */
export async function activateCoder(id: CoderId): Promise<void> {
  // What is still to be written is written as whoever wrote it, who must still sit there.
  if (!(await isAllKept())) return
  const chair = await chairOf(id)
  if (chair?.needs === 'pin') useAskedChair.setState({ chair })
  else become(id, await saving(store.coders.activate({ coderId: id })))
}

/** @throws Problem `wrong-pin`, which is for the field to say where it was typed */
export async function giveSeatPin(chair: Chair, pin: string, asLead: boolean): Promise<void> {
  if (!(await isAllKept())) return
  become(chair.coderId, await underWay(store.coders.activate({ coderId: chair.coderId, pin, asLead })))
}

function become(id: CoderId, { words }: { words: string | null }): void {
  useSession.setState(({ notices }) => ({
    coderId: id,
    notices: words === null ? notices : [...notices, { words, isLoss: false }],
  }))
  const name = useSession.getState().project?.coders.find((coder) => coder.id === id)?.name
  if (name) say(`${name} is coding now`)
}

/** Adds a person to those who code. */
export async function addCoder(name: string): Promise<Coder> {
  const coder = await saving(store.coders.add({ coderId: coderId(), name }))
  await refreshProject()
  return coder
}

/** Adds the person who sits down now. */
export async function joinAs(name: string): Promise<void> {
  const coder = await addCoder(name)
  if ((await chairOf(coder.id))?.needs === 'refused')
    say(`Added ${coder.name}, who can code here once the blind round under way is over`)
  else await activateCoder(coder.id)
}

/** The same person codes again, as a coder of their own from now on. */
export async function codeAgain(): Promise<void> {
  const own = useSession.getState().project?.coders.find(({ id }) => id === coderId())
  if (!own) return
  const pass = await saving(
    store.coders.codeAgain({ coderId: own.id, person: own.person ?? own.id, id: newId() }),
  )
  await refreshProject()
  await activateCoder(pass.id)
}
