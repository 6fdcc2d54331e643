/** Whether the codebook is frozen, and who may change it all the same. */
import { useStore } from '../queries.ts'
import { useSession } from '../state/session.ts'

export const useIsFrozen = (): boolean => useStore('codebook.state', {}).data?.isFrozen ?? false

/** Whether who works now leads. */
export const useLeads = (): boolean =>
  useSession(({ project, coderId }) => project?.coders.find((coder) => coder.id === coderId)?.role === 'lead')

export function useMayChange(): boolean {
  const isFrozen = useIsFrozen()
  const leads = useLeads()
  return leads || !isFrozen
}
