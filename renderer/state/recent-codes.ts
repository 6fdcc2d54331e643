/**
 * The codes a coder used last, for the keys 1 to 9. They belong to the coder and the project: another coder has their
 * own, and they are there again after a restart. The project file is only where they wait meanwhile: every act of
 * coding changes them here, so that they are no answer to a query.
 */
import { create } from 'zustand'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import { peekAnswer } from '../queries/answers.ts'
import { store } from '../store.ts'
import { beforeLeaving } from './leaving.ts'
import { type RecentCodes, withCode } from './recent-codes-order.ts'
import { coderId, complain, say, useSession } from './session.ts'

const NONE: RecentCodes = { newest: [], numbered: [] }

export const useRecentCodes = create<RecentCodes>(() => NONE)

/** The code applied last since the project was opened: set anew with every act, also when it is the same again. */
export const useAppliedCode = create<{ codeId: CodeId | null }>(() => ({ codeId: null }))

export function rememberCode(codeId: CodeId): void {
  useAppliedCode.setState({ codeId })
  const before = useRecentCodes.getState()
  const after = withCode(before, codeId)
  if (after.newest[0] === before.newest[0] && after.numbered === before.numbered) return
  useRecentCodes.setState(after)
  tellNumber(before.numbered, after.numbered)
  keepSoon(coderId())
}

/** A number that stands for another code than before is said: who has it in the fingers would code the wrong thing. */
function tellNumber(before: readonly string[], after: readonly string[]): void {
  const at = before.findIndex((id, place) => after[place] !== id)
  const name = (id: string | undefined) => peekAnswer('codes.list', {})?.find((code) => code.id === id)?.name
  const [gone, come] = [name(before[at]), name(after[at])]
  if (at !== -1 && gone && come) say(`Key ${at + 1} is now “${come}”, no longer “${gone}”`)
}

/** In ms. Coding goes on meanwhile; what is kept late is at worst the order of nine keys. */
const QUIET = 1_000
let timer = 0
/** What is still to be kept. */
let unkept: (() => Promise<unknown>) | null = null

function keepSoon(coder: CoderId): void {
  const { newest, numbered } = useRecentCodes.getState()
  unkept = () => store.codes.keepRecent({ coderId: coder, newest: [...newest], numbered: [...numbered] })
  window.clearTimeout(timer)
  timer = window.setTimeout(() => void keepNow(), QUIET)
}

async function keepNow(): Promise<boolean> {
  window.clearTimeout(timer)
  const keep = unkept
  unkept = null
  await keep?.().catch(complain)
  return true
}

beforeLeaving(keepNow)

async function load(coder: CoderId): Promise<void> {
  useRecentCodes.setState(NONE)
  if (coder === '') return
  const kept = await store.codes.recent({ coderId: coder }).catch(() => NONE)
  // Whoever codes at once is not overruled by what was kept.
  if (coder === coderId() && useRecentCodes.getState().newest.length === 0) useRecentCodes.setState(kept)
}

useSession.subscribe((now, before) => {
  if (now.coderId === before.coderId && now.project?.id === before.project?.id) return
  if (now.phase === 'open') void keepNow()
  void load(now.coderId)
})
