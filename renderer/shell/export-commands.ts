/** Every export by name, wherever the person is: the place it belongs to asks what the file should be. */
import { useCodebookExport } from '../codebook/files/exporting.ts'
import { askForExport } from '../export/asked-export.ts'
import { useCommand } from '../keys/use-command.ts'
import { goTo, useSession } from '../state/session.ts'
import { useBackup } from './backing-up.ts'

export function useExportCommands(): void {
  const isReflexive = useSession((state) => state.project?.isReflexive ?? false)
  const { backUp } = useBackup()
  useCommand('backUp', () => void backUp())
  useCommand('exportAgreement', () => askForExport('agreement'), !isReflexive)
  useCommand('exportThemes', () => askForExport('themes'))
  useCommand('exportSegments', () => askForExport('retrieval'))
  useCommand('exportJournal', () => askForExport('journal'))
  useCommand('exportCodebook', () => {
    goTo('codebook')
    useCodebookExport.setState({ isOpen: true })
  })
}
