import { HardDriveDownload } from 'lucide-react'
import { useState } from 'react'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { complain, say, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { Button } from '../ui/Button.tsx'
import { ProgressBar } from '../ui/Feedback.tsx'

const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** An encrypted copy of the project, and where the last one went. */
export function Backup() {
  const project = useSession((state) => state.project)
  const last = usePreferences((state) => (project ? state.backups[project.id] : undefined))
  const [work, setWork] = useState<{ token: CancelToken; progress: Progress | null } | null>(null)
  if (!project) return null
  const backUp = async () => {
    const day = new Date().toISOString().slice(0, 10)
    const picked = await window.bridge.pickSave('backup', `${project.title} backup ${day}`)
    if (!picked) return
    const token = new CancelToken()
    setWork({ token, progress: null })
    try {
      const onProgress = (progress: Progress) => setWork({ token, progress })
      await store.project.backup({ ticket: picked.ticket }, { signal: token, onProgress })
      const note = { name: picked.name, folder: picked.folder, at: new Date().toISOString() }
      setPreferences({ backups: { ...usePreferences.getState().backups, [project.id]: note } })
      say(`A backup was written to ${picked.name}`)
    } catch (error) {
      complain(error)
    } finally {
      setWork(null)
    }
  }
  return (
    <div className="settings-row">
      <span>
        Backup
        <span className="settings-hint">
          {last
            ? `Last: ${last.name} in ${last.folder}, ${WHEN.format(new Date(last.at))}`
            : 'None from this computer yet. It is encrypted like the project.'}
        </span>
      </span>
      {work ? (
        <ProgressBar progress={work.progress} onCancel={() => work.token.cancel()} />
      ) : (
        <Button size="small" icon={HardDriveDownload} onClick={() => void backUp()}>
          Back up now
        </Button>
      )}
    </div>
  )
}
