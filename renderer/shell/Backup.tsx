import { HardDriveDownload } from 'lucide-react'
import { lazily } from '../../shared/lazily.ts'
import { usePreferences } from '../preferences.ts'
import { useSession } from '../state/session.ts'
import { Button } from '../ui/Button.tsx'
import { ProgressBar } from '../ui/Feedback.tsx'
import { SettingsRow } from '../ui/SettingsRow.tsx'
import { useBackup } from './backing-up.ts'

const WHEN = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }))

/** An encrypted copy of the project, and where the last one went. */
export function Backup() {
  const project = useSession((state) => state.project)
  const last = usePreferences((state) => (project ? state.backups[project.id] : undefined))
  const { work, backUp } = useBackup()
  if (!project) return null
  const hint = last
    ? `Last: ${last.name} in ${last.folder}, ${WHEN().format(new Date(last.at))}`
    : 'None from this computer yet. Copies are encrypted like the project.'
  return (
    <SettingsRow name="A copy of your own" hints={[hint]}>
      {work ? (
        <ProgressBar progress={work.progress} onCancel={() => work.token.cancel()} />
      ) : (
        <Button size="small" icon={HardDriveDownload} onClick={() => void backUp()}>
          Back up now
        </Button>
      )}
    </SettingsRow>
  )
}
