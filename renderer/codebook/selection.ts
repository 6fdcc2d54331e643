import { create } from 'zustand'

/** Which code the codebook shows; kept while the person is elsewhere. */
export const useCodebook = create<{ activeId: string | null }>(() => ({ activeId: null }))
