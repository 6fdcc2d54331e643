import type { ComponentType } from 'react'
import { CodesView } from './CodesView.tsx'
import { OverviewView } from './overview/OverviewView.tsx'
import type { CodebookView } from './selection.ts'
import { ProposalsView } from './versions/ProposalsView.tsx'
import { RecheckView } from './versions/RecheckView.tsx'
import { VersionsView } from './versions/VersionsView.tsx'

/** The views of the codebook in the order of their tabs. */
export const VIEWS: readonly { id: CodebookView; label: string; View: ComponentType }[] = [
  { id: 'codes', label: 'Codes', View: CodesView },
  { id: 'overview', label: 'Overview', View: OverviewView },
  { id: 'versions', label: 'Versions', View: VersionsView },
  { id: 'recheck', label: 'Recheck', View: RecheckView },
  { id: 'proposals', label: 'Proposals', View: ProposalsView },
]
