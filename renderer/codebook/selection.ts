import { create } from 'zustand'

export type CodebookView = 'codes' | 'overview' | 'versions' | 'recheck' | 'proposals'

/** Which view of the codebook is shown and which code in it; kept while the person is elsewhere. */
export const useCodebook = create<{
  view: CodebookView
  activeId: string | null
  /** The qualifiers stand where the entry of a code stands else. */
  isQualifiersOpen: boolean
}>(() => ({ view: 'codes', activeId: null, isQualifiersOpen: false }))

export const showView = (view: CodebookView): void => useCodebook.setState({ view })

/** Shows the entry of a code. */
export const showCode = (activeId: string): void =>
  useCodebook.setState({ view: 'codes', activeId, isQualifiersOpen: false })
