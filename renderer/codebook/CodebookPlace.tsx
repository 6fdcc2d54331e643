import { ExportBar } from '../export/ExportBar.tsx'
import { useCommand } from '../keys/use-command.ts'
import { Tabbed, TabPanel, Tabs } from '../ui/Tabs.tsx'
import './codebook.css'
import { CodebookExport } from './files/CodebookExport.tsx'
import { CodebookFiles } from './files/CodebookFiles.tsx'
import { CodebookImport } from './files/CodebookImport.tsx'
import { closeImport, useCodebookImport } from './files/importing.ts'
import { showView, useCodebook } from './selection.ts'
import { VIEWS } from './views.ts'

/** The codebook: one view of it at a time, and what comes in and goes out. */
export function CodebookPlace() {
  const view = useCodebook((state) => state.view)
  const at = Math.max(
    0,
    VIEWS.findIndex(({ id }) => id === view),
  )
  const { id, View } = VIEWS[at] as (typeof VIEWS)[number]
  const { source, name } = useCodebookImport()
  const turn = (step: 1 | -1) => {
    const next = VIEWS[(at + step + VIEWS.length) % VIEWS.length]
    if (next) showView(next.id)
  }
  useCommand('codebookNextView', () => turn(1))
  useCommand('codebookPreviousView', () => turn(-1))
  return (
    <Tabbed value={id} onValue={showView}>
      <header className="codebook-head">
        <Tabs label="Views of the codebook" tabs={VIEWS} onAgain={closeImport} />
        <span className="spacer" />
        <CodebookFiles />
      </header>
      <CodebookExport />
      <ExportBar place="codebook" />
      <TabPanel value={id}>{source ? <CodebookImport key={name} /> : <View />}</TabPanel>
    </Tabbed>
  )
}
