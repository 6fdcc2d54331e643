/** Whether the codebook is frozen, and who may change it all the same. */
import { useStore } from '../queries/use-store.ts'
import { useLeads } from '../state/session.ts'

export const useIsFrozen = (): boolean => useStore('codebook.state', {}).data?.isFrozen ?? false

export function useMayChange(): boolean {
  const isFrozen = useIsFrozen()
  const leads = useLeads()
  return leads || !isFrozen
}
