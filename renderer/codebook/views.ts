import type { ComponentType } from 'react'
import { CodesView } from './CodesView.tsx'
import type { CodebookView } from './selection.ts'

/** The views of the codebook in the order of their tabs. */
export const VIEWS: readonly { id: CodebookView; label: string; View: ComponentType }[] = [
  { id: 'codes', label: 'Codes', View: CodesView },
]
