import { FolderOpen } from 'lucide-react'
import { pickAndOpen, useOpening } from '../shell/opening.ts'
import { Sheet } from '../shell/Sheet.tsx'
import { useLeads, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { ProblemNote, ProgressBar } from '../ui/Feedback.tsx'
import { AutoBackups } from './AutoBackups.tsx'
import { BackupList } from './BackupList.tsx'

/** The backups of the project that is open. */
export function BackupsSheet({ onClose }: { onClose(): void }) {
  const isOpen = useSession((state) => state.phase === 'open')
  const file = useSession((state) => state.file)
  const coderId = useSession((state) => state.coderId)
  const leads = useLeads()
  const work = useOpening()
  return (
    <Sheet label="Backups" title="Backups" isNarrow onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div className="settings" tabIndex={0}>
        {isOpen && <AutoBackups />}
        {work.problem && <ProblemNote>{work.problem.words}</ProblemNote>}
        {work.isBusy ? (
          <ProgressBar progress={work.progress} />
        ) : (
          isOpen && (
            <BackupList
              of={null}
              isBusy={work.isBusy}
              whyNot={leads ? null : 'Only a lead puts a backup in the project’s place.'}
              onRestore={({ name }) =>
                void work.run({ open: (options) => store.backups.restore({ coderId, name }, options), file })
              }
            />
          )
        )}
        <div className="backups-other">
          <Button size="small" icon={FolderOpen} onClick={() => void pickAndOpen()}>
            Open another copy
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
