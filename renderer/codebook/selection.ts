import { create } from 'zustand'

/** Which code the codebook shows; kept while the person is elsewhere. */
export const useCodebook = create<{
  activeId: string | null
  /** The qualifiers stand where the entry of a code stands else. */
  isQualifiersOpen: boolean
}>(() => ({ activeId: null, isQualifiersOpen: false }))
