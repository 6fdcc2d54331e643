/** Who sits at this computer: taking another's place, and making new places. */
import { store } from '../store.ts'
import { isAllKept } from './leaving.ts'
import { coderId, refreshProject, saving, say, useSession } from './session.ts'

export async function activateCoder(id: string): Promise<void> {
  // What is still to be written is written as whoever wrote it, who must still sit there.
  if (!(await isAllKept())) return
  await saving(store.coders.activate({ coderId: id }))
  useSession.setState({ coderId: id })
  const name = useSession.getState().project?.coders.find((coder) => coder.id === id)?.name
  if (name) say(`${name} is coding now`)
}

export async function addCoder(name: string): Promise<void> {
  const coder = await saving(store.coders.add({ coderId: coderId(), name }))
  await refreshProject()
  await activateCoder(coder.id)
}

/** The same person codes again, as a coder of their own from now on. */
export async function codeAgain(): Promise<void> {
  const own = useSession.getState().project?.coders.find(({ id }) => id === coderId())
  if (!own) return
  const pass = await saving(
    store.coders.codeAgain({ coderId: own.id, person: own.person ?? own.id, id: crypto.randomUUID() }),
  )
  await refreshProject()
  await activateCoder(pass.id)
}
